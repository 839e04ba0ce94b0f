package dev.alidade.analysis.laws;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Forecasts from the first quarter, half and three quarters, beside two simple forecasters. */
final class Prefixes {
  private Prefixes() {}

  /** Mean absolute error over the rest: the law's, divided by the better simple one's. */
  static List<Double> ratios(Samples samples) {
    var out = new ArrayList<Double>();
    for (double share : new double[] {0.25, 0.5, 0.75}) {
      int seen = (int) Math.round(share * samples.size());
      double simple =
          Math.min(
              error(samples, seen, t -> samples.value(seen - 1)),
              error(samples, seen, line(samples, seen)));
      var prefix = new Samples();
      for (int i = 0; i < seen; i++) {
        prefix.add(samples.time(i), samples.value(i));
      }
      if (new SparsityLaw(SparsityLaw.Direction.EITHER).fit(prefix) instanceof Fitted fit) {
        out.add(error(samples, seen, fit.curve()::at) / simple);
      }
    }
    return out;
  }

  static double error(Samples samples, int from, DoubleUnaryOperator forecast) {
    double sum = 0;
    for (int i = from; i < samples.size(); i++) {
      sum += Math.abs(samples.value(i) - forecast.applyAsDouble(samples.time(i)));
    }
    return sum / (samples.size() - from);
  }

  private static DoubleUnaryOperator line(Samples samples, int seen) {
    double meanT = 0;
    double meanV = 0;
    for (int i = seen - 4; i < seen; i++) {
      meanT += samples.time(i) / 4;
      meanV += samples.value(i) / 4;
    }
    double spread = 0;
    double rise = 0;
    for (int i = seen - 4; i < seen; i++) {
      double apart = samples.time(i) - meanT;
      spread += apart * apart;
      rise += apart * (samples.value(i) - meanV);
    }
    double slope = rise / spread;
    double middle = meanT;
    double level = meanV;
    return t -> level + slope * (t - middle);
  }

  static double median(List<Double> values) {
    return Bootstrap.quantile(
        values.stream().mapToDouble(Double::doubleValue).sorted().toArray(), 0.5);
  }
}
