package dev.alidade.server.movie;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The ffmpeg program: the one that the server carries, unpacked into a folder of its own for as
 * long as it runs, or the machine's. It is a program and not a library so that a fault of its
 * native code ends one film and not the server, and so that it meets no other library's javacpp.
 */
final class EncoderProgram implements AutoCloseable {
  private static final String ROOT = "org/bytedeco/ffmpeg/";
  private static final List<String> H264 = List.of("libopenh264", "libx264");
  private static final List<String> VP9 = List.of("libvpx-vp9");

  private final Path program;
  private final @Nullable Path folder;

  private EncoderProgram(Path program, @Nullable Path folder) {
    this.program = program;
    this.folder = folder;
  }

  /** The program that the server carries, or else the machine's. */
  static EncoderProgram find() throws IOException {
    EncoderProgram carried = carried(platform());
    if (carried != null) {
      return carried;
    }
    return onPath()
        .map(path -> new EncoderProgram(path, null))
        .orElseThrow(
            () ->
                new IOException(
                    "no encoder for "
                        + platform()
                        + " is in this build: install ffmpeg, or write a .gif or .png"));
  }

  static java.util.Optional<Path> onPath() {
    String name = isWindows() ? "ffmpeg.exe" : "ffmpeg";
    String path = System.getenv("PATH");
    return Stream.of(path == null ? new String[0] : path.split(java.io.File.pathSeparator))
        .filter(each -> !each.isEmpty())
        .map(each -> Path.of(each, name))
        .filter(Path::isAbsolute)
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static boolean isWindows() {
    return platform().startsWith("windows");
  }

  private static String platform() {
    String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    String system =
        os.startsWith("windows") ? "windows" : os.startsWith("mac") ? "macosx" : "linux";
    boolean isArm = arch.equals("aarch64") || arch.equals("arm64");
    return system + (isArm ? "-arm64" : "-x86_64");
  }

  static @Nullable EncoderProgram carried(String platform) throws IOException {
    List<String> names = names(platform);
    if (names.isEmpty()) {
      return null;
    }
    Path folder = Files.createTempDirectory("alidade-movie");
    EncoderProgram unpacked =
        new EncoderProgram(
            folder.resolve(platform.startsWith("windows") ? "ffmpeg.exe" : "ffmpeg"), folder);
    try {
      for (String name : names) {
        try (InputStream in = resource(platform + "/" + name)) {
          if (in != null) {
            Files.copy(in, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
          }
        }
      }
      if (!unpacked.program.toFile().setExecutable(true, true)) {
        throw new IOException("encoder must be executable: " + unpacked.program);
      }
      return unpacked;
    } catch (IOException e) {
      unpacked.close();
      throw e;
    }
  }

  private static @Nullable InputStream resource(String path) {
    return EncoderProgram.class.getClassLoader().getResourceAsStream(ROOT + path);
  }

  /** The files beside the program in its jar: the program and the libraries it loads. */
  private static List<String> names(String platform) throws IOException {
    String program = platform.startsWith("windows") ? "ffmpeg.exe" : "ffmpeg";
    java.net.URL url =
        EncoderProgram.class.getClassLoader().getResource(ROOT + platform + "/" + program);
    if (url == null || !(url.openConnection() instanceof java.net.JarURLConnection connection)) {
      return List.of();
    }
    String prefix = ROOT + platform + "/";
    List<String> names = new ArrayList<>();
    for (var entries = connection.getJarFile().entries(); entries.hasMoreElements(); ) {
      String name = entries.nextElement().getName();
      String rest = name.startsWith(prefix) ? name.substring(prefix.length()) : "";
      if (rest.matches("[A-Za-z0-9._+-]+")
          && !rest.contains("jni")
          && !rest.startsWith("ffprobe")) {
        names.add(rest);
      }
    }
    return names;
  }

  /** The first encoder that this program has of those that write what a format needs. */
  String encoder(FilmFormat format) throws IOException {
    List<String> wanted = format == FilmFormat.WEBM ? VP9 : H264;
    Process process =
        new ProcessBuilder(program.toString(), "-hide_banner", "-encoders")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    process.getOutputStream().close();
    String known = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    for (String each : wanted) {
      if (known.contains(" " + each + " ")) {
        return each;
      }
    }
    throw new IOException(
        "ffmpeg must have one of the encoders " + String.join(", ", wanted) + ": " + program);
  }

  /** Whether the program is the one that the server carries, of a known version. */
  boolean isCarried() {
    return folder != null;
  }

  Process start(List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  /** Deletes what was unpacked. */
  @Override
  public void close() throws IOException {
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path each : files.toList()) {
        Files.deleteIfExists(each);
      }
    }
    Files.deleteIfExists(folder);
  }
}
