package dev.alidade.server.meters;

import dev.alidade.recording.StoredFrame;
import dev.alidade.server.store.RunObserver;
import dev.alidade.wire.RunId;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The quantities of live runs, put together when somebody scrapes: the names follow from what the
 * runs announce, so that a new quantity needs nothing here. Thread safe.
 */
public final class TrainMeters implements MultiCollector, RunObserver {
  /** How long a run that ended can still be scraped. */
  static final Duration KEPT = Duration.ofMinutes(5);

  /** Names of our own that a quantity of a run may not take. */
  static final Set<String> OWN =
      Set.of(
          "alidade_run_score",
          "alidade_run_iterations",
          "alidade_run_samples",
          "alidade_run_dropped_samples",
          "alidade_run");

  private final Clock clock;
  private final Map<String, RunMeters> runs = new ConcurrentSkipListMap<>();

  public TrainMeters(Clock clock) {
    this.clock = clock;
  }

  @Override
  public void started(RunId run, String name) {
    runs.computeIfAbsent(run.value(), id -> new RunMeters(id, name, clock.millis())).started();
  }

  @Override
  public void stored(RunId run, StoredFrame frame) {
    RunMeters known = runs.get(run.value());
    if (known != null) {
      known.accept(frame.frame());
    }
  }

  @Override
  public void ended(RunId run) {
    RunMeters known = runs.get(run.value());
    if (known != null) {
      known.ended(clock.millis());
    }
  }

  @Override
  public MetricSnapshots collect() {
    long before = clock.millis() - KEPT.toMillis();
    runs.values().removeIf(run -> run.endedBefore(before));
    Page page = new Page();
    runs.values().forEach(run -> run.read(page));
    return page.snapshots();
  }

  /** One answer to a scrape. */
  private static final class Page implements RunMeters.Reader {
    private final Map<String, GaugeSnapshot.Builder> gauges = new TreeMap<>();
    private final CounterSnapshot.Builder iterations =
        CounterSnapshot.builder().name("alidade_run_iterations").help("Highest iteration sampled.");
    private final CounterSnapshot.Builder samples =
        CounterSnapshot.builder().name("alidade_run_samples").help("Samples stored.");
    private final CounterSnapshot.Builder dropped =
        CounterSnapshot.builder()
            .name("alidade_run_dropped_samples")
            .help("Samples that the agents had to drop.");
    private final InfoSnapshot.Builder info =
        InfoSnapshot.builder().name("alidade_run").help("Names of the runs.");
    private final HistogramSnapshot.Builder magnitudes =
        HistogramSnapshot.builder()
            .name("alidade_activation_abs")
            .help(
                "Magnitude of the activations of a layer; the sum is estimated from the middle of"
                    + " each bin, within 10 %.");

    @Override
    public void read(RunMeters run) {
      Labels labels = Labels.of("run", run.run());
      info.dataPoint(
          InfoDataPointSnapshot.builder()
              .labels(Labels.of("run", run.run(), "name", run.name()))
              .build());
      if (run.samples() > 0) {
        gauge(
            new RunMeters.Meter("alidade_run_score", "Score of the training."),
            labels,
            run.score());
        counter(iterations, labels, run.iteration(), run);
      }
      counter(samples, labels, run.samples(), run);
      run.dropped()
          .forEach((reason, count) -> counter(dropped, labels.add("reason", reason), count, run));
      gauges(run.runMeters(), labels, run.runValues());
      run.parameters()
          .forEach(
              (parameter, values) ->
                  gauges(run.parameterMeters(), labels.add("parameter", parameter), values));
      for (RunMeters.Layer layer : run.layers()) {
        Labels ofLayer = labels.add("layer", layer.label);
        gauges(run.layerMeters(), ofLayer, layer.values);
        magnitudes.dataPoint(layer.magnitudes.snapshot(ofLayer, run.createdMillis()));
      }
    }

    private void gauges(List<RunMeters.Meter> meters, Labels labels, float[] values) {
      for (int i = 0; i < Math.min(meters.size(), values.length); i++) {
        if (!Float.isNaN(values[i]) && !meters.get(i).name().isEmpty()) {
          gauge(meters.get(i), labels, values[i]);
        }
      }
    }

    private void gauge(RunMeters.Meter meter, Labels labels, double value) {
      // Of two runs that explain one quantity differently the first is believed.
      gauges
          .computeIfAbsent(
              meter.name(), name -> GaugeSnapshot.builder().name(name).help(meter.help()))
          .dataPoint(GaugeDataPointSnapshot.builder().labels(labels).value(value).build());
    }

    private static void counter(
        CounterSnapshot.Builder counter, Labels labels, long value, RunMeters run) {
      counter.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(labels)
              .value((double) value)
              .createdTimestampMillis(run.createdMillis())
              .build());
    }

    MetricSnapshots snapshots() {
      MetricSnapshots.Builder all = MetricSnapshots.builder();
      gauges.values().forEach(gauge -> all.metricSnapshot(gauge.build()));
      all.metricSnapshot(info.build());
      all.metricSnapshot(iterations.build());
      all.metricSnapshot(samples.build());
      all.metricSnapshot(dropped.build());
      all.metricSnapshot(magnitudes.build());
      return all.build();
    }
  }
}
