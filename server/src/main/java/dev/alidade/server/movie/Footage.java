package dev.alidade.server.movie;

import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.server.picture.Field;
import dev.alidade.server.picture.LayerMap;
import dev.alidade.server.picture.NotThereException;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Grouping;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.Picture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything of a run that a film of it needs, with the maps still to be played. */
final class Footage {
  /** Of maps that are looked at beforehand, to keep scale and signs the same all through. */
  private static final int LOOKED_AT = 48;

  /** A layer of the film: where it is in the description, and what stays the same all through. */
  record Strip(int layer, String name, float extent) {}

  final String title;
  final long from;
  final long to;
  final int frames;
  final Field field;
  final List<Strip> strips;
  final Samples samples;
  final List<Remark> remarks;
  final Shots shots;
  final boolean isAnySigned;
  final boolean isAnyPlain;

  static Footage of(RecordingReader reader, MovieQuery query) throws IOException {
    StoredFrame described =
        reader
            .last(Kind.KIND_DESCRIPTION)
            .orElseThrow(() -> new NotThereException("the run has no description yet"));
    return new Footage(reader, described.frame().payload(Description.parser()), query);
  }

  private Footage(RecordingReader reader, Description description, MovieQuery query)
      throws IOException {
    List<StoredFrame> ends = reader.range(Kind.KIND_PICTURE, 0, Long.MAX_VALUE, 2);
    if (ends.isEmpty()) {
      throw new NotThereException("the run has no maps yet");
    }
    // Each worker lays its maps out by itself: a film shows one of them.
    int worker = ends.get(0).frame().origin().worker();
    long first = ends.get(0).frame().iteration();
    long last = ends.get(ends.size() - 1).frame().iteration();
    from = query.from() < 0 ? first : within("from", query.from(), first, last);
    to = query.to() < 0 ? last : within("to", query.to(), first, last);
    if (to < from) {
      throw new IllegalArgumentException("to must be at least from, " + from + ": " + to);
    }
    List<Integer> shown = shown(description, query.layer());
    Optional<StoredFrame> before = reader.latest(Kind.KIND_PICTURE, worker, from);
    long start = before.isPresent() ? before.get().frame().iteration() : from;
    List<Long> positions = reader.positions(Kind.KIND_PICTURE, worker, start, to);
    frames = query.frames(to - from, positions.size());
    List<Long> played = Samples.spaced(positions, Math.max(2, 2 * frames));
    Survey survey = new Survey(description);
    for (long position : Samples.spaced(played, LOOKED_AT)) {
      survey.look(reader.at(position));
    }
    field = field(description, query.group(), survey);
    strips = survey.strips(shown);
    if (strips.isEmpty()) {
      throw new NotThereException(
          "layer '%s' has no map between %d and %d".formatted(query.layer(), from, to));
    }
    isAnySigned = strips.stream().anyMatch(each -> isSigned(survey, each.layer()));
    isAnyPlain = strips.stream().anyMatch(each -> !isSigned(survey, each.layer()));
    samples = Samples.read(reader, worker, from, to);
    remarks = Remark.read(reader, from, to);
    shots = new Shots(reader, description, played, survey.isSigned);
    String run = description.getName().isEmpty() ? reader.name() : description.getName();
    title = title(run, query);
  }

  private boolean isSigned(Survey survey, int layer) {
    return !(field instanceof Field.Activity) || survey.isSigned.get(layer);
  }

  private static String title(String run, MovieQuery query) {
    String head = query.layer() == null ? run : run + " \u00b7 " + query.layer();
    return head + " \u00b7 " + (query.group() == null ? "activity" : query.group());
  }

  private static long within(String name, long value, long first, long last) {
    if (value < first || value > last) {
      throw new NotThereException(
          "%s must be between %d and %d, where there are maps: %d"
              .formatted(name, first, last, value));
    }
    return value;
  }

  private static List<Integer> shown(Description description, @Nullable String layer) {
    List<String> names = description.getLayersList().stream().map(Layer::getName).toList();
    if (layer == null) {
      return java.util.stream.IntStream.range(0, names.size()).boxed().toList();
    }
    int index = names.indexOf(layer);
    if (index < 0) {
      throw new NotThereException(
          "layer '%s' is not in the run; it has: %s".formatted(layer, String.join(", ", names)));
    }
    return List.of(index);
  }

  private static Field field(Description description, @Nullable String group, Survey survey) {
    if (group == null) {
      return new Field.Activity();
    }
    List<String> names = description.getGroupsList();
    for (Grouping grouping : description.getGroupingsList()) {
      for (int i = 0; i < grouping.getCount(); i++) {
        int index = grouping.getFirst() + i;
        if (index < Math.min(survey.groups, names.size())
            && group.equals(grouping.getName() + "/" + names.get(index))) {
          return new Field.Group(index);
        }
      }
    }
    int index = names.indexOf(group);
    if (index < 0 || index >= survey.groups) {
      List<String> known = names.stream().limit(survey.groups).toList();
      throw new NotThereException(
          "group '%s' is not in the maps; they have: %s"
              .formatted(group, known.isEmpty() ? "none" : String.join(", ", known)));
    }
    return new Field.Group(index);
  }

  /** The moment of a frame. */
  double moment(int frame, int count) {
    return count < 2 ? to : from + (double) (to - from) * frame / (count - 1);
  }

  /** What some maps of each layer have in common. */
  private static final class Survey {
    private final Description description;
    private final List<List<Float>> extents = new ArrayList<>();
    private final List<Boolean> isSigned = new ArrayList<>();
    private int groups;

    Survey(Description description) {
      this.description = description;
      for (int i = 0; i < description.getLayersCount(); i++) {
        extents.add(new ArrayList<>());
        isSigned.add(false);
      }
    }

    void look(Optional<StoredFrame> stored) throws IOException {
      if (stored.isEmpty()) {
        return;
      }
      for (LayerPicture each : stored.get().frame().payload(Picture.parser()).getLayersList()) {
        int layer = each.getLayer();
        if (layer >= 0 && layer < extents.size() && each.hasPositions()) {
          LayerMap map = LayerMap.of(each, description.getLayers(layer).getActivation(), true);
          extents.get(layer).add(map.extent());
          isSigned.set(layer, isSigned.get(layer) || map.isSigned(new Field.Activity()));
          groups = Math.max(groups, map.groups());
        }
      }
    }

    List<Strip> strips(List<Integer> layers) {
      List<Strip> strips = new ArrayList<>();
      for (int layer : layers) {
        List<Float> seen = extents.get(layer).stream().sorted().toList();
        if (!seen.isEmpty()) {
          // Of nine maps in ten: a few wide ones must not make all others small.
          float extent = seen.get((seen.size() - 1) * 9 / 10);
          strips.add(new Strip(layer, description.getLayers(layer).getName(), extent));
        }
      }
      return strips;
    }
  }
}
