package dev.alidade.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AssetsTest {
  private static final Map<String, String> FILES =
      Map.of(
          "index.html",
          "<!doctype html>",
          "assets/index-C6QTFu8d.js",
          "let a",
          "icon.svg",
          "<svg/>");

  @TempDir Path folder;
  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;

  @AfterEach
  void stop() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private URL inFolder() throws Exception {
    for (var file : FILES.entrySet()) {
      Path path = folder.resolve("dashboard").resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return folder.toUri().toURL();
  }

  private URL inJar() throws Exception {
    Path jar = folder.resolve("dashboard.jar");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (var file : FILES.entrySet()) {
        zip.putNextEntry(new ZipEntry("dashboard/" + file.getKey()));
        zip.write(file.getValue().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    return jar.toUri().toURL();
  }

  private void serve(URL... classPath) throws Exception {
    try (URLClassLoader loader = new URLClassLoader(classPath, null)) {
      Router router = Router.router(vertx);
      router.route().handler(Assets.load(loader)::serve);
      server =
          vertx
              .createHttpServer()
              .requestHandler(router)
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get(30, TimeUnit.SECONDS);
    }
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.actualPort() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  private static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void files_are_served_from_a_folder_and_from_a_jar() throws Exception {
    for (URL place : new URL[] {inFolder(), inJar()}) {
      serve(place);
      HttpResponse<String> script = get("/assets/index-C6QTFu8d.js");
      assertThat(script.body()).isEqualTo("let a");
      assertThat(header(script, "Content-Type")).startsWith("text/javascript");
      assertThat(header(script, "Cache-Control")).contains("immutable");
      assertThat(header(get("/icon.svg"), "Cache-Control")).isEqualTo("no-cache");
    }
  }

  @Test
  void page_of_the_application_is_its_index() throws Exception {
    serve(inJar());
    for (String path : new String[] {"/", "/runs", "/runs/x", "/compare"}) {
      assertThat(get(path).body()).isEqualTo("<!doctype html>");
    }
    assertThat(get("/assets/absent.js").statusCode()).isEqualTo(404);
  }

  @Test
  void unchanged_file_is_not_sent_again() throws Exception {
    serve(inJar());
    String tag = header(get("/"), "ETag");
    HttpResponse<String> again = get("/", "If-None-Match", tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
  }

  @Test
  void absent_dashboard_is_told() throws Exception {
    serve();
    assertThat(get("/").body()).isEqualTo("The dashboard was not built in.\n");
  }
}
