package dev.alidade.server.live;

import dev.alidade.server.store.Runs;
import dev.alidade.wire.RunId;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pages that watch. Event loop only. */
public final class LiveHub {
  private static final Logger LOG = LoggerFactory.getLogger(LiveHub.class);

  private final Vertx vertx;
  private final Runs runs;
  private final LiveMeters meters;
  private final int mostViewers;
  private final long kickAfterMillis;
  private int viewers;

  public LiveHub(Vertx vertx, Runs runs, LiveMeters meters, int mostViewers, long kickAfterMillis) {
    this.vertx = vertx;
    this.runs = runs;
    this.meters = meters;
    this.mostViewers = mostViewers;
    this.kickAfterMillis = kickAfterMillis;
  }

  /** Whether one more may come. */
  public boolean isFull() {
    return viewers >= mostViewers;
  }

  public int viewers() {
    return viewers;
  }

  /** Serves a socket whose handshake was admitted. */
  public void accept(ServerWebSocket socket, RunId run) {
    viewers++;
    socket.closeHandler(nothing -> viewers--);
    socket.pause();
    runs.forViewer(run)
        .onSuccess(
            log -> {
              if (socket.isClosed()) {
                return;
              }
              Viewer viewer = new Viewer(vertx, socket, log, meters, kickAfterMillis);
              log.attach(viewer);
              socket.closeHandler(
                  nothing -> {
                    viewers--;
                    viewer.closed();
                  });
              socket.textMessageHandler(text -> viewer.refuse("a message must be binary"));
              socket.exceptionHandler(e -> viewer.close(Viewer.TOO_BIG, "too big or malformed"));
              socket.binaryMessageHandler(viewer::message);
              socket.resume();
            })
        .onFailure(
            e -> {
              LOG.info("viewer of {} turned away: {}", run, e.getMessage());
              socket.resume();
              if (!socket.isClosed()) {
                socket.close(Viewer.REMOVED, "no such run");
              }
            });
  }
}
