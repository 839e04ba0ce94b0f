/**
 * Agents that send.
 *
 * <pre>
 * agent                      server
 * HELLO{name} ─────────────► opens or makes the run's log
 *        ◄───────────── WELCOME{highest stored seq per kind, most frame bytes, credit}
 * frames, in order ────────► checked, appended; the socket is paused while the disk is behind
 *        ◄───────────── ACK{highest stored seq per kind}, read from the log after each commit
 *        ◄───────────── REFUSAL{rule and value}, then the socket is closed
 * </pre>
 *
 * A frame is acknowledged when it can be read back from the log, not before. Of two connections
 * that speak for one process, the newer stays: the older is one whose end was not noticed yet.
 */
@NullMarked
package dev.alidade.server.ingest;

import org.jspecify.annotations.NullMarked;
