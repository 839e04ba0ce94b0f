package dev.alidade.examples;

import dev.alidade.listener.Alidade;
import dev.alidade.listener.Status;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.optimize.api.BaseTrainingListener;

/**
 * Prints, every few seconds of a training, where it is and what became of its samples:
 *
 * <pre>{@code
 * iteration 420  epoch 3  score 0.0814  samples 210, dropped 0  streaming to http://127.0.0.1:8790
 * }</pre>
 */
final class ProgressLine extends BaseTrainingListener {
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Alidade alidade;
  private final String address;
  private final PrintWriter out;
  private final LongSupplier nanoTime;
  private long next = Long.MIN_VALUE;

  /** For the usual server. */
  static ProgressLine of(Alidade alidade, PrintWriter out) {
    return new ProgressLine(alidade, "http://127.0.0.1:8790", out, System::nanoTime);
  }

  ProgressLine(Alidade alidade, String address, PrintWriter out, LongSupplier nanoTime) {
    this.alidade = alidade;
    this.address = address;
    this.out = out;
    this.nanoTime = nanoTime;
  }

  @Override
  public void iterationDone(Model model, int iteration, int epoch) {
    long now = nanoTime.getAsLong();
    if (next == Long.MIN_VALUE || now - next >= 0) {
      next = now + PERIOD_NANOS;
      print(iteration, epoch, model.score());
    }
  }

  private void print(int iteration, int epoch, double score) {
    Status status = alidade.status();
    String where =
        status.server().equals("off") ? "recorded only" : status.server() + " to " + address;
    out.printf(
        Locale.ROOT,
        "iteration %d  epoch %d  score %.4f  samples %d, dropped %d  %s%n",
        iteration,
        epoch + 1,
        score,
        status.stored(),
        status.droppedTotal(),
        where);
  }
}
