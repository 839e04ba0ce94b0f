package dev.alidade.benchmarks;

import com.google.protobuf.ByteString;
import com.sun.management.OperatingSystemMXBean;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.RecordingWriter;
import dev.alidade.recording.StoredFrame;
import dev.alidade.recording.WriterOptions;
import dev.alidade.recording.WriterOptions.Durability;
import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.DataType;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.LayerUnits;
import dev.alidade.wire.proto.Tensor;
import dev.alidade.wire.proto.Units;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/**
 * Sustained recording of 64 KiB frames with two readers: one follows the log, one seeks to random
 * moments. Beside it the floor: the same bytes appended to a plain file, forced once a second. The
 * two alternate, medians are printed, and with them the seeks and the largest write-ahead log.
 *
 * <pre>{@code
 * java -cp … dev.alidade.benchmarks.RecordingThroughput [folder [MiB [rounds [NORMAL|FULL]]]]
 * }</pre>
 *
 * <p>Measured on 2 virtual cores (Linux, ext4, JDK 17) that other builds shared. Load average 4,
 * three rounds of 1 GiB: recording 278 MiB/s (150 to 300), plain file 515 MiB/s (438 to 852), seeks
 * p50 0.7 ms, p99 6.4 ms, largest write-ahead log 64 MiB, 5.4 s of CPU per GiB for everything. Load
 * 9 to 16: 93 and 122 MiB/s. Load 10, one round of 4 GiB: 112 MiB/s, seeks p50 2.9 ms, p99 34 ms of
 * 3,942. Pages of 8 KiB took 9.3 to 13.9 s of CPU per GiB. The wall-clock figures say how busy the
 * machine was; the CPU figure is the one to compare.
 */
public final class RecordingThroughput {
  private static final int FRAME_BYTES = 64 << 10;
  private static final int DISTINCT = 512;
  private static final RunId RUN = RunId.at(1_795_000_000_000L);
  private static final Origin ORIGIN = new Origin(RUN, 0, 1);

  private final Path folder;
  private final int frames;
  private final WriterOptions options;
  private final List<Tensor> contents = new ArrayList<>();
  private final List<Double> seekMillis = Collections.synchronizedList(new ArrayList<>());
  private long mostWalBytes;
  private long recordingCpuNanos;

  private RecordingThroughput(Path folder, int mebibytes, Durability durability) {
    this.folder = folder;
    this.frames = mebibytes * 16;
    this.options = WriterOptions.defaults().withDurability(durability);
    Random random = new Random(1);
    for (int i = 0; i < DISTINCT; i++) {
      byte[] bytes = new byte[FRAME_BYTES - 64];
      random.nextBytes(bytes);
      contents.add(
          Tensor.newBuilder()
              .setType(DataType.DATA_TYPE_U8)
              .addShape(bytes.length)
              .setData(ByteString.copyFrom(bytes))
              .build());
    }
  }

  /** Prints one line per round and the medians. */
  public static void main(String[] arguments) throws Exception {
    String[] defaults = {System.getProperty("java.io.tmpdir"), "1024", "5", "NORMAL"};
    for (int i = 0; i < arguments.length; i++) {
      defaults[i] = arguments[i];
    }
    Path folder = Files.createTempDirectory(Path.of(defaults[0]), "alidade-throughput");
    RecordingThroughput benchmark =
        new RecordingThroughput(
            folder, Integer.parseInt(defaults[1]), Durability.valueOf(defaults[3]));
    benchmark.run(Integer.parseInt(defaults[2]));
    Files.delete(folder);
  }

  private void run(int rounds) throws Exception {
    List<Double> recorded = new ArrayList<>();
    List<Double> appended = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      appended.add(append());
      recorded.add(record());
      print(
          "round %d: plain file %.0f MiB/s, recording %.0f MiB/s",
          round, last(appended), last(recorded));
    }
    print("plain file, forced each second: median %.0f MiB/s", quantile(appended, 0.5));
    print(
        "recording %s with two readers: median %.0f MiB/s",
        options.durability(), quantile(recorded, 0.5));
    print(
        "random seek while recording: p50 %.2f ms, p99 %.2f ms of %d",
        quantile(seekMillis, 0.5), quantile(seekMillis, 0.99), seekMillis.size());
    print(
        "CPU of the whole process, encoding and readers too: %.1f s per GiB",
        recordingCpuNanos / 1e9 / rounds / (frames / 16384.0));
    print("largest write-ahead log: %.0f MiB", mostWalBytes / (double) (1 << 20));
  }

  private Frame frame(int seq) {
    Units units =
        Units.newBuilder()
            .addLayers(LayerUnits.newBuilder().setMean(contents.get(seq % DISTINCT)))
            .build();
    return Frame.encode(ORIGIN, Kind.KIND_UNITS, seq, seq, seq, units);
  }

  private double append() throws IOException {
    Path file = folder.resolve("plain");
    long start = System.nanoTime();
    long forced = start;
    long bytes = 0;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int seq = 1; seq <= frames; seq++) {
        bytes += channel.write(ByteBuffer.wrap(frame(seq).bytes()));
        if (System.nanoTime() - forced > 1_000_000_000L) {
          channel.force(false);
          forced = System.nanoTime();
        }
      }
      channel.force(false);
    }
    double rate = rate(bytes, start);
    Files.delete(file);
    return rate;
  }

  private double record() throws Exception {
    Path file = folder.resolve("run.alidade");
    RecordingWriter writer = RecordingWriter.create(file, RUN, "throughput", options);
    Thread follower = reading(file, this::follow);
    Thread seeker = reading(file, this::seek);
    long cpu = cpuNanos();
    long start = System.nanoTime();
    long bytes = 0;
    for (int seq = 1; seq <= frames; seq++) {
      Frame frame = frame(seq);
      while (!writer.offer(frame)) {
        LockSupport.parkNanos(200_000);
      }
      bytes += frame.bytes().length;
      if (seq % 256 == 0) {
        mostWalBytes = Math.max(mostWalBytes, Path.of(file + "-wal").toFile().length());
      }
    }
    if (!writer.flush(Duration.ofMinutes(5))) {
      throw new IllegalStateException("not stored: " + writer.account());
    }
    double rate = rate(bytes, start);
    recordingCpuNanos += cpuNanos() - cpu;
    seeker.interrupt();
    seeker.join();
    follower.join();
    writer.close();
    Files.delete(file);
    return rate;
  }

  private interface Reading {
    void read(RecordingReader reader) throws IOException;
  }

  private static Thread reading(Path file, Reading reading) {
    Thread thread =
        new Thread(
            () -> {
              try (RecordingReader reader = RecordingReader.open(file)) {
                reading.read(reader);
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    return thread;
  }

  private void follow(RecordingReader reader) throws IOException {
    long position = 0;
    while (position < frames) {
      List<StoredFrame> page = reader.after(position, 256, 16 << 20);
      if (page.isEmpty()) {
        LockSupport.parkNanos(5_000_000);
      } else {
        position = page.get(page.size() - 1).position();
      }
    }
  }

  private void seek(RecordingReader reader) throws IOException {
    Random random = new Random(2);
    while (!Thread.currentThread().isInterrupted()) {
      long newest = reader.lastPosition();
      long start = System.nanoTime();
      if (newest > 0
          && reader
              .latest(Kind.KIND_UNITS, 1 + (long) (random.nextDouble() * newest))
              .isPresent()) {
        seekMillis.add((System.nanoTime() - start) / 1e6);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }

  private static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static double rate(long bytes, long startNanos) {
    return bytes / (double) (1 << 20) / ((System.nanoTime() - startNanos) / 1e9);
  }

  private static double last(List<Double> values) {
    return values.get(values.size() - 1);
  }

  private static double quantile(List<Double> values, double share) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted.length == 0 ? Double.NaN : sorted[(int) Math.floor(share * (sorted.length - 1))];
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
