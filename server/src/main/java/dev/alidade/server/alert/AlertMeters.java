package dev.alidade.server.alert;

import dev.alidade.wire.proto.Severity;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Alerts that fire, by run, rule and severity: followers of another alert are not counted. */
public final class AlertMeters implements Collector {
  private static final int MOST = 1_000;

  private record Key(String run, String rule, String severity) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      return toString().compareTo(other.toString());
    }
  }

  private final AlertDesk desk;

  public AlertMeters(AlertDesk desk) {
    this.desk = desk;
  }

  @Override
  public MetricSnapshot collect() {
    Map<Key, Integer> counts = new TreeMap<>();
    for (AlertDesk.Standing standing : desk.standing()) {
      if (standing.alert().getCause().isEmpty() && counts.size() < MOST) {
        counts.merge(
            new Key(
                standing.run().value(),
                standing.alert().getRule(),
                name(standing.alert().getSeverity())),
            1,
            Integer::sum);
      }
    }
    GaugeSnapshot.Builder gauge =
        GaugeSnapshot.builder()
            .name("alidade_alerts_firing")
            .help("Alerts that fire; those that follow from another one are not counted.");
    counts.forEach(
        (key, count) ->
            gauge.dataPoint(
                GaugeDataPointSnapshot.builder()
                    .labels(
                        Labels.of("run", key.run(), "rule", key.rule(), "severity", key.severity()))
                    .value(count)
                    .build()));
    return gauge.build();
  }

  /** "warning". */
  static String name(Severity severity) {
    return severity.name().replace("SEVERITY_", "").toLowerCase(Locale.ROOT);
  }
}
