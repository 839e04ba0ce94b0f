package dev.alidade.examples;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.RecordingWriter;
import dev.alidade.recording.StoredFrame;
import dev.alidade.recording.WriterOptions;
import dev.alidade.wire.proto.Kind;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Makes the recording that comes with {@code alidade demo} from one that the demo left: keeps every
 * k-th sample, with the smallest k whose compressed file is small enough, and every frame that is
 * kept as it is.
 *
 * <pre>{@code
 * mvn -Pdemo -Ddemo.args="--no-wait"
 * mvn -Pdemo -Ddemo.main=dev.alidade.examples.DemoRecording \
 *     -Ddemo.args="runs/digits-lenet-….alidade server/src/main/resources/dev/alidade/server/demo.alidade.gz"
 * }</pre>
 */
@Command(
    name = "demo-recording",
    mixinStandardHelpOptions = true,
    description = "Thins a recording until it is small enough to be shipped.")
public final class DemoRecording implements Callable<Integer> {
  private static final int MOST_FRAMES = 500;
  private static final long MOST_BYTES = 32L << 20;

  @Parameters(index = "0", description = "The recording to thin.")
  private Path from = Path.of("");

  @Parameters(index = "1", description = "The compressed file to write.")
  private Path to = Path.of("");

  @Option(names = "--most-bytes", description = "Largest compressed size (${DEFAULT-VALUE}).")
  private long mostBytes = 1_500_000;

  @Spec private CommandSpec command = CommandSpec.create();

  /** See {@code --help}. */
  public static void main(String[] args) {
    System.exit(Examples.run(new DemoRecording(), args));
  }

  @Override
  public Integer call() throws IOException {
    PrintWriter out = command.commandLine().getOut();
    for (int every = 1; ; every++) {
      Path folder = Files.createTempDirectory("alidade-thinned");
      Path thinned = folder.resolve("demo.alidade");
      try {
        thin(thinned, every);
        compress(thinned, to);
      } finally {
        Files.deleteIfExists(thinned);
        Files.deleteIfExists(folder);
      }
      if (Files.size(to) <= mostBytes) {
        out.printf(Locale.ROOT, "%s: every %d. sample, %,d bytes%n", to, every, Files.size(to));
        return 0;
      }
    }
  }

  private void thin(Path thinned, int every) throws IOException {
    try (RecordingReader reader = RecordingReader.open(from);
        RecordingWriter writer =
            RecordingWriter.create(
                thinned, reader.run(), reader.name(), WriterOptions.defaults())) {
      long position = 0;
      List<StoredFrame> frames = reader.after(position, MOST_FRAMES, MOST_BYTES);
      while (!frames.isEmpty()) {
        for (StoredFrame stored : frames) {
          position = stored.position();
          if (keeps(stored, every) && !writer.offer(stored.frame())) {
            throw new IOException("the writer refused " + stored.frame());
          }
        }
        if (!writer.flush(Duration.ofMinutes(1))) {
          throw new IOException(thinned + " could not be written within a minute");
        }
        frames = reader.after(position, MOST_FRAMES, MOST_BYTES);
      }
    }
  }

  /** A sample's frames carry the same seq: they stay or go together. */
  private static boolean keeps(StoredFrame stored, int every) {
    Kind kind = stored.frame().kind();
    boolean ofASample =
        kind == Kind.KIND_NUMBERS || kind == Kind.KIND_UNITS || kind == Kind.KIND_PICTURE;
    return !ofASample || stored.frame().seq() % every == 1 % every;
  }

  private static void compress(Path file, Path target) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(target))) {
      Files.copy(file, out);
    }
  }
}
