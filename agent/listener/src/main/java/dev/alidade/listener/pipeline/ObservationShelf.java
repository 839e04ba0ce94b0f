package dev.alidade.listener.pipeline;

import dev.alidade.wire.Frame;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.LayerObservations;
import dev.alidade.wire.proto.Observations;
import java.util.Collection;

/** Keeps the observations of one sample's layers, fewer rows where a frame could not hold them. */
final class ObservationShelf {
  private final int mostRows;
  private final Observations.Builder kept = Observations.newBuilder();
  private int rows;

  ObservationShelf(int mostRows) {
    this.mostRows = mostRows;
  }

  void open(Collection<Track> tracks) {
    kept.clear();
    long columns = tracks.stream().mapToLong(track -> track.layer().units() + 1L).sum();
    long fitting = (Frame.MOST_BYTES - (64L << 10)) / Math.max(1, columns * Float.BYTES);
    rows = (int) Math.min(mostRows, fitting);
  }

  void add(Track track) {
    if (rows < 1) {
      return;
    }
    int units = track.layer().units();
    float[] activations = new float[rows * units];
    int[] groups = new int[rows];
    int count = track.analysis().observations(activations, rows);
    track.analysis().observationGroups(groups, rows);
    add(track, activations, groups, count);
  }

  /** A probe's observations; the first of them where a frame could not hold all. */
  void add(Track track, ProbeRows observed) {
    add(track, observed.values(), observed.groups(), Math.min(rows, observed.count()));
  }

  private void add(Track track, float[] activations, int[] groups, int count) {
    float[] labels = new float[count];
    for (int row = 0; row < count; row++) {
      labels[row] = groups[row];
    }
    kept.addLayers(
        LayerObservations.newBuilder()
            .setLayer(track.index())
            .setActivations(Tensors.f32(activations, count, track.layer().units()))
            .setLabels(Tensors.f32(labels, count)));
  }

  Observations close() {
    return kept.build();
  }
}
