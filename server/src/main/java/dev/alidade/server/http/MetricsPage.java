package dev.alidade.server.http;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** {@code /metrics}, as text or as the protobuf that native histograms need. */
final class MetricsPage {
  /** Notes what only the event loop knows. */
  interface Before {
    void scrape();
  }

  private final ExpositionFormats formats = ExpositionFormats.init();
  private final Vertx vertx;
  private final PrometheusRegistry registry;
  private final Before before;

  MetricsPage(Vertx vertx, PrometheusRegistry registry, Before before) {
    this.vertx = vertx;
    this.registry = registry;
    this.before = before;
  }

  void serve(RoutingContext context) {
    before.scrape();
    String accept = context.request().getHeader("Accept");
    ExpositionFormatWriter writer = formats.findWriter(accept);
    vertx
        .executeBlocking(() -> page(writer, accept), false)
        .onSuccess(
            page ->
                context
                    .response()
                    .putHeader("Content-Type", writer.getContentType())
                    .putHeader("Cache-Control", "no-store")
                    .end(page))
        .onFailure(failure -> Replies.failure(context, failure));
  }

  private Buffer page(ExpositionFormatWriter writer, @Nullable String accept) throws Exception {
    ByteArrayOutputStream content = new ByteArrayOutputStream(1 << 16);
    writer.write(content, registry.scrape(), EscapingScheme.fromAcceptHeader(accept));
    return Buffer.buffer(content.toByteArray());
  }
}
