package dev.alidade.listener.pipeline;

import dev.alidade.listener.capture.LayerInfo;
import dev.alidade.listener.capture.Meaning;
import dev.alidade.listener.capture.Rows;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.Features;
import dev.alidade.wire.proto.LayerFeatures;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What each unit of a convolution sees, and where each head of attention looks, in one example of a
 * sample: a picture of it now and then. Belongs to the analysis thread.
 */
final class FeatureDesk {
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final int MOST_UNITS = 64;
  private static final int MOST_VALUES = 1 << 18;
  private static final float LEAST_RANGE = 1e-12f;

  /** Shares of the range that are kept when a picture shows less. */
  private static final float HELD = .9f;

  private final Map<Track, Float> ranges = new HashMap<>();
  private Features.Builder features = Features.newBuilder();
  private float[] maps = {};
  private boolean open;
  private boolean any;
  private long next;

  /** Decides whether this sample's features are made. */
  void open(long nowNanos) {
    open = !any || nowNanos - next >= 0;
    if (open) {
      features = Features.newBuilder();
      next = nowNanos + PERIOD_NANOS;
    }
  }

  /** Adds a layer that has features, from its first row; nothing for any other. */
  void add(Track track, Rows rows, float[] decoded) {
    LayerInfo layer = track.layer();
    int[] shape = layer.shape();
    if (!open || shape.length != 3 || !(pictured(layer) || attends(layer))) {
      return;
    }
    int height = layer.unitsLast() ? shape[0] : shape[1];
    int width = layer.unitsLast() ? shape[1] : shape[2];
    int units = Math.min(rows.units(), MOST_UNITS);
    if (rows.positions() != height * width || units * height * width > MOST_VALUES) {
      return;
    }
    float range = Math.max(LEAST_RANGE, read(rows, decoded, units));
    range = Math.max(range, HELD * ranges.getOrDefault(track, 0f));
    ranges.put(track, range);
    any = true;
    features.addLayers(
        LayerFeatures.newBuilder()
            .setLayer(track.index())
            .setMaps(Tensors.u8(maps, attends(layer) ? 0 : -range, range, units, height, width))
            .setRange(range)
            .setExample("row 1 of the batch"));
  }

  private static boolean pictured(LayerInfo layer) {
    return layer.meaning() == Meaning.POOLED;
  }

  /** Attention weights by head: [heads, queries, keys]. */
  private static boolean attends(LayerInfo layer) {
    return layer.type().equals("softmax") && !layer.output();
  }

  /** Reads the first row, unit by unit, and returns the largest finite magnitude. */
  private float read(Rows rows, float[] decoded, int units) {
    int positions = rows.positions();
    if (maps.length < units * positions) {
      maps = new float[units * positions];
    }
    float largest = 0;
    for (int unit = 0; unit < units; unit++) {
      for (int position = 0; position < positions; position++) {
        float value = decoded[unit * rows.unitStride() + position * rows.positionStride()];
        float shown = Float.isFinite(value) ? value : 0;
        maps[unit * positions + position] = shown;
        largest = Math.max(largest, Math.abs(shown));
      }
    }
    return largest;
  }

  /** The features of this sample, or an empty message when there are none. */
  Features close() {
    open = false;
    return features.build();
  }

  /** Whether this sample has features so far. */
  boolean made() {
    return open && features.getLayersCount() > 0;
  }
}
