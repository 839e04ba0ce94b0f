package dev.alidade.server.laws;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** What identifiable laws of live runs say, as gauges. Thread safe. */
final class LawMeters implements MultiCollector {
  static final String PEAK = "alidade_law_emergence_peak_iteration";
  static final String LIMIT = "alidade_law_emergence_limit";
  static final String ACTIVE_LOW = "alidade_law_sparsity_limit_low_ratio";
  static final String ACTIVE_HIGH = "alidade_law_sparsity_limit_high_ratio";

  private static final Map<String, String> HELP =
      Map.of(
          PEAK, "Iteration at which the ratio of massive activations peaked, by the emergence law.",
          LIMIT, "Ratio of massive activations that the emergence law tends to.",
          ACTIVE_LOW, "Lower end of the activation ratio that the sparsity law tends to.",
          ACTIVE_HIGH, "Upper end of the activation ratio that the sparsity law tends to.");

  private final Map<String, List<RunLaws.Gauge>> runs = new ConcurrentHashMap<>();

  void show(String run, List<RunLaws.Gauge> gauges) {
    runs.put(run, gauges);
  }

  /** Keeps those of live runs only. */
  void keep(List<String> live) {
    runs.keySet().retainAll(live);
  }

  @Override
  public MetricSnapshots collect() {
    Map<String, GaugeSnapshot.Builder> all = new TreeMap<>();
    runs.forEach(
        (run, gauges) -> {
          for (RunLaws.Gauge gauge : gauges) {
            if (Double.isFinite(gauge.value())) {
              all.computeIfAbsent(
                      gauge.name(),
                      name ->
                          GaugeSnapshot.builder().name(name).help(HELP.getOrDefault(name, name)))
                  .dataPoint(
                      GaugeDataPointSnapshot.builder()
                          .labels(Labels.of("run", run, "layer", gauge.layer()))
                          .value(gauge.value())
                          .build());
            }
          }
        });
    MetricSnapshots.Builder page = MetricSnapshots.builder();
    all.values().forEach(each -> page.metricSnapshot(each.build()));
    return page.build();
  }
}
