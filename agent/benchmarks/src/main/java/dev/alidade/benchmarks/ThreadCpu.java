package dev.alidade.benchmarks;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/** CPU time of threads: the calling one, and others by id. */
final class ThreadCpu {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ThreadCpu() {}

  static long ofThisThread() {
    return THREADS.getCurrentThreadCpuTime();
  }

  /** 0 once the thread has ended. */
  static long of(long id) {
    return Math.max(0, THREADS.getThreadCpuTime(id));
  }

  /** The youngest living thread of a name: of the agent that was started last. */
  static long youngest(String name) {
    long youngest = -1;
    for (long id : THREADS.getAllThreadIds()) {
      ThreadInfo info = THREADS.getThreadInfo(id);
      if (info != null && info.getThreadName().equals(name)) {
        youngest = Math.max(youngest, id);
      }
    }
    if (youngest < 0) {
      throw new IllegalStateException("there must be a thread " + name);
    }
    return youngest;
  }
}
