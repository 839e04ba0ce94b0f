package dev.alidade.benchmarks;

import dev.alidade.analysis.Activations;
import dev.alidade.analysis.Geometry;
import dev.alidade.analysis.LayerAnalysis;
import dev.alidade.analysis.LayerTraits;
import dev.alidade.analysis.Quantities;
import dev.alidade.analysis.laws.Cett;
import dev.alidade.analysis.parameter.ArrayStats;
import dev.alidade.analysis.quantity.Cost;
import dev.alidade.analysis.quantity.LayerQuantity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * What each quantity costs beside the scan that it reads: thread CPU for one layer and one sample,
 * as the lowest of several rounds. Writes the table of {@code agent/benchmarks/COSTS.md}.
 *
 * <pre>{@code
 * mvn -q -Pbenchmarks -pl agent/benchmarks -am package -DskipTests
 * java -cp agent/benchmarks/target/benchmarks.jar dev.alidade.benchmarks.QuantityCost
 * }</pre>
 */
public final class QuantityCost {
  private static final int ROWS = 128;
  private static final int UNITS = 1024;
  private static final int ROUNDS = 7;

  private final Activations sample = sample();
  private float sink;

  private QuantityCost() {}

  /** Prints the table. */
  public static void main(String[] arguments) {
    new QuantityCost().print();
  }

  private static Activations sample() {
    Random random = new Random(1);
    float[] values = new float[ROWS * UNITS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.max(0, random.nextGaussian());
    }
    return Activations.of(values, Geometry.dense(ROWS, UNITS));
  }

  private void print() {
    double scan = scan();
    System.out.printf(Locale.ROOT, "| what | µs | share of the scan |%n|---|---|---|%n");
    row("the scan, with histogram, medians, windows", scan, scan);
    for (LayerQuantity each : Quantities.layer()) {
      row("`" + each.info().id() + "`", cost(each), scan);
    }
    row("`cett_sparsity`, 16 rows, 1,024 units into 1,024", cett(), scan);
    row("16,384 values of an array: weights, gradients, updates", parameters(), scan);
    System.err.println(sink);
  }

  private static void row(String name, double nanos, double scan) {
    System.out.printf(
        Locale.ROOT, "| %s | %.2f | %.2f %% |%n", name, nanos / 1e3, 100 * nanos / scan);
  }

  private LayerAnalysis analysis(List<LayerQuantity> quantities) {
    return new LayerAnalysis(
        new LayerTraits("any", UNITS, "relu", 0, false), quantities, (quantity, e) -> {});
  }

  private double scan() {
    LayerAnalysis analysis = analysis(List.of());
    return least(400, () -> analysis.accept(sample, 1));
  }

  /** A slow one works once for each sample; the scan between is not counted. */
  private double cost(LayerQuantity quantity) {
    LayerAnalysis analysis = analysis(List.of(quantity));
    float[] value = new float[1];
    analysis.accept(sample, 1);
    if (quantity.cost() == Cost.SCAN) {
      return least(
          2000,
          () -> {
            analysis.values(value);
            sink += value[0];
          });
    }
    double best = Double.POSITIVE_INFINITY;
    for (int i = 0; i < 4 * ROUNDS; i++) {
      analysis.accept(sample, i);
      long start = ThreadCpu.ofThisThread();
      analysis.values(value, true);
      best = Math.min(best, ThreadCpu.ofThisThread() - start);
      sink += value[0];
    }
    return best;
  }

  private double cett() {
    Random random = new Random(2);
    float[] weights = new float[UNITS * UNITS];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextGaussian();
    }
    Cett cett = new Cett(weights, UNITS, UNITS);
    float[] rows = Arrays.copyOf(sample.values(), 16 * UNITS);
    return least(2, () -> sink += (float) cett.cut(rows, 16, 0.2).sparsity());
  }

  private double parameters() {
    ArrayStats stats = new ArrayStats();
    float[] values = Arrays.copyOf(sample.values(), 1 << 14);
    return least(
        60,
        () -> {
          for (int part = 0; part < 3; part++) {
            stats.read(values, 0, values.length);
            sink += (float) stats.std();
          }
        });
  }

  /** Nanoseconds of thread CPU for one call, the lowest of the rounds. */
  private static double least(int calls, Runnable what) {
    double best = Double.POSITIVE_INFINITY;
    for (int round = 0; round < ROUNDS; round++) {
      long start = ThreadCpu.ofThisThread();
      for (int i = 0; i < calls; i++) {
        what.run();
      }
      best = Math.min(best, (double) (ThreadCpu.ofThisThread() - start) / calls);
    }
    return best;
  }
}
