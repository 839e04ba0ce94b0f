package dev.alidade.server.movie;

import dev.alidade.server.picture.Canvas;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Frames through a pipe to ffmpeg, which writes the file. A thread of its own fills the pipe, so
 * that the next frame is drawn meanwhile; three frames are held, no more.
 */
final class FfmpegSink implements FrameSink {
  private static final int HELD = 3;
  private static final byte[] NONE = {};

  private final EncoderProgram program;
  private final String encoder;
  private final Path file;
  private final FilmFormat format;
  private final Process process;
  private final ArrayBlockingQueue<byte[]> free = new ArrayBlockingQueue<>(HELD);
  private final ArrayBlockingQueue<byte[]> full = new ArrayBlockingQueue<>(HELD + 1);
  private final CompletableFuture<Void> written;
  private final CompletableFuture<String> complaint;

  FfmpegSink(EncoderProgram program, FilmFormat format, Path file, FilmSize size, int fps)
      throws IOException {
    this.program = program;
    this.format = format;
    this.file = file;
    encoder = program.encoder(format);
    for (int i = 0; i < HELD; i++) {
      free.add(new byte[size.width * size.height * 4]);
    }
    process = program.start(arguments(size, fps));
    complaint = CompletableFuture.supplyAsync(this::lastLine, FfmpegSink::thread);
    written = CompletableFuture.runAsync(this::fill, FfmpegSink::thread);
  }

  private static void thread(Runnable work) {
    Thread thread = new Thread(work, "alidade-movie");
    thread.setDaemon(true);
    thread.start();
  }

  private List<String> arguments(FilmSize size, int fps) {
    List<String> all = new ArrayList<>();
    // Input only from the pipe: nothing that a name in the run says is opened.
    add(all, "-hide_banner -nostdin -loglevel error -y -protocol_whitelist pipe -f rawvideo");
    add(all, "-pixel_format bgr0 -video_size " + size + " -framerate " + fps + " -i pipe:0");
    add(all, "-an -vf scale=out_color_matrix=bt709:out_range=tv:flags=bicubic,format=yuv420p");
    add(all, "-colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv");
    add(all, "-c:v " + encoder + " -g " + 2 * fps);
    long pixels = (long) size.width * size.height;
    switch (encoder) {
      case "libopenh264" ->
          // Never skip a frame: each carries its iteration.
          add(all, "-rc_mode quality -allow_skip_frames 0 -b:v " + pixels * 6 + " -threads 2");
      case "libx264" -> add(all, "-preset veryfast -crf 20");
      default -> add(all, "-deadline realtime -cpu-used 8 -row-mt 1 -crf 30 -b:v 0 -threads 2");
    }
    if (format == FilmFormat.MP4) {
      // Fragments play after a kill; the carried ffmpeg makes them a plain file at the end.
      add(all, "-movflags frag_keyframe+empty_moov+default_base_moof");
      if (program.isCarried()) {
        add(all, "-movflags +hybrid_fragmented");
      }
    }
    add(all, "-flush_packets 1 -f " + format.extension());
    all.add("file:" + file);
    return all;
  }

  private static void add(List<String> all, String words) {
    all.addAll(List.of(words.split(" ")));
  }

  /** What ffmpeg said last: the reason, when it fails. Read to the end, or it would wait. */
  private String lastLine() {
    try (InputStream errors = process.getErrorStream()) {
      String last = "";
      byte[] some = new byte[4096];
      for (int read = errors.read(some); read >= 0; read = errors.read(some)) {
        String text = new String(some, 0, read, StandardCharsets.UTF_8).strip();
        if (!text.isEmpty() && (last.isEmpty() || text.contains("No space left"))) {
          last = text.lines().filter(each -> each.contains("No space")).findFirst().orElse(text);
        }
      }
      return last.lines().findFirst().orElse("");
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private void fill() {
    try (OutputStream pipe = process.getOutputStream()) {
      boolean isFirst = true;
      for (byte[] frame = full.take(); frame.length > 0; frame = full.take()) {
        pipe.write(frame);
        free.add(frame);
        if (isFirst) {
          // It has loaded its libraries: what was unpacked is not left behind after a kill.
          unlink();
          isFirst = false;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void unlink() {
    try {
      program.close();
    } catch (IOException e) {
      // Windows keeps files of a running program; closing deletes them.
    }
  }

  @Override
  public void add(Canvas canvas) throws IOException {
    try {
      byte[] frame = free.poll(100, TimeUnit.MILLISECONDS);
      while (frame == null) {
        if (written.isDone()) {
          throw failure();
        }
        frame = free.poll(100, TimeUnit.MILLISECONDS);
      }
      ByteBuffer.wrap(frame).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(canvas.pixels());
      full.put(frame);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the movie was interrupted", e);
    }
  }

  private IOException failure() {
    process.destroy();
    String reason = complaint.join();
    return new IOException(
        "the movie could not be written: " + (reason.isEmpty() ? "ffmpeg ended" : reason));
  }

  @Override
  public void finish() throws IOException {
    try {
      full.put(NONE);
      written.join();
      if (process.waitFor() != 0) {
        throw failure();
      }
    } catch (CompletionException e) {
      throw failure();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the movie was interrupted", e);
    }
    check();
  }

  /** The sample entry says what was written, whatever was asked for. */
  private void check() throws IOException {
    String wanted = format == FilmFormat.MP4 ? "avc1" : "V_VP9";
    long size = Files.size(file);
    int window = 1 << 20;
    try (var channel = Files.newByteChannel(file)) {
      for (long at : new long[] {0, Math.max(0, size - window)}) {
        ByteBuffer part = ByteBuffer.allocate((int) Math.min(window, size));
        channel.position(at);
        while (part.hasRemaining() && channel.read(part) >= 0) {}
        if (new String(part.array(), StandardCharsets.ISO_8859_1).contains(wanted)) {
          return;
        }
      }
    }
    throw new IOException("the movie must hold " + wanted + ", but " + encoder + " wrote another");
  }

  @Override
  public String made() {
    return (format == FilmFormat.MP4 ? "H.264" : "VP9") + " by " + encoder;
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    full.offer(NONE);
    program.close();
  }
}
