package dev.alidade.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import com.google.protobuf.util.JsonFormat;
import dev.alidade.wire.proto.Ack;
import dev.alidade.wire.proto.Alert;
import dev.alidade.wire.proto.Command;
import dev.alidade.wire.proto.Cursor;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.End;
import dev.alidade.wire.proto.Envelope;
import dev.alidade.wire.proto.Features;
import dev.alidade.wire.proto.Gap;
import dev.alidade.wire.proto.Hello;
import dev.alidade.wire.proto.Layouts;
import dev.alidade.wire.proto.Note;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Observations;
import dev.alidade.wire.proto.Outcome;
import dev.alidade.wire.proto.Picture;
import dev.alidade.wire.proto.Refusal;
import dev.alidade.wire.proto.Subscribe;
import dev.alidade.wire.proto.Units;
import dev.alidade.wire.proto.Welcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Golden files: bytes that every later version must read, beside the JSON of what they say. The
 * dashboard's tests read the same ones. A new kind adds a file; an existing file is never
 * rewritten.
 */
class GoldenTest {
  static final Path FOLDER = Path.of("src/test/resources/golden");

  static Stream<String> names() {
    return Stream.concat(Samples.all().keySet().stream(), Stream.of("future"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void goldenBytes_areReadAsTheirJsonSays(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(FOLDER.resolve(name + ".bin"));

    Frame frame = Frame.parse(bytes);

    assertThat(json(frame)).isEqualTo(Files.readString(FOLDER.resolve(name + ".json")));
  }

  @ParameterizedTest
  @MethodSource("names")
  void encoding_stillMakesTheGoldenBytes(String name) throws IOException {
    Frame frame = name.equals("future") ? Samples.fromTheFuture() : Samples.all().get(name);

    assertThat(frame.bytes()).isEqualTo(Files.readAllBytes(FOLDER.resolve(name + ".bin")));
  }

  @Test
  void everyKind_hasAGoldenFile() {
    assertThat(Samples.all()).hasSize(dev.alidade.wire.proto.Kind.values().length - 2);
  }

  /** {@code {"envelope": …, "payload": …}} in protobuf's canonical JSON. */
  static String json(Frame frame) throws IOException {
    Envelope envelope = Envelope.parseFrom(frame.bytes()).toBuilder().clearPayload().build();
    JsonFormat.Printer printer = JsonFormat.printer().omittingInsignificantWhitespace();
    return "{\"envelope\":%s,\"payload\":%s}\n"
        .formatted(printer.print(envelope), printer.print(frame.payload(parser(frame))));
  }

  private static Parser<? extends Message> parser(Frame frame) {
    return switch (frame.kind()) {
      case KIND_HELLO -> Hello.parser();
      case KIND_WELCOME -> Welcome.parser();
      case KIND_ACK -> Ack.parser();
      case KIND_REFUSAL -> Refusal.parser();
      case KIND_SUBSCRIBE -> Subscribe.parser();
      case KIND_CURSOR -> Cursor.parser();
      case KIND_DESCRIPTION -> Description.parser();
      case KIND_NUMBERS -> Numbers.parser();
      case KIND_UNITS -> Units.parser();
      case KIND_PICTURE -> Picture.parser();
      case KIND_OBSERVATIONS -> Observations.parser();
      case KIND_COMMAND -> Command.parser();
      case KIND_OUTCOME -> Outcome.parser();
      case KIND_ALERT -> Alert.parser();
      case KIND_LAYOUTS -> Layouts.parser();
      case KIND_FEATURES -> Features.parser();
      case KIND_GAP -> Gap.parser();
      case KIND_NOTE -> Note.parser();
      case KIND_END -> End.parser();
      case KIND_UNSPECIFIED, UNRECOGNIZED ->
          throw new AssertionError("no golden file has kind " + frame.kindNumber());
    };
  }

  /** Writes the files of kinds that have none yet; run it after adding a kind. */
  public static void main(String[] args) throws IOException {
    Files.createDirectories(FOLDER);
    for (Map.Entry<String, Frame> sample : Samples.all().entrySet()) {
      write(sample.getKey(), sample.getValue());
    }
    write("future", Samples.fromTheFuture());
  }

  private static void write(String name, Frame frame) throws IOException {
    Path file = FOLDER.resolve(name + ".bin");
    if (!Files.exists(file)) {
      Files.write(file, frame.bytes());
      Files.writeString(FOLDER.resolve(name + ".json"), json(frame));
    }
  }
}
