package dev.alidade.server.cli;

import com.google.protobuf.ByteString;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Picture;
import dev.alidade.wire.proto.Tensor;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A page of a whole run in one file, that opens without a server and without network: the maps over
 * time and every quantity. Its own policy forbids it to fetch anything. Names from the run are in
 * the packed data only, never in the markup.
 */
final class HtmlExport {
  private static final String TEMPLATE = "run.html";
  private static final String PLACE = "@DATA@";
  private static final int MOST_SAMPLES = 1_000;
  private static final int MOST_PICTURES = 200;
  private static final long MOST_PICTURE_BYTES = 24L << 20;

  private final RecordingReader reader;
  private final Quantities quantities;

  HtmlExport(RecordingReader reader) throws IOException {
    this.reader = reader;
    quantities = new Quantities(reader);
  }

  /** Says what was written. */
  String write(Path file) throws IOException {
    String[] page = template().split(PLACE, 2);
    String data = Base64.getEncoder().encodeToString(gzip(data().encode()));
    NewFile.write(
        file,
        out -> {
          for (String part : List.of(page[0], data, page[1])) {
            out.write(part.getBytes(StandardCharsets.UTF_8));
          }
        });
    return file + ": " + Plain.bytes(page[0].length() + page[1].length() + data.length());
  }

  private static String template() throws IOException {
    try (InputStream content = HtmlExport.class.getResourceAsStream(TEMPLATE)) {
      if (content == null) {
        throw new IOException("the page's template is not built in");
      }
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  private JsonObject data() throws IOException {
    Description description = quantities.description();
    JsonArray layers = new JsonArray();
    description
        .getLayersList()
        .forEach(
            each ->
                layers.add(
                    new JsonObject().put("name", each.getName()).put("units", each.getUnits())));
    JsonObject titles = new JsonObject().put("score", "Score").put("epoch", "Epoch");
    description
        .getQuantitiesList()
        .forEach(each -> titles.put(each.getId(), title(each.getName(), each.getUnit())));
    JsonObject data =
        new JsonObject()
            .put("id", reader.run().value())
            .put("name", reader.name())
            .put("model", description.getModel() + " on " + description.getFramework())
            .put("started", Plain.time(InspectCommand.created(reader)))
            .put("samples", reader.count(Kind.KIND_NUMBERS))
            .put("picturesRecorded", reader.count(Kind.KIND_PICTURE))
            .put("layers", layers)
            .put("titles", titles)
            .put("pictures", pictures());
    series(data);
    return data;
  }

  private static String title(String name, String unit) {
    return unit.isEmpty() ? name : name + " (" + unit + ")";
  }

  private void series(JsonObject data) throws IOException {
    JsonArray iterations = new JsonArray();
    Map<String, JsonArray> values = new LinkedHashMap<>();
    quantities.names().forEach(name -> values.put(name, new JsonArray()));
    for (StoredFrame stored : reader.range(Kind.KIND_NUMBERS, 0, Long.MAX_VALUE, MOST_SAMPLES)) {
      Map<String, Double> sample = new HashMap<>();
      quantities.values(stored.frame().payload(Numbers.parser()), sample::put);
      iterations.add(stored.frame().iteration());
      values.forEach((name, column) -> column.add(finite(sample.get(name))));
    }
    JsonArray series = new JsonArray();
    values.forEach(
        (name, column) -> {
          int slash = name.lastIndexOf('/');
          series.add(
              new JsonObject()
                  .put("id", name.substring(slash + 1))
                  .put("layer", slash < 0 ? "" : name.substring(0, slash))
                  .put("values", column));
        });
    data.put("iterations", iterations).put("series", series);
  }

  /** JSON has no other. */
  private static @Nullable Double finite(@Nullable Double value) {
    return value == null || !Double.isFinite(value) ? null : value;
  }

  private JsonArray pictures() throws IOException {
    JsonArray pictures = new JsonArray();
    for (StoredFrame stored :
        reader.range(Kind.KIND_PICTURE, 0, Long.MAX_VALUE, MOST_PICTURES, MOST_PICTURE_BYTES)) {
      JsonArray layers = new JsonArray();
      for (LayerPicture each : stored.frame().payload(Picture.parser()).getLayersList()) {
        layers.add(layer(each));
      }
      pictures.add(
          new JsonObject().put("iteration", stored.frame().iteration()).put("layers", layers));
    }
    return pictures;
  }

  private static JsonObject layer(LayerPicture picture) {
    Tensor positions = picture.getPositions();
    Tensor values = picture.getValues();
    return new JsonObject()
        .put("layer", picture.getLayer())
        .put("positions", base64(positions.getData()))
        .put("zero", positions.getZero())
        .put("scale", positions.getScale())
        .put("values", base64(values.getData()))
        .put("valueZero", values.getZero())
        .put("valueScale", values.getScale())
        .put("range", Math.max(picture.getValueRange(), Float.MIN_NORMAL))
        .put("state", base64(picture.getState()));
  }

  /** The library's own would be for URLs, which a browser's atob does not take. */
  private static String base64(ByteString bytes) {
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
