package dev.alidade.server.laws;

import dev.alidade.analysis.laws.EmergenceLaw;
import dev.alidade.analysis.laws.Fitted;
import dev.alidade.analysis.laws.Parameter;
import dev.alidade.analysis.laws.SparsityLaw;
import dev.alidade.wire.proto.Layer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The laws of all layers of one run. Belongs to the thread that fits; what it tells others is a
 * {@link Told}.
 */
final class RunLaws {
  /** What is known, for everybody. */
  record Told(String json, List<Gauge> gauges) {}

  /** A number for the metrics: only of laws that are identifiable. */
  record Gauge(String name, String layer, double value) {}

  private static final class LayerLaws {
    final String name;
    final Followed emergence = new Followed("massive_ratio", new EmergenceLaw());
    final Followed sparsity;
    private long lastIteration = -1;

    /** Observations seen in training so far, those of iterations between samples included. */
    private double seen;

    LayerLaws(Layer layer) {
      name = layer.getName();
      sparsity = new Followed(layer.getType(), new SparsityLaw(SparsityLaw.Direction.EITHER));
    }

    void add(Reading.Point point) {
      if (point.iteration() <= lastIteration || point.rows() <= 0) {
        return; // another worker's, or from before a resumption: the first one counts
      }
      seen += (double) (point.iteration() - lastIteration) * point.rows();
      lastIteration = point.iteration();
      emergence.add((double) lastIteration, point.ratio(), lastIteration, 1);
      sparsity.add(seen, point.active(), lastIteration, (double) point.rows());
    }
  }

  private final List<LayerLaws> layers = new ArrayList<>();
  private List<String> labels = List.of();
  private long iteration = -1;

  void accept(Reading reading) {
    for (int i = layers.size(); i < reading.layers().size(); i++) {
      layers.add(new LayerLaws(reading.layers().get(i)));
    }
    labels = reading.labels();
    for (Reading.Point point : reading.points()) {
      layers.get(point.layer()).add(point);
      iteration = Math.max(iteration, point.iteration());
    }
  }

  /** Fits what has new samples. */
  void refit() {
    for (LayerLaws layer : layers) {
      for (Followed each : List.of(layer.emergence, layer.sparsity)) {
        if (each.stale()) {
          each.refit();
        }
      }
    }
  }

  /**
   * @param complete whether everything that is stored was read
   */
  Told told(boolean complete) {
    JsonArray emergence = new JsonArray();
    JsonArray sparsity = new JsonArray();
    List<Gauge> gauges = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      LayerLaws layer = layers.get(i);
      emergence.add(LawJson.of(layer.name, layer.emergence));
      sparsity.add(LawJson.of(layer.name, layer.sparsity));
      gauges(gauges, i < labels.size() ? labels.get(i) : layer.name, layer);
    }
    JsonObject all =
        new JsonObject()
            .put("iteration", iteration)
            .put("complete", complete)
            .put("emergence", emergence)
            .put("sparsity", sparsity);
    return new Told(all.encode(), List.copyOf(gauges));
  }

  private static void gauges(List<Gauge> gauges, String label, LayerLaws layer) {
    Fitted emergence = layer.emergence.fitted();
    if (emergence != null) {
      gauges.add(new Gauge(LawMeters.PEAK, label, emergence.parameter("tPeak").value()));
      gauges.add(new Gauge(LawMeters.LIMIT, label, emergence.parameter("K").value()));
    }
    Fitted sparsity = layer.sparsity.fitted();
    if (sparsity != null) {
      Parameter limit = sparsity.parameter("A0");
      gauges.add(new Gauge(LawMeters.ACTIVE_LOW, label, limit.low()));
      gauges.add(new Gauge(LawMeters.ACTIVE_HIGH, label, limit.high()));
    }
  }
}
