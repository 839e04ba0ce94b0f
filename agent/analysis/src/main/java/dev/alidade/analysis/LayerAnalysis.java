package dev.alidade.analysis;

import dev.alidade.analysis.quantity.CettSparsity;
import dev.alidade.analysis.quantity.Cost;
import dev.alidade.analysis.quantity.LayerQuantity;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;

/**
 * All that is known of one layer over time: owns the scan's scratch, the windows and the held
 * ranges.
 *
 * <p>Give it every sample with {@link #accept}, then read what is wanted. Arrays that are returned
 * belong to this object and are valid until the next {@code accept}. Not thread safe: it belongs to
 * the analysis thread. Allocates nothing once it has seen the largest sample.
 */
public final class LayerAnalysis {
  private final Sample sample;
  private final List<LayerQuantity> quantities;
  private final boolean[] failed;
  private final boolean[] dear;

  /** Slow ones that a probe gave already. */
  private final boolean[] given;

  private final BiConsumer<LayerQuantity, Throwable> failure;

  private final float[] unitMean;
  private final float[] unitStd;
  private final float[] unitNonZero;
  private final float[] unitMaxAbs;
  private final HeldRange valueRange = new HeldRange();
  private final HeldRange profileRange = new HeldRange();
  private long iteration = -1;

  public LayerAnalysis(LayerTraits traits) {
    this(traits, Quantities.layer(), (quantity, e) -> {});
  }

  /**
   * @param failure told once of each quantity that throws; it is NaN from then on
   */
  public LayerAnalysis(
      LayerTraits traits,
      List<LayerQuantity> quantities,
      BiConsumer<LayerQuantity, Throwable> failure) {
    this.quantities = List.copyOf(quantities);
    this.failure = Objects.requireNonNull(failure, "failure");
    failed = new boolean[quantities.size()];
    dear = new boolean[quantities.size()];
    given = new boolean[quantities.size()];
    for (int i = 0; i < dear.length; i++) {
      given[i] = quantities.get(i) instanceof CettSparsity;
      dear[i] = quantities.get(i).cost() == Cost.SLOW;
    }
    sample = new Sample(traits);
    unitMean = new float[traits.units()];
    unitStd = new float[traits.units()];
    unitNonZero = new float[traits.units()];
    unitMaxAbs = new float[traits.units()];
  }

  /**
   * Scans a sample and moves the windows on; the activations are not read after {@link #release}.
   */
  public void accept(Activations activations, long atIteration) {
    check(activations);
    iteration = atIteration;
    sample.read(activations);
    UnitStats stats = sample.stats;
    for (int unit = 0; unit < stats.units; unit++) {
      unitMean[unit] = (float) stats.mean[unit];
      unitStd[unit] = (float) Math.sqrt(stats.variance[unit]);
      unitNonZero[unit] = (float) stats.nonZero[unit] / stats.finite(unit);
      unitMaxAbs[unit] = stats.maxAbs(unit);
    }
    valueRange.show(unitMean);
    profileRange.show(sample.groups.profiles());
  }

  private void check(Activations activations) {
    Geometry g = activations.geometry();
    if (g.units() != sample.units()) {
      throw new IllegalArgumentException(
          "units must be those of layer '"
              + sample.traits().name()
              + "', "
              + sample.units()
              + ": "
              + g.units());
    }
    for (int i = 0; activations.grouped() && i < g.observations(); i++) {
      if (activations.group(i) >= sample.groups.groups()) {
        throw new IllegalArgumentException(
            "group must be below " + sample.groups.groups() + ": " + activations.group(i));
      }
    }
  }

  /** Of the last sample; -1 before the first. */
  public long iteration() {
    return iteration;
  }

  /** Takes what a probe found for the accepted sample. */
  public void probed(double cettSparsity) {
    sample.cettSparsity = cettSparsity;
  }

  /** Writes every quantity of the scan by its index; NaN = none, and for the slow ones. */
  public void values(float[] out) {
    values(out, false);
  }

  /**
   * Writes every quantity by its index; NaN = none.
   *
   * @param slow whether the slow ones too; they read the accepted activations
   */
  public void values(float[] out, boolean slow) {
    if (out.length < failed.length) {
      throw new IllegalArgumentException(
          "out must hold at least " + failed.length + ": " + out.length);
    }
    for (int i = 0; i < failed.length; i++) {
      boolean due = slow || !dear[i] || (given[i] && !Double.isNaN(sample.cettSparsity));
      out[i] = failed[i] || !due ? Float.NaN : value(i);
    }
  }

  private float value(int index) {
    LayerQuantity quantity = quantities.get(index);
    try {
      return (float) quantity.of(sample);
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      // A user's own class may lack one of its own.
      failed[index] = true;
      failure.accept(quantity, e);
      return Float.NaN;
    }
  }

  /** Mean of each unit over the sample; NaN where it has no finite value. */
  public float[] unitMean() {
    return unitMean;
  }

  public float[] unitStd() {
    return unitStd;
  }

  /** Share of non-zeros of each unit. */
  public float[] unitNonZero() {
    return unitNonZero;
  }

  public float[] unitMaxAbs() {
    return unitMaxAbs;
  }

  /** Of the last sample. */
  public SignedHistogram histogram() {
    return sample.histogram;
  }

  /** How many of the largest |h| there are: at most three, fewer when the rest is zero. */
  public int topCount() {
    return sample.top.count();
  }

  /** The i-th largest |h|, with its sign. */
  public float topValue(int i) {
    return sample.top.value(i);
  }

  public int topUnit(int i) {
    return sample.top.unit(i);
  }

  /** The observation it was seen in. */
  public long topRow(int i) {
    return sample.top.row(i);
  }

  /**
   * [groups x units], row-major: the mean of each group over its last 256 or so observations, minus
   * the unweighted mean over the groups seen so far; 0 for a group that has not been seen.
   */
  public float[] profiles() {
    return sample.groups.profiles();
  }

  /** A range for colours of unit means, held over time. */
  public float valueRange() {
    return valueRange.range();
  }

  /** A range for colours of profiles, held over time. */
  public float profileRange() {
    return profileRange.range();
  }

  /**
   * Units without variance over the last window of 1,000 rows or more, and since; none before a
   * window is full.
   */
  public boolean[] deadUnits() {
    return sample.window.still();
  }

  /**
   * Writes observations of the last sample, [n x units] row-major: all, or evenly strided ones
   * where there are more than {@code mostRows}; those with a value that is not finite are left out.
   * Reads the accepted activations.
   *
   * @return n
   */
  public int observations(float[] out, int mostRows) {
    return sample.rows.copy(sample.pooledRows(), out, mostRows);
  }

  /** Writes the groups of what {@link #observations} writes, and returns how many. */
  public int observationGroups(int[] out, int mostRows) {
    return sample.rows.copyGroups(sample.pooledRows(), out, mostRows);
  }

  /** Writes which observations {@link #observations} writes, and returns how many. */
  public int observationIndices(int[] out, int mostRows) {
    return sample.rows.copyIndices(sample.pooledRows(), out, mostRows);
  }

  /**
   * Forgets the accepted activations, so that their array can be used again; no observations then.
   */
  public void release() {
    sample.rows.release();
  }
}
