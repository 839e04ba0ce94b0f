/**
 * The film of a recorded run. A {@link dev.alidade.server.movie.Footage} reads it, a {@link
 * dev.alidade.server.movie.Scene} lays one moment out and draws it, a {@link
 * dev.alidade.server.movie.Movie} sends the frames to a file: H.264 and VP9 through the ffmpeg
 * program in a process of its own, GIF and contact sheets by writers of this package. Between
 * samples units move on straight lines; numbers are always those of the last sample. Each frame
 * carries its iteration in a row of cells ({@link dev.alidade.server.movie.Stamp}).
 */
@NullMarked
package dev.alidade.server.movie;

import org.jspecify.annotations.NullMarked;
