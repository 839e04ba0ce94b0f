package dev.alidade.server.cli;

import dev.alidade.recording.RecordingReader;
import dev.alidade.server.AlidadeServer;
import dev.alidade.server.security.Role;
import dev.alidade.server.security.Tokens;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A training that was recorded, replayed through the live path. */
@Command(
    name = "demo",
    description = {
      "Shows a recorded training as if it ran now: starts a server with a temporary data folder,",
      "sends it the recording at the pace of the training, and stays up."
    })
final class DemoCommand implements Callable<Integer> {
  static final String RESOURCE = "/dev/alidade/server/demo.alidade.gz";
  private static final long MOST_BYTES = 256L << 20;

  private final Stay stay;

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private ServerOptions options = new ServerOptions();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "A recording of one's own instead of the one that comes with Alidade.")
  private @Nullable Path file;

  @Option(
      names = "--speed",
      paramLabel = "X",
      description = "Times the original pace (default: 1).")
  private double speed = 1;

  DemoCommand(Stay stay) {
    this.stay = stay;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!(speed > 0)) {
      throw new Failure("--speed must be greater than 0: " + speed);
    }
    Path folder = Files.createTempDirectory("alidade-demo");
    OnStop clean = new OnStop(() -> delete(folder));
    try {
      show(folder);
      return 0;
    } finally {
      clean.close();
    }
  }

  private void show(Path folder) throws IOException, InterruptedException {
    Path recording = file == null ? unpack(folder) : file;
    try (RecordingReader reader = RecordingReader.open(recording);
        AlidadeServer server = options.builder().data(folder.resolve("runs")).start()) {
      PrintWriter out = spec.commandLine().getOut();
      out.println("Dashboard: " + server.link());
      out.println("Replaying " + Plain.text(reader.name()) + "; stop with Ctrl-C.");
      out.flush();
      String token = Tokens.readOrCreate(server.settings().tokens()).text(Role.INGEST);
      Replay replay = new Replay(reader, speed, System.currentTimeMillis());
      long frames = replay.send(server.uri(), token);
      out.println(frames + " frames replayed; the run stays until Ctrl-C.");
      out.flush();
      stay.with(server);
    }
  }

  private static Path unpack(Path folder) throws IOException {
    try (InputStream packed = DemoCommand.class.getResourceAsStream(RESOURCE)) {
      if (packed == null) {
        throw new Failure("this build comes without a recording; give one with --file");
      }
      Path recording = folder.resolve("demo.alidade");
      try (InputStream content = new GZIPInputStream(packed);
          OutputStream out = Files.newOutputStream(recording)) {
        byte[] buffer = new byte[1 << 16];
        long total = 0;
        for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
          total += n;
          if (total > MOST_BYTES) {
            throw new Failure("the recording must unpack to at most " + MOST_BYTES + " bytes");
          }
          out.write(buffer, 0, n);
        }
      }
      return recording;
    }
  }

  static void delete(Path folder) {
    List<Path> all;
    try (Stream<Path> files = Files.walk(folder)) {
      all = files.sorted(Comparator.reverseOrder()).toList();
    } catch (IOException e) {
      return; // already gone
    }
    for (Path each : all) {
      try {
        Files.deleteIfExists(each);
      } catch (IOException e) {
        // It lies in the system's temporary folder, which the system cleans.
        return;
      }
    }
  }
}
