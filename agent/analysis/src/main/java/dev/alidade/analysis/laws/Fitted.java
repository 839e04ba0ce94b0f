package dev.alidade.analysis.laws;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A law that the samples determine well enough to be shown.
 *
 * @param from the first t that was fitted, after any warm-up
 * @param to the last t that was fitted
 * @param parameters by name, with intervals
 * @param r2 share of the variance explained
 * @param aic Akaike's criterion, n ln(RSS/n) + 2k with the variance counted in k
 * @param rivals simpler laws on the same samples with the same weights
 * @param curve the fitted curve and its band
 */
public record Fitted(
    String law,
    long samples,
    double from,
    double to,
    List<Parameter> parameters,
    double r2,
    double aic,
    List<Rival> rivals,
    Curve curve,
    List<PastForecast> past)
    implements Fit {
  public Fitted {
    parameters = List.copyOf(parameters);
    rivals = List.copyOf(rivals);
    past = List.copyOf(past);
  }

  /** The parameter of that name. */
  public Parameter parameter(String name) {
    return parameters.stream()
        .filter(p -> p.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(unknown(name)));
  }

  private String unknown(String name) {
    var known = parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
    return "unknown parameter '%s'; known: %s".formatted(name, known);
  }

  /** The curve at t and the band in which a sample taken there should lie. */
  public Forecast forecast(double t) {
    return curve.forecast(t);
  }

  @Override
  public Fitted withPast(List<PastForecast> past) {
    return new Fitted(law, samples, from, to, parameters, r2, aic, rivals, curve, past);
  }
}
