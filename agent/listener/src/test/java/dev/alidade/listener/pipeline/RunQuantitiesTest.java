package dev.alidade.listener.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.alidade.wire.proto.Quantity;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunQuantitiesTest {
  private final RunQuantities quantities = new RunQuantities();

  @Test
  void ownSeries_isAnnouncedOnce_andEachValueIsHandedOutOnce() {
    int fixed = quantities.announced().size();
    assertThat(quantities.hasGrown()).isTrue();
    assertThat(quantities.hasGrown()).isFalse();
    assertThat(quantities.log("Val accuracy %", 0.5)).isTrue();
    assertThat(quantities.log("Val accuracy %", 0.75)).isTrue();
    assertThat(quantities.hasGrown()).isTrue();
    List<Quantity> announced = quantities.announced();
    assertThat(announced).hasSize(fixed + 1);
    assertThat(announced.get(fixed).getId()).isEqualTo("val_accuracy");
    assertThat(announced.get(fixed).getName()).isEqualTo("Val accuracy %");
    // A value whose quantity is not announced yet waits.
    assertThat(quantities.take(fixed)).hasSize(fixed);
  }

  @Test
  void valueWhoseQuantityIsNotAnnounced_waitsForTheNextSample() {
    int fixed = quantities.announced().size();
    quantities.log("own", 0.75);
    quantities.take(fixed);
    assertThat(quantities.unsent()).containsEntry("own", 0.75);
    assertThat(quantities.take(fixed + 1).get(fixed)).isEqualTo(0.75f);
    assertThat(quantities.unsent()).isEmpty();
    assertThat(quantities.take(fixed + 1).get(fixed)).isNaN();
  }

  @Test
  void namesThatDifferOnlyInSigns_getIdsOfTheirOwn() {
    int fixed = quantities.announced().size();
    quantities.log("a b", 1);
    quantities.log("a-b", 2);
    quantities.log("§", 3);
    assertThat(quantities.announced().subList(fixed, fixed + 3))
        .extracting(Quantity::getId)
        .containsExactly("a_b", "a_b_2", "series_");
  }
}
