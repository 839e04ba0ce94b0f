package dev.alidade.analysis.layout.family;

import dev.alidade.analysis.layout.Pose;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What all families share: who takes part, maps of fewer than four units, one isotropic scale, the
 * pose, the rim for the dead, and the judgement.
 */
abstract class Placement implements LayoutFamily {
  private static final float RIM = 1.12f;
  private static final double GOLDEN_ANGLE = 2.4;
  private static final byte DEAD = 1;
  private static final float LEAST_TRUTH = 0.85f;

  private final String name;

  Placement(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  /** Places the four or more units of {@code vectors} in any scale and pose. */
  abstract void place(Vectors vectors, Start start, Work work, float[] x, float[] y);

  @Override
  public final FamilyMap lay(LayoutTask task) {
    Work work = task.begin();
    Vectors vectors = Vectors.of(task.activity(), task.distance());
    int n = vectors.count;
    float[] x = new float[n];
    float[] y = new float[n];
    if (n > 3) {
      place(vectors, new Start(usable(task.warm(), vectors)), work, x, y);
    } else if (n == 3) {
      triangle(vectors, x, y);
    } else if (n == 2) {
      x[1] = 1;
    }
    if (!Plane.scale(n, x, y, 1) && n > 1) {
      Plane.disc(n, x, y, 1);
      Plane.scale(n, x, y, 1);
    }
    float[] pose = task.pose();
    turn(vectors, pose == null ? task.warm() : pose, x, y);
    float[] positions = spread(vectors, task.activity().units(), x, y);
    byte[] states = new byte[task.activity().units()];
    Arrays.fill(states, DEAD);
    for (int unit : vectors.live) {
      states[unit] = 0;
    }
    double seconds = work.nanos() / 1e9;
    return new FamilyMap(positions, states, Judge.of(vectors, x, y), seconds);
  }

  /** An earlier map that says too little of these units would be a worse start than none. */
  private static float @Nullable [] usable(float @Nullable [] warm, Vectors vectors) {
    if (warm == null) {
      return null;
    }
    float[] x = new float[vectors.count];
    float[] y = new float[vectors.count];
    for (int i = 0; i < x.length; i++) {
      x[i] = warm[2 * vectors.live[i]];
      y[i] = warm[2 * vectors.live[i] + 1];
    }
    return Judge.of(vectors, x, y).trustworthiness() >= LEAST_TRUTH ? warm : null;
  }

  /** By its three sides; where they are all zero, with equal ones. */
  private static void triangle(Vectors vectors, float[] x, float[] y) {
    double a = vectors.distance(0, 1);
    double b = vectors.distance(0, 2);
    double c = vectors.distance(1, 2);
    if (!(Math.min(a, Math.min(b, c)) > 1e-6)) {
      a = 1;
      b = 1;
      c = 1;
    }
    double along = (a * a + b * b - c * c) / (2 * a);
    x[1] = (float) a;
    x[2] = (float) along;
    y[2] = (float) Math.sqrt(Math.max(0, b * b - along * along));
  }

  private static void turn(Vectors vectors, float @Nullable [] to, float[] x, float[] y) {
    int n = vectors.count;
    if (to == null || n == 0) {
      return;
    }
    float[] targetX = new float[n];
    float[] targetY = new float[n];
    for (int i = 0; i < n; i++) {
      targetX[i] = to[2 * vectors.live[i]];
      targetY[i] = to[2 * vectors.live[i] + 1];
    }
    if (!Plane.scale(n, targetX, targetY, 1)) {
      return;
    }
    Pose pose = new Pose();
    pose.fit(n, x, y, targetX, targetY);
    for (int i = 0; i < n; i++) {
      float px = x[i];
      x[i] = pose.x(px, y[i]);
      y[i] = pose.y(px, y[i]);
    }
  }

  private static float[] spread(Vectors vectors, int units, float[] x, float[] y) {
    float reach = 0.5f;
    for (int i = 0; i < vectors.count; i++) {
      reach = Math.max(reach, (float) Math.hypot(x[i], y[i]));
    }
    float[] positions = new float[2 * units];
    for (int u = 0; u < units; u++) {
      positions[2 * u] = RIM * reach * (float) Math.cos(GOLDEN_ANGLE * u);
      positions[2 * u + 1] = RIM * reach * (float) Math.sin(GOLDEN_ANGLE * u);
    }
    for (int i = 0; i < vectors.count; i++) {
      positions[2 * vectors.live[i]] = x[i];
      positions[2 * vectors.live[i] + 1] = y[i];
    }
    return positions;
  }
}
