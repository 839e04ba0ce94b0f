package dev.alidade.watch;

import dev.alidade.watch.Columns.Column;
import dev.alidade.watch.detect.Detector;
import dev.alidade.watch.rule.Measure;
import dev.alidade.watch.rule.Rule;
import dev.alidade.watch.rule.Vocabulary;
import dev.alidade.wire.proto.LayerNumbers;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.ParameterNumbers;
import dev.alidade.wire.proto.Picture;
import dev.alidade.wire.proto.Scope;
import dev.alidade.wire.proto.Top;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One sample, read by measure and subject. Reused from sample to sample. */
final class Reading implements Detector.Values {
  private final Columns columns;
  private final @Nullable LayerNumbers[] layers;
  private final @Nullable ParameterNumbers[] parameters;
  private final double[] drift;
  private final double[] displacement;
  private Numbers numbers = Numbers.getDefaultInstance();
  private Rule.Scope scope = Rule.Scope.RUN;
  private int subject;

  Reading(Columns columns) {
    this.columns = columns;
    layers = new LayerNumbers[columns.layers().size()];
    parameters = new ParameterNumbers[columns.parameters().size()];
    drift = new double[layers.length];
    displacement = new double[layers.length];
    forgetMaps();
  }

  /** A map counts for the first sample after it. */
  void maps(Picture picture) {
    for (LayerPicture layer : picture.getLayersList()) {
      if (layer.getLayer() >= 0 && layer.getLayer() < layers.length && layer.hasQuality()) {
        drift[layer.getLayer()] = layer.getQuality().getDrift();
        displacement[layer.getLayer()] = layer.getQuality().getDisplacement();
      }
    }
  }

  void forgetMaps() {
    Arrays.fill(drift, Double.NaN);
    Arrays.fill(displacement, Double.NaN);
  }

  void numbers(Numbers sample) {
    numbers = sample;
    Arrays.fill(layers, null);
    Arrays.fill(parameters, null);
    for (LayerNumbers layer : sample.getLayersList()) {
      if (layer.getLayer() >= 0 && layer.getLayer() < layers.length) {
        layers[layer.getLayer()] = layer;
      }
    }
    for (ParameterNumbers parameter : sample.getParametersList()) {
      if (parameter.getParameter() >= 0 && parameter.getParameter() < parameters.length) {
        parameters[parameter.getParameter()] = parameter;
      }
    }
  }

  /** Turns to a subject: index of a layer or array; of no meaning for the run. */
  Reading at(Rule.Scope newScope, int newSubject) {
    scope = newScope;
    subject = newSubject;
    return this;
  }

  List<Top> top() {
    LayerNumbers layer = scope == Rule.Scope.LAYER ? layers[subject] : null;
    return layer == null ? List.of() : layer.getTopList();
  }

  @Override
  public double of(Measure measure) {
    return switch (measure.relation()) {
      case NONE, RUN_MINIMUM, RUN_MAXIMUM -> value(measure.quantity(), subject);
      case LAYER_BELOW -> againstBelow(measure.quantity());
      case FIRST_TO_LAST -> firstToLast(measure.quantity());
    };
  }

  private double againstBelow(String quantity) {
    int below = scope == Rule.Scope.LAYER ? columns.below(subject) : -1;
    return below < 0 ? Double.NaN : ratio(value(quantity, subject), value(quantity, below));
  }

  private double firstToLast(String quantity) {
    Column column = columns.column(quantity);
    boolean arrays = column != null && column.scope() == Scope.SCOPE_PARAMETER;
    int count = arrays ? parameters.length : layers.length;
    double first = Double.NaN;
    double last = Double.NaN;
    for (int i = 0; i < count; i++) {
      if (arrays && !isWeights(columns.parameters().get(i))) {
        continue;
      }
      double value = any(quantity, i);
      if (!Double.isNaN(value)) {
        first = Double.isNaN(first) ? value : first;
        last = value;
      }
    }
    return ratio(first, last);
  }

  /** Weights, not biases, by Deeplearning4j's names. */
  private static boolean isWeights(String name) {
    return name.endsWith("_W");
  }

  private static double ratio(double a, double b) {
    return b == 0 ? Double.NaN : a / b;
  }

  private double value(String quantity, int index) {
    return switch (quantity) {
      case Vocabulary.SCORE -> numbers.getScore();
      case Vocabulary.DROPPED ->
          numbers.getDroppedMap().values().stream().mapToDouble(Long::doubleValue).sum();
      case Vocabulary.MAP_DRIFT -> scope == Rule.Scope.LAYER ? drift[index] : Double.NaN;
      case Vocabulary.MAP_DISPLACEMENT ->
          scope == Rule.Scope.LAYER ? displacement[index] : Double.NaN;
      case Vocabulary.TOP_UNIT -> topUnit(index);
      default -> any(quantity, index);
    };
  }

  private double topUnit(int index) {
    LayerNumbers layer = scope == Rule.Scope.LAYER ? layers[index] : null;
    return layer == null || layer.getTopCount() == 0 ? Double.NaN : layer.getTop(0).getUnit();
  }

  /** Of what the quantity is a quantity of, whatever the rule's scope. */
  private double any(String quantity, int index) {
    Column column = columns.column(quantity);
    if (column == null) {
      return Double.NaN;
    }
    int at = column.index();
    return switch (column.scope()) {
      case SCOPE_RUN -> at < numbers.getRunValuesCount() ? numbers.getRunValues(at) : Double.NaN;
      case SCOPE_LAYER -> {
        LayerNumbers layer = index < layers.length ? layers[index] : null;
        yield layer != null && at < layer.getValuesCount() ? layer.getValues(at) : Double.NaN;
      }
      case SCOPE_PARAMETER -> {
        ParameterNumbers array = index < parameters.length ? parameters[index] : null;
        yield array != null && at < array.getValuesCount() ? array.getValues(at) : Double.NaN;
      }
      default -> Double.NaN;
    };
  }
}
