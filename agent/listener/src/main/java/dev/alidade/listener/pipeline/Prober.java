package dev.alidade.listener.pipeline;

import dev.alidade.analysis.quantity.CettSparsity;
import dev.alidade.analysis.quantity.RunQuantity;
import dev.alidade.listener.capture.Clock;
import dev.alidade.listener.capture.Network;
import dev.alidade.listener.capture.Probe;
import dev.alidade.listener.capture.Rows;
import dev.alidade.listener.capture.Sample;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The analysis thread's side of the probe: of the network that it looks at, only samples that it
 * came with are mapped, with its observations.
 */
final class Prober {
  /** The sample that the probe came with. */
  record Seen(
      long seq, long iteration, long timeMillis, Network network, Map<Integer, Track> tracks) {}

  private static final int NONE = -1;

  private final PictureDesk desk;
  private final ObservationShelf shelf;
  private final Groupings groupings;
  private final ProbeRows observed;
  private final Labels labels = new Labels();
  private @Nullable Probe probe;
  private @Nullable Seen seen;

  /** The first track of the network that the probe looks at. */
  private int probed = NONE;

  Prober(
      @Nullable Probe probe,
      int mostRows,
      PictureDesk desk,
      ObservationShelf shelf,
      Groupings groupings) {
    this.probe = probe;
    this.groupings = groupings;
    this.desk = desk;
    this.shelf = shelf;
    observed = new ProbeRows(mostRows);
  }

  /** Whether this sample is mapped: every one is of a network that no probe looks at. */
  boolean takes(Sample sample, Map<Integer, Track> tracks) {
    seen = null;
    if (probe == null || probe.off() || sample.network().graph()) {
      return true;
    }
    int first = tracks.values().stream().mapToInt(Track::index).min().orElse(NONE);
    if (!probe.with(sample)) {
      return probed != NONE && first != probed;
    }
    probed = first;
    seen =
        new Seen(sample.seq(), sample.iteration(), sample.timeMillis(), sample.network(), tracks);
    return true;
  }

  /** Whether a probe is to be looked at. */
  boolean pending() {
    return seen != null;
  }

  Seen seen() {
    return Objects.requireNonNull(seen, "seen");
  }

  /**
   * Works out what could be cut: of one layer, or of the network as a whole; one piece of work at a
   * time, whichever is due. Before the numbers of the sample that the probe came with are sent.
   */
  void cut(SlowTurns turns, Clock clock, RunQuantities run) {
    Seen sample = seen();
    Probe source = Objects.requireNonNull(probe, "probe");
    long start = clock.cpuNanos();
    String work = "";
    for (Map.Entry<Integer, Track> each : sample.tracks().entrySet()) {
      Track track = each.getValue();
      String cett = "cett of " + track.index();
      if (work.isEmpty() && !track.layer().output() && turns.due(cett, clock.nanos())) {
        work = cett;
        source
            .cettSparsity(sample.network(), CettSparsity.TARGET, index -> index == each.getKey())
            .forEach((index, sparsity) -> track.probed(sparsity));
      }
    }
    String ppl = "perplexity of " + probed;
    if (work.isEmpty() && turns.due(ppl, clock.nanos())) {
      work = ppl;
      run.set(RunQuantity.PPL_SPARSITY, source.perplexitySparsity(sample.network()));
    }
    if (!work.isEmpty()) {
      turns.took(work, clock.nanos(), clock.cpuNanos() - start);
    }
  }

  /** Forwards the batch, and puts what its layers did on the desk and on the shelf. */
  void look() {
    Seen sample = seen();
    seen = null;
    Probe source = Objects.requireNonNull(probe, "probe");
    labels.read(source.labels());
    source.forward(
        sample.network(),
        (index, rows) -> {
          Track track = sample.tracks().get(index);
          if (track != null && !track.off()) {
            show(track, rows, source);
          }
        });
  }

  private void show(Track track, Rows rows, Probe source) {
    observed.read(rows, track.layer(), labels.groups(track.layer(), rows, track.groups()));
    groupings.show(track, observed, source::given);
    desk.probe(track, observed);
    shelf.add(track, observed);
  }

  /** Whether one can be asked for. */
  boolean idle() {
    return probe != null && probe.idle();
  }

  void want() {
    if (probe != null) {
      probe.want();
    }
  }

  void switchOff() {
    probe = null;
    seen = null;
  }
}
