package dev.alidade.analysis.laws;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * A law fitted while samples arrive, and the account of what it forecast.
 *
 * <pre>{@code
 * var law = new LiveLaw(new EmergenceLaw());
 * law.add(iteration, ratio);               // constant time
 * switch (law.fit()) {                     // some 10 ms: every now and then, off the training thread
 *   case Fitted f -> draw(f.forecast(2 * iteration));
 *   case Unidentifiable u -> say(u.reason());
 * }
 * }</pre>
 *
 * <p>Memory is bounded whatever the length of the run. Each fit notes what it expects when a
 * quarter more has been seen; when that time comes, the sample that came is put beside it. Not
 * thread safe.
 */
public final class LiveLaw {
  /** Past forecasts kept, newest. */
  public static final int PAST = 32;

  private static final double AHEAD = 1.25;
  private static final int PENDING = 8;

  private final Law law;
  private final Samples samples = new Samples();
  private final Deque<PastForecast> pending = new ArrayDeque<>();
  private final Deque<PastForecast> past = new ArrayDeque<>();
  private final double[] lastTimes = new double[4];
  private final double[] lastValues = new double[4];

  /** Nothing seen yet. */
  public LiveLaw(Law law) {
    this.law = law;
  }

  /**
   * Takes a sample in; NaN and infinities are left out.
   *
   * @throws IllegalArgumentException if t is not finite or lies before the last one
   */
  public void add(double t, double value) {
    samples.add(t, value);
    if (!Double.isFinite(value)) {
      return;
    }
    for (int i = 0; i < 3; i++) {
      lastTimes[i] = lastTimes[i + 1];
      lastValues[i] = lastValues[i + 1];
    }
    lastTimes[3] = t;
    lastValues[3] = value;
    resolve(t, value);
  }

  private void resolve(double t, double value) {
    while (!pending.isEmpty() && pending.peek().t() <= t) {
      var f = pending.remove();
      if (past.size() == PAST) {
        past.remove();
      }
      past.add(new PastForecast(f.madeAt(), f.t(), f.forecast(), f.persistence(), f.line(), value));
    }
  }

  /** What the samples say now, beside what earlier fits had forecast. */
  public Fit fit() {
    var fit = law.fit(samples);
    if (fit instanceof Fitted fitted) {
      expect(fitted);
    }
    return fit.withPast(past());
  }

  private void expect(Fitted fitted) {
    double now = lastTimes[3];
    double t = now > 0 ? now * AHEAD : now / AHEAD;
    boolean apart = pending.isEmpty() || t >= pending.getLast().t() * 1.02;
    if (samples.offered() >= 4 && now != 0 && apart && pending.size() < PENDING) {
      pending.add(
          new PastForecast(now, t, fitted.forecast(t).value(), lastValues[3], line(t), Double.NaN));
    }
  }

  /** The straight line through the last four samples, at t. */
  private double line(double t) {
    double meanT = 0;
    double meanV = 0;
    for (int i = 0; i < 4; i++) {
      meanT += lastTimes[i] / 4;
      meanV += lastValues[i] / 4;
    }
    double spread = 0;
    double slope = 0;
    for (int i = 0; i < 4; i++) {
      spread += (lastTimes[i] - meanT) * (lastTimes[i] - meanT);
      slope += (lastTimes[i] - meanT) * (lastValues[i] - meanV);
    }
    return spread > 0 ? meanV + slope / spread * (t - meanT) : meanV;
  }

  /** Forecasts whose time has come, oldest first. */
  public List<PastForecast> past() {
    return new ArrayList<>(past);
  }

  /** The samples as they are kept. */
  public Samples samples() {
    return samples;
  }
}
