package dev.alidade.analysis.laws;

/**
 * A series of any length in bounded memory: when it is full, neighbours are averaged in pairs.
 *
 * <p>Every stored point is then the mean of the same number of samples (the last one of fewer, and
 * it weighs less): evenly spaced, and averaged rather than thinned because that keeps what the
 * samples know. Not thread safe. {@code add} takes constant time, amortised.
 */
public final class Samples {
  /** Points kept unless told otherwise: a fit's cost grows with them, its precision does not. */
  public static final int CAPACITY = 256;

  private final double[] times;
  private final double[] values;
  private final int[] counts;
  private int size;
  private int width = 1;
  private long offered;
  private double last = Double.NEGATIVE_INFINITY;

  /** An empty series of at most 256 points. */
  public Samples() {
    this(CAPACITY);
  }

  /** An empty series of at most {@code capacity} points, an even number. */
  public Samples(int capacity) {
    if (capacity < 8 || capacity % 2 != 0) {
      throw new IllegalArgumentException("capacity must be even and at least 8: " + capacity);
    }
    times = new double[capacity];
    values = new double[capacity];
    counts = new int[capacity];
  }

  /** The series (t, value) with every sample kept: for a fit of a finished series. */
  public static Samples of(double[] t, double[] value) {
    if (t.length != value.length) {
      throw new IllegalArgumentException(
          "as many values as times expected: %d and %d".formatted(value.length, t.length));
    }
    var samples = new Samples(Math.max(8, t.length + t.length % 2));
    for (int i = 0; i < t.length; i++) {
      samples.add(t[i], value[i]);
    }
    return samples;
  }

  /**
   * Appends a sample; a value that is NaN or infinite is no sample and is left out.
   *
   * @throws IllegalArgumentException if t is not finite or lies before the last one
   */
  public void add(double t, double value) {
    if (!Double.isFinite(t) || t < last) {
      throw new IllegalArgumentException(
          "t must be finite and not before %s: %s".formatted(last, t));
    }
    if (!Double.isFinite(value)) {
      return;
    }
    last = t;
    offered++;
    if (size == 0 || counts[size - 1] == width) {
      open();
    }
    int i = size - 1;
    counts[i]++;
    times[i] += (t - times[i]) / counts[i];
    values[i] += (value - values[i]) / counts[i];
  }

  private void open() {
    if (size == times.length) {
      halve();
    }
    times[size] = 0;
    values[size] = 0;
    counts[size] = 0;
    size++;
  }

  private void halve() {
    for (int i = 0; i < size / 2; i++) {
      times[i] = (times[2 * i] + times[2 * i + 1]) / 2;
      values[i] = (values[2 * i] + values[2 * i + 1]) / 2;
      counts[i] = 2 * width;
    }
    size /= 2;
    width *= 2;
  }

  /** How many samples were taken in. */
  public long offered() {
    return offered;
  }

  /** How many points are kept. */
  public int size() {
    return size;
  }

  /** Mean time of the samples in point i. */
  public double time(int i) {
    return times[i];
  }

  /** Mean value of the samples in point i. */
  public double value(int i) {
    return values[i];
  }

  /** The share of a full point's samples that point i holds: 1 for all but the last. */
  public double weight(int i) {
    return (double) counts[i] / width;
  }
}
