package dev.alidade.server.movie;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.proto.Alert;
import dev.alidade.wire.proto.AlertState;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Note;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A note, or the beginning of an alert. */
record Remark(long iteration, String text, boolean isAlert) {
  private static final int MOST = 2000;

  /** All of a range, by iteration; of one alert only its beginning. */
  static List<Remark> read(RecordingReader reader, long from, long to) throws IOException {
    List<Remark> all = new ArrayList<>();
    for (StoredFrame each : frames(reader, Kind.KIND_NOTE, from, to)) {
      Note note = each.frame().payload(Note.parser());
      all.add(new Remark(each.frame().iteration(), oneLine(note.getText()), false));
    }
    Set<String> seen = new HashSet<>();
    for (StoredFrame each : frames(reader, Kind.KIND_ALERT, from, to)) {
      Alert alert = each.frame().payload(Alert.parser());
      if (alert.getState() == AlertState.ALERT_STATE_FIRING && seen.add(alert.getId())) {
        String text = alert.getSummary().isEmpty() ? alert.getRule() : alert.getSummary();
        all.add(new Remark(each.frame().iteration(), oneLine(text), true));
      }
    }
    all.sort(Comparator.comparingLong(Remark::iteration));
    return all;
  }

  private static List<StoredFrame> frames(RecordingReader reader, Kind kind, long from, long to)
      throws IOException {
    List<StoredFrame> frames = new ArrayList<>();
    List<Long> positions = reader.positions(kind, RecordingReader.EVERY_WORKER, from, to);
    for (long position : Samples.spaced(positions, MOST)) {
      Optional<StoredFrame> stored = reader.at(position);
      stored.ifPresent(frames::add);
    }
    return frames;
  }

  private static String oneLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
