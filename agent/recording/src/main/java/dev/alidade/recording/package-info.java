/**
 * The recording of a run: one SQLite file that is written by one {@link
 * dev.alidade.recording.RecordingWriter} and read, also meanwhile, by any number of {@link
 * dev.alidade.recording.RecordingReader}s and of other programs. What follows is the specification
 * of version 1.
 *
 * <h2>Identity</h2>
 *
 * An SQLite 3 database with {@code PRAGMA application_id} 0x414C4944 ("ALID") and {@code PRAGMA
 * user_version} 1. A reader refuses a newer version. Golden files of every version are read by the
 * tests for ever.
 *
 * <h2>Tables</h2>
 *
 * Exactly these, with the SQL of {@code Schema}; a file with anything else (a trigger, a view,
 * another table) is refused.
 *
 * <ul>
 *   <li>{@code meta(key, value)}: {@code run} (ULID), {@code name} (as the user gave it), {@code
 *       created_millis}; {@code keep} (windows of iterations that thinning spares, {@code
 *       100-200,350-400}) and {@code thinning} (the stride of each of its levels), once there are
 *       any; unknown keys are kept.
 *   <li>{@code frame(id, worker, incarnation, seq, kind, iteration, time_millis, crc32c, data)}:
 *       the log. {@code data} is one Envelope of {@code alidade/v1/alidade.proto}, byte for byte as
 *       the agent encoded it; the columns before it repeat what is in it, for queries. {@code
 *       crc32c} is the CRC-32C (Castagnoli) of {@code data}, 0 to 2³² - 1. {@code id} rises in the
 *       order of storing and is the position that readers continue from. {@code (worker,
 *       incarnation, kind, seq)} is unique: a frame that is sent twice is stored once. Index on
 *       {@code (kind, iteration)}.
 *   <li>{@code gap(id, worker, incarnation, kind, from_seq, to_seq, frames, reason, time_millis)}:
 *       frames that the writer had to drop ({@code queue_full}, {@code spool_full}, {@code disk},
 *       {@code closed}), has taken out since ({@code thinned}) or that were left out of a part
 *       ({@code trimmed}).
 *   <li>{@code upload(worker, incarnation, kind, seq)}: what a server has acknowledged: everything
 *       of that kind up to seq.
 * </ul>
 *
 * Integers are signed 64-bit; an unsigned field of the envelope above 2⁶³ - 1 is refused.
 *
 * <h2>Timeline</h2>
 *
 * A training that is resumed is a new incarnation in the same file. From the iteration of its first
 * numbers on it replaces what earlier incarnations of the same worker have there: a reader that
 * asks by iteration leaves those out, one that follows the log gets everything.
 *
 * <h2>Limits</h2>
 *
 * A frame has at most 8 MiB; a value in {@code meta} is read up to 64 Ki characters. A file has no
 * limit but the writer's {@link dev.alidade.recording.WriterOptions#mostBytes()}: from 80 % of it
 * on, pictures, units, observations, layouts and features are thinned to one sample in {@code
 * stride} seqs, evenly, except in the windows of {@code keep} and beside notes and alerts. Numbers
 * are thinned only when they exceed the limit by themselves. The kinds that are complete
 * (description, numbers, gap, note, end) rise in seq by one from 1, unless a gap says why not.
 *
 * <h2>Pragmas</h2>
 *
 * While it is written: page size 16384 (8192 in files made before 2026-11-20), {@code
 * auto_vacuum=INCREMENTAL}, {@code journal_mode=WAL} (TRUNCATE on network file systems), {@code
 * synchronous} NORMAL or FULL, {@code wal_autocheckpoint=2048} and {@code
 * journal_size_limit=67108864}, both less in a small file. After a clean close the journal mode is
 * DELETE and nothing lies beside the file. After a kill, {@code -wal} and {@code -shm} lie beside
 * it and belong to it. Readers open with {@code mode=ro}, {@code query_only}, {@code
 * trusted_schema=OFF}, {@code cell_size_check=ON}, and keep no transaction open, for that would
 * make the log grow.
 *
 * <h2>Reading it from Python</h2>
 *
 * <pre>{@code
 * import sqlite3, sys
 * table = []
 * for c in range(256):
 *     for _ in range(8): c = c >> 1 ^ (c & 1) * 0x82F63B78
 *     table.append(c)
 * def crc32c(data, c=0xFFFFFFFF):
 *     for b in data: c = table[(c ^ b) & 255] ^ c >> 8
 *     return c ^ 0xFFFFFFFF
 * db = sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True)
 * for kind, iteration, crc, data in db.execute("SELECT kind, iteration, crc32c, data FROM frame ORDER BY id"):
 *     print(kind, iteration, len(data), "ok" if crc32c(data) == crc else "damaged")
 * }</pre>
 */
@NullMarked
package dev.alidade.recording;

import org.jspecify.annotations.NullMarked;
