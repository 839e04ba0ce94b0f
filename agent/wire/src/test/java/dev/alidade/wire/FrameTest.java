package dev.alidade.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.alidade.wire.proto.Envelope;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Note;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameTest {
  private final Frame note = Samples.all().get("note");

  @Test
  void parse_returnsWhatWasEncoded_andKeepsTheBytes() throws Exception {
    Frame read = Frame.parse(note.bytes());

    assertThat(read.bytes()).isSameAs(note.bytes());
    assertThat(read.origin()).isEqualTo(Samples.ORIGIN);
    assertThat(read.kind()).isEqualTo(Kind.KIND_NOTE);
    assertThat(read.seq()).isEqualTo(42);
    assertThat(read.payload(Note.parser()).getText()).isEqualTo("lr ÷ 10");
  }

  @Test
  void parse_ofOversizedBytes_namesTheLimit() {
    assertThatThrownBy(() -> Frame.parse(new byte[Frame.MOST_BYTES + 1]))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessage("frame must be at most 8388608 bytes: 8388609");
  }

  @Test
  void encode_ofOversizedPayload_namesTheLimit() {
    Note huge = Note.newBuilder().setText("x".repeat(Frame.MOST_BYTES)).build();

    assertThatThrownBy(() -> Frame.encode(Samples.ORIGIN, Kind.KIND_NOTE, 1, 1, 1, huge))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("frame must be at most 8388608 bytes: ");
  }

  @Test
  void parse_ofForeignRunId_namesIt() throws Exception {
    byte[] bytes =
        Envelope.parseFrom(note.bytes()).toBuilder()
            .setRun("../../etc/passwd")
            .build()
            .toByteArray();

    assertThatThrownBy(() -> Frame.parse(bytes))
        .isInstanceOf(MalformedFrameException.class)
        .hasMessage("run id must be 26 characters of Crockford base 32: '../../etc/passwd'");
  }

  @Test
  void parse_ofNoKind_saysSo() throws Exception {
    byte[] bytes = Envelope.parseFrom(note.bytes()).toBuilder().clearKind().build().toByteArray();

    assertThatThrownBy(() -> Frame.parse(bytes)).hasMessage("frame must have a kind: unspecified");
  }

  @Test
  void parse_ofNumbersThatTurnNegative_isRefused() throws Exception {
    Envelope good = Envelope.parseFrom(note.bytes());

    assertThatThrownBy(() -> Frame.parse(good.toBuilder().setWorker(-1).build().toByteArray()))
        .hasMessageStartingWith(
            "frame's worker, seq and iteration must be below 2^31, 2^63 and 2^63: 4294967295, ");
    assertThatThrownBy(() -> Frame.parse(good.toBuilder().setSeq(-1).build().toByteArray()))
        .hasMessageContaining(", 18446744073709551615, ");
    assertThatThrownBy(() -> Frame.parse(good.toBuilder().setIteration(-2).build().toByteArray()))
        .hasMessageEndingWith(", 18446744073709551614");
  }

  @Test
  void parse_ofKindFromTheFuture_keepsItsNumber() throws Exception {
    byte[] bytes =
        Envelope.parseFrom(note.bytes()).toBuilder().setKindValue(77).build().toByteArray();

    assertThat(Frame.parse(bytes).kindNumber()).isEqualTo(77);
    assertThat(Frame.parse(bytes).kind()).isEqualTo(Kind.UNRECOGNIZED);
  }

  @Property
  void parse_ofAFlippedPayloadBit_isRefused(
      @ForAll @IntRange(max = 7) int bit, @ForAll @IntRange(max = 9) int fromEnd) {
    byte[] bytes = note.bytes().clone();
    // "lr ÷ 10" and "user" stand at the end of the frame: all of it payload.
    bytes[bytes.length - 1 - fromEnd] ^= (byte) (1 << bit);

    assertThatThrownBy(() -> Frame.parse(bytes)).isInstanceOf(MalformedFrameException.class);
  }

  @Property
  void parse_ofAnyBytes_throwsOnlyMalformedFrame(@ForAll @Size(max = 200) byte[] bytes) {
    assertThatThrownBy(() -> Frame.parse(bytes)).isInstanceOf(MalformedFrameException.class);
  }

  @Property
  void parse_ofTruncatedBytes_neverYieldsAPartOfThePayload(@ForAll @IntRange(max = 120) int length)
      throws Exception {
    byte[] cut = Arrays.copyOf(note.bytes(), Math.min(length, note.bytes().length - 1));

    try {
      assertThat(Frame.parse(cut).payload(Note.parser())).isEqualTo(Note.getDefaultInstance());
    } catch (MalformedFrameException expected) {
      assertThat(expected).hasMessageContaining(" must ");
    }
  }

  @Test
  void runIds_sortByTheirTime() {
    RunId early = RunId.at(1_469_918_176_385L);
    RunId late = RunId.at(1_469_918_176_386L);

    // The specification's own example of a time.
    assertThat(early.value()).isLessThan(late.value()).startsWith("01ARYZ6S41");
    assertThat(RunId.at(5).value()).isNotEqualTo(RunId.at(5).value());
  }
}
