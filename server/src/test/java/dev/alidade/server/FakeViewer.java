package dev.alidade.server;

import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Cursor;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Subscribe;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A page that watches a run. */
final class FakeViewer extends Socket {
  private final Origin origin;

  FakeViewer(TestServer server, RunId run) {
    this(server, run, true);
  }

  FakeViewer(TestServer server, RunId run, boolean reads) {
    super(server.uri(), "/live/" + run, reads, "Authorization", "Bearer " + server.token("view"));
    origin = new Origin(run, 0, 1);
  }

  void subscribe(long after, boolean pictures) {
    Subscribe wish = Subscribe.newBuilder().setAfter(after).setPictures(pictures).build();
    send(Frame.encode(origin, Kind.KIND_SUBSCRIBE, 1, 0, 1, wish));
  }

  /** What comes up to the cursor that reaches a position; the cursor is the last. */
  List<Frame> until(long position) throws Exception {
    List<Frame> frames = new ArrayList<>();
    while (true) {
      Frame frame = received.poll(SECONDS, TimeUnit.SECONDS);
      if (frame == null) {
        throw new AssertionError("no cursor at " + position + " after " + frames);
      }
      frames.add(frame);
      if (frame.kind() == Kind.KIND_CURSOR && cursor(frame).getPosition() >= position) {
        return frames;
      }
    }
  }

  static Cursor cursor(Frame frame) throws Exception {
    return frame.payload(Cursor.parser());
  }

  static List<Long> seqs(List<Frame> frames, Kind kind) {
    return frames.stream().filter(frame -> frame.kind() == kind).map(Frame::seq).toList();
  }
}
