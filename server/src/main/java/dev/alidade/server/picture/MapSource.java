package dev.alidade.server.picture;

import dev.alidade.analysis.GroupOrder;
import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.StoredFrame;
import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Grouping;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Layer;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.Picture;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds maps in a recording. */
public final class MapSource {
  /** The governor leaves layers out of samples; a layer is looked for in so many older ones. */
  private static final int MOST_BACK = 1000;

  private final RecordingReader reader;
  private final Description description;

  private MapSource(RecordingReader reader, Description description) {
    this.reader = reader;
    this.description = description;
  }

  /**
   * @throws NotThereException when the run has no description yet
   */
  public static MapSource of(RecordingReader reader)
      throws RecordingException, MalformedFrameException {
    StoredFrame described =
        reader
            .last(Kind.KIND_DESCRIPTION)
            .orElseThrow(() -> new NotThereException("the run has no description yet"));
    return new MapSource(reader, described.frame().payload(Description.parser()));
  }

  private record Found(LayerPicture picture, long iteration) {}

  /**
   * The sheet that was asked for.
   *
   * @throws NotThereException when the layer, the moment or a group is not in the run
   */
  public MapSheet sheet(MapQuery query) throws IOException {
    int index = layer(query.layer());
    Layer layer = description.getLayers(index);
    Found found = find(index, query);
    LayerMap map = LayerMap.of(found.picture(), layer.getActivation(), query.aligned());
    String run = description.getName().isEmpty() ? "" : description.getName() + " \u00b7 ";
    String head = run + layer.getName();
    if (query.grouping() != null) {
      Grouping grouping = grouping(query.grouping());
      List<MapSheet.Cell> cells = cells(map, grouping);
      String title = head + " \u00b7 by " + grouping.getName();
      return new MapSheet(map, cells, title, found.iteration(), query);
    }
    Field field = field(query, map);
    MapSheet.Cell cell = new MapSheet.Cell(field, "");
    return new MapSheet(
        map, List.of(cell), head + " \u00b7 " + text(field), found.iteration(), query);
  }

  private int layer(String name) {
    List<String> names = description.getLayersList().stream().map(Layer::getName).toList();
    int index = names.indexOf(name);
    if (index < 0) {
      throw new NotThereException(
          "layer '%s' is not in the run; it has: %s".formatted(name, String.join(", ", names)));
    }
    return index;
  }

  private Found find(int layer, MapQuery query) throws IOException {
    long at = query.iteration();
    List<StoredFrame> ends = reader.range(Kind.KIND_PICTURE, 0, Long.MAX_VALUE, 2);
    if (ends.isEmpty()) {
      throw new NotThereException("the run has no maps yet");
    }
    long from = ends.get(0).frame().iteration();
    long to = ends.get(ends.size() - 1).frame().iteration();
    if (at >= 0 && (at < from || at > to)) {
      throw new NotThereException(
          "iteration must be between %d and %d, where there are maps: %d".formatted(from, to, at));
    }
    long latest = at < 0 ? Long.MAX_VALUE : at;
    for (int tries = 0; tries < MOST_BACK; tries++) {
      Optional<StoredFrame> stored = reader.latest(Kind.KIND_PICTURE, latest);
      if (stored.isEmpty()) {
        break;
      }
      for (LayerPicture each : stored.get().frame().payload(Picture.parser()).getLayersList()) {
        if (each.getLayer() == layer && each.hasPositions()) {
          return new Found(each, stored.get().frame().iteration());
        }
      }
      latest = stored.get().frame().iteration() - 1;
      if (latest < 0) {
        break;
      }
    }
    throw new NotThereException("layer '%s' has no map at that moment".formatted(query.layer()));
  }

  // ------------------------------------------------------------------ groups

  private Field field(MapQuery query, LayerMap map) {
    if (query.group() == null) {
      return new Field.Activity();
    }
    int plus = group(query.group(), map);
    return query.minus() == null
        ? new Field.Group(plus)
        : new Field.Contrast(plus, group(query.minus(), map));
  }

  private String text(Field field) {
    if (field instanceof Field.Group group) {
      return description.getGroups(group.group());
    }
    if (field instanceof Field.Contrast contrast) {
      return description.getGroups(contrast.plus())
          + " \u2212 "
          + description.getGroups(contrast.minus());
    }
    return "activity";
  }

  /** By its name, or by grouping/name where several groupings have one of that name. */
  private int group(String name, LayerMap map) {
    for (Grouping grouping : groupings()) {
      for (int i = 0; i < grouping.getCount(); i++) {
        int index = grouping.getFirst() + i;
        String group = description.getGroups(index);
        if (index < map.groups
            && (group.equals(name) || (grouping.getName() + "/" + group).equals(name))) {
          return index;
        }
      }
    }
    throw new NotThereException(
        "group '%s' is not in the map; it has: %s"
            .formatted(
                name, names(description.getGroupsList().stream().limit(map.groups).toList())));
  }

  private List<Grouping> groupings() {
    if (description.getGroupingsCount() > 0) {
      return description.getGroupingsList();
    }
    return List.of(
        Grouping.newBuilder().setName("class").setCount(description.getGroupsCount()).build());
  }

  private Grouping grouping(@Nullable String name) {
    for (Grouping each : groupings()) {
      if (String.valueOf(name).isEmpty() || each.getName().equals(name)) {
        return each;
      }
    }
    throw new NotThereException(
        "grouping '%s' is not in the run; it has: %s"
            .formatted(name, names(groupings().stream().map(Grouping::getName).toList())));
  }

  private static String names(List<String> all) {
    return all.isEmpty() ? "none" : String.join(", ", all);
  }

  /** One cell for each group, like ones side by side. */
  private List<MapSheet.Cell> cells(LayerMap map, Grouping grouping) {
    int count = Math.max(0, Math.min(grouping.getCount(), map.groups - grouping.getFirst()));
    if (count == 0) {
      throw new NotThereException(
          "the map has no groups: labels were not seen, so there is nothing to compare");
    }
    int from = grouping.getFirst() * map.units;
    float[] rows = Arrays.copyOfRange(map.profiles, from, from + count * map.units);
    boolean[] isAlive = new boolean[map.units];
    for (int unit = 0; unit < map.units; unit++) {
      isAlive[unit] = !map.isDead(unit);
    }
    List<MapSheet.Cell> cells = new ArrayList<>();
    IntStream.of(GroupOrder.of(rows, count, map.units, isAlive))
        .map(group -> group + grouping.getFirst())
        .forEach(
            group ->
                cells.add(new MapSheet.Cell(new Field.Group(group), description.getGroups(group))));
    return cells;
  }
}
