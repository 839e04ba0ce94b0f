package dev.alidade.listener.pipeline;

import dev.alidade.analysis.GroupProfiles;
import dev.alidade.listener.capture.Failures;
import dev.alidade.listener.capture.Rows;
import dev.alidade.listener.capture.Sample;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Grouping;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;

/**
 * Every grouping of observations but the first, the label's class: correct against wrong
 * predictions, and what the user asked for. Their profiles follow those of the classes in a
 * picture. Belongs to the analysis thread.
 */
final class Groupings {
  static final String CLASS = "class";
  static final String PREDICTION = "prediction";
  private static final List<String> OUTCOMES = List.of("correct", "wrong");
  private static final int[] NONE = {};

  private final List<UserGrouping> wishes;
  private final int mostRows;
  private final Failures failures;
  private final Map<Track, List<GroupProfiles>> profiles = new HashMap<>();
  private final List<int[]> cells = new ArrayList<>();
  private final int[] indices;
  private final int[] groupOf;
  private float[] observations = {};
  private float[] outputs = {};
  private int classes;
  private boolean predicts;
  private boolean grown;

  Groupings(List<UserGrouping> wishes, int mostRows, Failures failures) {
    this.wishes = new ArrayList<>(wishes);
    this.mostRows = mostRows;
    this.failures = failures;
    indices = new int[mostRows];
    groupOf = new int[mostRows];
  }

  // ------------------------------------------------------------------ the description

  /** Whether the description says more than the last time. */
  boolean hasGrown() {
    boolean was = grown;
    grown = false;
    return was;
  }

  /** Adds the groupings to a description that has the classes already. */
  Description describe(Description classesOnly) {
    Description.Builder description = classesOnly.toBuilder();
    int from = classesOnly.getGroupsCount();
    if (from > 0) {
      description.addGroupings(Grouping.newBuilder().setName(CLASS).setCount(from));
    }
    if (predicts) {
      add(description, PREDICTION, OUTCOMES);
    }
    wishes.forEach(wish -> add(description, wish.name(), wish.groups()));
    return description.build();
  }

  private static void add(Description.Builder description, String name, List<String> groups) {
    description.addGroupings(
        Grouping.newBuilder()
            .setName(name)
            .setFirst(description.getGroupsCount())
            .setCount(groups.size()));
    description.addAllGroups(groups);
  }

  // ------------------------------------------------------------------ a sample

  /** Tells the groups of a sample's examples, or of their time steps, by its labels and outputs. */
  void read(Sample sample, Labels labels, Map<Integer, Track> tracks) {
    cells.clear();
    tracks.values().forEach(track -> classes = Math.max(classes, track.groups()));
    int[] outcomes = outcomes(sample, labels, tracks);
    if (outcomes.length > 0 && !predicts) {
      predicts = true;
      grown = true;
    }
    cells.add(outcomes);
    for (UserGrouping wish : wishes) {
      cells.add(wish.isByProbeRow() ? NONE : byClass(labels, wish));
    }
  }

  private int[] outcomes(Sample sample, Labels labels, Map<Integer, Track> tracks) {
    for (Map.Entry<Integer, Track> each : tracks.entrySet()) {
      Rows rows = sample.layer(each.getKey());
      if (each.getValue().layer().output() && rows.present() && labels.fits(rows)) {
        if (outputs.length < rows.elements()) {
          outputs = new float[rows.elements()];
        }
        rows.decode(outputs);
        return labels.map(
            (row, step, label) -> label < 0 ? -1 : predicted(rows, row, step) == label ? 0 : 1);
      }
    }
    return NONE;
  }

  private int predicted(Rows rows, int row, int step) {
    int at = row * rows.rowStride() + step * rows.positionStride();
    if (rows.units() == 1) {
      return outputs[at] >= 0.5f ? 1 : 0;
    }
    int best = 0;
    for (int unit = 1; unit < rows.units(); unit++) {
      if (outputs[at + unit * rows.unitStride()] > outputs[at + best * rows.unitStride()]) {
        best = unit;
      }
    }
    return best;
  }

  private int[] byClass(Labels labels, UserGrouping wish) {
    if (labels.count() == 0) {
      return NONE;
    }
    try {
      return labels.map((row, step, label) -> label < 0 ? -1 : wish.ofClass(label));
    } catch (RuntimeException e) {
      failures.add("groups " + wish.name(), e, "this sample has none of them");
      return NONE;
    }
  }

  /** Folds one layer's observations in, after its analysis and before the next. */
  void fold(Track track, Rows rows, Labels labels) {
    if (cells.stream().allMatch(each -> each.length == 0)) {
      return;
    }
    int units = track.layer().units();
    if (observations.length < mostRows * units) {
      observations = new float[mostRows * units];
    }
    int count = track.analysis().observations(observations, mostRows);
    track.analysis().observationIndices(indices, mostRows);
    int positions = track.observed(rows) ? rows.positions() : 1;
    for (int i = 0; i < cells.size(); i++) {
      int[] groups =
          cells.get(i).length == 0 ? NONE : labels.spread(cells.get(i), track.layer(), rows);
      if (groups.length > 0) {
        boolean isEach = groups.length == rows.rows() * positions;
        for (int o = 0; o < count; o++) {
          groupOf[o] = groups[isEach ? indices[o] : indices[o] / positions];
        }
        of(track).get(i).fold(observations, count, groupOf);
      }
    }
  }

  /** Shows what a probe's rows did. */
  void show(Track track, ProbeRows observed, IntUnaryOperator given) {
    for (int i = 0; i < wishes.size(); i++) {
      UserGrouping wish = wishes.get(i);
      if (wish.isByProbeRow()) {
        int[] groups = new int[observed.count()];
        for (int o = 0; o < groups.length; o++) {
          groups[o] = wish.ofProbeRow(given.applyAsInt(observed.row(o)));
        }
        of(track).get(i + 1).show(observed.values(), observed.count(), groups);
      }
    }
  }

  private List<GroupProfiles> of(Track track) {
    return profiles.computeIfAbsent(
        track,
        unused -> {
          int units = track.layer().units();
          List<GroupProfiles> all = new ArrayList<>();
          all.add(new GroupProfiles(OUTCOMES.size(), units));
          wishes.forEach(wish -> all.add(new GroupProfiles(wish.groups().size(), units)));
          return all;
        });
  }

  // ------------------------------------------------------------------ a picture

  /** Rows of a picture's profiles: as many as the description has groups. */
  int count() {
    int count = classes + (predicts ? OUTCOMES.size() : 0);
    for (UserGrouping wish : wishes) {
      count += wish.groups().size();
    }
    return count;
  }

  /** Writes [count x units]: the classes' profiles, then the others'; zero where none are known. */
  void profiles(Track track, float[] into) {
    int units = track.layer().units();
    int own = track.groups() * units;
    System.arraycopy(track.analysis().profiles(), 0, into, 0, own);
    int at = classes * units;
    Arrays.fill(into, own, count() * units, 0);
    List<GroupProfiles> all = profiles.get(track);
    for (int i = predicts ? 0 : 1; all != null && i < all.size(); i++) {
      float[] rows = all.get(i).profiles();
      System.arraycopy(rows, 0, into, at, rows.length);
      at += rows.length;
    }
  }

  /** One range for all of a layer's profiles. */
  float range(Track track) {
    float range = track.analysis().profileRange();
    for (GroupProfiles each : profiles.getOrDefault(track, List.of())) {
      range = Math.max(range, each.range());
    }
    return range;
  }
}
