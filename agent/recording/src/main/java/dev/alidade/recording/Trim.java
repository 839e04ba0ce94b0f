package dev.alidade.recording;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.alidade.recording.Batch.Stream;
import dev.alidade.wire.Frame;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Features;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layouts;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Observations;
import dev.alidade.wire.proto.Picture;
import dev.alidade.wire.proto.Units;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A part of a recording. Frames stay byte for byte as they are unless layers are left out: then
 * those that have some are encoded again without them, under the same numbers. What is left out of
 * the complete kinds becomes a gap, reason {@code trimmed}.
 */
final class Trim {
  private static final Map<Kind, Parser<? extends Message>> PARSERS =
      Map.of(
          Kind.KIND_NUMBERS, Numbers.parser(),
          Kind.KIND_UNITS, Units.parser(),
          Kind.KIND_PICTURE, Picture.parser(),
          Kind.KIND_OBSERVATIONS, Observations.parser(),
          Kind.KIND_LAYOUTS, Layouts.parser(),
          Kind.KIND_FEATURES, Features.parser());

  private static final int PAGE_FRAMES = 256;
  private static final long PAGE_BYTES = 8 << 20;

  private final RecordingReader reader;
  private final long from;
  private final long to;
  private final Set<Integer> layers = new HashSet<>();
  private final Map<Stream, StoredGap> gaps = new LinkedHashMap<>();
  private final Map<Stream, StoredGap> gapsBefore = new LinkedHashMap<>();

  Trim(RecordingReader reader, long from, long to, List<String> names) throws RecordingException {
    this.reader = reader;
    this.from = from;
    this.to = to;
    long first = Long.MAX_VALUE;
    long last = -1;
    for (KindContents each : reader.contents()) {
      if (each.kind() == Kind.KIND_NUMBERS_VALUE || Kinds.CACHE.contains(each.kind())) {
        first = Math.min(first, each.firstIteration());
        last = Math.max(last, each.lastIteration());
      }
    }
    if (from > to || from > last || to < first) {
      throw new RecordingException(
          reader.file(),
          last < 0
              ? "has no samples to cut out"
              : "range must be within iterations %d to %d: %d to %d"
                  .formatted(first, last, from, to));
    }
    if (!names.isEmpty()) {
      choose(names);
    }
  }

  private void choose(List<String> names) throws RecordingException {
    StoredFrame described =
        reader
            .last(Kind.KIND_DESCRIPTION)
            .orElseThrow(
                () -> new RecordingException(reader.file(), "has no description of its layers"));
    try {
      List<String> known =
          described.frame().payload(Description.parser()).getLayersList().stream()
              .map(each -> each.getName())
              .toList();
      for (String name : names) {
        if (!known.contains(name)) {
          throw new RecordingException(
              reader.file(), "layer '%s' is not in the run; it has: %s".formatted(name, known));
        }
        layers.add(known.indexOf(name));
      }
    } catch (MalformedFrameException e) {
      throw new RecordingException(reader.file(), "description is malformed", e);
    }
  }

  void into(RecordingCopy copy) throws RecordingException {
    List<StoredFrame> page = List.of();
    do {
      long after = page.isEmpty() ? 0 : page.get(page.size() - 1).position();
      page = reader.after(after, PAGE_FRAMES, PAGE_BYTES);
      for (StoredFrame each : page) {
        Frame frame = each.frame();
        if (stays(frame)) {
          copy.add(layers.isEmpty() ? frame : reduced(frame));
        } else if (Kinds.EVENTS.contains(frame.kindNumber())) {
          leaveOut(frame);
        }
      }
    } while (!page.isEmpty());
    reader.gaps().forEach(copy::add);
    gapsBefore.values().forEach(copy::add);
    gaps.values().forEach(copy::add);
  }

  private boolean stays(Frame frame) {
    boolean until = frame.iteration() <= to;
    return until && (frame.iteration() >= from || frame.kind() == Kind.KIND_DESCRIPTION);
  }

  private void leaveOut(Frame frame) {
    Stream stream = Stream.of(frame);
    StoredGap one =
        new StoredGap(
            stream.worker(),
            stream.incarnation(),
            stream.kind(),
            frame.seq(),
            frame.seq(),
            1,
            "trimmed",
            System.currentTimeMillis());
    (frame.iteration() < from ? gapsBefore : gaps).merge(stream, one, FrameQueue::joined);
  }

  private Frame reduced(Frame frame) throws RecordingException {
    Parser<? extends Message> parser = PARSERS.get(frame.kind());
    if (parser == null) {
      return frame;
    }
    try {
      Message less = reduced(frame.payload(parser));
      return Frame.encode(
          frame.origin(), frame.kind(), frame.seq(), frame.iteration(), frame.timeMillis(), less);
    } catch (MalformedFrameException e) {
      throw new RecordingException(reader.file(), "cannot leave out layers: " + e.getMessage(), e);
    }
  }

  /** Each of these messages has a repeated field "layers", whose elements have a field "layer". */
  private Message reduced(Message all) {
    FieldDescriptor field = all.getDescriptorForType().findFieldByName("layers");
    Message.Builder less = all.toBuilder().clearField(field);
    for (Object each : (List<?>) all.getField(field)) {
      Message layer = (Message) each;
      Object index = layer.getField(layer.getDescriptorForType().findFieldByName("layer"));
      if (layers.contains((Integer) index)) {
        less.addRepeatedField(field, layer);
      }
    }
    return less.build();
  }
}
