package dev.alidade.server.meters;

import dev.alidade.server.ingest.IngestMeters;
import dev.alidade.server.live.LiveMeters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The server's own counters. Thread safe. */
public final class ServerMeters implements IngestMeters, LiveMeters {
  private final Counter frames;
  private final Counter bytes;
  private final Counter refused;
  private final Timer stored;
  private final Counter coalesced;
  private final Counter kicked;
  private final AtomicLong viewers;
  private final AtomicLong agents;
  private final AtomicLong live;
  private final AtomicLong queueBytes;

  public ServerMeters(MeterRegistry registry, String version) {
    frames = counter(registry, "frames.received", "Frames received from agents.");
    bytes =
        Counter.builder("alidade.server.received")
            .baseUnit("bytes")
            .description("Bytes of frames received from agents.")
            .register(registry);
    refused = counter(registry, "refused", "Connections of agents that were refused.");
    stored =
        Timer.builder("alidade.server.stored")
            .description("From the arrival of a frame to its acknowledgement.")
            .serviceLevelObjectives(
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofMillis(250),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5))
            .register(registry);
    coalesced = counter(registry, "coalesced", "Pictures skipped for viewers: a newer one won.");
    kicked = counter(registry, "kicked", "Viewers closed because they took nothing.");
    viewers = gauge(registry, "viewers", "", "Pages that watch a run.");
    agents = gauge(registry, "agents", "", "Agents that are connected.");
    live = gauge(registry, "live.runs", "", "Runs that have an agent.");
    queueBytes = gauge(registry, "queue", "bytes", "Bytes of frames that wait for the disk.");
    Gauge.builder("alidade.build.info", () -> 1)
        .description("Version of the server.")
        .tag("version", version)
        .register(registry);
  }

  private static Counter counter(MeterRegistry registry, String name, String meaning) {
    return Counter.builder("alidade.server." + name).description(meaning).register(registry);
  }

  private static AtomicLong gauge(
      MeterRegistry registry, String name, String unit, String meaning) {
    AtomicLong value = new AtomicLong();
    Gauge.builder("alidade.server." + name, value, AtomicLong::get)
        .baseUnit(unit.isEmpty() ? null : unit)
        .description(meaning)
        .register(registry);
    return value;
  }

  /** What only the event loop knows, noted there before each scrape. */
  public void note(int viewersNow, int agentsNow, int liveNow, long queueBytesNow) {
    viewers.set(viewersNow);
    agents.set(agentsNow);
    live.set(liveNow);
    queueBytes.set(queueBytesNow);
  }

  @Override
  public void received(int frameBytes) {
    frames.increment();
    bytes.increment(frameBytes);
  }

  @Override
  public void refused() {
    refused.increment();
  }

  @Override
  public void stored(long nanos) {
    stored.record(Duration.ofNanos(nanos));
  }

  @Override
  public void coalesced(long count) {
    coalesced.increment((double) count);
  }

  @Override
  public void kicked() {
    kicked.increment();
  }
}
