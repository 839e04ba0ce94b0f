package dev.alidade.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import dev.alidade.wire.proto.Envelope;
import dev.alidade.wire.proto.Kind;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * One envelope and the exact bytes that carry it. Immutable; the bytes are encoded once and kept,
 * so that storing and forwarding never re-encode. The array of {@link #bytes()} belongs to the
 * frame: do not write to it.
 */
public final class Frame {
  /** Largest frame that is encoded or accepted, in bytes. */
  public static final int MOST_BYTES = 8 << 20;

  private final Envelope envelope;
  private final byte[] bytes;

  private Frame(Envelope envelope, byte[] bytes) {
    this.envelope = envelope;
    this.bytes = bytes;
  }

  /**
   * Encodes one message.
   *
   * @throws IllegalArgumentException when the frame would exceed {@link #MOST_BYTES}
   */
  public static Frame encode(
      Origin origin, Kind kind, long seq, long iteration, long timeMillis, MessageLite payload) {
    ByteString body = payload.toByteString();
    Envelope envelope =
        Envelope.newBuilder()
            .setRun(origin.run().value())
            .setWorker(origin.worker())
            .setIncarnation(origin.incarnation())
            .setSeq(seq)
            .setKind(kind)
            .setIteration(iteration)
            .setTimeMillis(timeMillis)
            .setCrc32C(crc32c(body))
            .setPayload(body)
            .build();
    if (envelope.getSerializedSize() > MOST_BYTES) {
      throw new IllegalArgumentException(
          "frame must be at most " + MOST_BYTES + " bytes: " + envelope.getSerializedSize());
    }
    return new Frame(envelope, envelope.toByteArray());
  }

  /**
   * Reads one message that may come from a stranger: size, schema, run id, kind and checksum are
   * checked; the payload shares the given array and is not decoded.
   */
  public static Frame parse(byte[] bytes) throws MalformedFrameException {
    if (bytes.length > MOST_BYTES) {
      throw new MalformedFrameException(
          "frame must be at most " + MOST_BYTES + " bytes: " + bytes.length);
    }
    Envelope envelope;
    try {
      // Wrapping keeps `bytes` as a view of the given array instead of a copy.
      envelope = Envelope.parseFrom(UnsafeByteOperations.unsafeWrap(bytes));
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedFrameException("frame must be an alidade.v1 envelope: " + e.getMessage());
    }
    if (!RunId.isValid(envelope.getRun())) {
      throw new MalformedFrameException(RunId.rule(envelope.getRun()));
    }
    if (envelope.getKind() == Kind.KIND_UNSPECIFIED) {
      throw new MalformedFrameException("frame must have a kind: unspecified");
    }
    // Unsigned on the wire, signed in Java, SQLite and JavaScript: the upper half is refused.
    if (envelope.getWorker() < 0 || envelope.getSeq() < 0 || envelope.getIteration() < 0) {
      throw new MalformedFrameException(
          "frame's worker, seq and iteration must be below 2^31, 2^63 and 2^63: %s, %s, %s"
              .formatted(
                  Integer.toUnsignedString(envelope.getWorker()),
                  Long.toUnsignedString(envelope.getSeq()),
                  Long.toUnsignedString(envelope.getIteration())));
    }
    int crc = crc32c(envelope.getPayload());
    if (crc != envelope.getCrc32C()) {
      throw new MalformedFrameException(
          "frame's CRC-32C must match its payload: says %08x, is %08x"
              .formatted(envelope.getCrc32C(), crc));
    }
    return new Frame(envelope, bytes);
  }

  /** CRC-32C (Castagnoli) of the buffer's content. */
  public static int crc32c(ByteString content) {
    CRC32C crc = new CRC32C();
    for (ByteBuffer part : content.asReadOnlyByteBufferList()) {
      crc.update(part);
    }
    return (int) crc.getValue();
  }

  /** Decodes the payload as the message that {@link #kind()} names. */
  public <T extends MessageLite> T payload(Parser<T> parser) throws MalformedFrameException {
    try {
      return parser.parseFrom(envelope.getPayload());
    } catch (InvalidProtocolBufferException e) {
      throw new MalformedFrameException(
          "payload must be a " + kind() + " message: " + e.getMessage());
    }
  }

  public Origin origin() {
    return new Origin(
        new RunId(envelope.getRun()), envelope.getWorker(), envelope.getIncarnation());
  }

  public Kind kind() {
    return envelope.getKind();
  }

  /** The number of the kind: what a recording stores, also for kinds newer than this code. */
  public int kindNumber() {
    return envelope.getKindValue();
  }

  public long seq() {
    return envelope.getSeq();
  }

  public long iteration() {
    return envelope.getIteration();
  }

  public long timeMillis() {
    return envelope.getTimeMillis();
  }

  /** The encoded envelope; shared, not copied. */
  public byte[] bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return "%s %s seq %d iteration %d (%d bytes)"
        .formatted(kind(), origin(), seq(), iteration(), bytes.length);
  }
}
