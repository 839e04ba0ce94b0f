package dev.alidade.listener.send;

import dev.alidade.wire.Frame;
import dev.alidade.wire.Origin;
import dev.alidade.wire.proto.Ack;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Refusal;
import dev.alidade.wire.proto.Stored;
import dev.alidade.wire.proto.Welcome;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The server's side of /ingest over plain sockets (RFC 6455), with the faults that a test asks for.
 * Keeps what it stored from one connection to the next.
 */
public final class FakeServer implements Closeable {
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  public final List<Frame> stored = new CopyOnWriteArrayList<>();
  public final List<String> authorisations = new CopyOnWriteArrayList<>();
  public final AtomicInteger connections = new AtomicInteger();
  public final AtomicInteger mostInFlightBytes = new AtomicInteger();
  public volatile String token = "";
  public volatile int creditBytes = 1 << 20;
  public volatile int acknowledgeEvery = 1;

  /** Cuts the first connection after so many stored frames; 0 never. */
  public volatile int cutAfter;

  /** Refuses every HELLO with this; empty does not. */
  public volatile String refusal = "";

  private final ServerSocket listening;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final Map<Kind, Long> highest = new EnumMap<>(Kind.class);
  private volatile boolean closed;

  public FakeServer() throws IOException {
    this(0);
  }

  public FakeServer(int port) throws IOException {
    listening = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::accept, "fake-server");
    thread.setDaemon(true);
    thread.start();
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + listening.getLocalPort());
  }

  public int port() {
    return listening.getLocalPort();
  }

  public long count(Kind kind) {
    return stored.stream().filter(frame -> frame.kind() == kind).count();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    listening.close();
    for (Socket socket : open) {
      socket.close();
    }
  }

  private void accept() {
    while (!closed) {
      try {
        Socket socket = listening.accept();
        open.add(socket);
        Thread thread = new Thread(() -> serve(socket), "fake-connection");
        thread.setDaemon(true);
        thread.start();
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = socket.getOutputStream();
      if (!handshake(in, out)) {
        return;
      }
      int number = connections.incrementAndGet();
      converse(in, out, number);
    } catch (IOException e) {
      // The agent went away, or the test did.
    }
  }

  private boolean handshake(DataInputStream in, OutputStream out) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      head.write(in.readUnsignedByte());
    }
    Map<String, String> fields = new HashMap<>();
    BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new java.io.ByteArrayInputStream(head.toByteArray()), StandardCharsets.US_ASCII));
    String request = lines.readLine();
    for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
      int colon = line.indexOf(':');
      fields.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    String authorisation = fields.getOrDefault("authorization", "");
    authorisations.add(authorisation);
    if (!request.startsWith("GET /ingest ")
        || !"alidade.v1".equals(fields.get("sec-websocket-protocol"))
        || !authorisation.equals(token.isEmpty() ? "" : "Bearer " + token)) {
      out.write(
          "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII));
      return false;
    }
    String answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Protocol: alidade.v1\r\nSec-WebSocket-Accept: "
            + accept(fields.getOrDefault("sec-websocket-key", ""))
            + "\r\n\r\n";
    out.write(answer.getBytes(StandardCharsets.US_ASCII));
    return true;
  }

  private static String accept(String key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-1");
      return Base64.getEncoder()
          .encodeToString(sha.digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void converse(DataInputStream in, OutputStream out, int number) throws IOException {
    Origin origin = null;
    int here = 0;
    int unacknowledged = 0;
    for (byte[] message = read(in, out); message != null; message = read(in, out)) {
      Frame frame = Frame.parse(message);
      if (origin == null) {
        origin = frame.origin();
        if (!refusal.isEmpty()) {
          say(out, origin, Kind.KIND_REFUSAL, Refusal.newBuilder().setReason(refusal).build());
          return;
        }
        Welcome welcome =
            Welcome.newBuilder()
                .addAllStored(known())
                .setCreditBytes(creditBytes)
                .setMostFrameBytes(Frame.MOST_BYTES)
                .build();
        say(out, origin, Kind.KIND_WELCOME, welcome);
        continue;
      }
      keep(frame);
      here++;
      unacknowledged += message.length;
      mostInFlightBytes.accumulateAndGet(unacknowledged, Math::max);
      if (cutAfter > 0 && number == 1 && here >= cutAfter) {
        return;
      }
      // As the server does, it waits for more only while more is on its way.
      if (here % acknowledgeEvery == 0 || in.available() == 0) {
        unacknowledged = 0;
        say(out, origin, Kind.KIND_ACK, Ack.newBuilder().addAllStored(known()).build());
      }
    }
  }

  private synchronized void keep(Frame frame) {
    stored.add(frame);
    highest.merge(frame.kind(), frame.seq(), Math::max);
  }

  private synchronized List<Stored> known() {
    List<Stored> known = new ArrayList<>();
    highest.forEach(
        (kind, seq) -> known.add(Stored.newBuilder().setKind(kind).setSeq(seq).build()));
    return known;
  }

  private static void say(
      OutputStream out, Origin origin, Kind kind, com.google.protobuf.MessageLite message)
      throws IOException {
    byte[] bytes = Frame.encode(origin, kind, 1, 0, 0, message).bytes();
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0x82);
    if (bytes.length < 126) {
      frame.write(bytes.length);
    } else {
      frame.write(126);
      frame.write(bytes.length >>> 8);
      frame.write(bytes.length);
    }
    frame.writeBytes(bytes);
    out.write(frame.toByteArray());
    out.flush();
  }

  /** One binary message; null at the end. */
  private static byte[] read(DataInputStream in, OutputStream out) {
    try {
      ByteArrayOutputStream message = new ByteArrayOutputStream();
      while (true) {
        int first = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) {
          length = in.readUnsignedShort();
        } else if (length == 127) {
          length = in.readLong();
        }
        byte[] mask = in.readNBytes(4);
        byte[] body = in.readNBytes((int) length);
        for (int i = 0; i < body.length; i++) {
          body[i] ^= mask[i & 3];
        }
        int opcode = first & 0xf;
        if (opcode == 8) {
          out.write(new byte[] {(byte) 0x88, 0});
          return null;
        }
        if (opcode == 9) {
          out.write(new byte[] {(byte) 0x8a, 0});
          continue;
        }
        message.writeBytes(body);
        if ((first & 0x80) != 0) {
          return message.toByteArray();
        }
      }
    } catch (java.io.EOFException | java.net.SocketException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
