package dev.alidade.analysis.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class PoseTest {
  @Property(tries = 60)
  void fit_undoesRotationReflectionAndTranslation(
      @ForAll @IntRange(min = -180, max = 180) int degrees,
      @ForAll boolean mirrored,
      @ForAll long seed) {
    int n = 20;
    double angle = Math.toRadians(degrees);
    Random random = new Random(seed);
    float[] targetX = new float[n];
    float[] targetY = new float[n];
    for (int i = 0; i < n; i++) {
      targetX[i] = (float) random.nextGaussian();
      targetY[i] = (float) random.nextGaussian();
    }
    centre(targetX);
    centre(targetY);
    float[] x = new float[n];
    float[] y = new float[n];
    for (int i = 0; i < n; i++) {
      double py = mirrored ? -targetY[i] : targetY[i];
      x[i] = (float) (Math.cos(angle) * targetX[i] - Math.sin(angle) * py + 3);
      y[i] = (float) (Math.sin(angle) * targetX[i] + Math.cos(angle) * py - 7);
    }
    Pose pose = new Pose();
    pose.fit(n, x, y, targetX, targetY);

    for (int i = 0; i < n; i++) {
      assertThat(pose.x(x[i], y[i])).isCloseTo(targetX[i], within(1e-4f));
      assertThat(pose.y(x[i], y[i])).isCloseTo(targetY[i], within(1e-4f));
    }
  }

  private static void centre(float[] axis) {
    float mean = 0;
    for (float v : axis) {
      mean += v / axis.length;
    }
    for (int i = 0; i < axis.length; i++) {
      axis[i] -= mean;
    }
  }
}
