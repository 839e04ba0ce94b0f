package dev.alidade.server.http;

import com.google.protobuf.ByteString;
import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.proto.DataType;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.LayerUnits;
import dev.alidade.wire.proto.Tensor;
import dev.alidade.wire.proto.Units;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** One unit's statistics over time, out of the Units frames of a run. */
final class UnitHistory {
  private static final long MOST_BYTES = 256L << 20;

  private final JsonArray iterations = new JsonArray();
  private final JsonArray mean = new JsonArray();
  private final JsonArray nonZero = new JsonArray();
  private final JsonArray maxAbs = new JsonArray();

  private UnitHistory() {}

  /**
   * At most {@code most} samples, evenly spaced.
   *
   * @param layer its index, or its name
   */
  static JsonObject read(RecordingReader reader, String layer, int unit, int most)
      throws RecordingException, MalformedFrameException {
    int index = index(reader, layer);
    UnitHistory history = new UnitHistory();
    for (StoredFrame stored : reader.range(Kind.KIND_UNITS, 0, Long.MAX_VALUE, most, MOST_BYTES)) {
      Units units = stored.frame().payload(Units.parser());
      for (LayerUnits each : units.getLayersList()) {
        if (each.getLayer() == index && unit < elements(each.getMean())) {
          history.add(stored.frame().iteration(), each, unit);
        }
      }
    }
    return new JsonObject()
        .put("iterations", history.iterations)
        .put("mean", history.mean)
        .put("nonZero", history.nonZero)
        .put("maxAbs", history.maxAbs);
  }

  private static int index(RecordingReader reader, String layer)
      throws RecordingException, MalformedFrameException {
    if (layer.matches("[0-9]{1,6}")) {
      return Integer.parseInt(layer);
    }
    Optional<StoredFrame> stored = reader.last(Kind.KIND_DESCRIPTION);
    if (stored.isPresent()) {
      Description description = stored.get().frame().payload(Description.parser());
      for (int i = 0; i < description.getLayersCount(); i++) {
        if (description.getLayers(i).getName().equals(layer)) {
          return i;
        }
      }
    }
    throw new IllegalArgumentException("layer must be an index or the name of one: " + layer);
  }

  private void add(long iteration, LayerUnits units, int unit) {
    iterations.add(iteration);
    mean.add(value(units.getMean(), unit));
    nonZero.add(value(units.getNonZero(), unit));
    maxAbs.add(value(units.getMaxAbs(), unit));
  }

  private static int elements(Tensor tensor) {
    return tensor.getType() == DataType.DATA_TYPE_F32 ? tensor.getData().size() / Float.BYTES : 0;
  }

  /** One float out of many, without decoding the others; null where JSON has no number for it. */
  private static @org.jspecify.annotations.Nullable Float value(Tensor tensor, int unit) {
    if (unit >= elements(tensor)) {
      return null;
    }
    ByteString data = tensor.getData();
    int bits = 0;
    for (int i = Float.BYTES - 1; i >= 0; i--) {
      bits = (bits << 8) | (data.byteAt(unit * Float.BYTES + i) & 0xff);
    }
    float value = Float.intBitsToFloat(bits);
    return Float.isFinite(value) ? value : null;
  }
}
