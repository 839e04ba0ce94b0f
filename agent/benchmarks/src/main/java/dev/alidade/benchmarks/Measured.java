package dev.alidade.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** What one contender cost, block by block. */
final class Measured {
  private final List<Block> blocks = new ArrayList<>();

  /**
   * One block of iterations.
   *
   * @param wallNanos of an iteration
   * @param cpuNanos of the training thread, an iteration, callbacks included
   * @param callbackNanos of the training thread inside callbacks, an iteration
   * @param analysisNanos of the analysis thread, an iteration
   */
  record Block(double wallNanos, double cpuNanos, double callbackNanos, double analysisNanos) {
    double ownNanos() {
      return cpuNanos - callbackNanos;
    }
  }

  void add(Block block) {
    blocks.add(block);
  }

  double cpuMillis() {
    return Ratios.median(blocks.stream().mapToDouble(Block::cpuNanos).toArray()) / 1e6;
  }

  /** Callback CPU over the CPU of the iteration itself, in percent. */
  double callbackPercent() {
    return percent(blocks.stream().mapToDouble(b -> b.callbackNanos / b.ownNanos()).toArray());
  }

  /** Analysis CPU over the CPU of the iteration itself, in percent. */
  double analysisPercent() {
    return percent(blocks.stream().mapToDouble(b -> b.analysisNanos / b.ownNanos()).toArray());
  }

  /** Wall time over that of the other contender in the same round. */
  Ratios wallAgainst(Measured other) {
    double[] ratios = new double[blocks.size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = blocks.get(i).wallNanos / other.blocks.get(i).wallNanos;
    }
    return Ratios.of(ratios);
  }

  private static double percent(double... shares) {
    return 100 * Ratios.median(shares);
  }
}
