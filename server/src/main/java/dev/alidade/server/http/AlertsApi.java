package dev.alidade.server.http;

import dev.alidade.recording.StoredFrame;
import dev.alidade.server.alert.AlertDesk;
import dev.alidade.server.alert.Replayed;
import dev.alidade.server.store.Runs;
import dev.alidade.watch.rule.Rule;
import dev.alidade.watch.rule.RuleException;
import dev.alidade.watch.rule.RulePack;
import dev.alidade.watch.rule.Vocabulary;
import dev.alidade.wire.RunId;
import dev.alidade.wire.proto.Alert;
import dev.alidade.wire.proto.AlertState;
import dev.alidade.wire.proto.Kind;
import dev.alidade.wire.proto.Severity;
import dev.alidade.wire.proto.Top;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Alerts, the rules behind them, and rules tried on what is recorded. */
public final class AlertsApi {
  private static final int MOST_ALERTS = 5_000;
  private static final long MOST_BYTES = 32L << 20;

  private final Runs runs;
  private final AlertDesk desk;

  public AlertsApi(Runs runs, AlertDesk desk) {
    this.runs = runs;
    this.desk = desk;
  }

  /** What fires now, in all runs. */
  void standing(RoutingContext context) {
    JsonArray all = new JsonArray();
    for (AlertDesk.Standing each : desk.standing()) {
      all.add(json(each.alert()).put("run", each.run().value()).put("runName", each.runName()));
    }
    Replies.json(context, 200, all.encode());
  }

  /** Every change of state of one run, as its log has it. */
  void history(RoutingContext context) {
    runs.read(
            new RunId(context.pathParam("run")),
            reader -> {
              List<Alert> alerts = new ArrayList<>();
              for (StoredFrame stored :
                  reader.range(Kind.KIND_ALERT, 0, Long.MAX_VALUE, MOST_ALERTS, MOST_BYTES)) {
                alerts.add(stored.frame().payload(Alert.parser()));
              }
              return alerts;
            })
        .onSuccess(alerts -> Replies.json(context, 200, json(alerts).encode()))
        .onFailure(failure -> Replies.failure(context, failure));
  }

  /** The rules in force, with what they mean. */
  void rules(RoutingContext context) {
    JsonArray all = new JsonArray();
    desk.pack().rules().forEach(rule -> all.add(json(rule)));
    Replies.json(
        context,
        200,
        new JsonObject().put("rules", all).put("defaults", RulePack.defaultText()).encode());
  }

  /** What a file of rules would have said of a run: {@code {"rules": "…yaml…"}}. */
  void preview(RoutingContext context) {
    RulePack pack;
    try {
      JsonObject body = new JsonObject(context.body().buffer());
      pack = RulePack.parse("rules", String.valueOf(body.getString("rules")), Vocabulary.common());
    } catch (RuleException e) {
      JsonObject error =
          new JsonObject()
              .put("error", e.getMessage())
              .put("line", e.line())
              .put("column", e.column());
      Replies.json(context, 400, error.encode());
      return;
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      Replies.error(context, 400, "the body must be {\"rules\": \"…\"}");
      return;
    }
    runs.read(
            new RunId(context.pathParam("run")),
            reader -> Replayed.alerts(reader, pack, MOST_ALERTS))
        .onSuccess(alerts -> Replies.json(context, 200, json(alerts).encode()))
        .onFailure(failure -> Replies.failure(context, failure));
  }

  private static JsonArray json(List<Alert> alerts) {
    JsonArray all = new JsonArray();
    alerts.forEach(alert -> all.add(json(alert)));
    return all;
  }

  private static JsonObject json(Alert alert) {
    JsonArray top = new JsonArray();
    for (Top each : alert.getTopList()) {
      top.add(
          new JsonObject()
              .put("unit", Integer.toUnsignedLong(each.getUnit()))
              .put("value", finite(each.getValue())));
    }
    return new JsonObject()
        .put("id", alert.getId())
        .put("rule", alert.getRule())
        .put("severity", name(alert.getSeverity()))
        .put("state", name(alert.getState()))
        .put("cause", alert.getCause())
        .put("subject", alert.getSubject())
        .put("layer", alert.hasLayer() ? alert.getLayer() : null)
        .put("sinceIteration", alert.getSinceIteration())
        .put("sinceMillis", alert.getSinceMillis())
        .put("quantity", alert.getQuantity())
        .put("value", finite(alert.getValue()))
        .put("before", finite(alert.getBefore()))
        .put("limit", finite(alert.getLimit()))
        .put("summary", alert.getSummary())
        .put("top", top)
        .put("evaluatedBy", alert.getEvaluatedBy());
  }

  private static String name(Severity severity) {
    return severity.name().replace("SEVERITY_", "").toLowerCase(Locale.ROOT);
  }

  private static String name(AlertState state) {
    return state.name().replace("ALERT_STATE_", "").toLowerCase(Locale.ROOT);
  }

  private static JsonObject json(Rule rule) {
    JsonArray actions = new JsonArray();
    rule.actions().forEach(action -> actions.add(action.kind().name().toLowerCase(Locale.ROOT)));
    return new JsonObject()
        .put("id", rule.id())
        .put("name", rule.name())
        .put("scope", rule.scope().name().toLowerCase(Locale.ROOT))
        .put("severity", name(rule.severity()))
        .put("meaning", rule.text().meaning())
        .put("why", rule.text().why())
        .put("try", rule.text().advice())
        .put("reference", rule.text().reference())
        .put("actions", actions);
  }

  /** JSON has no NaN and no infinity: they go as text. */
  private static @Nullable Object finite(double value) {
    return Double.isFinite(value)
        ? (Object) value
        : Double.isNaN(value) ? null : value > 0 ? "∞" : "-∞";
  }
}
