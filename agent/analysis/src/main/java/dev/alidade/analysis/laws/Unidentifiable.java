package dev.alidade.analysis.laws;

import java.util.List;

/**
 * An abstention: the samples do not determine the law.
 *
 * @param reason a sentence for the user that begins "not identifiable yet: "
 */
public record Unidentifiable(String law, long samples, String reason, List<PastForecast> past)
    implements Fit {
  public Unidentifiable {
    past = List.copyOf(past);
  }

  static Unidentifiable because(String law, Samples samples, String reason) {
    return new Unidentifiable(law, samples.offered(), "not identifiable yet: " + reason, List.of());
  }

  @Override
  public Unidentifiable withPast(List<PastForecast> past) {
    return new Unidentifiable(law, samples, reason, past);
  }
}
