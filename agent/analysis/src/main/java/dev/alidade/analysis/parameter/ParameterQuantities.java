package dev.alidade.analysis.parameter;

import dev.alidade.analysis.quantity.QuantityInfo;
import java.util.List;

/** What is measured on arrays of parameters: small enough to stand together. */
final class ParameterQuantities {
  private interface Formula {
    double of(ArrayStats weights, ArrayStats gradients, ArrayStats updates);
  }

  private record Named(QuantityInfo info, Formula formula) implements ParameterQuantity {
    @Override
    public double of(ArrayStats weights, ArrayStats gradients, ArrayStats updates) {
      return formula.of(weights, gradients, updates);
    }
  }

  static final List<ParameterQuantity> ALL =
      List.of(
          size("weight_mean_abs", "Weights", "Mean size of the weights.", (w, g, u) -> w.meanAbs()),
          size(
              "weight_std",
              "Weights, spread",
              "Standard deviation of the weights.",
              (w, g, u) -> w.std()),
          size(
              "gradient_mean_abs",
              "Gradients",
              "Mean size of the gradients, as backpropagation gave them.",
              (w, g, u) -> g.meanAbs()),
          size(
              "gradient_std",
              "Gradients, spread",
              "Standard deviation of the gradients, as backpropagation gave them.",
              (w, g, u) -> g.std()),
          size(
              "update_mean_abs",
              "Updates",
              "Mean size of what the step subtracted from the weights.",
              (w, g, u) -> u.meanAbs()),
          size(
              "update_std",
              "Updates, spread",
              "Standard deviation of what the step subtracted from the weights.",
              (w, g, u) -> u.std()),
          new Named(
              new QuantityInfo(
                  "update_ratio_log10",
                  "Update : weight",
                  "log10",
                  "How large a step is beside the weights, as a power of ten: -3 is usual, -1 is wild, -5 is stuck.",
                  "log10(E|update| / E|weight|); -3 as in Karpathy's CS231n notes",
                  Double.NaN,
                  Double.NaN,
                  "Parameters"),
              (w, g, u) ->
                  w.meanAbs() > 0 && u.meanAbs() > 0
                      ? Math.log10(u.meanAbs() / w.meanAbs())
                      : Double.NaN),
          new Named(
              new QuantityInfo(
                  "gradient_nonfinite_count",
                  "Gradients not finite",
                  "values",
                  "Gradients read that are NaN or infinite.",
                  "definition",
                  0,
                  Double.NaN,
                  "Parameters"),
              (w, g, u) -> (double) g.nonFinite()));

  private ParameterQuantities() {}

  private static ParameterQuantity size(String id, String name, String meaning, Formula formula) {
    return new Named(
        new QuantityInfo(
            id,
            name,
            "",
            meaning + " Of an array of more than 16,384, as many values are read.",
            "definition",
            0,
            Double.NaN,
            "Parameters"),
        formula);
  }
}
