package dev.alidade.server.cli;

import dev.alidade.server.AlidadeServer;
import java.util.concurrent.CountDownLatch;

/** How long a server that was started from the command line goes on. */
interface Stay {
  /** Until the process is asked to end. */
  Stay FOR_EVER = server -> new CountDownLatch(1).await();

  void with(AlidadeServer server) throws InterruptedException;
}
