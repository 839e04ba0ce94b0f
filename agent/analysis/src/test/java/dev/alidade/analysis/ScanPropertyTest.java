package dev.alidade.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Every number of the scan against the definition in double, on every geometry. */
class ScanPropertyTest {
  private static final double TOLERANCE = 1e-6;

  @Provide
  Arbitrary<Activations> samples() {
    return Samples.any();
  }

  private static Sample read(Activations activations) {
    Sample sample =
        new Sample(new LayerTraits("any", activations.geometry().units(), "tanh", 3, false));
    sample.read(activations);
    return sample;
  }

  private static void close(String what, double actual, double expected, double scale) {
    if (Double.isNaN(expected)) {
      assertThat(actual).as(what).isNaN();
    } else {
      assertThat(Math.abs(actual - expected))
          .as("%s: %s for %s", what, actual, expected)
          .isLessThanOrEqualTo(TOLERANCE * scale);
    }
  }

  @Property(tries = 150)
  void moments_areThoseOfTheDefinition(@ForAll("samples") Activations activations) {
    Sample sample = read(activations);
    Naive naive = new Naive(activations);
    double std = Naive.std(naive.finite);
    close("mean", sample.mean(), Naive.mean(naive.finite), Naive.meanAbs(naive.finite));
    close("std", sample.std(), std, std + 1e-2 * Naive.meanAbs(naive.finite));
    close("rms", sample.rms(), Naive.rms(naive.finite), Naive.rms(naive.finite));
    close("max", sample.maxAbs(), Naive.maxAbs(naive.finite), 0);
    for (int unit = 0; unit < naive.units; unit++) {
      List<Float> values = naive.byUnit.get(unit);
      double spread = Naive.std(values);
      close("unit mean", sample.stats.mean[unit], Naive.mean(values), Naive.meanAbs(values));
      close(
          "unit std",
          Math.sqrt(sample.stats.variance[unit]),
          spread,
          spread + 1e-2 * Naive.meanAbs(values));
      close("unit |h|", sample.unitMeanAbs(unit), Naive.meanAbs(values), Naive.meanAbs(values));
      close("unit max", sample.stats.maxAbs(unit), Naive.maxAbs(values), 0);
    }
  }

  @Property(tries = 150)
  void counts_areExact(@ForAll("samples") Activations activations) {
    Sample sample = read(activations);
    Naive naive = new Naive(activations);
    assertThat(sample.finite()).isEqualTo(naive.finite.size());
    assertThat(sample.nans()).isEqualTo(naive.nans);
    assertThat(sample.infinities()).isEqualTo(naive.infinities);
    assertThat(sample.zeros()).isEqualTo(Naive.count(naive.finite, h -> h == 0));
    assertThat(sample.positives()).isEqualTo(Naive.count(naive.finite, h -> h > 0));
    assertThat(sample.saturated()).isEqualTo(Naive.count(naive.finite, h -> Math.abs(h) > 0.99));
    for (int unit = 0; unit < naive.units; unit++) {
      List<Float> values = naive.byUnit.get(unit);
      assertThat(sample.stats.nonZero[unit]).isEqualTo((int) Naive.count(values, h -> h != 0));
      assertThat(sample.stats.positive[unit]).isEqualTo((int) Naive.count(values, h -> h > 0));
      assertThat((long) sample.stats.active[unit]).isEqualTo(naive.active[unit]);
    }
  }

  @Property(tries = 150)
  void medians_areTheLowerMiddleOnes(@ForAll("samples") Activations activations) {
    Sample sample = read(activations);
    Naive naive = new Naive(activations);
    close("median", sample.medianAbs(), Naive.medianAbs(naive.finite), 0);
    double medians = 0;
    double maxima = 0;
    int sequences = 0;
    for (List<Float> row : naive.byRow) {
      if (!row.isEmpty()) {
        medians += Naive.medianAbs(row);
        maxima += Naive.maxAbs(row);
        sequences++;
      }
    }
    double scale = sequences == 0 ? Double.NaN : 1.0 / sequences;
    close("sequence median", sample.meanSequenceMedian(), medians * scale, medians * scale);
    close("sequence max", sample.meanSequenceMax(), maxima * scale, maxima * scale);
  }

  @Property(tries = 150)
  void thresholds_countEveryValueBelow(@ForAll("samples") Activations activations) {
    Sample sample = read(activations);
    Naive naive = new Naive(activations);
    double near = 1e-3 * sample.rms();
    double bin = near > Float.MIN_NORMAL ? 1.19 : Double.POSITIVE_INFINITY;
    long surely = Naive.count(naive.finite, h -> h == 0 || Math.abs(h) < near / bin);
    long most = Naive.count(naive.finite, h -> h == 0 || Math.abs(h) <= near * (1 + 1e-6));
    assertThat(sample.nearZeros()).isBetween(surely, most);
    double median = Naive.medianAbs(naive.finite);
    assertThat(sample.massive())
        .isEqualTo(
            Naive.count(naive.finite, h -> Math.abs(h) > 100 && Math.abs(h) >= 1000 * median));
  }

  @Property(tries = 150)
  void histogram_isThatOfValueByValue(@ForAll("samples") Activations activations) {
    SignedHistogram histogram = read(activations).histogram;
    SignedHistogram expected = new SignedHistogram();
    Naive naive = new Naive(activations);
    Geometry g = activations.geometry();
    for (int row = 0; row < g.rows(); row++) {
      for (int unit = 0; unit < g.units(); unit++) {
        for (int position = 0; position < g.positions(); position++) {
          expected.add(naive.value(row, unit, position));
        }
      }
    }
    assertThat(histogram).usingRecursiveComparison().isEqualTo(expected);
  }

  @Property(tries = 150)
  void top_areTheLargest(@ForAll("samples") Activations activations) {
    TopUnits top = read(activations).top;
    Naive naive = new Naive(activations);
    List<Float> sorted =
        naive.finite.stream()
            .filter(h -> h != 0)
            .sorted((a, b) -> Float.compare(Math.abs(b), Math.abs(a)))
            .limit(3)
            .toList();
    assertThat(top.count()).isEqualTo(sorted.size());
    for (int i = 0; i < top.count(); i++) {
      assertThat(Math.abs(top.value(i))).isEqualTo(Math.abs(sorted.get(i)));
      assertThat(naive.byUnit.get(top.unit(i))).contains(top.value(i));
      assertThat(top.row(i)).isBetween(0L, activations.geometry().observations() - 1L);
    }
  }

  @Property(tries = 150)
  void profiles_areGroupMeansAboutTheirMean(@ForAll("samples") Activations activations) {
    float[] profiles = read(activations).groups.profiles();
    Naive naive = new Naive(activations);
    for (int unit = 0; unit < naive.units; unit++) {
      double[] sum = new double[3];
      int[] count = new int[3];
      double size = 0;
      for (int i = 0; i < activations.geometry().observations(); i++) {
        double value = naive.observed(i, unit);
        if (activations.group(i) >= 0 && Double.isFinite(value)) {
          sum[activations.group(i)] += value;
          count[activations.group(i)]++;
          size = Math.max(size, Math.abs(value));
        }
      }
      double center = 0;
      int seen = 0;
      for (int group = 0; group < 3; group++) {
        center += count[group] == 0 ? 0 : sum[group] / count[group];
        seen += count[group] == 0 ? 0 : 1;
      }
      for (int group = 0; group < 3; group++) {
        double expected = count[group] == 0 ? 0 : sum[group] / count[group] - center / seen;
        double step = 4 * Float.MIN_VALUE / TOLERANCE; // of the floats it is told in
        close("profile", profiles[group * naive.units + unit], expected, size + step);
      }
    }
  }

  @Property(tries = 150)
  void observations_areTheFiniteRows(@ForAll("samples") Activations activations) {
    Geometry g = activations.geometry();
    LayerAnalysis analysis = new LayerAnalysis(new LayerTraits("any", g.units(), "relu", 3, false));
    analysis.accept(activations, 1);
    float[] out = new float[g.observations() * g.units()];
    int[] groups = new int[g.observations()];
    int n = analysis.observations(out, g.observations());
    assertThat(analysis.observationGroups(groups, g.observations())).isEqualTo(n);
    Naive naive = new Naive(activations);
    int row = 0;
    for (int i = 0; i < g.observations(); i++) {
      boolean whole = true;
      for (int unit = 0; unit < g.units(); unit++) {
        whole &= Double.isFinite(naive.observed(i, unit));
      }
      if (whole) {
        for (int unit = 0; unit < g.units(); unit++) {
          double expected = naive.observed(i, unit);
          close(
              "observed",
              out[row * g.units() + unit],
              expected,
              Float.MIN_VALUE / TOLERANCE + Naive.maxAbs(naive.finite));
        }
        assertThat(groups[row++]).isEqualTo(activations.group(i));
      }
    }
    assertThat(n).isEqualTo(row);
  }

  @Property(tries = 150)
  void repeatedSamples_forgetTheOneBefore(
      @ForAll("samples") Activations first, @ForAll("samples") Activations second) {
    if (first.geometry().units() != second.geometry().units()) {
      first = Samples.of(second.geometry(), Samples.Kind.MIXED_SCALES, 3);
    }
    Sample sample = new Sample(new LayerTraits("any", second.geometry().units(), "relu", 3, false));
    sample.read(first);
    sample.read(second);
    Naive naive = new Naive(second);
    for (int unit = 0; unit < naive.units; unit++) {
      List<Float> values = naive.byUnit.get(unit);
      double scale = Naive.meanAbs(values) + Math.abs(sample.stats.pivot[unit]);
      close("unit mean", sample.stats.mean[unit], Naive.mean(values), scale);
    }
    assertThat(sample.zeros()).isEqualTo(Naive.count(naive.finite, h -> h == 0));
    close("median", sample.medianAbs(), Naive.medianAbs(naive.finite), 0);
  }

  /** More values than a chunk, a block of lines or a bin's share holds. */
  @Property(tries = 12)
  void largeSamples_areNoDifferent(
      @ForAll @IntRange(max = 5) int order, @ForAll Samples.Kind kind, @ForAll Positions meaning) {
    Geometry geometry = Samples.geometry(30, 7, 130, meaning, order, order % 2);
    Activations activations = Samples.of(geometry, kind, order);
    moments_areThoseOfTheDefinition(activations);
    counts_areExact(activations);
    histogram_isThatOfValueByValue(activations);
    Naive naive = new Naive(activations);
    close("median", read(activations).medianAbs(), Naive.medianAbs(naive.finite), 0);
  }
}
