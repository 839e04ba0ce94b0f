package dev.alidade.server.movie;

import dev.alidade.server.picture.Canvas;
import java.io.IOException;

/** Where frames go. The canvas may be drawn on again as soon as {@link #add} returns. */
interface FrameSink extends AutoCloseable {
  void add(Canvas canvas) throws IOException;

  /** After the last frame: the file is whole when this returns. */
  void finish() throws IOException;

  /** How the file was made, for people. */
  String made();

  /** Frees what is held, after {@link #finish} or instead of it. */
  @Override
  void close() throws IOException;
}
