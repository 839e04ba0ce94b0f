package dev.alidade.server.store;

import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.wire.RunId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of recordings. Files are found by the run id inside them, never by a name that came
 * from outside; summaries are kept until a file changes. Links are not followed. Thread safe;
 * blocks.
 */
final class RunFiles {
  private static final Logger LOG = LoggerFactory.getLogger(RunFiles.class);
  private static final String SUFFIX = ".alidade";
  private static final List<String> COMPANIONS = List.of("", "-wal", "-shm", "-journal");

  private record Stamp(long bytes, long modifiedMillis) {}

  private record Known(Stamp stamp, RunSummary summary) {}

  private final Path folder;
  private final Path trash;
  private final Map<Path, Known> known = new HashMap<>();
  private final Set<Path> refused = new HashSet<>();
  private final Map<RunId, Path> elsewhere = new ConcurrentHashMap<>();

  RunFiles(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.trash = folder.resolve("trash");
  }

  /** Where a new run is recorded. */
  Path fileOf(RunId run) {
    return folder.resolve(run.value() + SUFFIX);
  }

  /** Shows a file that lies elsewhere; it is never written, moved or deleted from here. */
  void show(RunId run, Path file) {
    elsewhere.put(run, file);
  }

  boolean isElsewhere(RunId run) {
    return elsewhere.containsKey(run);
  }

  Optional<Path> find(RunId run) throws IOException {
    Path shown = elsewhere.get(run);
    if (shown != null) {
      return Optional.of(shown);
    }
    Path own = fileOf(run);
    if (Files.isRegularFile(own, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.of(own);
    }
    return scan().entrySet().stream()
        .filter(entry -> entry.getValue().id().equals(run))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  boolean isInTrash(RunId run) {
    return Files.exists(trash.resolve(run.value() + SUFFIX));
  }

  /** Every readable recording and what it holds; what cannot be read is logged once. */
  synchronized Map<Path, RunSummary> scan() throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> listed = Files.list(folder)) {
      listed
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .forEach(files::add);
    }
    files.addAll(elsewhere.values());
    known.keySet().retainAll(files);
    Map<Path, RunSummary> found = new LinkedHashMap<>();
    for (Path file : files) {
      summary(file).ifPresent(summary -> found.put(file, summary));
    }
    return found;
  }

  private Optional<RunSummary> summary(Path file) {
    Stamp stamp =
        new Stamp(
            RunLog.bytes(file),
            Math.max(file.toFile().lastModified(), Path.of(file + "-wal").toFile().lastModified()));
    Known before = known.get(file);
    if (before != null && before.stamp().equals(stamp)) {
      return Optional.of(before.summary());
    }
    try (RecordingReader reader = RecordingReader.open(file)) {
      RunSummary summary = Progress.of(reader).summary(false, stamp.bytes());
      known.put(file, new Known(stamp, summary));
      refused.remove(file);
      return Optional.of(summary);
    } catch (RecordingException | RuntimeException e) {
      if (refused.add(file)) {
        LOG.warn("not shown: {}", e.getMessage());
      }
      return Optional.empty();
    }
  }

  /** Moves a run to the trash. */
  void delete(RunId run) throws IOException {
    if (isElsewhere(run)) {
      throw new RunConflictException("run " + run + " is shown from " + elsewhere.get(run));
    }
    Path file = find(run).orElseThrow(() -> new NoSuchRunException(run));
    Files.createDirectories(trash);
    move(file, trash.resolve(run.value() + SUFFIX));
  }

  /** Brings a run back from the trash. */
  void restore(RunId run) throws IOException {
    if (!isInTrash(run)) {
      throw new NoSuchRunException(run);
    }
    move(trash.resolve(run.value() + SUFFIX), fileOf(run));
  }

  private static void move(Path from, Path to) throws IOException {
    // The companions first: a recording without its write-ahead log lacks its last frames.
    for (int i = COMPANIONS.size() - 1; i >= 0; i--) {
      Path each = Path.of(from + COMPANIONS.get(i));
      if (Files.exists(each, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(each, Path.of(to + COMPANIONS.get(i)), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
