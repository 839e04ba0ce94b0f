package dev.alidade.benchmarks;

import dev.alidade.analysis.Activations;
import dev.alidade.analysis.Geometry;
import dev.alidade.analysis.LayerAnalysis;
import dev.alidade.analysis.LayerTraits;
import dev.alidade.analysis.Positions;
import dev.alidade.analysis.Quantities;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One layer's whole analysis: scan, windows, profiles of ten groups, all quantities.
 *
 * <p>Thread CPU of a call, milliseconds, lowest and highest best of six rounds in three runs of a
 * plain loop (JDK 17.0.15, 2 cores of an AMD EPYC with AVX-512, some twenty other processes on
 * them: an idle machine does better):
 *
 * <pre>
 * layout          values    relu         tanh
 * DENSE           131,072   0.41-0.45    0.63-0.74
 * CHANNELS_FIRST  737,280   2.9-3.1      3.8-4.0
 * ROWS_FIRST      737,280   3.2-3.8
 * CHANNELS_LAST   737,280   3.9-4.2
 * SEQUENCE        262,144                1.3-1.4
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class ScanBenchmark {
  private static final int GROUPS = 10;

  /** A dense layer, and a convolution as Deeplearning4j, row-major frameworks and NHWC lay it. */
  @SuppressWarnings("ImmutableEnumChecker") // Geometry is a record of ints
  public enum Layout {
    DENSE(Geometry.dense(128, 1024)),
    CHANNELS_FIRST(new Geometry(64, 20, 576, 576, 64 * 576, 1, Positions.POOLED)),
    ROWS_FIRST(new Geometry(64, 20, 576, 20 * 576, 576, 1, Positions.POOLED)),
    CHANNELS_LAST(new Geometry(64, 20, 576, 20 * 576, 1, 20, Positions.POOLED)),
    SEQUENCE(new Geometry(64, 128, 32, 1, 64, 64 * 128, Positions.OBSERVED));

    private final Geometry geometry;

    Layout(Geometry geometry) {
      this.geometry = geometry;
    }
  }

  @Param Layout layout = Layout.DENSE;

  @Param({"relu", "tanh"})
  String activation = "relu";

  private final float[] quantities = new float[Quantities.layer().size()];
  private Activations activations = Activations.of(new float[1], Geometry.dense(1, 1));
  private LayerAnalysis analysis = new LayerAnalysis(new LayerTraits("one", 1, "relu", 0, false));

  /** Makes a sample of normal values through the activation function. */
  @Setup
  public void prepare() {
    Geometry geometry = layout.geometry;
    Random random = new Random(1);
    float[] values = new float[Math.toIntExact(geometry.values())];
    for (int i = 0; i < values.length; i++) {
      double value = random.nextGaussian();
      values[i] = (float) (activation.equals("relu") ? Math.max(0, value) : Math.tanh(value));
    }
    int[] groups = new int[geometry.observations()];
    for (int i = 0; i < groups.length; i++) {
      groups[i] = i % GROUPS;
    }
    activations = new Activations(values, geometry, groups);
    analysis =
        new LayerAnalysis(new LayerTraits("any", geometry.units(), activation, GROUPS, false));
  }

  /** One sample. */
  @Benchmark
  public float[] accept() {
    analysis.accept(activations, 1);
    analysis.values(quantities);
    return quantities;
  }
}
