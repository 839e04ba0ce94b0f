package dev.alidade.analysis.parameter;

import dev.alidade.analysis.SignedHistogram;

/** Mean magnitude, standard deviation and histogram of values; over finite ones. Reused. */
public final class ArrayStats {
  private final SignedHistogram histogram = new SignedHistogram();
  private double meanAbs = Double.NaN;
  private double std = Double.NaN;
  private long count;

  /** Reads {@code count} values from {@code from} on. */
  public void read(float[] values, int from, int count) {
    int to = from + count;
    histogram.clear();
    double sum = 0;
    double magnitude = 0;
    long finite = 0;
    for (int i = from; i < to; i++) {
      float value = values[i];
      histogram.add(value);
      if (Math.abs(value) <= Float.MAX_VALUE) {
        finite++;
        sum += value;
        magnitude += Math.abs(value);
      }
    }
    double mean = sum / finite;
    double squares = 0;
    for (int i = from; i < to; i++) {
      double off = values[i] - mean;
      squares += Math.abs(values[i]) <= Float.MAX_VALUE ? off * off : 0;
    }
    this.count = count;
    meanAbs = finite == 0 ? Double.NaN : magnitude / finite;
    std = finite == 0 ? Double.NaN : Math.sqrt(squares / finite);
  }

  /** E|x|; NaN where no value is finite. */
  public double meanAbs() {
    return meanAbs;
  }

  /** Population standard deviation; NaN where no value is finite. */
  public double std() {
    return std;
  }

  /** Values that are NaN or infinite. */
  public long nonFinite() {
    return count - histogram.finite();
  }

  /** Owned by this object. */
  public SignedHistogram histogram() {
    return histogram;
  }
}
