package dev.alidade.listener;

import dev.alidade.listener.capture.CaptureListener;
import dev.alidade.listener.capture.Clock;
import dev.alidade.listener.capture.Effort;
import dev.alidade.listener.capture.Failures;
import dev.alidade.listener.capture.Intake;
import dev.alidade.listener.capture.SameDiffListener;
import dev.alidade.listener.capture.Throttle;
import java.util.List;
import org.nd4j.autodiff.listeners.Listener;

/** An agent in whose callbacks everything throws. */
final class BrokenAgent implements AutoCloseable {
  private final Failures failures = new Failures();
  private final Listener listener;

  BrokenAgent() {
    Clock broken =
        new Clock() {
          @Override
          public long nanos() {
            throw new IllegalStateException("no clock");
          }

          @Override
          public long cpuNanos() {
            throw new AssertionError("no clock");
          }

          @Override
          public long epochMillis() {
            throw new IllegalStateException("no clock");
          }
        };
    CaptureListener layers =
        new CaptureListener(
            new Intake(1 << 20),
            new Throttle(),
            new Effort(),
            failures,
            note -> {
              throw new IllegalStateException("no notes");
            },
            broken,
            1,
            4096);
    listener = new SameDiffListener(layers, List.of());
  }

  Listener listener() {
    return listener;
  }

  long failures() {
    return failures.total();
  }

  @Override
  public void close() {}
}
