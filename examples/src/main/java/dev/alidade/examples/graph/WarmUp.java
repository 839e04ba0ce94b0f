package dev.alidade.examples.graph;

import org.nd4j.linalg.schedule.ISchedule;

/**
 * A learning rate that rises to its peak in a few iterations and falls to a tenth of it in a line.
 * (PolySchedule of 1.0.0-M2.1 rises where its documentation falls.)
 *
 * @param rising iterations until the peak
 * @param all iterations until the end
 */
public record WarmUp(double peak, int rising, int all) implements ISchedule {
  private static final long serialVersionUID = 1;
  private static final double LAST = .1;

  @Override
  public double valueAt(int iteration, int epoch) {
    if (iteration < rising) {
      return peak * (iteration + 1) / rising;
    }
    double done = Math.min(1, (double) (iteration - rising) / Math.max(1, all - rising));
    return peak * (1 - (1 - LAST) * done);
  }

  @Override
  @SuppressWarnings("MissingSuperCall") // It cannot change, so it is its own copy.
  public ISchedule clone() {
    return this;
  }
}
