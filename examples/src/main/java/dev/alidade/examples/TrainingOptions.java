package dev.alidade.examples;

import dev.alidade.examples.digits.DigitSets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every example can be told. */
final class TrainingOptions {
  @Option(names = "--epochs", description = "Epochs at most (default ${DEFAULT-VALUE}).")
  int epochs = 4;

  @Option(names = "--seconds", description = "Seconds to train at most (${DEFAULT-VALUE}).")
  int seconds = 110;

  @Option(names = "--every", description = "Sample every N-th iteration (${DEFAULT-VALUE}).")
  int every = 2;

  @Option(names = "--seed", description = "Of weights and data (${DEFAULT-VALUE}).")
  long seed = 1;

  @Option(names = "--folder", description = "Where the run is recorded (default ${DEFAULT-VALUE}).")
  Path folder = Path.of("runs");

  @Option(
      names = "--data",
      description = "Folder with MNIST's IDX files; without it, digits are drawn.")
  @Nullable Path data;

  /** The digits asked for. */
  DigitSets digits() throws IOException {
    return data == null ? DigitSets.drawn(seed) : DigitSets.folder(data);
  }

  /** True from that many seconds after this call on. */
  BooleanSupplier timeIsUp() {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    return () -> System.nanoTime() - end >= 0;
  }
}
