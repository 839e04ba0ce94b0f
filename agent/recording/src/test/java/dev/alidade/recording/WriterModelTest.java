package dev.alidade.recording;

import static dev.alidade.recording.TestFrames.RUN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any history of offers, resends, acknowledgements, flushes and restarts, against a map. */
class WriterModelTest {
  private static final Duration LONG = Duration.ofSeconds(30);

  enum What {
    OFFER,
    ACKNOWLEDGE,
    FLUSH,
    RESTART
  }

  record Step(What what, int worker, long seq) {
    Origin origin() {
      return new Origin(RUN, worker, 5);
    }
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<What> what =
        Arbitraries.frequency(
            net.jqwik.api.Tuple.of(20, What.OFFER),
            net.jqwik.api.Tuple.of(5, What.ACKNOWLEDGE),
            net.jqwik.api.Tuple.of(2, What.FLUSH),
            net.jqwik.api.Tuple.of(1, What.RESTART));
    return Combinators.combine(
            what, Arbitraries.integers().between(0, 1), Arbitraries.longs().between(1, 30))
        .as(Step::new)
        .list()
        .ofMaxSize(80);
  }

  @Property(tries = 40)
  void the_file_holds_what_a_map_would(@ForAll("histories") List<Step> history) throws Exception {
    Path folder = Files.createTempDirectory("alidade-model");
    Path file = folder.resolve("run.alidade");
    Map<String, Step> frames = new LinkedHashMap<>();
    Map<Integer, Long> acknowledged = new TreeMap<>();
    RecordingWriter writer = RecordingWriter.create(file, RUN, "x", WriterOptions.defaults());
    try {
      for (Step step : history) {
        switch (step.what()) {
          case OFFER -> {
            writer.offer(TestFrames.numbers(step.origin(), step.seq(), step.seq() / 3));
            frames.putIfAbsent(step.worker() + "/" + step.seq(), step);
          }
          case ACKNOWLEDGE -> {
            writer.acknowledge(step.origin(), Kind.KIND_NUMBERS, step.seq());
            acknowledged.merge(step.worker(), step.seq(), Math::max);
          }
          case FLUSH -> {
            assertThat(writer.flush(LONG)).isTrue();
            compare(file, frames, acknowledged);
          }
          case RESTART -> {
            writer.close();
            compare(file, frames, acknowledged);
            writer = RecordingWriter.reopen(file, WriterOptions.defaults());
          }
        }
      }
    } finally {
      writer.close();
    }
    compare(file, frames, acknowledged);
    delete(folder, file);
  }

  private static void compare(Path file, Map<String, Step> frames, Map<Integer, Long> acknowledged)
      throws IOException {
    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThat(reader.after(0, 1000, Long.MAX_VALUE))
          .extracting(each -> each.frame().origin().worker() + "/" + each.frame().seq())
          .containsExactlyElementsOf(frames.keySet());
      for (int worker = 0; worker <= 1; worker++) {
        Origin origin = new Origin(RUN, worker, 5);
        long acked = acknowledged.getOrDefault(worker, 0L);
        List<Long> seqs =
            frames.values().stream()
                .filter(step -> step.origin().equals(origin))
                .map(Step::seq)
                .toList();
        assertThat(reader.stored(origin).getOrDefault(Kind.KIND_NUMBERS, 0L))
            .isEqualTo(seqs.stream().mapToLong(Long::longValue).max().orElse(0));
        assertThat(reader.acknowledged(origin).getOrDefault(Kind.KIND_NUMBERS, 0L))
            .isEqualTo(acked);
        assertThat(reader.unacknowledged(origin, 0, 1000, Long.MAX_VALUE))
            .extracting(each -> each.frame().seq())
            .containsExactlyElementsOf(seqs.stream().filter(seq -> seq > acked).toList());
      }
    }
  }

  private static void delete(Path folder, Path file) throws IOException {
    Files.delete(file);
    Files.delete(folder);
  }
}
