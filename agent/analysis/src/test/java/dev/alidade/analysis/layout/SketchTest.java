package dev.alidade.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SketchTest {
  private static final int UNITS = 60;

  @Test
  void probe_isExact() {
    float[] observations = Planted.groups(200, UNITS, 5, 0.3f, 1);
    Sketch sketch = new Sketch(UNITS, Kernels.plain());
    sketch.take(batch(observations, 200));
    sketch.complete();

    for (int i = 0; i < UNITS; i++) {
      for (int j = 0; j < UNITS; j++) {
        double cosine = NaiveQuality.cosine(observations, 200, UNITS, i, j);
        assertThat((double) sketch.distance(i, j)).isCloseTo(1 - cosine, within(1e-5));
      }
    }
  }

  @Test
  void stream_isCloseToTheGramMatrix() {
    Sketch sketch = new Sketch(UNITS, Kernels.plain());
    Gram gram = new Gram(UNITS, Kernels.plain());
    for (int t = 0; t < 40; t++) {
      Batch batch = batch(Planted.groups(128, UNITS, 5, 0.3f, 50 + t), 128);
      float retention = Math.min(0.95f, t / (t + 1f));
      sketch.fold(batch, retention);
      gram.fold(batch, retention);
    }
    sketch.complete();
    gram.complete();

    double square = 0;
    for (int i = 0; i < UNITS; i++) {
      for (int j = 0; j < i; j++) {
        square += Math.pow(sketch.distance(i, j) - gram.distance(i, j), 2);
      }
    }
    // The error of a sketch is 1 / √512 at most.
    assertThat(Math.sqrt(2 * square / (UNITS * (UNITS - 1)))).isLessThan(1.2 / Math.sqrt(512));
  }

  @Test
  void multiply_isByTheMatrixOfCosines() {
    float[] observations = Planted.groups(100, UNITS, 5, 0.3f, 2);
    Sketch sketch = new Sketch(UNITS, Kernels.plain());
    sketch.take(batch(observations, 100));
    sketch.complete();
    int[] live = {3, 8, 20};
    float[] out = new float[3];
    sketch.multiply(live, 3, new float[] {1, -2, 0.5f}, out);

    for (int s = 0; s < 3; s++) {
      double expected =
          NaiveQuality.cosine(observations, 100, UNITS, live[s], 3)
              - 2 * NaiveQuality.cosine(observations, 100, UNITS, live[s], 8)
              + 0.5 * NaiveQuality.cosine(observations, 100, UNITS, live[s], 20);
      assertThat((double) out[s]).isCloseTo(expected, within(1e-4));
    }
  }

  private static Batch batch(float[] observations, int rows) {
    Batch batch = new Batch(UNITS);
    batch.load(observations, rows, rows);
    return batch;
  }
}
