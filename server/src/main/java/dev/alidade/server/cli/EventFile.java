package dev.alidade.server.cli;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * TensorBoard's event file: records of TFRecord, each an Event message with one value.
 *
 * @see <a href="https://www.tensorflow.org/tutorials/load_data/tfrecord">TFRecord</a>: length,
 *     masked CRC-32C of the length, data, masked CRC-32C of the data
 * @see <a
 *     href="https://github.com/tensorflow/tensorboard/tree/master/tensorboard/compat/proto">event.proto,
 *     summary.proto</a>, whose field numbers are below
 */
final class EventFile {
  private final OutputStream out;

  /** A message that is being written. */
  interface Fields {
    void to(CodedOutputStream message) throws IOException;
  }

  EventFile(OutputStream out, double wallSeconds) throws IOException {
    this.out = out;
    record(
        message -> {
          message.writeDouble(1, wallSeconds);
          message.writeString(3, "brain.Event:2");
        });
  }

  void scalar(double wallSeconds, long step, String tag, double value) throws IOException {
    value(wallSeconds, step, tag, message -> message.writeFloat(2, (float) value));
  }

  /**
   * @param limits upper bounds, ascending
   * @param counts as many
   */
  void histogram(double wallSeconds, long step, String tag, double[] limits, double[] counts)
      throws IOException {
    double count = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < counts.length; i++) {
      count += counts[i];
      sum += counts[i] * limits[i];
      squares += counts[i] * limits[i] * limits[i];
    }
    double[] totals = {limits[0], limits[limits.length - 1], count, sum, squares};
    byte[] histogram =
        bytes(
            message -> {
              for (int i = 0; i < totals.length; i++) {
                message.writeDouble(i + 1, totals[i]);
              }
              message.writeByteArray(6, packed(limits));
              message.writeByteArray(7, packed(counts));
            });
    value(wallSeconds, step, tag, message -> message.writeByteArray(5, histogram));
  }

  /** A PNG. */
  void image(double wallSeconds, long step, String tag, int width, int height, byte[] png)
      throws IOException {
    byte[] image =
        bytes(
            message -> {
              message.writeInt32(1, height);
              message.writeInt32(2, width);
              message.writeInt32(3, 3); // RGB
              message.writeByteArray(4, png);
            });
    value(wallSeconds, step, tag, message -> message.writeByteArray(4, image));
  }

  private void value(double wallSeconds, long step, String tag, Fields content) throws IOException {
    byte[] value =
        bytes(
            message -> {
              message.writeString(1, tag);
              content.to(message);
            });
    byte[] summary = bytes(message -> message.writeByteArray(1, value));
    record(
        message -> {
          message.writeDouble(1, wallSeconds);
          message.writeInt64(2, step);
          message.writeByteArray(5, summary);
        });
  }

  private static byte[] packed(double[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(values);
    return bytes.array();
  }

  private static byte[] bytes(Fields fields) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream message = CodedOutputStream.newInstance(bytes);
    fields.to(message);
    message.flush();
    return bytes.toByteArray();
  }

  private void record(Fields event) throws IOException {
    byte[] data = bytes(event);
    byte[] length = little(Long.BYTES).putLong(data.length).array();
    out.write(length);
    out.write(little(Integer.BYTES).putInt(masked(length)).array());
    out.write(data);
    out.write(little(Integer.BYTES).putInt(masked(data)).array());
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Rotated and shifted, so that a checksum of data that holds checksums stays a good one. */
  private static int masked(byte[] data) {
    CRC32C crc = new CRC32C();
    crc.update(data);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xa282ead8;
  }
}
