package dev.alidade.analysis.quantity;

import java.util.regex.Pattern;

/**
 * A quantity as it is announced: dashboard, metrics, rules and recording follow from it.
 *
 * @param id stable, snake_case: "zero_share"
 * @param name on screen: "Zeros"
 * @param unit "ratio", "units", "values", "nats"; empty for a plain number
 * @param meaning one sentence a newcomer understands
 * @param source the paper or definition
 * @param low of the possible range; NaN where there is no bound
 * @param high of the possible range; NaN where there is no bound
 * @param group the panel heading it belongs under
 */
public record QuantityInfo(
    String id,
    String name,
    String unit,
    String meaning,
    String source,
    double low,
    double high,
    String group) {
  private static final Pattern SNAKE_CASE = Pattern.compile("[a-z][a-z0-9]*(_[a-z0-9]+)*");

  public QuantityInfo {
    if (!SNAKE_CASE.matcher(id).matches()) {
      throw new IllegalArgumentException("id must be snake_case: '" + id + "'");
    }
    if (name.isBlank() || meaning.isBlank() || group.isBlank()) {
      throw new IllegalArgumentException("name, meaning and group must not be blank: " + id);
    }
    if (low > high) {
      throw new IllegalArgumentException("low must be at most high: " + low + " > " + high);
    }
  }
}
