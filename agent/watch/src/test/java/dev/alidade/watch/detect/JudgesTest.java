package dev.alidade.watch.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.watch.rule.Condition;
import dev.alidade.watch.rule.Condition.Change.Against;
import dev.alidade.watch.rule.Direction;
import dev.alidade.watch.rule.Measure;
import dev.alidade.watch.rule.Moment;
import dev.alidade.watch.rule.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class JudgesTest {
  private static final Measure RMS = new Measure("rms", Measure.Relation.NONE);

  /** Numbers of the samples, ten iterations apart, on which it holds. */
  private static List<Integer> holds(
      Condition.OfMeasure condition, int n, IntToDoubleFunction value) {
    Judge judge = Judge.of(condition);
    List<Integer> holds = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (judge.see(new Moment(i, 10L * (i + 1), 100L * i), value.applyAsDouble(i))
          == Verdict.HOLDS) {
        holds.add(i);
      }
    }
    return holds;
  }

  @Test
  void deviation_ofNoise_doesNotHold_andOfAStepDoes() {
    Random random = new Random(7);
    Condition.Deviation condition = new Condition.Deviation(RMS, 8, 50, Direction.UP);

    assertThat(holds(condition, 5_000, i -> 5 + random.nextGaussian())).isEmpty();
    assertThat(holds(condition, 200, i -> (i < 100 ? 5 : 50) + random.nextGaussian()))
        .startsWith(100)
        .hasSize(100);
  }

  @Test
  void deviation_thatLasts_becomesTheUsual() {
    Condition.Deviation condition = new Condition.Deviation(RMS, 8, 10, Direction.BOTH);

    assertThat(holds(condition, 200, i -> i < 50 ? 1 : 9)).startsWith(50).endsWith(69);
  }

  @Test
  void changePoint_findsASmallLastingShift_andNothingInNoise() {
    Condition.ChangePoint condition = new Condition.ChangePoint(RMS, 50, 1, 25);
    Random random = new Random(3);

    assertThat(holds(condition, 5_000, i -> random.nextGaussian())).isEmpty();
    assertThat(holds(condition, 400, i -> (i < 200 ? 0 : 3) + random.nextGaussian()).get(0))
        .isBetween(201, 230);
  }

  @Test
  void change_byADifference_looksAtTheStartOfTheWindow() {
    Condition.Change condition =
        new Condition.Change(
            RMS, new Span(100, Span.Unit.ITERATIONS), Double.NaN, 0.5, Direction.UP, Against.START);

    assertThat(holds(condition, 100, i -> i * 0.04)).isEmpty();
    assertThat(holds(condition, 100, i -> i * 0.06)).isNotEmpty();
  }

  @Test
  void flat_holdsOnlyOverAFullWindowWithoutMovement() {
    Condition.Flat condition = new Condition.Flat(RMS, new Span(300, Span.Unit.ITERATIONS), 0.01);

    assertThat(holds(condition, 27, i -> 1)).as("window not full").isEmpty();
    assertThat(holds(condition, 60, i -> 1)).isNotEmpty();
    assertThat(holds(condition, 60, i -> Math.exp(-i / 50.0))).isEmpty();
  }

  @Test
  void switched_holdsForAnotherIdAfterALongTimeOfOne() {
    Condition.Switched condition = new Condition.Switched(RMS, 10);

    assertThat(holds(condition, 30, i -> i < 20 ? 7 : 8)).containsExactly(20);
    assertThat(holds(condition, 100, i -> i % 3)).isEmpty();
  }

  @Test
  void beyondFit_findsAJumpOverTheLaw_andNothingBelowIt() {
    // f(t) = e^(-βt)(A1 ln(t + τ0) + A2) + K, the emergence law, at 3 % noise.
    Random random = new Random(5);
    IntToDoubleFunction law =
        i -> {
          double t = (i + 1) / 4.0;
          double f = Math.exp(-.02 * t) * (67.032 * Math.log(t + 20) - 200.81) + 10;
          return f * (1 + .03 * random.nextGaussian());
        };
    Condition.BeyondFit condition = new Condition.BeyondFit(RMS, 3);

    assertThat(holds(condition, 400, law)).isEmpty();
    assertThat(holds(condition, 400, i -> law.applyAsDouble(i) * (i == 390 ? 6 : 1)))
        .containsExactly(390);
  }

  @Test
  void baseline_agreesWithSorting() {
    Random random = new Random(11);
    for (int window = 1; window < 12; window++) {
      Baseline baseline = new Baseline(window);
      List<Double> newest = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        double value = random.nextInt(20) - 10;
        baseline.add(value);
        newest.add(value);
        if (newest.size() > window) {
          newest.remove(0);
        }
        double median = median(newest);
        assertThat(baseline.median()).isEqualTo(median);
        double[] deviations =
            newest.stream().mapToDouble(v -> Math.abs(v - median)).sorted().toArray();
        double mad = deviations[deviations.length / 2];
        assertThat(baseline.spread())
            .isEqualTo(Math.max(Baseline.NORMAL * mad, Math.max(1e-3 * Math.abs(median), 1e-12)));
      }
    }
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
    int n = sorted.length;
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }
}
