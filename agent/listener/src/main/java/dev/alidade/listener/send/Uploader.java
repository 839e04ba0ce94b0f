package dev.alidade.listener.send;

import dev.alidade.listener.capture.Failures;
import dev.alidade.recording.RecordingException;
import dev.alidade.recording.RecordingReader;
import dev.alidade.recording.RecordingWriter;
import dev.alidade.wire.Origin;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the recording to a server whenever one answers, on a thread of its own. Says so when the
 * first connection stands; is silent while there is no server; warns once when one refuses.
 */
public final class Uploader {
  /** How the sending stands. */
  public enum State {
    CONNECTING,
    STREAMING,
    REFUSED,
    OFF;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Whose frames go where. */
  public record Route(URI server, Path tokens, Origin origin, String version, String name) {}

  private static final Logger LOG = System.getLogger("dev.alidade");
  private static final String SUB_PROTOCOL = "alidade.v1";
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final int UNAUTHORISED = 401;

  private final Route route;
  private final RecordingWriter writer;
  private final Failures failures;
  private final Thread thread;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile Inbox inbox = new Inbox();
  private volatile State state = State.CONNECTING;
  private boolean saidStreaming;
  private boolean saidRefused;

  public Uploader(Route route, RecordingWriter writer, Failures failures) {
    this.route = route;
    this.writer = writer;
    this.failures = failures;
    thread = new Thread(this::work, "alidade-upload");
    thread.setDaemon(true);
    writer.onCommit(position -> inbox.nudge());
  }

  public void start() {
    thread.start();
  }

  public State state() {
    return state;
  }

  /**
   * Sends what the recording holds, waits for its acknowledgement, and ends.
   *
   * @return false when the limit passed first; the rest stays in the recording
   */
  public boolean close(Duration limit) throws InterruptedException {
    stop.countDown();
    inbox.nudge();
    thread.join(Math.max(1, limit.toMillis()));
    boolean drained = !thread.isAlive();
    thread.interrupt();
    return drained;
  }

  private boolean stopping() {
    return stop.getCount() == 0;
  }

  private void work() {
    Backoff backoff = new Backoff(ThreadLocalRandom.current());
    HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_LIMIT).build();
    try (RecordingReader reader = RecordingReader.open(writer.file())) {
      boolean last = false;
      while (!attempt(client, reader, backoff) && !last) {
        // One more attempt after close() is asked for: a short run may not have had any.
        last = stop.await(backoff.nextMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      // The limit of close() has passed.
    } catch (RecordingException | RuntimeException e) {
      if (!stopping()) {
        failures.add("sending", e, "the run is only recorded");
      }
    } finally {
      state = State.OFF;
    }
  }

  /** One connection; true when it ended because all was said and done. */
  private boolean attempt(HttpClient client, RecordingReader reader, Backoff backoff)
      throws InterruptedException, RecordingException {
    inbox = new Inbox();
    WebSocket socket = null;
    try {
      socket = connect(client);
      Conversation conversation = new Conversation(socket, inbox, route.origin(), reader, writer);
      conversation.greet(route.version(), route.name());
      backoff.reset();
      streaming();
      conversation.run(this::stopping);
      return true;
    } catch (Conversation.RefusedException e) {
      refused(String.valueOf(e.getMessage()));
    } catch (RecordingException e) {
      throw e;
    } catch (IOException | TimeoutException | RuntimeException e) {
      LOG.log(Level.DEBUG, "alidade: no stream to {0}: {1}", route.server(), e.getMessage());
      state = State.CONNECTING;
    } catch (ExecutionException e) {
      failed(e.getCause());
    } finally {
      if (socket != null && !socket.isOutputClosed()) {
        socket.abort();
      }
    }
    return false;
  }

  private WebSocket connect(HttpClient client)
      throws InterruptedException, ExecutionException, TimeoutException {
    String address = route.server().toString().replaceFirst("^http", "ws").replaceFirst("/+$", "");
    WebSocket.Builder builder =
        client.newWebSocketBuilder().connectTimeout(CONNECT_LIMIT).subprotocols(SUB_PROTOCOL);
    // Read at every attempt: a server that was started since, or anew, has made new ones.
    String token = Tokens.ingest(route.tokens());
    if (!token.isEmpty()) {
      builder.header("Authorization", "Bearer " + token);
    }
    return builder
        .buildAsync(URI.create(address + "/ingest"), inbox)
        .get(2 * CONNECT_LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  private void failed(@Nullable Throwable cause) {
    if (cause instanceof WebSocketHandshakeException handshake
        && handshake.getResponse() != null
        && handshake.getResponse().statusCode() == UNAUTHORISED) {
      refused("the ingest token in " + route.tokens() + " is not the server's (401)");
      return;
    }
    LOG.log(Level.DEBUG, "alidade: no server at {0}: {1}", route.server(), cause);
    state = State.CONNECTING;
  }

  private void streaming() {
    state = State.STREAMING;
    LOG.log(
        saidStreaming ? Level.DEBUG : Level.INFO,
        "alidade streams run " + route.origin().run() + " to " + route.server());
    saidStreaming = true;
  }

  private void refused(String reason) {
    state = State.REFUSED;
    LOG.log(
        saidRefused ? Level.DEBUG : Level.WARNING,
        "alidade: " + route.server() + " refuses: " + reason + "; it is tried again, and recorded");
    saidRefused = true;
  }
}
