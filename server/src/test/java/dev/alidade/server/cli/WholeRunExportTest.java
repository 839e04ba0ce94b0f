package dev.alidade.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.alidade.wire.proto.Histogram;
import io.vertx.core.json.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TensorBoard's event files, read by a parser of their own, and CSV. */
class WholeRunExportTest {
  @TempDir Path folder;
  private Path file;
  private Path output;

  @BeforeEach
  void record() throws Exception {
    file = SampleRun.write(folder.resolve("run.alidade"), "mnist", true);
    output = folder.resolve("out");
  }

  /** Castagnoli bit by bit, from its definition: not the JDK's, which the writer uses. */
  private static int crc32c(byte[] data) {
    int crc = -1;
    for (byte each : data) {
      crc ^= each & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ 0x82f63b78;
      }
    }
    return ~crc;
  }

  private static int masked(byte[] data) {
    int crc = crc32c(data);
    return ((crc >>> 15) | (crc << 17)) + 0xa282ead8;
  }

  private static List<byte[]> records(Path events) throws Exception {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(events)).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> records = new ArrayList<>();
    while (bytes.hasRemaining()) {
      byte[] length = new byte[8];
      bytes.get(length);
      assertThat(bytes.getInt()).isEqualTo(masked(length));
      byte[] data =
          new byte[(int) ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong()];
      bytes.get(data);
      assertThat(bytes.getInt()).isEqualTo(masked(data));
      records.add(data);
    }
    return records;
  }

  /** Fields of a message by number; of repeated ones the last. */
  private static Map<Integer, Object> fields(byte[] message) throws Exception {
    CodedInputStream in = CodedInputStream.newInstance(message);
    Map<Integer, Object> fields = new TreeMap<>();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      Object value =
          switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> in.readInt64();
            case WireFormat.WIRETYPE_FIXED64 -> in.readDouble();
            case WireFormat.WIRETYPE_FIXED32 -> in.readFloat();
            default -> in.readBytes();
          };
      fields.put(WireFormat.getTagFieldNumber(tag), value);
    }
    return fields;
  }

  private static byte[] bytes(Map<Integer, Object> fields, int number) {
    return ((ByteString) fields.get(number)).toByteArray();
  }

  private Map<String, Map<Integer, Object>> values() throws Exception {
    Map<String, Map<Integer, Object>> values = new TreeMap<>();
    Path events;
    try (Stream<Path> files = Files.list(output)) {
      events = files.filter(each -> each.toString().contains("tfevents")).findFirst().orElseThrow();
    }
    List<byte[]> records = records(events);
    assertThat(((ByteString) fields(records.get(0)).get(3)).toStringUtf8())
        .isEqualTo("brain.Event:2");
    for (byte[] record : records.subList(1, records.size())) {
      Map<Integer, Object> event = fields(record);
      Map<Integer, Object> value = fields(bytes(fields(bytes(event, 5)), 1));
      values.put(((ByteString) value.get(1)).toStringUtf8() + "@" + event.get(2), value);
    }
    return values;
  }

  @Test
  void event_files_hold_scalars_and_images_with_their_checksums() throws Exception {
    assertThat(
            Cli.run("export", file.toString(), "--tensorboard", output.toString())
                .assertSucceeds()
                .out())
        .startsWith(output + ": 6 scalars, 0 histograms, 3 images, 1 embeddings");

    Map<String, Map<Integer, Object>> values = values();
    assertThat(values.get("score@20")).containsEntry(2, 0.5f);
    assertThat(values.get("epoch@30")).containsEntry(2, 1f);
    Map<Integer, Object> image = fields(bytes(values.get("dense/map@30"), 4));
    BufferedImage map = ImageIO.read(new ByteArrayInputStream(bytes(image, 4)));
    assertThat(image).containsEntry(1, (long) map.getHeight()).containsEntry(2, 256L);
    // The middle unit lies at (0, 1): on the axis, above the middle.
    assertThat(map.getRGB(128, 128 - 51)).isNotEqualTo(map.getRGB(2, 2));
  }

  @Test
  void the_projector_gets_a_row_for_each_unit() throws Exception {
    Cli.run("export", file.toString(), "--tensorboard", output.toString()).assertSucceeds();

    assertThat(output.resolve("projector_config.pbtxt"))
        .content()
        .contains("tensor_path: \"0-dense.tsv\"")
        .contains("metadata_path: \"0-dense-units.tsv\"");
    assertThat(output.resolve("0-dense.tsv")).content().hasLineCount(3);
    assertThat(output.resolve("0-dense-units.tsv")).content().hasLineCount(4);
  }

  @Test
  void a_histogram_has_ascending_limits_and_the_same_counts() {
    Histogram histogram =
        Histogram.newBuilder()
            .setZeros(7)
            .setNegativeFirst(126)
            .addNegative(1)
            .addNegative(2)
            .setPositiveFirst(128)
            .addPositive(3)
            .addPositive(4)
            .build();

    Buckets buckets = Buckets.of(histogram);

    assertThat(buckets.limits()).isSorted();
    assertThat(buckets.counts()).containsExactly(0.0, 2.0, 1.0, 7.0, 3.0, 4.0);
    // Bin 128 begins at 1, and each is a quarter of an octave.
    assertThat(buckets.limits().get(4)).isEqualTo(Math.pow(2, 0.25));
    assertThat(buckets.limits().get(3)).isEqualTo(1);
    assertThat(Buckets.of(Histogram.getDefaultInstance())).isNull();
  }

  @Test
  void csv_has_a_row_for_each_sample() throws Exception {
    Path csv = folder.resolve("run.csv");

    Cli.run("export", file.toString(), "--csv", csv.toString()).assertSucceeds();

    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0))
        .isEqualTo(
            "iteration,worker,incarnation,seq,time_millis,score,epoch,dense/zero_share,out/zero_share");
    assertThat(lines.get(2)).startsWith("20,0,").endsWith(",0.5,1.0,,");
  }

  @Test
  void a_page_holds_the_run_and_asks_for_nothing() throws Exception {
    Path hostile = SampleRun.write(folder.resolve("b.alidade"), "<script>alert(1)</script>", true);
    Path html = folder.resolve("run.html");

    Cli.run("export", hostile.toString(), "--html", html.toString()).assertSucceeds();

    String page = Files.readString(html);
    assertThat(page)
        .contains("default-src 'none'")
        .doesNotContain("alert(1)", "http://", "https://", "@DATA@", "src=", "url(");
    String packed = page.split("id=\"data\" type=\"text/plain\">")[1].split("<")[0];
    byte[] json =
        new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))
            .readAllBytes();
    JsonObject data = new JsonObject(new String(json, StandardCharsets.UTF_8));
    assertThat(data.getString("name")).isEqualTo("<script>alert(1)</script>");
    assertThat(data.getJsonArray("iterations").encode()).isEqualTo("[10,20,30]");
    assertThat(data.getJsonArray("pictures")).hasSize(3);
    JsonObject map =
        data.getJsonArray("pictures").getJsonObject(2).getJsonArray("layers").getJsonObject(0);
    assertThat(Base64.getDecoder().decode(map.getString("positions"))).hasSize(12);
  }

  @Test
  void what_exists_is_not_replaced_and_half_of_a_file_is_never_left() throws Exception {
    Path csv = Files.writeString(folder.resolve("run.csv"), "mine");
    Cli.run("export", file.toString(), "--csv", csv.toString())
        .assertFails(1, "output must not exist yet: " + csv);
    assertThat(csv).hasContent("mine");

    Files.createDirectory(output);
    Cli.run("export", file.toString(), "--tensorboard", output.toString())
        .assertFails(1, "output must not exist yet: " + output);
    Path nowhere = folder.resolve("none").resolve("x.csv");
    assertThat(Cli.run("export", file.toString(), "--csv", nowhere.toString()).code()).isEqualTo(1);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactlyInAnyOrder(file, csv, output);
    }
  }
}
