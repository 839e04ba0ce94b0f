package dev.alidade.server.store;

import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.RunId;

/** Is told what happens to live runs, on the thread of each run. */
public interface RunObserver {
  /** The first agent connected. */
  void started(RunId run, String name);

  /** A frame was committed. */
  void stored(RunId run, StoredFrame frame);

  /** The last agent left. */
  void ended(RunId run);
}
