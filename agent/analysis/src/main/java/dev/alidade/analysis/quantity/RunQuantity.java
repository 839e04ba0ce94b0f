package dev.alidade.analysis.quantity;

import java.util.Locale;

/**
 * The quantities of the run itself, measured by the listener. Their order is the index on the wire:
 * a new one goes to the end.
 */
public enum RunQuantity {
  ITERATION_RATE("Iterations", "per second", "Iterations of training per second.", "Training"),
  EXAMPLE_RATE("Examples", "per second", "Examples trained on per second.", "Training"),
  LEARNING_RATE("Learning rate", "", "Of the first layer that has one.", "Training"),
  CALLBACK_SHARE("Copying", "ratio", "CPU of our callbacks per CPU of training.", "Alidade itself"),
  ANALYSIS_SHARE("Analysis", "ratio", "CPU of the analysis thread per core.", "Alidade itself"),
  LAYOUT_TICK_SECONDS("Map tick", "seconds", "CPU of one tick of all maps.", "Alidade itself"),
  QUEUE_DEPTH("Waiting", "samples", "Samples that wait for the analysis.", "Alidade itself"),
  SAMPLING_INTERVAL("Sampled every", "iterations", "As the governor allows.", "Alidade itself"),
  AGENT_FAILURES("Failures", "", "Of parts of the agent, since the start.", "Alidade itself"),
  DATA_WAIT_SHARE(
      "Waiting for data",
      "ratio",
      "Share of the time of fit(iterator) in which it waited for the iterator.",
      "Training"),
  GRADIENTS_SHARE(
      "Gradients",
      "ratio",
      "CPU that parameters, gradients and updates take, on all threads, per CPU of training.",
      "Alidade itself"),
  PPL_SPARSITY(
      "Sparsity at 1 % perplexity",
      "ratio",
      "Share of hidden values that can be cut before the probe batch's perplexity rises by 1 %.",
      "Sparsity");

  private final String title;
  private final String unit;
  private final String meaning;
  private final String group;

  RunQuantity(String title, String unit, String meaning, String group) {
    this.title = title;
    this.unit = unit;
    this.meaning = meaning;
    this.group = group;
  }

  public QuantityInfo info() {
    double high = unit.equals("ratio") ? 1 : Double.NaN;
    String id = name().toLowerCase(Locale.ROOT);
    return new QuantityInfo(id, title, unit, meaning, "definition", 0, high, group);
  }

  /** Whether it has a value in some samples only, and none at all without a probe. */
  public boolean probed() {
    return this == PPL_SPARSITY;
  }
}
