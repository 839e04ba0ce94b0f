package dev.alidade.listener.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.alidade.listener.capture.Clock;
import dev.alidade.listener.capture.Effort;
import dev.alidade.listener.capture.Throttle;
import dev.alidade.listener.capture.Throttle.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class GovernorTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Time that only a test moves. */
  private static final class FakeClock implements Clock {
    long now = 1_000 * SECOND;

    @Override
    public long nanos() {
      return now;
    }

    @Override
    public long cpuNanos() {
      return now;
    }

    @Override
    public long epochMillis() {
      return TimeUnit.NANOSECONDS.toMillis(now);
    }
  }

  private final FakeClock clock = new FakeClock();
  private final Effort effort = new Effort();
  private final Throttle throttle = new Throttle();
  private final List<String> notes = new ArrayList<>();
  private final Governor governor = new Governor(effort, throttle, 0.01, 0.10, clock, notes::add);

  /** Training on one core, of which callbacks take a share, and numbers of another core. */
  private void pass(int seconds, double callbackShare, double numbersShare) {
    for (int i = 0; i < seconds; i++) {
      clock.now += SECOND;
      effort.add((long) (callbackShare * SECOND), SECOND, 20);
      governor.numbersTook((long) (numbersShare * SECOND));
      governor.look();
    }
  }

  @Test
  void dataWaitShare_isOfTheTimeThatIteratorsFed() {
    assertThat(governor.dataWaitShare()).isNaN();
    effort.addFed(SECOND, 4 * SECOND);
    effort.addFed(0, 4 * SECOND);
    assertThat(governor.dataWaitShare()).isEqualTo(0.125);
  }

  @Test
  void withinBothBudgets_everythingIsRead() {
    pass(300, 0.009, 0.09);
    assertThat(throttle.level()).isEqualTo(Level.FULL);
    assertThat(notes).isEmpty();
  }

  @Test
  void callbackAboveItsBudget_costsRowsThenLayersThenIterations() {
    List<Level> seen = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      pass(10, 0.015, 0);
      seen.add(throttle.level());
    }
    assertThat(seen)
        .startsWith(
            new Level(2, 1, 1),
            new Level(4, 1, 1),
            new Level(8, 1, 1),
            new Level(8, 2, 1),
            new Level(8, 4, 1),
            new Level(8, 4, 2),
            new Level(8, 4, 4));
    assertThat(notes).hasSize(12);
    assertThat(notes.get(0))
        .startsWith("governor reads less: copying 1.50 % of training (budget 1.00 %)")
        .endsWith("now 1/2 of the rows, 1/1 of the layers, 1/1 of the iterations asked for");
  }

  @Test
  void farAboveTheBudget_itActsSooner() {
    pass(4, 0.08, 0);
    assertThat(throttle.level()).isEqualTo(new Level(2, 1, 1));
  }

  @Test
  void numbersAboveTheAnalysisBudget_costRowsToo() {
    pass(11, 0, 0.15);
    assertThat(throttle.level()).isEqualTo(new Level(2, 1, 1));
  }

  @Test
  void plentyOfRoomForAMinute_givesAStepBack() {
    pass(20, 0.015, 0);
    Level low = throttle.level();
    pass(59, 0.001, 0.001);
    assertThat(throttle.level()).isEqualTo(low);
    pass(1, 0.001, 0.001);
    assertThat(throttle.level().rowDivisor()).isEqualTo(low.rowDivisor() / 2);
    assertThat(notes.get(notes.size() - 1)).startsWith("governor reads more");
  }

  @Test
  void shareJustBelowTheBudget_givesNoStepBack() {
    pass(20, 0.015, 0);
    int steps = notes.size();
    pass(300, 0.006, 0);
    assertThat(notes).hasSize(steps);
  }

  @Test
  void mapsLiveOnWhatNumbersLeave() {
    pass(60, 0, 0.06);
    // Six seconds of a minute's ten per cent; numbers took 3.6.
    assertThat(governor.mayTick(2 * SECOND, false)).isTrue();
    assertThat(governor.mayTick(3 * SECOND, false)).isFalse();
    assertThat(governor.mayTick(3 * SECOND, true)).isTrue();
    assertThat(governor.mayTick(21 * SECOND, true)).isFalse();
    assertThat(notes)
        .containsExactly(
            "maps are drawn more rarely than samples come: analysis budget 10.0 % of a core");
    governor.layoutTook(2 * SECOND);
    assertThat(governor.mayTick(SECOND, false)).isFalse();
    pass(60, 0, 0);
    assertThat(governor.mayTick(5 * SECOND, false)).isTrue();
  }

  @Test
  void ticksThatAskFirst_keepTheAverageWithinTheBudget() {
    double ticked = 0;
    for (int i = 0; i < 600; i++) {
      clock.now += SECOND / 10;
      if (governor.mayTick(SECOND / 25, false)) {
        governor.layoutTook(SECOND / 25);
        ticked += 0.04;
      }
    }
    assertThat(ticked / 60).isCloseTo(0.10, within(0.005));
    assertThat(governor.analysisShare()).isLessThanOrEqualTo(0.10);
  }

  @Test
  void shares_areWhatWasSpent() {
    pass(30, 0.004, 0.02);
    assertThat(governor.callbackShare()).isCloseTo(0.004, within(1e-9));
    assertThat(governor.analysisShare()).isCloseTo(0.02, within(1e-9));
    assertThat(governor.iterationRate()).isCloseTo(20, within(3.0));
  }

  @Test
  void warmUp_isShownUntilThereIsMore_andNeverActedOn() {
    assertThat(governor.callbackShare()).isNaN();
    effort.addEarly(SECOND / 2, SECOND);
    assertThat(governor.callbackShare()).isEqualTo(0.5);
    clock.now += 20 * SECOND;
    governor.look();
    assertThat(throttle.level()).isEqualTo(Level.FULL);
    effort.add(SECOND / 1000, SECOND, 1);
    assertThat(governor.callbackShare()).isEqualTo(0.001);
  }
}
