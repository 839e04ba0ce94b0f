/**
 * Alerts of live runs: {@link dev.alidade.server.alert.AlertDesk} lets the rules read each run's
 * log and appends what they find to that same log, so that an alert is stored, streamed and
 * replayed like everything else. What stands, who was told and what is silenced is derived from
 * there.
 */
@NullMarked
package dev.alidade.server.alert;

import org.jspecify.annotations.NullMarked;
