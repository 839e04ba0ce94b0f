package dev.alidade.server.ingest;

import dev.alidade.server.store.Runs;
import dev.alidade.wire.Frame;
import io.vertx.core.Vertx;
import io.vertx.core.http.ServerWebSocket;

/** The agents that are connected. Event loop only. */
public final class Ingest {
  private static final short TOO_BIG = 1009;

  private final Vertx vertx;
  private final Runs runs;
  private final IngestMeters meters;
  private final int mostAgents;
  private final long helloWithinMillis;
  private int agents;

  public Ingest(
      Vertx vertx, Runs runs, IngestMeters meters, int mostAgents, long helloWithinMillis) {
    this.vertx = vertx;
    this.runs = runs;
    this.meters = meters;
    this.mostAgents = mostAgents;
    this.helloWithinMillis = helloWithinMillis;
  }

  /** Whether no more may come. */
  public boolean isFull() {
    return agents >= mostAgents;
  }

  public int agents() {
    return agents;
  }

  /** Serves a socket whose handshake was admitted. */
  public void accept(ServerWebSocket socket) {
    agents++;
    AgentSocket agent = new AgentSocket(socket, runs, meters);
    socket.closeHandler(
        nothing -> {
          agents--;
          agent.closed();
        });
    socket.exceptionHandler(
        e ->
            agent.refuse(
                TOO_BIG,
                "frame must be at most %d bytes and well formed: %s"
                    .formatted(Frame.MOST_BYTES, e.getMessage())));
    socket.textMessageHandler(text -> agent.refuse("a message must be binary"));
    socket.binaryMessageHandler(agent::message);
    vertx.setTimer(
        helloWithinMillis,
        timer -> {
          if (!agent.hasSaidHello()) {
            agent.refuse("HELLO must come within " + helloWithinMillis + " ms");
          }
        });
  }
}
