/**
 * The analysis thread's side: samples in, frames out.
 *
 * <pre>
 * Intake ─► LayerTrack (scan, quantities) ─► Numbers, Units        numbers never wait for a map
 *                └─► PictureDesk, newest sample only ─► Picture    one layer's tick at a time
 * Governor: two budgets, each an average over a minute; maps yield first
 * </pre>
 */
@NullMarked
package dev.alidade.listener.pipeline;

import org.jspecify.annotations.NullMarked;
