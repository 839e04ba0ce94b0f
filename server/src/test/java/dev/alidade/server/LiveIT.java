package dev.alidade.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.recording.RecordingReader;
import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveIT {
  @TempDir Path folder;
  private TestServer server;
  private final Origin origin = Frames.origin();

  @BeforeEach
  void start() {
    server = new TestServer(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static List<Long> upTo(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  @Test
  void viewer_gets_every_event_in_order_and_the_same_bytes() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      Frame first = Frames.description(origin, 1, "dense1");
      agent.store(first);
      try (FakeViewer viewer = new FakeViewer(server, origin.run())) {
        viewer.subscribe(0, true);
        assertThat(viewer.next(Kind.KIND_DESCRIPTION).bytes()).isEqualTo(first.bytes());
        for (int seq = 1; seq <= 200; seq++) {
          agent.send(Frames.numbers(origin, seq));
        }
        agent.store(Frames.picture(origin, 1, 5000));

        List<Frame> frames = viewer.until(202);
        assertThat(FakeViewer.seqs(frames, Kind.KIND_NUMBERS)).isEqualTo(upTo(200));
        assertThat(FakeViewer.seqs(frames, Kind.KIND_PICTURE)).containsExactly(1L);
      }
    }
  }

  @Test
  void replaying_a_recording_yields_exactly_what_was_streamed_live() throws Exception {
    List<Frame> sent = new ArrayList<>();
    List<Frame> live = new ArrayList<>();
    try (FakeAgent agent = FakeAgent.welcomed(server, origin);
        FakeViewer viewer = new FakeViewer(server, origin.run())) {
      sent.add(Frames.description(origin, 1, "dense1"));
      agent.store(sent.get(0));
      viewer.subscribe(0, true);
      for (int seq = 1; seq <= 50; seq++) {
        sent.add(Frames.numbers(origin, seq));
        sent.add(Frames.picture(origin, seq, 100 * seq));
        agent.send(sent.get(sent.size() - 2));
        agent.store(sent.get(sent.size() - 1));
        // Each picture is awaited: of those that come together only the newest is sent.
        live.addAll(viewer.until(1 + 2L * seq));
      }
    }
    live.removeIf(frame -> frame.kind() == Kind.KIND_CURSOR);

    try (Stream<Path> files = Files.walk(folder)) {
      Path file =
          files.filter(each -> each.toString().endsWith(".alidade")).findFirst().orElseThrow();
      try (RecordingReader reader = RecordingReader.open(file)) {
        List<byte[]> replayed =
            reader.after(0, 1000, Long.MAX_VALUE).stream().map(e -> e.frame().bytes()).toList();
        assertThat(replayed).containsExactlyElementsOf(sent.stream().map(Frame::bytes).toList());
        assertThat(live.stream().map(Frame::bytes).toList())
            .containsExactlyInAnyOrderElementsOf(replayed);
      }
    }
  }

  @Test
  void resuming_after_a_cursor_leaves_no_gap_and_no_duplicate() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      for (int seq = 1; seq < 100; seq++) {
        agent.send(Frames.numbers(origin, seq));
      }
      agent.store(Frames.numbers(origin, 100));
      List<Long> seen = new ArrayList<>();
      long after = 0;
      try (FakeViewer viewer = new FakeViewer(server, origin.run())) {
        viewer.subscribe(0, true);
        List<Frame> frames = viewer.until(100);
        seen.addAll(FakeViewer.seqs(frames, Kind.KIND_NUMBERS));
        after = FakeViewer.cursor(frames.get(frames.size() - 1)).getPosition();
      }
      for (int seq = 101; seq < 150; seq++) {
        agent.send(Frames.numbers(origin, seq));
      }
      agent.store(Frames.numbers(origin, 150));
      try (FakeViewer viewer = new FakeViewer(server, origin.run())) {
        viewer.subscribe(after, true);
        agent.store(Frames.numbers(origin, 151));
        seen.addAll(FakeViewer.seqs(viewer.until(151), Kind.KIND_NUMBERS));
      }
      assertThat(seen).isEqualTo(upTo(151));
    }
  }

  @Test
  void history_that_is_no_longer_in_memory_is_read_from_the_file() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      for (int seq = 1; seq < 600; seq++) {
        agent.send(Frames.numbers(origin, seq));
      }
      agent.store(Frames.picture(origin, 1, 100), Frames.numbers(origin, 600));
    }
    server.restart(); // its memory starts at the end of the log
    try (FakeViewer viewer = new FakeViewer(server, origin.run())) {
      viewer.subscribe(0, true);
      List<Frame> frames = viewer.until(601);
      assertThat(FakeViewer.seqs(frames, Kind.KIND_NUMBERS)).isEqualTo(upTo(600));
      assertThat(FakeViewer.seqs(frames, Kind.KIND_PICTURE)).containsExactly(1L);
    }
  }

  @Test
  void viewer_without_pictures_gets_events_only() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.store(Frames.picture(origin, 1, 100), Frames.numbers(origin, 1));
      try (FakeViewer viewer = new FakeViewer(server, origin.run())) {
        viewer.subscribe(0, false);
        assertThat(viewer.until(2)).extracting(Frame::kind).doesNotContain(Kind.KIND_PICTURE);
        // Shown again: the newest picture comes at once.
        viewer.subscribe(2, true);
        assertThat(viewer.next(Kind.KIND_PICTURE).seq()).isEqualTo(1);
      }
    }
  }

  @Test
  void slow_viewer_holds_nobody_up_and_gets_the_newest_picture() throws Exception {
    int pictures = 120;
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.store(Frames.description(origin, 1, "dense1"));
      try (FakeViewer slow = new FakeViewer(server, origin.run(), false);
          FakeViewer quick = new FakeViewer(server, origin.run())) {
        slow.subscribe(0, true);
        quick.subscribe(0, true);
        for (int seq = 1; seq <= pictures; seq++) {
          agent.store(Frames.numbers(origin, seq), Frames.picture(origin, seq, 1 << 20));
        }
        long last = 1 + 2L * pictures;
        assertThat(FakeViewer.seqs(quick.until(last), Kind.KIND_NUMBERS)).isEqualTo(upTo(pictures));

        slow.read();
        List<Frame> late = slow.until(last);
        assertThat(FakeViewer.seqs(late, Kind.KIND_NUMBERS)).isEqualTo(upTo(pictures));
        List<Long> seen = FakeViewer.seqs(late, Kind.KIND_PICTURE);
        assertThat(seen).isSorted().endsWith((long) pictures).hasSizeLessThan(pictures / 2);
        long coalesced = FakeViewer.cursor(late.get(late.size() - 1)).getCoalesced();
        assertThat(seen.size() + coalesced).isEqualTo(pictures);
      }
    }
  }

  @Test
  void viewer_that_takes_nothing_is_closed_with_4008() throws Exception {
    server.close();
    Limits impatient =
        new Limits(
            TestServer.QUICK.hello(),
            Duration.ofMillis(500),
            TestServer.QUICK.ping(),
            TestServer.QUICK.silence(),
            TestServer.QUICK.live(),
            TestServer.QUICK.idle());
    server = new TestServer(folder, impatient, builder -> builder);
    try (FakeAgent agent = FakeAgent.welcomed(server, origin);
        FakeViewer viewer = new FakeViewer(server, origin.run(), false)) {
      viewer.subscribe(0, true);
      int seq = 0;
      while (!TestServer.text(server.get("/metrics")).contains("alidade_server_kicked_total 1.0")) {
        agent.store(Frames.picture(origin, ++seq, 1 << 20));
      }
      viewer.read();
      assertThat(viewer.closeCode()).isEqualTo(4008);
    }
  }

  @Test
  void nonsense_from_a_viewer_is_refused() throws Exception {
    try (FakeAgent agent = FakeAgent.welcomed(server, origin)) {
      agent.store(Frames.numbers(origin, 1));
      try (FakeViewer viewer = new FakeViewer(server, origin.run())) {
        viewer.send(Frames.numbers(origin, 1));
        assertThat(viewer.refusal()).contains("a viewer may only send SUBSCRIBE: KIND_NUMBERS");
        assertThat(viewer.closeCode()).isEqualTo(1008);
      }
      try (FakeViewer viewer = new FakeViewer(server, origin.run())) {
        viewer.sendBytes(new byte[(64 << 10) + 1]);
        assertThat(viewer.closeCode()).isEqualTo(1009);
      }
    }
  }

  @Test
  void unknown_run_is_closed_with_4004() throws Exception {
    try (FakeViewer viewer = new FakeViewer(server, RunId.at(0))) {
      assertThat(viewer.closeCode()).isEqualTo(4004);
    }
  }

  @Test
  void too_many_viewers_are_turned_away() throws Exception {
    server.close();
    server = new TestServer(folder, TestServer.QUICK, builder -> builder.mostViewers(1));
    try (FakeAgent agent = FakeAgent.welcomed(server, origin);
        FakeViewer viewer = new FakeViewer(server, origin.run())) {
      agent.store(Frames.numbers(origin, 1));
      viewer.subscribe(0, true);
      viewer.until(1);
      org.assertj.core.api.Assertions.assertThatThrownBy(() -> new FakeViewer(server, origin.run()))
          .hasStackTraceContaining("503");
    }
  }
}
