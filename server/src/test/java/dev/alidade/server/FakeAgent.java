package dev.alidade.server;

import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Ack;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Stored;
import dev.alidade.wire.proto.Welcome;
import java.util.List;

/** An agent that sends what a test wants. */
final class FakeAgent extends Socket {
  final Origin origin;

  FakeAgent(TestServer server, Origin origin) {
    super(server.uri(), "/ingest", true, "Authorization", "Bearer " + server.token("ingest"));
    this.origin = origin;
  }

  /** Says hello and waits to be welcome. */
  static FakeAgent welcomed(TestServer server, Origin origin) throws Exception {
    FakeAgent agent = new FakeAgent(server, origin);
    agent.hello();
    return agent;
  }

  Welcome hello() throws Exception {
    send(Frames.hello(origin, "a run"));
    return next(Kind.KIND_WELCOME).payload(Welcome.parser());
  }

  /** Sends and waits until the last one is acknowledged. */
  void store(Frame... frames) throws Exception {
    for (Frame frame : frames) {
      send(frame);
    }
    Frame last = frames[frames.length - 1];
    while (highest(next(Kind.KIND_ACK).payload(Ack.parser()).getStoredList(), last.kind())
        < last.seq()) {}
  }

  static long highest(List<Stored> stored, Kind kind) {
    return stored.stream()
        .filter(each -> each.getKind() == kind)
        .mapToLong(Stored::getSeq)
        .findFirst()
        .orElse(0);
  }
}
