package dev.alidade.listener.pipeline;

import dev.alidade.wire.Frame;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.LayerObservations;
import dev.alidade.wire.proto.Observations;
import java.util.Collection;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the observations of one sample's layers, fewer rows where a frame could not hold them, of
 * all samples or of few. Belongs to the analysis thread.
 */
final class ObservationShelf {
  static final int MOST_RARE_BYTES = 1 << 20;
  private static final long[] EARLY_SECONDS = {0, 8, 30, 60};
  private static final long MINUTE = 60;

  private final int mostRows;
  private final Keep keep;
  private final Observations.Builder kept = Observations.newBuilder();
  private int rows;
  private boolean open;
  private boolean begun;
  private long startNanos;
  private int taken;

  ObservationShelf(int mostRows, Keep keep) {
    this.mostRows = mostRows;
    this.keep = keep;
  }

  /**
   * Opens for a sample that is to be kept.
   *
   * @param room whether the layout budget has room for what nobody may ever look at
   */
  void open(Collection<Track> tracks, long nowNanos, boolean room) {
    kept.clear();
    open = keep == Keep.ALL || (keep == Keep.RARE && room && due(nowNanos));
    long columns = tracks.stream().mapToLong(track -> track.layer().units() + 1L).sum();
    int width = keep == Keep.RARE ? Short.BYTES : Float.BYTES;
    long fitting = (Frame.MOST_BYTES - (64L << 10)) / Math.max(1, columns * width);
    rows = (int) Math.min(mostRows, fitting);
  }

  private boolean due(long nowNanos) {
    if (!begun) {
      begun = true;
      startNanos = nowNanos;
    }
    int early = EARLY_SECONDS.length - 1;
    long seconds =
        taken <= early ? EARLY_SECONDS[taken] : EARLY_SECONDS[early] + (taken - early) * MINUTE;
    return nowNanos - startNanos >= TimeUnit.SECONDS.toNanos(seconds);
  }

  /** Closes, with nothing kept. */
  void skip() {
    open = false;
  }

  /** Whether this sample is to be kept. */
  boolean isOpen() {
    return open;
  }

  /** The rows of this sample that its frame, and a layer's share of it, can hold. */
  private int rows(int units) {
    return keep == Keep.RARE
        ? Math.min(rows, Math.max(1, MOST_RARE_BYTES / (units * Short.BYTES)))
        : rows;
  }

  void add(Track track) {
    int units = track.layer().units();
    int most = rows(units);
    if (!open || most < 1) {
      return;
    }
    float[] activations = new float[most * units];
    int[] groups = new int[most];
    int count = track.analysis().observations(activations, most);
    track.analysis().observationGroups(groups, most);
    add(track, activations, groups, count);
  }

  /** A probe's observations; the first of them where a frame could not hold all. */
  void add(Track track, ProbeRows observed) {
    int most = rows(track.layer().units());
    if (open && most > 0) {
      add(track, observed.values(), observed.groups(), Math.min(most, observed.count()));
    }
  }

  private void add(Track track, float[] activations, int[] groups, int count) {
    float[] labels = new float[count];
    for (int row = 0; row < count; row++) {
      labels[row] = groups[row];
    }
    int units = track.layer().units();
    kept.addLayers(
        LayerObservations.newBuilder()
            .setLayer(track.index())
            .setActivations(
                keep == Keep.RARE
                    ? Tensors.f16(activations, count, units)
                    : Tensors.f32(activations, count, units))
            .setLabels(Tensors.f32(labels, count)));
  }

  /** What was kept; the next one is due a while later. */
  Observations close(long nowNanos) {
    open = false;
    do {
      taken++;
    } while (keep == Keep.RARE && due(nowNanos));
    return kept.build();
  }
}
