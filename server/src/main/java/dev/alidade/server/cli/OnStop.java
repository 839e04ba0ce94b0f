package dev.alidade.server.cli;

/** Runs something once: when this is closed, or when the process is asked to end before that. */
final class OnStop implements AutoCloseable {
  private final Runnable end;
  private final Thread hook;
  private boolean ended;

  OnStop(Runnable end) {
    this.end = end;
    hook = new Thread(this::end, "alidade-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private synchronized void end() {
    if (!ended) {
      ended = true;
      end.run();
    }
  }

  @Override
  public void close() {
    end();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook has nothing left to do.
    }
  }
}
