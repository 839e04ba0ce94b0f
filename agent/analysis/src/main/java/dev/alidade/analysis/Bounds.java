package dev.alidade.analysis;

/**
 * Where an activation function is flat: at and below {@code low}, at and above {@code high}. Within
 * a hundredth of the bound for functions that approach it, at the bound for those that reach it.
 */
record Bounds(float low, float high) {
  static final Bounds NONE = new Bounds(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY);
  private static final float RATIONAL_TANH = 1.7159f;

  /** The bounds of a function by its name; {@link #NONE} for one that has none or is unknown. */
  static Bounds of(String activation) {
    return switch (activation) {
      case "tanh", "softsign" -> new Bounds(-0.99f, 0.99f);
      case "rationaltanh" -> new Bounds(-0.99f * RATIONAL_TANH, 0.99f * RATIONAL_TANH);
      case "rectifiedtanh" -> new Bounds(Float.NEGATIVE_INFINITY, 0.99f);
      case "sigmoid" -> new Bounds(0.01f, 0.99f);
      case "hardtanh" -> new Bounds(-1, 1);
      case "hardsigmoid" -> new Bounds(0, 1);
      case "relu6" -> new Bounds(Float.NEGATIVE_INFINITY, 6);
      default -> NONE;
    };
  }
}
