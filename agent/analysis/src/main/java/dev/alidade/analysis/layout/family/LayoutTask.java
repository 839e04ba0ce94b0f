package dev.alidade.analysis.layout.family;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a family is asked for: the activity of a layer, how to compare units, where to start and
 * when to stop. Immutable; each setter gives another task. Arrays are not copied.
 */
public final class LayoutTask {
  private final Activity activity;
  private final Distance distance;
  private final long seed;
  private final float @Nullable [] warm;
  private final float @Nullable [] pose;
  private final Duration limit;
  private final BooleanSupplier cancelled;

  private LayoutTask(
      Activity activity,
      Distance distance,
      long seed,
      float @Nullable [] warm,
      float @Nullable [] pose,
      Duration limit,
      BooleanSupplier cancelled) {
    this.activity = activity;
    this.distance = distance;
    this.seed = seed;
    this.warm = warm;
    this.pose = pose;
    this.limit = limit;
    this.cancelled = cancelled;
  }

  /** By cosine, from scratch, with two minutes at most. */
  public static LayoutTask of(Activity activity) {
    return new LayoutTask(
        activity, Distance.COSINE, 0, null, null, Duration.ofMinutes(2), () -> false);
  }

  public LayoutTask distance(Distance chosen) {
    return new LayoutTask(activity, chosen, seed, warm, pose, limit, cancelled);
  }

  /** Of whatever is drawn by lot. */
  public LayoutTask seed(long chosen) {
    return new LayoutTask(activity, distance, chosen, warm, pose, limit, cancelled);
  }

  /** An earlier map of the same units, [units x 2], to start from. */
  public LayoutTask warm(float[] positions) {
    check("warm", positions);
    return new LayoutTask(activity, distance, seed, positions, pose, limit, cancelled);
  }

  /** A map of the same units, [units x 2], that the new one is turned to lie like. */
  public LayoutTask pose(float[] positions) {
    check("pose", positions);
    return new LayoutTask(activity, distance, seed, warm, positions, limit, cancelled);
  }

  /** After it the best so far is the result, so that it depends on the machine's speed. */
  public LayoutTask limit(Duration most) {
    if (most.isNegative() || most.isZero()) {
      throw new IllegalArgumentException("limit must be above 0: " + most);
    }
    return new LayoutTask(activity, distance, seed, warm, pose, most, cancelled);
  }

  /** Asked often; when true the layout is abandoned. */
  public LayoutTask cancelled(BooleanSupplier asked) {
    return new LayoutTask(activity, distance, seed, warm, pose, limit, asked);
  }

  private void check(String name, float[] positions) {
    if (positions.length != 2 * activity.units()) {
      throw new IllegalArgumentException(
          name
              + " must have two coordinates for each of "
              + activity.units()
              + " units: "
              + positions.length);
    }
  }

  Activity activity() {
    return activity;
  }

  Distance distance() {
    return distance;
  }

  long seed() {
    return seed;
  }

  float @Nullable [] warm() {
    return warm;
  }

  float @Nullable [] pose() {
    return pose;
  }

  Work begin() {
    return new Work(limit, cancelled, seed);
  }
}
