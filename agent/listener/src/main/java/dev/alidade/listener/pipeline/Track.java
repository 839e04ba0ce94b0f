package dev.alidade.listener.pipeline;

import dev.alidade.analysis.Activations;
import dev.alidade.analysis.Geometry;
import dev.alidade.analysis.LayerAnalysis;
import dev.alidade.analysis.LayerTraits;
import dev.alidade.analysis.Positions;
import dev.alidade.analysis.SignedHistogram;
import dev.alidade.analysis.quantity.LayerQuantity;
import dev.alidade.listener.capture.Failures;
import dev.alidade.listener.capture.LayerInfo;
import dev.alidade.listener.capture.Meaning;
import dev.alidade.listener.capture.Rows;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.Histogram;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.LayerNumbers;
import dev.alidade.wire.proto.LayerUnits;
import dev.alidade.wire.proto.Top;
import java.util.List;

/** One layer over the run: its place in the description, its analysis, and how both are said. */
final class Track {
  private final int index;
  private final LayerInfo layer;
  private final String network;
  private final int groups;
  private final LayerAnalysis analysis;
  private final float[] values;
  private boolean off;
  private double cettSparsity = Double.NaN;

  Track(
      int index,
      LayerInfo layer,
      String network,
      int groups,
      List<LayerQuantity> quantities,
      Failures failures) {
    this.index = index;
    this.layer = layer;
    this.network = network;
    this.groups = groups;
    this.values = new float[quantities.size()];
    this.analysis =
        new LayerAnalysis(
            new LayerTraits(
                layer.name(), layer.units(), layer.activation(), groups, layer.output()),
            quantities,
            (quantity, e) -> failures.add("quantity " + quantity.info().id(), e, "it is off"));
  }

  int index() {
    return index;
  }

  LayerInfo layer() {
    return layer;
  }

  /** The name of its network; empty for the first one. */
  String network() {
    return network;
  }

  int groups() {
    return groups;
  }

  LayerAnalysis analysis() {
    return analysis;
  }

  boolean off() {
    return off;
  }

  void switchOff() {
    off = true;
  }

  /** Whether each position of a row is an observation, and not the mean over them. */
  boolean observed(Rows rows) {
    return rows.positions() > 1 && layer.meaning() != Meaning.POOLED;
  }

  /** Takes what a probe found, for the next numbers. */
  void probed(double sparsity) {
    cettSparsity = sparsity;
  }

  /** Scans the rows of one sample. */
  void accept(Rows rows, float[] decoded, int[] rowGroups, long iteration) {
    // One position makes both meanings the same; the scan calls it an observation.
    Positions meaning =
        rows.positions() > 1 && layer.meaning() == Meaning.POOLED
            ? Positions.POOLED
            : Positions.OBSERVED;
    Geometry geometry =
        new Geometry(
            rows.rows(),
            rows.units(),
            rows.positions(),
            rows.rowStride(),
            rows.unitStride(),
            rows.positionStride(),
            meaning);
    analysis.accept(new Activations(decoded, geometry, rowGroups), iteration);
  }

  /**
   * What is said of the rows just accepted.
   *
   * @param slow whether the slow quantities too
   */
  LayerNumbers numbers(Rows rows, boolean slow) {
    boolean pooled = layer.meaning() == Meaning.POOLED || rows.positions() == 1;
    long perRow = pooled ? 1 : rows.positions();
    LayerNumbers.Builder numbers =
        LayerNumbers.newBuilder()
            .setLayer(index)
            .setRows(rows.rows() * perRow)
            .setRowsPresent(rows.rowsPresent() * perRow)
            .setHistogram(histogram(analysis.histogram()));
    analysis.probed(cettSparsity);
    cettSparsity = Double.NaN;
    analysis.values(values, slow);
    for (float value : values) {
      numbers.addValues(value);
    }
    for (int i = 0; i < analysis.topCount(); i++) {
      numbers.addTop(
          Top.newBuilder()
              .setValue(analysis.topValue(i))
              .setUnit(analysis.topUnit(i))
              .setRow(analysis.topRow(i)));
    }
    return numbers.build();
  }

  static Histogram histogram(SignedHistogram counts) {
    Histogram.Builder histogram =
        Histogram.newBuilder()
            .setZeros(counts.zeros())
            .setNans(counts.nans())
            .setPositiveInfinities(counts.positiveInfinities())
            .setNegativeInfinities(counts.negativeInfinities())
            .setPositiveFirst(counts.firstPositive())
            .setNegativeFirst(counts.firstNegative());
    for (int bin = counts.firstPositive(); bin < counts.endPositive(); bin++) {
      histogram.addPositive(counts.positive(bin));
    }
    for (int bin = counts.firstNegative(); bin < counts.endNegative(); bin++) {
      histogram.addNegative(counts.negative(bin));
    }
    return histogram.build();
  }

  LayerUnits units() {
    int units = layer.units();
    return LayerUnits.newBuilder()
        .setLayer(index)
        .setMean(Tensors.f32(analysis.unitMean(), units))
        .setStd(Tensors.f32(analysis.unitStd(), units))
        .setNonZero(Tensors.f32(analysis.unitNonZero(), units))
        .setMaxAbs(Tensors.f32(analysis.unitMaxAbs(), units))
        .build();
  }

  /** The layer as the run's description says it. */
  Layer described() {
    Layer.Builder said =
        Layer.newBuilder()
            .setName(layer.name())
            .setType(layer.type())
            .setUnits(layer.units())
            .setActivation(layer.activation())
            .addAllInputs(layer.inputs())
            .setOutput(layer.output())
            .setPostDropout(layer.postDropout())
            .setNetwork(network);
    for (int side : layer.shape()) {
      said.addShape(side);
    }
    return said.build();
  }
}
