package dev.alidade.server.cli;

import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.server.AlidadeServer;
import dev.alidade.server.ServerBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where runs are looked for: the server's data folder, {@code ./runs} and what is given. */
final class Recordings {
  private static final String SUFFIX = ".alidade";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "This help.")
  @SuppressWarnings("UnusedVariable") // picocli acts on it by itself
  private boolean help;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The server's data folder (default: ~/.alidade/runs).")
  private @Nullable Path data;

  @Option(
      names = "--in",
      paramLabel = "DIR",
      description = "A further folder to look in; may be repeated.")
  private List<Path> folders = new ArrayList<>();

  /** All recordings, by age of the run. */
  List<Path> all() {
    TreeMap<String, Path> byName = new TreeMap<>();
    for (Path folder : places()) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .filter(file -> String.valueOf(file.getFileName()).endsWith(SUFFIX))
            .filter(Files::isRegularFile)
            .forEach(file -> byName.put(file.toString(), file));
      } catch (IOException e) {
        throw new Failure("folder must be readable: " + Plain.text(folder.toString()), e);
      }
    }
    return List.copyOf(byName.values());
  }

  private Set<Path> places() {
    Set<Path> places = new LinkedHashSet<>();
    ServerBuilder server = AlidadeServer.builder();
    if (data != null) {
      if (!Files.isDirectory(data)) {
        throw new Failure("--data must be a folder: " + Plain.text(data.toString()));
      }
      server.data(data);
    }
    addIfThere(places, server.settings().data());
    addIfThere(places, Path.of("runs"));
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw new Failure("--in must be a folder: " + Plain.text(folder.toString()));
      }
      places.add(folder.toAbsolutePath().normalize());
    }
    return places;
  }

  private static void addIfThere(Set<Path> places, Path folder) {
    if (Files.isDirectory(folder)) {
      places.add(folder.toAbsolutePath().normalize());
    }
  }

  /**
   * Opens a file, or the run whose id, beginning of the id (at least 4 characters) or name it is.
   */
  RecordingReader open(String fileOrRun) throws RecordingException {
    Path file = Path.of(fileOrRun);
    if (Files.exists(file) || fileOrRun.endsWith(SUFFIX)) {
      return RecordingReader.open(file);
    }
    List<String> names = new ArrayList<>();
    List<Path> matches = new ArrayList<>();
    for (Path each : all()) {
      try (RecordingReader reader = RecordingReader.open(each)) {
        String id = reader.run().value();
        if (reader.name().equals(fileOrRun)
            || (fileOrRun.length() >= 4 && id.startsWith(fileOrRun))) {
          matches.add(each);
        }
        names.add(Plain.text(reader.name()));
      } catch (RecordingException e) {
        // It cannot be the one that was asked for; `runs` says what is wrong with it.
      }
    }
    if (matches.size() == 1) {
      return RecordingReader.open(matches.get(0));
    }
    throw new Failure(
        matches.isEmpty()
            ? "no file and no run '%s'; known: %s".formatted(Plain.text(fileOrRun), known(names))
            : "run '%s' must be one of several: %s".formatted(Plain.text(fileOrRun), matches));
  }

  private static String known(List<String> names) {
    List<String> some = names.stream().distinct().limit(20).toList();
    return some.isEmpty() ? "none" : String.join(", ", some);
  }
}
