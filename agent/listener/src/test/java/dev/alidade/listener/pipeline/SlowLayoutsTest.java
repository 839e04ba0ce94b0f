package dev.alidade.listener.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.alidade.listener.capture.Clock;
import dev.alidade.listener.capture.Failures;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.LayerLayout;
import dev.alidade.wire.proto.Layouts;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SlowLayoutsTest {
  private static final int UNITS = 24;
  private static final int ROWS = 40;

  private final Failures failures = new Failures();
  private final SlowLayouts slow =
      new SlowLayouts(LayoutChoice.of("dense*=pca,out=tsne"), 1, Clock.SYSTEM, failures);

  @AfterEach
  void close() {
    slow.close();
  }

  /** Units on a ring. */
  private static float[] observations() {
    float[] values = new float[ROWS * UNITS];
    for (int at = 0; at < values.length; at++) {
      double phase = 2 * Math.PI * (at % UNITS) / UNITS;
      int row = at / UNITS;
      values[at] = (float) Math.cos(row * 0.7 - phase);
    }
    return values;
  }

  private static float[] ring() {
    float[] live = new float[2 * UNITS];
    for (int unit = 0; unit < UNITS; unit++) {
      live[2 * unit] = (float) Math.cos(2 * Math.PI * unit / UNITS);
      live[2 * unit + 1] = (float) Math.sin(2 * Math.PI * unit / UNITS);
    }
    return live;
  }

  private void offer(int layer, String name, long iteration) {
    slow.offer(layer, name, observations(), ROWS, UNITS, ring(), iteration);
  }

  private Layouts awaited(String... offered) {
    AtomicReference<Layouts> found = new AtomicReference<>();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              for (int layer = 0; layer < offered.length; layer++) {
                offer(layer, offered[layer], 30);
              }
              Layouts layouts = slow.poll();
              if (layouts != null) {
                found.set(layouts);
              }
              return layouts != null && layouts.getLayersCount() == offered.length;
            });
    return found.get();
  }

  @Test
  void layout_liesLikeTheLiveMap() throws Exception {
    LayerLayout layout = awaited("dense1").getLayers(0);

    assertThat(layout.getMethod()).isEqualTo("pca");
    assertThat(layout.getDistance()).isEqualTo("cosine");
    assertThat(layout.getBasis()).isEqualTo("observations");
    assertThat(layout.getQuality().getTrustworthiness()).isGreaterThan(0.95f);
    assertThat(slow.iteration()).isEqualTo(30);
    float[] positions = Tensors.floats(layout.getPositions());
    for (int at = 0; at < positions.length; at++) {
      assertThat(positions[at]).isCloseTo(ring()[at], within(0.15f));
    }
    assertThat(failures.total()).isZero();
  }

  @Test
  void everyChosenLayer_hasItsTurn() {
    Layouts layouts = awaited("dense1", "dense2", "out");

    assertThat(layouts.getLayersList()).extracting(LayerLayout::getLayer).containsExactly(0, 1, 2);
    assertThat(layouts.getLayers(2).getMethod()).isEqualTo("tsne");
    assertThat(slow.spentNanos()).isPositive();
  }

  @Test
  void layerThatWasForgotten_holdsNobodyUp() {
    awaited("dense1", "dense2");
    slow.forget(0);
    slow.poll();

    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              offer(1, "dense2", 70);
              return slow.poll() != null && slow.iteration() == 70;
            });
  }

  @Test
  void liveLayer_isLeftToTheLiveMap() {
    for (int round = 0; round < 3; round++) {
      AtomicReference<Layouts> found = new AtomicReference<>();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                offer(1, "conv", 10);
                offer(0, "dense1", 10);
                found.set(slow.poll());
                return found.get() != null;
              });
      assertThat(found.get().getLayersList()).extracting(LayerLayout::getLayer).containsExactly(0);
    }
  }

  @Test
  void closed_takesNothingMore() {
    slow.close();
    offer(0, "dense1", 10);

    assertThat(slow.poll()).isNull();
    assertThat(slow.spentNanos()).isZero();
  }
}
