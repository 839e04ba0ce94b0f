package dev.alidade.server.laws;

import dev.alidade.analysis.laws.Fit;
import dev.alidade.analysis.laws.Fitted;
import dev.alidade.analysis.laws.Forecast;
import dev.alidade.analysis.laws.Parameter;
import dev.alidade.analysis.laws.PastForecast;
import dev.alidade.analysis.laws.Rival;
import dev.alidade.analysis.laws.Samples;
import dev.alidade.analysis.laws.Unidentifiable;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** What a law of a layer is to a page: every x turned into iterations. */
final class LawJson {
  private static final int AHEAD_POINTS = 24;
  private static final double AHEAD = 1.5;
  private static final String ABSTAINING = "not identifiable yet";

  private LawJson() {}

  static JsonObject of(String layer, Followed followed) {
    JsonObject json =
        new JsonObject()
            .put("layer", layer)
            .put("quantity", followed.quantity)
            .put("samples", followed.offered());
    Fit fit = followed.fit();
    if (fit instanceof Fitted fitted) {
      fitted(json, followed, fitted);
    } else {
      json.put("state", ABSTAINING).put("reason", reason(fit));
    }
    JsonArray past = new JsonArray();
    if (fit != null) {
      fit.past().forEach(each -> past.add(past(followed, each)));
    }
    return json.put("past", past);
  }

  private static String reason(@Nullable Fit fit) {
    String said = fit instanceof Unidentifiable no ? no.reason() : "needs more samples";
    return said.startsWith(ABSTAINING + ": ") ? said.substring(ABSTAINING.length() + 2) : said;
  }

  private static void fitted(JsonObject json, Followed followed, Fitted fit) {
    JsonObject parameters = new JsonObject();
    fit.parameters().forEach(each -> parameters.put(each.name(), interval(each)));
    JsonObject aic = new JsonObject().put(fit.law(), finite(fit.aic()));
    fit.rivals().forEach(rival -> aic.put(name(rival), finite(rival.aic())));
    json.put("state", "fitted")
        .put("parameters", parameters)
        .put("r2", finite(fit.r2()))
        .put("aic", aic)
        .put("curve", curve(followed, fit))
        .put("forecast", forecast(followed, fit));
    if (fit.law().equals("emergence")) {
      json.put("peak", parameters.getJsonObject("tPeak"));
      json.put("limit", parameters.getJsonObject("K"));
    } else {
      boolean falling = parameters.containsKey("b");
      json.put("direction", falling ? "falling" : "rising");
      json.put("limit", parameters.getJsonObject("A0"));
    }
  }

  private static String name(Rival rival) {
    return rival.name().startsWith("1") ? "saturation" : rival.name();
  }

  private static JsonObject interval(Parameter parameter) {
    return new JsonObject()
        .put("value", finite(parameter.value()))
        .put("low", finite(parameter.low()))
        .put("high", finite(parameter.high()));
  }

  private static JsonObject curve(Followed followed, Fitted fit) {
    JsonArray iterations = new JsonArray();
    JsonArray values = new JsonArray();
    Samples samples = followed.samples();
    for (int i = 0; i < samples.size(); i++) {
      if (samples.time(i) >= fit.from()) {
        iterations.add(finite(followed.iterationAt(samples.time(i))));
        values.add(finite(fit.curve().at(samples.time(i))));
      }
    }
    return new JsonObject().put("iteration", iterations).put("fit", values);
  }

  private static JsonObject forecast(Followed followed, Fitted fit) {
    JsonArray iterations = new JsonArray();
    JsonArray low = new JsonArray();
    JsonArray mid = new JsonArray();
    JsonArray high = new JsonArray();
    for (int i = 0; i <= AHEAD_POINTS; i++) {
      double x = followed.lastX() * (1 + (AHEAD - 1) * i / AHEAD_POINTS);
      Forecast forecast = fit.forecast(x);
      iterations.add(finite(followed.iterationAt(x)));
      low.add(finite(forecast.low()));
      mid.add(finite(forecast.value()));
      high.add(finite(forecast.high()));
    }
    return new JsonObject()
        .put("iteration", iterations)
        .put("low", low)
        .put("mid", mid)
        .put("high", high);
  }

  /** Errors as absolute values. */
  private static JsonObject past(Followed followed, PastForecast each) {
    double at = followed.iterationAt(each.madeAt());
    return new JsonObject()
        .put("at", finite(at))
        .put("horizon", finite(followed.iterationAt(each.t()) - at))
        .put("error", finite(each.error()))
        .put("persistence", finite(each.persistenceError()))
        .put("line", finite(each.lineError()));
  }

  /** JSON has no NaN. */
  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
