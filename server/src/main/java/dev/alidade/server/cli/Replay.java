package dev.alidade.server.cli;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.Frame;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Envelope;
import dev.alidade.wire.proto.Hello;
import dev.alidade.wire.proto.Kind;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends a recording to a server as if it were being trained now: a new run, new times, the payloads
 * as they are, at the pace at which they were recorded.
 */
final class Replay {
  private static final long PAGE_BYTES = 16L << 20;
  private static final int MOST_NAME_CHARS = 200; // more is refused
  private static final long LONGEST_PAUSE_MILLIS = 10_000;

  private final RecordingReader reader;
  private final double speed;
  private final RunId run;
  private final long startMillis;
  private final Map<Origin, AgentConnection> connections = new HashMap<>();
  private long firstMillis = -1;

  /**
   * @param speed 1 is the original pace, 2 twice as fast; infinity does not wait
   */
  Replay(RecordingReader reader, double speed, long nowMillis) {
    this.reader = reader;
    this.speed = speed;
    this.startMillis = nowMillis;
    this.run = RunId.at(nowMillis);
  }

  RunId run() {
    return run;
  }

  /** Returns when everything is stored. */
  long send(URI server, String token) throws IOException, InterruptedException {
    long frames = 0;
    long position = 0;
    try {
      while (true) {
        List<StoredFrame> page = reader.after(position, 1000, PAGE_BYTES);
        if (page.isEmpty()) {
          break;
        }
        for (StoredFrame each : page) {
          position = each.position();
          Frame frame = live(each.frame());
          waitUntil(frame.timeMillis());
          connection(server, token, frame.origin()).send(frame);
          frames++;
        }
      }
      for (AgentConnection each : connections.values()) {
        each.awaitStored(Duration.ofSeconds(30));
      }
      return frames;
    } finally {
      connections.values().forEach(AgentConnection::close);
    }
  }

  private AgentConnection connection(URI server, String token, Origin origin)
      throws IOException, InterruptedException {
    AgentConnection open = connections.get(origin);
    if (open == null) {
      Frame hello =
          Frame.encode(
              origin,
              Kind.KIND_HELLO,
              1,
              0,
              startMillis,
              Hello.newBuilder().setName(name()).setAgentVersion("replay").build());
      open = AgentConnection.open(server, token, hello);
      connections.put(origin, open);
    }
    return open;
  }

  private String name() {
    String name = reader.name();
    return name.length() <= MOST_NAME_CHARS ? name : name.substring(0, MOST_NAME_CHARS);
  }

  private Frame live(Frame recorded) throws MalformedFrameException {
    if (firstMillis < 0) {
      firstMillis = recorded.timeMillis();
    }
    long sinceStart = Math.max(0, recorded.timeMillis() - firstMillis);
    long incarnation = startMillis + Math.max(0, recorded.origin().incarnation() - firstMillis);
    try {
      return Frame.parse(
          Envelope.parseFrom(recorded.bytes()).toBuilder()
              .setRun(run.value())
              .setIncarnation(incarnation)
              .setTimeMillis(startMillis + (long) (sinceStart / speed))
              .build()
              .toByteArray());
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedFrameException("frame must be an envelope: " + e.getMessage());
    }
  }

  private void waitUntil(long millis) throws InterruptedException {
    long pause = millis - System.currentTimeMillis();
    if (pause > 0 && Double.isFinite(speed)) {
      Thread.sleep(Math.min(pause, LONGEST_PAUSE_MILLIS));
    }
  }
}
