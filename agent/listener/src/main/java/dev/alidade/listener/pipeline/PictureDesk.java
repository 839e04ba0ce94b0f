package dev.alidade.listener.pipeline;

import com.google.protobuf.ByteString;
import dev.alidade.analysis.layout.Alignment;
import dev.alidade.analysis.layout.LiveLayout;
import dev.alidade.analysis.layout.MapQuality;
import dev.alidade.listener.capture.Failures;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.Picture;
import dev.alidade.wire.proto.Quality;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes pictures, one layer's tick at a time, of the newest sample only: a sample that comes while
 * another one's picture is made takes the place of the one that waits. Belongs to the analysis
 * thread.
 */
final class PictureDesk {
  /** As far as the map has been measured: some 100 MiB. */
  private static final int MOST_UNITS = 16_384;

  private static final float LEAST_RANGE = 1e-12f;

  /** What a picture of one sample needs, kept apart from the analysis, which moves on. */
  private static final class Job {
    long seq;
    long iteration;
    long timeMillis;
    int filled;
    final List<Part> parts = new ArrayList<>();
  }

  private static final class Part {
    Track track;
    float[] observations = {};
    int rows;
    boolean probed;
    float[] means = {};
    float[] profiles = {};
    int groups;
    float valueRange;
    float profileRange;

    Part(Track track) {
      this.track = track;
    }
  }

  private final Map<Track, LiveLayout> layouts = new HashMap<>();
  private final Map<Track, Alignment> alignments = new HashMap<>();
  private final int rowsWanted;
  private final Failures failures;
  private final SlowLayouts slow;
  private final Groupings groupings;
  private final Picture.Builder picture = Picture.newBuilder();
  private Job current = new Job();
  private Job waiting = new Job();
  private @Nullable Track before;
  private int next;
  private long pictures;
  private float tickMillis;

  PictureDesk(int rowsWanted, Groupings groupings, Failures failures, SlowLayouts slow) {
    this.rowsWanted = rowsWanted;
    this.groupings = groupings;
    this.failures = failures;
    this.slow = slow;
  }

  /** Begins to note a sample down. */
  void open(long seq, long iteration, long timeMillis) {
    waiting.seq = seq;
    waiting.iteration = iteration;
    waiting.timeMillis = timeMillis;
    waiting.filled = 0;
  }

  /** Notes one layer of it down, after its analysis and before the next. */
  void add(Track track) {
    int units = track.layer().units();
    if (units < 2 || units > MOST_UNITS) {
      return;
    }
    if (waiting.filled == waiting.parts.size()) {
      waiting.parts.add(new Part(track));
    }
    Part part = waiting.parts.get(waiting.filled++);
    part.track = track;
    part.probed = false;
    part.observations = atLeast(part.observations, rowsWanted * units);
    part.rows = track.analysis().observations(part.observations, rowsWanted);
    part.means = copy(track.analysis().unitMean(), part.means, units);
    part.valueRange = track.analysis().valueRange();
    profile(part);
  }

  /** Puts a probe's observations in the place of the sample's own. */
  void probe(Track track, ProbeRows observed) {
    int units = track.layer().units();
    for (int i = 0; i < waiting.filled; i++) {
      Part part = waiting.parts.get(i);
      if (part.track == track) {
        part.observations = copy(observed.values(), part.observations, observed.count() * units);
        part.rows = observed.count();
        part.probed = true;
        profile(part);
      }
    }
  }

  private void profile(Part part) {
    part.groups = groupings.count();
    part.profiles = atLeast(part.profiles, part.groups * part.track.layer().units());
    groupings.profiles(part.track, part.profiles);
    part.profileRange = groupings.range(part.track);
  }

  private static float[] atLeast(float[] array, int length) {
    return array.length < length ? new float[length] : array;
  }

  private static float[] copy(float[] from, float[] into, int length) {
    float[] copy = atLeast(into, length);
    System.arraycopy(from, 0, copy, 0, length);
    return copy;
  }

  /** Bounds the CPU time of the ticks to come; 0 for no bound. */
  void limit(float millis) {
    tickMillis = millis;
  }

  /** Whether there is a tick to be done. */
  boolean busy() {
    return next < current.filled || waiting.filled > 0;
  }

  /** The pictures finished so far. */
  long pictures() {
    return pictures;
  }

  /** Whether the next tick begins a new picture. */
  boolean between() {
    return next >= current.filled;
  }

  /** Does one layer's tick. Returns the picture that it completes, or null. */
  @Nullable Finished step() {
    if (between()) {
      Job done = current;
      current = waiting;
      waiting = done;
      waiting.filled = 0;
      next = 0;
      picture.clear();
      before = null;
    }
    Part part = current.parts.get(next++);
    if (!part.track.off() && part.rows > 0) {
      draw(part);
    }
    if (next < current.filled) {
      return null;
    }
    pictures++;
    return new Finished(current.seq, current.iteration, current.timeMillis, picture.build());
  }

  /** A picture of one sample. */
  record Finished(long seq, long iteration, long timeMillis, Picture picture) {}

  private void draw(Part part) {
    int units = part.track.layer().units();
    try {
      LiveLayout layout =
          layouts.computeIfAbsent(
              part.track, unused -> new LiveLayout(units, LiveLayout.Options.defaults()));
      if (part.probed) {
        layout.probe(part.observations, part.rows);
      } else {
        layout.fold(part.observations, part.rows);
      }
      layout.limit(tickMillis);
      layout.tick();
      picture.addLayers(said(part, layout, units).addAllPose(pose(part, layout)));
      slow.offer(
          part.track.index(),
          part.track.layer().name(),
          part.observations,
          part.rows,
          units,
          layout.positions(),
          current.iteration);
    } catch (RuntimeException e) {
      part.track.switchOff();
      slow.forget(part.track.index());
      failures.add("map of " + part.track.layer().name(), e, "it is not drawn");
    }
  }

  /** Turns a layer towards the one before it of the same network; by classes only. */
  private List<Float> pose(Part part, LiveLayout layout) {
    Track track = part.track;
    Alignment alignment = alignments.computeIfAbsent(track, unused -> new Alignment());
    int units = track.layer().units();
    alignment.place(layout.positions(), layout.states(), part.profiles, track.groups(), units);
    if (!alignment.isPlaced()) {
      return List.of();
    }
    if (before != null && before.network().equals(track.network())) {
      alignment.follow(alignments.getOrDefault(before, alignment));
    }
    before = track;
    float[] pose = alignment.pose();
    return List.of(pose[0], pose[1], pose[2], pose[3]);
  }

  private static LayerPicture.Builder said(Part part, LiveLayout layout, int units) {
    float[] positions = layout.positions();
    float reach = LEAST_RANGE;
    for (int i = 0; i < 2 * units; i++) {
      reach = Math.max(reach, Math.abs(positions[i]));
    }
    float values = Math.max(part.valueRange, LEAST_RANGE);
    float profiles = Math.max(part.profileRange, LEAST_RANGE);
    for (int unit = 0; unit < units; unit++) {
      if (Float.isNaN(part.means[unit])) {
        part.means[unit] = 0; // Units says NaN; a colour cannot.
      }
    }
    LayerPicture.Builder said =
        LayerPicture.newBuilder()
            .setLayer(part.track.index())
            .setPositions(Tensors.u16(positions, -reach, reach, units, 2))
            .setValues(Tensors.u8(part.means, -values, values, units))
            .setState(ByteString.copyFrom(layout.states(), 0, units))
            .setValueRange(part.valueRange)
            .setProfileRange(part.profileRange)
            .setQuality(said(layout.quality()))
            .setLayout("live")
            .setTick(layout.ticks());
    if (part.groups > 0) {
      said.setProfiles(Tensors.u8(part.profiles, -profiles, profiles, part.groups, units));
    }
    return said;
  }

  private static Quality said(MapQuality quality) {
    return Quality.newBuilder()
        .setTrustworthiness(quality.trustworthiness())
        .setContinuity(quality.continuity())
        .setKept(quality.kept())
        .setDisplacement(quality.displacement())
        .setDisplacementP95(quality.displacementP95())
        .setDrift(quality.drift())
        .setTickMillis(quality.tickNanos() / 1e6f)
        .build();
  }
}
