package dev.alidade.recording;

import dev.alidade.wire.Frame;
import dev.alidade.wire.RunId;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Makes recordings of recordings. The inputs are only read; the output appears under its name when
 * it is whole and synchronised, and never replaces a file.
 */
public final class Recordings {
  private static final int PAGE_FRAMES = 256;
  private static final long PAGE_BYTES = 8 << 20;
  private static final Set<String> OWN_KEYS = Set.of(Thinner.KEY);

  private Recordings() {}

  /**
   * What a repair has found.
   *
   * @param frames that are in the new file
   * @param damaged rows that were no whole frame
   */
  public record Salvaged(RunId run, long frames, long damaged) {}

  /**
   * Makes a sound recording of every whole frame that is in a file, however the file was damaged:
   * truncated, overwritten in part, its tables gone. Reads pages, not tables; must not be called
   * while the same process writes the file.
   */
  public static Salvaged repair(Path file, Path output) throws RecordingException {
    try (Salvage salvage = Salvage.of(file)) {
      RunId run = salvage.run();
      try (RecordingCopy copy = RecordingCopy.to(output, run, salvage.meta())) {
        salvage.frames(copy::add);
        salvage.gaps().forEach(copy::add);
        return new Salvaged(run, copy.finish(), salvage.damaged());
      }
    }
  }

  /**
   * Joins the recordings of one run: of several workers, incarnations, or the agent's and the
   * server's. Frames are in the order of their time, those of one file in its own order; one that
   * is in several is stored once. Gaps that another file fills are left out.
   *
   * @return how many frames are in the new file
   * @throws RecordingException when they are of different runs, which are both named
   */
  public static long merge(List<Path> files, Path output) throws RecordingException {
    List<RecordingReader> readers = new ArrayList<>();
    try {
      for (Path file : files) {
        RecordingReader reader = RecordingReader.open(file);
        readers.add(reader);
        if (!reader.run().equals(readers.get(0).run())) {
          throw new RecordingException(
              file,
              "recordings must be of the same run: %s is of %s, this one of %s"
                  .formatted(files.get(0), readers.get(0).run(), reader.run()));
        }
      }
      try (RecordingCopy copy =
          RecordingCopy.to(output, readers.get(0).run(), mergedMeta(readers))) {
        interleave(readers, copy);
        for (RecordingReader reader : readers) {
          for (StoredGap gap : reader.gaps()) {
            if (!isFilled(gap, readers)) {
              copy.add(gap);
            }
          }
        }
        return copy.finish();
      }
    } finally {
      readers.forEach(RecordingReader::close);
    }
  }

  private static Map<String, String> mergedMeta(List<RecordingReader> readers) {
    Map<String, String> meta = new TreeMap<>();
    KeptWindows kept = KeptWindows.NONE;
    String created = "";
    for (RecordingReader reader : readers) {
      reader.meta().forEach(meta::putIfAbsent);
      for (KeptWindow each : reader.kept()) {
        kept = kept.with(each);
      }
      String own = reader.meta().getOrDefault("created_millis", "");
      boolean older =
          created.isEmpty()
              || own.length() < created.length()
              || (own.length() == created.length() && own.compareTo(created) < 0);
      created = !own.isEmpty() && older ? own : created;
    }
    meta.put("created_millis", created);
    meta.keySet().removeAll(OWN_KEYS);
    if (!kept.windows().isEmpty()) {
      meta.put(KeptWindows.KEY, kept.toString());
    }
    return meta;
  }

  private static boolean isFilled(StoredGap gap, List<RecordingReader> readers)
      throws RecordingException {
    for (RecordingReader reader : readers) {
      if (reader.count(gap) == gap.toSeq() - gap.fromSeq() + 1) {
        return true;
      }
    }
    return false;
  }

  /** The next frames of one file. */
  private static final class Source {
    final RecordingReader reader;
    final Deque<StoredFrame> page = new ArrayDeque<>();
    private long position;

    Source(RecordingReader reader) {
      this.reader = reader;
    }

    @Nullable Frame head() throws RecordingException {
      if (page.isEmpty()) {
        page.addAll(reader.after(position, PAGE_FRAMES, PAGE_BYTES));
        position = page.isEmpty() ? position : page.getLast().position();
      }
      StoredFrame first = page.peekFirst();
      return first == null ? null : first.frame();
    }
  }

  private static void interleave(List<RecordingReader> readers, RecordingCopy copy)
      throws RecordingException {
    List<Source> sources = readers.stream().map(Source::new).toList();
    while (true) {
      Source next = null;
      Frame earliest = null;
      for (Source each : sources) {
        Frame head = each.head();
        if (head != null && (earliest == null || head.timeMillis() < earliest.timeMillis())) {
          next = each;
          earliest = head;
        }
      }
      if (next == null || earliest == null) {
        return;
      }
      copy.add(earliest);
      next.page.removeFirst();
    }
  }

  /**
   * Cuts out the iterations between two, both included, with the descriptions that they need.
   *
   * @param layers names of those that stay; empty: all
   * @return how many frames are in the new file
   * @throws RecordingException when the run has nothing there, or no such layer
   */
  public static long trim(
      Path file, Path output, long fromIteration, long toIteration, List<String> layers)
      throws RecordingException {
    try (RecordingReader reader = RecordingReader.open(file)) {
      Trim trim = new Trim(reader, fromIteration, toIteration, layers);
      Map<String, String> meta = new TreeMap<>(reader.meta());
      meta.keySet().removeAll(OWN_KEYS);
      try (RecordingCopy copy = RecordingCopy.to(output, reader.run(), meta)) {
        trim.into(copy);
        return copy.finish();
      }
    }
  }
}
