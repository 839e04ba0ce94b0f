package dev.alidade.analysis;

import dev.alidade.analysis.quantity.LayerView;

/** The last sample of a layer, scanned, with its windows: what the quantities read. */
final class Sample implements LayerView {
  private static final double NEAR_ZERO = 1e-3;
  private static final double MASSIVE = 100;
  private static final double MASSIVE_MEDIANS = 1000;

  private final LayerTraits traits;
  private final Bounds bounds;
  private final Chunks chunks = new Chunks();
  private final MagnitudeCounts counts = new MagnitudeCounts();
  private final Selection selection = new Selection();
  private final ColumnScan columns;
  private final RunScan runs;
  private final Rising rising;
  private final Sequences sequences = new Sequences();
  private final float[] risingMeanAbs;
  private final float[] risingRms;

  final UnitStats stats;
  final GroupMeans groups;
  final UnitWindow window;
  final TopUnits top = new TopUnits();
  final SignedHistogram histogram = new SignedHistogram();
  final ObservationRows rows = new ObservationRows();
  private final Spectrum spectrum = new Spectrum();
  private boolean spectrumKnown;
  double cettSparsity = Double.NaN;

  private int finiteUnits;
  private long finite;
  private double mean;
  private double std;
  private double rms;
  private double min;
  private double max;
  private double medianAbs;
  private long nearZeros;
  private long saturated;
  private long massive;

  Sample(LayerTraits traits) {
    this.traits = traits;
    int units = traits.units();
    bounds = Bounds.of(traits.activation());
    columns = new ColumnScan(units);
    runs = new RunScan(units);
    rising = new Rising(units);
    risingMeanAbs = new float[units];
    risingRms = new float[units];
    stats = new UnitStats(units);
    groups = new GroupMeans(traits.groups(), units);
    window = new UnitWindow(units);
  }

  void read(Activations activations) {
    Geometry g = activations.geometry();
    rows.keep(activations);
    spectrumKnown = false;
    cettSparsity = Double.NaN;
    chunks.bind(activations);
    counts.count(chunks);
    if (pooled(g)) {
      runs.scan(activations, counts.ordinary(), stats, groups);
    } else {
      columns.scan(activations, counts.ordinary(), stats, groups);
    }
    groups.fold(counts.ordinary());
    window.add(stats, g.observations());
    top.find(activations, stats);
    sequences.read(activations);
    sumUp();
    fillHistogram();
    select();
    sortUnits();
  }

  static boolean pooled(Geometry g) {
    return g.meaning() == Positions.POOLED && g.positions() > 1;
  }

  float[] pooledRows() {
    return runs.pooled();
  }

  private void sumUp() {
    finite = counts.finite();
    min = Double.NaN;
    max = Double.NaN;
    double total = 0;
    for (int unit = 0; unit < stats.units; unit++) {
      long n = stats.finite(unit);
      if (n > 0) {
        total += stats.sum[unit] + (double) stats.pivot[unit] * n;
        min = stats.min[unit] >= min ? min : stats.min[unit];
        max = stats.max[unit] <= max ? max : stats.max[unit];
      }
    }
    mean = finite == 0 ? Double.NaN : total / finite;
    double squares = 0;
    for (int unit = 0; unit < stats.units; unit++) {
      long n = stats.finite(unit);
      if (n > 0) {
        double off = stats.mean[unit] - mean;
        squares += n * (stats.variance[unit] + off * off);
      }
    }
    double variance = squares / finite;
    std = finite == 0 ? Double.NaN : Math.sqrt(variance);
    rms = finite == 0 ? Double.NaN : Math.sqrt(variance + mean * mean);
  }

  private void fillHistogram() {
    histogram.clear();
    counts.addTo(histogram);
  }

  private void select() {
    medianAbs = selection.medianAbs(chunks, counts);
    nearZeros = finite == 0 ? 0 : Math.max(zeros(), counts.below(NEAR_ZERO * rms));
    saturated =
        bounds.equals(Bounds.NONE) ? -1 : Selection.outside(chunks, bounds.low(), bounds.high());
    double least = Math.max(Math.nextUp((float) MASSIVE), MASSIVE_MEDIANS * medianAbs);
    massive = maxAbs() >= least ? finite - Selection.below(chunks, least) : 0;
  }

  private void sortUnits() {
    finiteUnits = 0;
    for (int unit = 0; unit < stats.units; unit++) {
      if (stats.finite(unit) > 0) {
        risingMeanAbs[finiteUnits] = (float) unitMeanAbs(unit);
        risingRms[finiteUnits++] = (float) unitRms(unit);
      }
    }
    rising.sort(risingMeanAbs, finiteUnits);
    rising.sort(risingRms, finiteUnits);
  }

  LayerTraits traits() {
    return traits;
  }

  @Override
  public long finite() {
    return finite;
  }

  @Override
  public long zeros() {
    return counts.zeros();
  }

  @Override
  public long positives() {
    return counts.positives();
  }

  @Override
  public long nans() {
    return counts.nans();
  }

  @Override
  public long infinities() {
    return counts.infinities();
  }

  @Override
  public double mean() {
    return mean;
  }

  @Override
  public double std() {
    return std;
  }

  @Override
  public double rms() {
    return rms;
  }

  @Override
  public double min() {
    return min;
  }

  @Override
  public double max() {
    return max;
  }

  @Override
  public double maxAbs() {
    return Math.max(Math.abs(min), Math.abs(max));
  }

  @Override
  public double medianAbs() {
    return medianAbs;
  }

  @Override
  public long nearZeros() {
    return nearZeros;
  }

  @Override
  public long saturated() {
    return saturated;
  }

  @Override
  public int units() {
    return stats.units;
  }

  @Override
  public double unitMeanAbs(int unit) {
    return stats.magnitude[unit] / stats.finite(unit);
  }

  @Override
  public double unitRms(int unit) {
    double unitMean = stats.mean[unit];
    return Math.sqrt(stats.variance[unit] + unitMean * unitMean);
  }

  @Override
  public double unitPositiveShare(int unit) {
    return (double) stats.positive[unit] / stats.finite(unit);
  }

  @Override
  public float[] risingMeanAbs() {
    return risingMeanAbs;
  }

  @Override
  public float[] risingRms() {
    return risingRms;
  }

  @Override
  public int finiteUnits() {
    return finiteUnits;
  }

  @Override
  public double meanSequenceMax() {
    return sequences.meanMax();
  }

  @Override
  public double meanSequenceMedian() {
    return sequences.meanMedian();
  }

  @Override
  public long massive() {
    return massive;
  }

  @Override
  public double topPersistence() {
    return top.persistence();
  }

  @Override
  public double topRowsShare() {
    return top.rowsShare();
  }

  @Override
  public double[] variances() {
    if (!spectrumKnown) {
      spectrum.read(rows, pooledRows(), stats.units);
      spectrumKnown = true;
    }
    return spectrum.variances();
  }

  @Override
  public double cettSparsity() {
    return cettSparsity;
  }

  @Override
  public boolean windowFilled() {
    return window.filled();
  }

  @Override
  public int deadUnits() {
    return window.deadUnits();
  }

  @Override
  public int rarelyActiveUnits() {
    return window.rarelyActive();
  }

  @Override
  public int births() {
    return window.births();
  }

  @Override
  public int deaths() {
    return window.deaths();
  }

  @Override
  public int revivals() {
    return window.revivals();
  }
}
