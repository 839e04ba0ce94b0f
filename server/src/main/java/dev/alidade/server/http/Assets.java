package dev.alidade.server.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The dashboard's files, read into memory once from the class path folder {@value #FOLDER}. A path
 * is only ever looked up among them, so that none can lead elsewhere.
 */
final class Assets {
  static final String FOLDER = "dashboard/";
  private static final String INDEX = "/index.html";
  private static final String ABSENT = "The dashboard was not built in.\n";
  private static final Pattern PAGE = Pattern.compile("/(runs|compare|alerts)?(/.*)?");

  /** Vite writes a hash of the content into these names: they never change. */
  private static final Pattern HASHED = Pattern.compile("/assets/.+-[A-Za-z0-9_-]{8}\\.[a-z0-9]+");

  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json; charset=utf-8"),
          Map.entry("map", "application/json; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("wasm", "application/wasm"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("webmanifest", "application/manifest+json"));

  private record Asset(Buffer content, String type, String tag, boolean hashed) {}

  private final Map<String, Asset> assets;

  private Assets(Map<String, Asset> assets) {
    this.assets = assets;
  }

  /** Reads what the class path has; nothing is fine. */
  static Assets load(ClassLoader loader) throws IOException {
    Map<String, Asset> found = new HashMap<>();
    URL index = loader.getResource(FOLDER + "index.html");
    if (index != null) {
      URI uri = uri(index);
      if (uri.getScheme().equals("jar")) {
        try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
          read(jar.getPath("/" + FOLDER), found);
        } catch (java.nio.file.FileSystemAlreadyExistsException e) {
          read(FileSystems.getFileSystem(uri).getPath("/" + FOLDER), found);
        }
      } else {
        Path file = Path.of(uri);
        read(file.resolveSibling("."), found);
      }
    }
    return new Assets(found);
  }

  private static URI uri(URL url) throws IOException {
    try {
      return url.toURI();
    } catch (URISyntaxException e) {
      throw new IOException("class path entry must be a URI: " + url, e);
    }
  }

  private static void read(Path folder, Map<String, Asset> found) throws IOException {
    Path root = folder.normalize();
    List<Path> files;
    try (Stream<Path> all = Files.walk(root)) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      String path = "/" + root.relativize(file).toString().replace('\\', '/');
      found.put(path, asset(path, Files.readAllBytes(file)));
    }
  }

  private static Asset asset(String path, byte[] content) {
    String ending = path.substring(path.lastIndexOf('.') + 1);
    String type = TYPES.getOrDefault(ending, "application/octet-stream");
    return new Asset(Buffer.buffer(content), type, tag(content), HASHED.matcher(path).matches());
  }

  private static String tag(byte[] content) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
      return '"' + HexFormat.of().formatHex(hash, 0, 12) + '"';
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** Serves a file; a page of the application is its index. */
  void serve(RoutingContext context) {
    HttpServerRequest request = context.request();
    Asset asset = assets.get(request.path());
    if (asset == null && PAGE.matcher(request.path()).matches()) {
      asset = assets.get(INDEX);
      if (asset == null) {
        absent(request.response());
        return;
      }
    }
    if (asset == null) {
      Replies.error(context, 404, "no such page");
      return;
    }
    send(asset, request);
  }

  private static void send(Asset asset, HttpServerRequest request) {
    HttpServerResponse response = request.response();
    response
        .putHeader("ETag", asset.tag())
        .putHeader(
            "Cache-Control", asset.hashed() ? "public, max-age=31536000, immutable" : "no-cache");
    String known = request.getHeader("If-None-Match");
    if (known != null && known.contains(asset.tag())) {
      response.setStatusCode(304).end();
      return;
    }
    response
        .putHeader("Content-Type", asset.type())
        .putHeader("Content-Length", String.valueOf(asset.content().length()));
    if (request.method().equals(io.vertx.core.http.HttpMethod.HEAD)) {
      response.end();
    } else {
      response.end(asset.content());
    }
  }

  private static void absent(HttpServerResponse response) {
    response
        .putHeader("Content-Type", "text/plain; charset=utf-8")
        .putHeader("Cache-Control", "no-store")
        .end(Buffer.buffer(ABSENT.getBytes(StandardCharsets.UTF_8)));
  }
}
