package dev.alidade.server.store;

import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.wire.Frame;
import dev.alidade.wire.RunId;
import java.util.List;

/** Reads a live run's log and adds what follows from it, on the thread of each run. */
public interface RunJudge {
  /** Learns what the log holds already, up to a position. */
  void catchUp(RunId run, RecordingReader log, long position) throws RecordingException;

  /** What follows from a frame that was committed, to be appended. */
  List<Frame> judge(RunId run, Frame frame);

  /** What follows from nothing having come until now, to be appended. */
  List<Frame> silence(RunId run, long millis);
}
