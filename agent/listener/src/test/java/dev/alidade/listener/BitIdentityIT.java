package dev.alidade.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.listener.capture.CaptureListener;
import dev.alidade.listener.capture.Clock;
import dev.alidade.listener.capture.Effort;
import dev.alidade.listener.capture.Failures;
import dev.alidade.listener.capture.Intake;
import dev.alidade.listener.capture.Throttle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/** A watched training ends in the very bits of an unwatched one. */
class BitIdentityIT {
  private static final int BATCHES = 40;

  @TempDir Path folder;

  /** A network and its data. */
  record Training(Supplier<MultiLayerNetwork> network, Supplier<List<DataSet>> data) {
    /** Parameters and updater state at the end. */
    List<INDArray> run(Consumer<MultiLayerNetwork> prepare) {
      Nd4j.getRandom().setSeed(5);
      List<DataSet> batches = data.get();
      MultiLayerNetwork net = network.get();
      prepare.accept(net);
      batches.forEach(net::fit);
      return List.of(net.params().dup(), net.getUpdater().getStateViewArray().dup());
    }
  }

  /** Settings that must not matter. */
  record Condition(String name, Consumer<Alidade.Builder> settings) {}

  static Stream<Arguments> trainings() {
    List<Condition> conditions =
        List.of(
            new Condition("every iteration", builder -> builder.every(1).layout("pca+pso")),
            new Condition("groupings", b -> b.every(1).groups("parity", c -> c % 2, "even", "odd")),
            new Condition("every third", builder -> builder.every(3)),
            new Condition("without a server", b -> b.every(1).server("http://127.0.0.1:9")));
    List<Arguments> all = new ArrayList<>();
    for (DataType type : new DataType[] {DataType.FLOAT, DataType.DOUBLE}) {
      // The double ones differ in the copy only.
      List<Condition> kept = type == DataType.FLOAT ? conditions : conditions.subList(0, 1);
      for (Condition each : kept) {
        all.add(
            Arguments.of(
                "mlp with dropout " + type,
                each,
                new Training(() -> Nets.mlp(type, 0.5), () -> Nets.flat(BATCHES, 16))));
        all.add(
            Arguments.of(
                "cnn with batch norm " + type,
                each,
                new Training(() -> Nets.cnn(type), () -> Nets.images(BATCHES, 16))));
        all.add(
            Arguments.of(
                "lstm in segments " + type,
                each,
                new Training(() -> Nets.lstm(type), () -> Nets.sequences(BATCHES, 16))));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("trainings")
  void parameters_areTheSameBits(String name, Condition condition, Training training) {
    List<INDArray> alone = training.run(net -> {});
    Alidade.Builder builder = Alidade.builder().folder(folder).server("none").drainSeconds(0);
    condition.settings().accept(builder);
    List<INDArray> watched;
    try (Alidade alidade = builder.start()) {
      watched = training.run(net -> net.addListeners(alidade.listener()));
      alidade.close();
      assertThat(alidade.status().offered()).isPositive();
      assertThat(alidade.status().failures()).isZero();
    }
    for (int i = 0; i < alone.size(); i++) {
      assertThat(bits(watched.get(i))).isEqualTo(bits(alone.get(i)));
    }
  }

  /** Nobody takes the samples, so all but a few are dropped. */
  @Test
  void parameters_whenTheQueueOverflows_areTheSameBits() {
    Intake intake = new Intake(20_000);
    Failures failures = new Failures();
    same(
        new CaptureListener(
            intake, new Throttle(), new Effort(), failures, note -> {}, Clock.SYSTEM, 1, 4096));
    assertThat(intake.counts().dropped().get(Intake.QUEUE_FULL)).isPositive();
    assertThat(intake.counts().offered()).isEqualTo(BATCHES);
    assertThat(failures.total()).isZero();
  }

  /** Everything that the callbacks call throws. */
  @Test
  void parameters_whenTheAgentItselfFails_areTheSameBits() {
    Clock broken =
        new Clock() {
          @Override
          public long nanos() {
            throw new IllegalStateException("no clock");
          }

          @Override
          public long cpuNanos() {
            throw new AssertionError("no clock");
          }

          @Override
          public long epochMillis() {
            throw new IllegalStateException("no clock");
          }
        };
    Failures failures = new Failures();
    same(
        new CaptureListener(
            new Intake(1 << 20),
            new Throttle(),
            new Effort(),
            failures,
            note -> {},
            broken,
            1,
            4096));
    assertThat(failures.total()).isPositive();
  }

  private static void same(TrainingListener listener) {
    Training training =
        new Training(() -> Nets.mlp(DataType.FLOAT, 0.5), () -> Nets.flat(BATCHES, 16));
    List<INDArray> alone = training.run(net -> {});
    List<INDArray> watched = training.run(net -> net.addListeners(listener));
    for (int i = 0; i < alone.size(); i++) {
      assertThat(bits(watched.get(i))).isEqualTo(bits(alone.get(i)));
    }
  }

  private static long[] bits(INDArray array) {
    long[] bits = new long[(int) array.length()];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Double.doubleToRawLongBits(array.getDouble(i));
    }
    return bits;
  }
}
