package dev.alidade.benchmarks;

import dev.alidade.listener.Alidade;
import java.nio.file.Path;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;

/** Something that watches a training, or nothing. */
final class Contender implements AutoCloseable {
  final String name;
  final Measured measured = new Measured();
  private final @Nullable TimedListener listener;
  private final @Nullable TimedGraphListener graphListener;
  private final @Nullable Alidade agent;
  private final long analysisThread;

  private Contender(String name, @Nullable TrainingListener listener, @Nullable Alidade agent) {
    this.name = name;
    this.listener = listener == null ? null : new TimedListener(listener);
    this.graphListener = agent == null ? null : new TimedGraphListener(agent.sameDiffListener());
    this.agent = agent;
    this.analysisThread = agent == null ? -1 : ThreadCpu.youngest("alidade-analysis");
  }

  static Contender none() {
    return new Contender("none", null, null);
  }

  static Contender of(String name, TrainingListener listener) {
    return new Contender(name, listener, null);
  }

  /** The agent as a user gets it, recording to a folder, without a server. */
  static Contender agent(int every, Path folder) {
    Alidade agent =
        Alidade.builder().run("overhead").every(every).folder(folder).server("none").start();
    return new Contender("agent N=" + every, agent.listener(), agent);
  }

  /** The agent without maps and with all the time it wants: what scan and quantities cost. */
  static Contender numbers(int every, Path folder) {
    Alidade agent =
        Alidade.builder()
            .run("numbers")
            .every(every)
            .folder(folder)
            .server("none")
            .layouts(false)
            .analysisBudget(1)
            .start();
    return new Contender("agent N=" + every + ", no maps", agent.listener(), agent);
  }

  @Nullable TimedListener listener() {
    return listener;
  }

  /** For SameDiff graphs; null without an agent. */
  @Nullable TimedGraphListener graphListener() {
    return graphListener;
  }

  /** CPU time (a graph's: time) inside the callbacks since the last call of this method. */
  long takeCallbackNanos() {
    return (listener == null ? 0 : listener.takeCpuNanos())
        + (graphListener == null ? 0 : graphListener.takeNanos());
  }

  @Nullable Alidade agent() {
    return agent;
  }

  /** CPU time of the agent's analysis thread so far; 0 without an agent. */
  long analysisCpu() {
    return agent == null ? 0 : ThreadCpu.of(analysisThread);
  }

  /** Samples that are read or wait; 0 without an agent. */
  long inFlight() {
    return agent == null ? 0 : agent.status().inFlight();
  }

  @Override
  public void close() {
    if (agent != null) {
      agent.close();
    }
  }
}
