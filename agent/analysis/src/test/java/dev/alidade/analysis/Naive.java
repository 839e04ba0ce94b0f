package dev.alidade.analysis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The definitions, value by value in double: what the scan is held against. */
final class Naive {
  final Activations activations;
  final int units;
  final List<List<Float>> byUnit = new ArrayList<>();
  final List<List<Float>> byRow = new ArrayList<>();
  final List<Float> finite = new ArrayList<>();
  long nans;
  long infinities;
  final long[] active;

  Naive(Activations activations) {
    this.activations = activations;
    Geometry g = activations.geometry();
    units = g.units();
    active = new long[units];
    for (int unit = 0; unit < units; unit++) {
      byUnit.add(new ArrayList<>());
    }
    for (int row = 0; row < g.rows(); row++) {
      byRow.add(new ArrayList<>());
      for (int unit = 0; unit < units; unit++) {
        readRun(g, row, unit);
      }
    }
  }

  private void readRun(Geometry g, int row, int unit) {
    boolean any = false;
    for (int position = 0; position < g.positions(); position++) {
      float value = value(row, unit, position);
      if (Float.isNaN(value)) {
        nans++;
      } else if (Float.isInfinite(value)) {
        infinities++;
      } else {
        byUnit.get(unit).add(value);
        byRow.get(row).add(value);
        finite.add(value);
        any |= value != 0;
        active[unit] += value != 0 && g.meaning() == Positions.OBSERVED ? 1 : 0;
      }
    }
    active[unit] += any && g.meaning() == Positions.POOLED ? 1 : 0;
  }

  float value(int row, int unit, int position) {
    Geometry g = activations.geometry();
    return activations
        .values()[row * g.rowStride() + unit * g.unitStride() + position * g.positionStride()];
  }

  /** The value of one observation: pooled over positions or not. */
  double observed(int observation, int unit) {
    Geometry g = activations.geometry();
    if (g.meaning() == Positions.OBSERVED) {
      return value(observation / g.positions(), unit, observation % g.positions());
    }
    double sum = 0;
    for (int position = 0; position < g.positions(); position++) {
      sum += value(observation, unit, position);
    }
    return sum / g.positions();
  }

  static double mean(List<Float> values) {
    return values.stream().mapToDouble(v -> v).average().orElse(Double.NaN);
  }

  static double meanAbs(List<Float> values) {
    return values.stream().mapToDouble(Math::abs).average().orElse(Double.NaN);
  }

  static double std(List<Float> values) {
    double mean = mean(values);
    return Math.sqrt(
        values.stream().mapToDouble(v -> (v - mean) * (v - mean)).average().orElse(Double.NaN));
  }

  static double rms(List<Float> values) {
    return Math.sqrt(values.stream().mapToDouble(v -> (double) v * v).average().orElse(Double.NaN));
  }

  static double maxAbs(List<Float> values) {
    return values.stream().mapToDouble(Math::abs).max().orElse(Double.NaN);
  }

  static double medianAbs(List<Float> values) {
    if (values.isEmpty()) {
      return Double.NaN;
    }
    List<Float> magnitudes = new ArrayList<>();
    values.forEach(v -> magnitudes.add(Math.abs(v)));
    Collections.sort(magnitudes);
    return magnitudes.get((magnitudes.size() - 1) / 2);
  }

  static long count(List<Float> values, java.util.function.DoublePredicate counted) {
    return values.stream().filter(v -> counted.test(v)).count();
  }
}
