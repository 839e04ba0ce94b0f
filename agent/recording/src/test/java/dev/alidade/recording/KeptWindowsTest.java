package dev.alidade.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KeptWindowsTest {
  @Provide
  Arbitrary<List<KeptWindow>> windows() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 200), Arbitraries.longs().between(0, 20))
        .as((from, length) -> new KeptWindow(from, from + length))
        .list()
        .ofMaxSize(40);
  }

  @Property(tries = 200)
  void windows_hold_what_a_set_of_iterations_would(@ForAll("windows") List<KeptWindow> added) {
    KeptWindows all = KeptWindows.NONE;
    BitSet expected = new BitSet();
    for (KeptWindow each : added) {
      all = all.with(each);
      expected.set((int) each.fromIteration(), (int) each.toIteration() + 1);
    }

    BitSet held = new BitSet();
    long last = -1;
    for (KeptWindow each : KeptWindows.parse(all.toString()).windows()) {
      assertThat(each.fromIteration()).isGreaterThan(last);
      last = each.toIteration();
      held.set((int) each.fromIteration(), (int) each.toIteration() + 1);
    }
    assertThat(held).isEqualTo(expected);
  }

  @Test
  void there_are_never_more_than_a_reader_takes() {
    KeptWindows all = KeptWindows.NONE;
    for (long i = 0; i < 3_000; i++) {
      all = all.with(new KeptWindow(i * 1_000_000_000_000L, i * 1_000_000_000_000L + 1));
    }

    assertThat(all.windows()).hasSize(KeptWindows.MOST);
    assertThat(all.toString().length()).isLessThan(65_536);
  }

  @Test
  void text_from_a_stranger_is_passed_over() {
    assertThat(KeptWindows.parse("1-2,x,9-8,99999999999999999999-1,-5-7,30-40").windows())
        .containsExactly(new KeptWindow(1, 2), new KeptWindow(30, 40));
    assertThatThrownBy(() -> new KeptWindow(5, 4)).hasMessageContaining("5 to 4");
  }
}
