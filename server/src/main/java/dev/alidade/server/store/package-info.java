/**
 * Runs on disk: one recording per run in one folder, as the package {@code dev.alidade.recording}
 * specifies it, named {@code <run id>.alidade} by this server; files that were copied in keep their
 * names. Deleted runs lie in the sub-folder {@code trash}.
 *
 * <pre>
 * agent socket ─► RunLog.offer ─► RecordingWriter (its thread): commit
 *                                        ▼ onCommit
 *                 RunLog's thread: reads the log after the last position it has seen
 *                    ├─► observers: progress, meters
 *                    ├─► stored(origin) ─► event loop ─► Ack to the agents
 *                    └─► frames ─► event loop ─► Tail ─► viewers
 * REST ─► Runs.read: a bounded pool, a reader per request
 * </pre>
 *
 * What viewers, meters and acknowledgements see is thus what was committed, in the order of the
 * log, whoever wrote it; a frame that was sent twice is seen once.
 */
@NullMarked
package dev.alidade.server.store;

import org.jspecify.annotations.NullMarked;
