package dev.alidade.listener.capture;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Time, so that tests can make their own. */
public interface Clock {
  /** Monotonic. */
  long nanos();

  /** CPU time of the calling thread. */
  long cpuNanos();

  /** Wall clock, for people. */
  long epochMillis();

  Clock SYSTEM =
      new Clock() {
        private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        private final boolean supported = threads.isCurrentThreadCpuTimeSupported();

        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long cpuNanos() {
          return supported ? threads.getCurrentThreadCpuTime() : System.nanoTime();
        }

        @Override
        public long epochMillis() {
          return System.currentTimeMillis();
        }
      };
}
