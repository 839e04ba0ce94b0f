/** The recording of a run: one SQLite file. */
@NullMarked
package dev.alidade.recording;

import org.jspecify.annotations.NullMarked;
