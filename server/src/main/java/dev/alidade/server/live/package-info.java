/**
 * Browsers that watch a run.
 *
 * <pre>
 * Tail ──appended──► Viewer ──┬─ events: a cursor into the log; from the tail when it reaches back
 *   ▲                         │  far enough, else read from the file, 256 frames at a time
 *   │                         └─ pictures, units: a slot per worker and kind; the newest wins
 * RunLog ◄──after(cursor)──┘        │
 *                                   ▼ while the socket's write queue (1 MiB) has room
 *                          events ► slots ► Cursor{position, coalesced}
 * </pre>
 *
 * Nothing is queued for a viewer but its slots and its write queue; a viewer that is slow is behind
 * in the log, not in memory, and holds nobody up. When its queue drains, the slots go first, so
 * that one that never quite catches up still sees pictures. One that takes nothing for 30 seconds
 * is closed with 4008.
 */
@NullMarked
package dev.alidade.server.live;

import org.jspecify.annotations.NullMarked;
