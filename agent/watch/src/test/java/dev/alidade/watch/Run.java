package dev.alidade.watch;

import com.google.protobuf.MessageLite;
import dev.alidade.analysis.Quantities;
import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.LayerNumbers;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Quantity;
import dev.alidade.wire.proto.Scope;
import dev.alidade.wire.proto.Top;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A made-up run of some layers, sample by sample. */
final class Run {
  private static final Origin ORIGIN = new Origin(new RunId("01JD4Q5ZC0G8J6K2M4N6P8R0T2"), 0, 1);

  private final List<String> layers;
  private final List<String> ids =
      Quantities.layer().stream().map(quantity -> quantity.info().id()).toList();
  private final List<Map<String, Double>> values = new ArrayList<>();
  private final List<Frame> frames = new ArrayList<>();
  private double score = 1;
  private long iteration;
  private long millis = 1_000_000;
  private long seq;

  Run(String... layers) {
    this.layers = List.of(layers);
    Description.Builder description = Description.newBuilder();
    String below = "input";
    for (String layer : layers) {
      description.addLayers(
          Layer.newBuilder().setName(layer).setUnits(10).setActivation("relu").addInputs(below));
      below = layer;
      Map<String, Double> usual = new HashMap<>();
      usual.put("rms", 1.0);
      usual.put("max_abs", 3.0);
      usual.put("std", 1.0);
      usual.put("nan_count", 0.0);
      usual.put("inf_count", 0.0);
      values.add(usual);
    }
    for (String id : ids) {
      description.addQuantities(Quantity.newBuilder().setId(id).setScope(Scope.SCOPE_LAYER));
    }
    add(Kind.KIND_DESCRIPTION, description.build());
  }

  private void add(Kind kind, MessageLite message) {
    frames.add(Frame.encode(ORIGIN, kind, ++seq, iteration, millis, message));
  }

  Run set(String layer, String quantity, double value) {
    values.get(layers.indexOf(layer)).put(quantity, value);
    return this;
  }

  Run score(double newScore) {
    score = newScore;
    return this;
  }

  Run wait(int ms) {
    millis += ms;
    return this;
  }

  /** So many samples as things stand, ten iterations and 100 ms apart. */
  Run samples(int count) {
    for (int i = 0; i < count; i++) {
      iteration += 10;
      millis += 100;
      Numbers.Builder numbers = Numbers.newBuilder().setScore(score);
      for (int layer = 0; layer < values.size(); layer++) {
        LayerNumbers.Builder builder =
            LayerNumbers.newBuilder().setLayer(layer).addTop(Top.newBuilder().setUnit(7));
        for (String id : ids) {
          builder.addValues(values.get(layer).getOrDefault(id, Double.NaN).floatValue());
        }
        numbers.addLayers(builder);
      }
      add(Kind.KIND_NUMBERS, numbers.build());
    }
    return this;
  }

  long millis() {
    return millis;
  }

  List<Frame> frames() {
    return List.copyOf(frames);
  }
}
