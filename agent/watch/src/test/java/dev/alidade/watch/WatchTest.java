package dev.alidade.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.watch.rule.RulePack;
import dev.alidade.watch.rule.Vocabulary;
import dev.alidade.wire.Frame;
import dev.alidade.wire.proto.Alert;
import dev.alidade.wire.proto.AlertState;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchTest {
  private static final RulePack DEFAULTS = RulePack.defaults();

  private static List<Alert> alerts(RulePack pack, Run run) throws Exception {
    Watch watch = new Watch(pack, "server");
    List<Alert> alerts = new ArrayList<>();
    for (Frame frame : run.frames()) {
      alerts.addAll(watch.accept(frame));
    }
    return alerts;
  }

  private static RulePack rule(String body) throws Exception {
    return RulePack.parse(
        "test.yaml",
        "rules:\n  - id: it\n    severity: warning\n" + body.indent(4),
        Vocabulary.common());
  }

  @Test
  void nanInOneLayer_isOneAlertThatNamesIt() throws Exception {
    Run run =
        new Run("conv", "dense", "out")
            .samples(5)
            .set("dense", "nan_count", 3)
            .set("out", "nan_count", 10)
            .score(Double.NaN)
            .samples(1)
            .set("conv", "nan_count", 90)
            .samples(3);

    List<Alert> alerts = alerts(DEFAULTS, run);

    assertThat(alerts)
        .filteredOn(alert -> alert.getCause().isEmpty())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.getSubject()).isEqualTo("dense");
              assertThat(alert.getRule()).isEqualTo("non-finite");
              assertThat(alert.getSinceIteration()).isEqualTo(60);
              assertThat(alert.getValue()).isEqualTo(3);
              assertThat(alert.getBefore()).isZero();
              assertThat(alert.getTop(0).getUnit()).isEqualTo(7);
            });
    assertThat(alerts)
        .filteredOn(alert -> !alert.getCause().isEmpty())
        .allSatisfy(alert -> assertThat(alert.getCause()).isEqualTo("non-finite/dense/60"))
        .extracting(Alert::getSubject)
        .contains("conv", "out");
  }

  @Test
  void healthyRun_hasNoAlert() throws Exception {
    assertThat(alerts(DEFAULTS, new Run("a", "b").samples(150))).isEmpty();
  }

  @Test
  void threshold_withHysteresis_staysFiringBetweenTheLimits() throws Exception {
    RulePack pack = rule("when: {quantity: rms, above: 10, clear: 5}\nfor: 2 samples");
    Run run =
        new Run("a")
            .samples(1)
            .set("a", "rms", 11)
            .samples(1)
            .set("a", "rms", 2)
            .samples(2)
            .set("a", "rms", 11)
            .samples(2)
            .set("a", "rms", 7)
            .samples(9)
            .set("a", "rms", 4)
            .samples(3);

    List<Alert> alerts = alerts(pack, run);

    assertThat(alerts)
        .extracting(Alert::getState)
        .containsExactly(AlertState.ALERT_STATE_FIRING, AlertState.ALERT_STATE_RESOLVED);
    assertThat(alerts).extracting(Alert::getId).containsOnly("it/a/50");
  }

  @Test
  void warmup_isNotJudged() throws Exception {
    RulePack pack = rule("when: {quantity: rms, above: 10}\nwarmup: 100 iterations");

    assertThat(alerts(pack, new Run("a").set("a", "rms", 11).samples(10))).isEmpty();
    assertThat(alerts(pack, new Run("a").set("a", "rms", 11).samples(11))).hasSize(1);
  }

  @Test
  void sameRuleElsewhere_followsFromTheFirstOnlyWithinTheSpan() throws Exception {
    RulePack pack = rule("when: {quantity: rms, above: 10}\ntogether: 5 samples");
    Run run =
        new Run("a", "b", "c")
            .set("a", "rms", 11)
            .samples(3)
            .set("b", "rms", 11)
            .samples(9)
            .set("c", "rms", 11)
            .samples(1);

    assertThat(alerts(pack, run))
        .extracting(Alert::getSubject, Alert::getCause)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("a", ""),
            org.assertj.core.groups.Tuple.tuple("b", "it/a/10"),
            org.assertj.core.groups.Tuple.tuple("c", ""));
  }

  @Test
  void moreAlertsThanTheRate_areCountedAndNotTold() throws Exception {
    RulePack pack = rule("when: {quantity: rms, above: 10}\nrate: 2 per hour\nclear_for: 1 sample");
    Run run = new Run("a");
    for (int i = 0; i < 5; i++) {
      run.set("a", "rms", 11).samples(1).set("a", "rms", 1).samples(1);
    }
    Watch watch = new Watch(pack, "server");
    List<Alert> alerts = new ArrayList<>();
    for (Frame frame : run.frames()) {
      alerts.addAll(watch.accept(frame));
    }

    assertThat(alerts).hasSize(4);
    assertThat(watch.suppressed()).containsEntry("it", 3L);
  }

  @Test
  void reload_keepsWhatUnchangedRulesKnow() throws Exception {
    String body = "when: {quantity: rms, above: 10}\nfor: 4 samples";
    Run run = new Run("a").set("a", "rms", 11).samples(4);
    Watch watch = new Watch(rule(body), "server");
    List<Alert> alerts = new ArrayList<>();
    for (int i = 0; i < run.frames().size(); i++) {
      if (i == 3) {
        watch.replace(rule(body));
      }
      alerts.addAll(watch.accept(run.frames().get(i)));
    }

    assertThat(alerts).hasSize(1);
  }

  @Test
  void silence_isNoticedLiveAndInHindsight_withTheSameAlert() throws Exception {
    RulePack pack = rule("scope: run\nwhen: {missing: {gaps: 5}}\nclear_for: 1 sample");
    Run run = new Run("a").samples(30);
    Watch live = new Watch(pack, "server");
    for (Frame frame : run.frames()) {
      assertThat(live.accept(frame)).isEmpty();
    }
    assertThat(live.silence(run.millis() + 29_000)).isEmpty();
    List<Alert> noticed = live.silence(run.millis() + 31_000);

    List<Alert> replayed = alerts(pack, run.wait(31_000).samples(2));

    assertThat(noticed)
        .singleElement()
        .satisfies(alert -> assertThat(alert.getState()).isEqualTo(AlertState.ALERT_STATE_FIRING));
    assertThat(replayed)
        .extracting(Alert::getState)
        .containsExactly(AlertState.ALERT_STATE_FIRING, AlertState.ALERT_STATE_RESOLVED);
  }

  @Test
  void sameFrames_giveTheSameAlerts() throws Exception {
    Run run = new Run("a", "b").samples(60).set("a", "rms", 30).samples(5).score(40).samples(60);

    assertThat(alerts(DEFAULTS, run)).isNotEmpty().isEqualTo(alerts(DEFAULTS, run));
  }

  @Test
  void growthByAFactor_isOneAlertAndIsOverWhenItHasSettled() throws Exception {
    RulePack pack =
        rule("when: {quantity: rms, change: {factor: 10, within: 100 iterations, direction: up}}");
    Run run = new Run("a").samples(10).set("a", "rms", 12).samples(80);

    assertThat(alerts(pack, run))
        .extracting(Alert::getState)
        .containsExactly(AlertState.ALERT_STATE_FIRING, AlertState.ALERT_STATE_RESOLVED);
  }

  @Test
  void relativeToLayerBelow_dividesByWhatFeedsIt() throws Exception {
    RulePack pack = rule("when: {quantity: std, relative_to: layer_below, below: 0.1}");

    List<Alert> alerts = alerts(pack, new Run("a", "b").set("b", "std", 0.05).samples(1));

    assertThat(alerts)
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.getSubject()).isEqualTo("b");
              assertThat(alert.getValue())
                  .isCloseTo(0.05, org.assertj.core.data.Offset.offset(1e-6));
              assertThat(alert.getLimit()).isEqualTo(0.1);
            });
  }
}
