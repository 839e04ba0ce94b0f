package dev.alidade.server.movie;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.alidade.recording.RecordingReader;
import dev.alidade.server.picture.Canvas;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovieTest {
  private static final int FRAMES = 13;

  @TempDir Path folder;

  private Path write(String name) throws Exception {
    Path file = Film.record(folder.resolve("run.alidade"), 3, 40, 5);
    Path film = folder.resolve(name);
    try (RecordingReader reader = RecordingReader.open(file)) {
      Movie.write(reader, Film.query(13, 1), film, (done, all) -> {});
    }
    return film;
  }

  @ParameterizedTest
  @CsvSource({"film.mp4, h264, avc1", "film.webm, vp9, V_VP9"})
  void each_frame_of_a_film_carries_the_iteration_of_its_sample(
      String name, String codec, String entry) throws Exception {
    assumeTrue(hasEncoder(), "neither a carried ffmpeg nor one on the PATH");

    Path film = write(name);

    assertThat(stamps(film)).isEqualTo(expected());
    assertThat(Files.readString(film, StandardCharsets.ISO_8859_1)).contains(entry);
    assertThat(names()).containsExactly(name, "run.alidade");
    assumeTrue(EncoderProgram.onPath().isPresent(), "no ffprobe on the PATH");
    Path ffprobe = EncoderProgram.onPath().orElseThrow().resolveSibling("ffprobe");
    assumeTrue(Files.isExecutable(ffprobe), "no ffprobe beside the ffmpeg on the PATH");
    String told =
        output(
            ffprobe.toString(),
            "-v",
            "error",
            "-count_frames",
            "-show_entries",
            "stream=codec_name,pix_fmt,width,height,nb_read_frames",
            film.toString());
    assertThat(told.lines())
        .contains(
            "codec_name=" + codec,
            "pix_fmt=yuv420p",
            "width=1280",
            "height=720",
            "nb_read_frames=" + FRAMES);
  }

  @Test
  void frames_of_a_gif_carry_their_iterations_too() throws Exception {
    Path film = write("film.gif");

    List<Long> stamps = new ArrayList<>();
    try (ImageInputStream in = ImageIO.createImageInputStream(film.toFile())) {
      ImageReader reader = ImageIO.getImageReadersByFormatName("gif").next();
      reader.setInput(in);
      BufferedImage whole = new BufferedImage(1280, 720, BufferedImage.TYPE_INT_RGB);
      for (int i = 0; i < reader.getNumImages(true); i++) {
        var place = reader.getImageMetadata(i).getAsTree("javax_imageio_gif_image_1.0");
        var at = (org.w3c.dom.Element) place.getFirstChild();
        int left = Integer.parseInt(at.getAttribute("imageLeftPosition"));
        int top = Integer.parseInt(at.getAttribute("imageTopPosition"));
        whole.getGraphics().drawImage(reader.read(i), left, top, null);
        stamps.add(stamp(whole.getRGB(0, 0, 1280, 720, null, 0, 1280)));
      }
    }
    assertThat(stamps).isEqualTo(expected());
  }

  @Test
  void a_contact_sheet_has_its_moments_in_order() throws Exception {
    BufferedImage sheet = ImageIO.read(write("film.png").toFile());

    assertThat(sheet.getWidth()).isEqualTo(1280);
    assertThat(sheet.getHeight()).isEqualTo(960);
    int[] first = sheet.getRGB(0, 0, 426, 240, null, 0, 426);
    int[] last = sheet.getRGB(852, 720, 426, 240, null, 0, 426);
    assertThat(stamp(first, 426, 240)).isEqualTo(10);
    assertThat(stamp(last, 426, 240)).isEqualTo(50);
  }

  @ParameterizedTest
  @CsvSource({"film.mp4", "film.webm", "film.gif"})
  void a_film_that_ends_early_leaves_no_file(String name) throws Exception {
    assumeTrue(hasEncoder(), "neither a carried ffmpeg nor one on the PATH");
    Path file = Film.record(folder.resolve("run.alidade"), 1, 20, 5);
    Path film = folder.resolve(name);
    List<String> during = new ArrayList<>();

    try (RecordingReader reader = RecordingReader.open(file)) {
      assertThatThrownBy(
              () ->
                  Movie.write(
                      reader,
                      Film.query(13, 1),
                      film,
                      (done, all) -> {
                        if (done == 5) {
                          during.addAll(names());
                          throw new IllegalStateException("stopped");
                        }
                      }))
          .hasMessage("stopped");
    }

    assertThat(during).containsExactly(name.replace("film.", "film.partial."), "run.alidade");
    assertThat(names()).containsExactly("run.alidade");
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(each -> each.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Samples are 10, 20, ... 50: of the last at or before each moment. */
  private static List<Long> expected() {
    List<Long> all = new ArrayList<>();
    for (int frame = 0; frame < FRAMES; frame++) {
      all.add((10 + 40L * frame / (FRAMES - 1)) / 10 * 10);
    }
    return all;
  }

  private static boolean hasEncoder() {
    try (EncoderProgram program = EncoderProgram.find()) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Decoded by the program that encoded, or the machine's. */
  private List<Long> stamps(Path film) throws Exception {
    Path raw = Files.createTempFile("film", ".raw");
    try (EncoderProgram program = EncoderProgram.find()) {
      List<String> arguments =
          List.of("-v", "error", "-y", "-i", film.toString(), "-f", "rawvideo");
      List<String> all = new ArrayList<>(arguments);
      all.addAll(List.of("-fps_mode", "passthrough", "-pix_fmt", "bgr0", raw.toString()));
      assertThat(program.start(all).waitFor()).isZero();
      List<Long> stamps = new ArrayList<>();
      try (InputStream in = Files.newInputStream(raw)) {
        for (byte[] frame = in.readNBytes(1280 * 720 * 4);
            frame.length > 0;
            frame = in.readNBytes(1280 * 720 * 4)) {
          int[] pixels = new int[1280 * 720];
          java.nio.ByteBuffer.wrap(frame)
              .order(java.nio.ByteOrder.LITTLE_ENDIAN)
              .asIntBuffer()
              .get(pixels);
          stamps.add(stamp(pixels));
        }
      }
      return stamps;
    } finally {
      Files.delete(raw);
    }
  }

  private static long stamp(int[] pixels) {
    return stamp(pixels, 1280, 720);
  }

  private static long stamp(int[] pixels, int width, int height) {
    Canvas canvas = new Canvas(width, height);
    System.arraycopy(pixels, 0, canvas.pixels(), 0, pixels.length);
    return Stamp.read(
        canvas, Scene.stampLeft(height), Scene.stampTop(height), Scene.stampSide(height));
  }

  private static String output(String... command) throws Exception {
    Process process = new ProcessBuilder(command).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
