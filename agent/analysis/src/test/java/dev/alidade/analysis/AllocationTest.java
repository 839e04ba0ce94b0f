package dev.alidade.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  static Stream<Geometry> geometries() {
    return Stream.of(
        Geometry.dense(40, 200),
        Geometry.dense(16, 5000), // Arrays.sort would allocate for this many units
        Samples.geometry(16, 12, 100, Positions.POOLED, 2, 0),
        Samples.geometry(16, 12, 100, Positions.POOLED, 1, 0),
        Samples.geometry(16, 12, 25, Positions.OBSERVED, 5, 1));
  }

  @ParameterizedTest
  @MethodSource("geometries")
  void steadyState_allocatesNothing(Geometry geometry) {
    List<Activations> samples =
        List.of(
            Samples.of(geometry, Samples.Kind.RELU, 1),
            Samples.of(geometry, Samples.Kind.NORMAL, 2),
            Samples.of(geometry, Samples.Kind.EQUAL, 3),
            Samples.of(geometry, Samples.Kind.SOME_NON_FINITE, 4));
    LayerAnalysis analysis =
        new LayerAnalysis(new LayerTraits("any", geometry.units(), "tanh", 3, false));
    float[] values = new float[Quantities.layer().size()];
    float[] rows = new float[10 * geometry.units()];
    int[] groups = new int[10];
    long least = Long.MAX_VALUE; // of a few rounds: the first ones load classes and are compiled
    for (int round = 0; round < 6 && least > 0; round++) {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      run(analysis, samples, 10, values, rows, groups);
      least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).isZero();
  }

  private static void run(
      LayerAnalysis analysis,
      List<Activations> samples,
      int times,
      float[] values,
      float[] rows,
      int[] groups) {
    for (int i = 0; i < times * samples.size(); i++) {
      analysis.accept(samples.get(i % samples.size()), i);
      analysis.values(values);
      analysis.observations(rows, 10);
      analysis.observationGroups(groups, 10);
    }
  }
}
