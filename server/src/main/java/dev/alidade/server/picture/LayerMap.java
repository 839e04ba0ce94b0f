package dev.alidade.server.picture;

import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.UnitState;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One layer's map of one moment, decoded: where its units are, what each has of every field, and
 * the triangles between them, made once for all fields.
 */
public final class LayerMap {
  /** Fewer units than this are drawn as discs: a surface through so few points says nothing. */
  static final int FEWEST_FOR_SURFACE = 17;

  private static final Pattern MAGNITUDES =
      Pattern.compile(
          "relu|relu6|thresholdedrelu|sigmoid|hardsigmoid|softmax|softplus",
          Pattern.CASE_INSENSITIVE);

  final int units;
  final int groups;
  final float[] positions;
  final byte[] states;
  final float[] profiles;
  private final float[] values;
  private final float valueRange;
  private final float profileRange;
  private final boolean isSigned;
  private int @Nullable [] triangles;

  /**
   * @param activation of the layer; it decides whether its values are magnitudes
   * @param aligned whether to turn the map so that groups lie as in the layer before
   */
  public static LayerMap of(LayerPicture picture, String activation, boolean aligned)
      throws MalformedFrameException {
    return new LayerMap(picture, activation, aligned);
  }

  private LayerMap(LayerPicture picture, String activation, boolean aligned)
      throws MalformedFrameException {
    positions = Tensors.floats(picture.getPositions());
    units = positions.length / 2;
    values = picture.hasValues() ? Tensors.floats(picture.getValues()) : new float[units];
    profiles = picture.hasProfiles() ? Tensors.floats(picture.getProfiles()) : new float[0];
    if (values.length != units || (units > 0 && profiles.length % units != 0)) {
      throw new MalformedFrameException(
          "a picture must have [units] values and [groups, units] profiles: %d, %d for %d units"
              .formatted(values.length, profiles.length, units));
    }
    groups = units == 0 ? 0 : profiles.length / units;
    // An absent state means that every unit is alive: proto3 leaves out what is all default.
    states = new byte[units];
    byte[] told = picture.getState().toByteArray();
    System.arraycopy(told, 0, states, 0, Math.min(told.length, units));
    if (aligned && picture.getPoseCount() == 4) {
      turn(picture);
    }
    valueRange = picture.getValueRange() > 0 ? picture.getValueRange() : 1;
    profileRange = picture.getProfileRange() > 0 ? picture.getProfileRange() : 1;
    isSigned = !MAGNITUDES.matcher(activation).matches() && hasNegative(picture.getValueRange());
  }

  /** On the way from one map of a layer to its next. */
  private LayerMap(LayerMap from, LayerMap to, float share, boolean isSigned) {
    units = from.units;
    groups = from.groups;
    states = from.states;
    valueRange = from.valueRange;
    profileRange = from.profileRange;
    this.isSigned = isSigned;
    boolean isMoving = share > 0 && to.units == units && to.groups == groups;
    if (!isMoving) {
      positions = from.positions;
      values = from.values;
      profiles = from.profiles;
      triangles = from.triangles();
      return;
    }
    boolean isStill = Arrays.equals(from.positions, to.positions);
    positions = isStill ? from.positions : between(from.positions, to.positions, share, 1);
    // Shares of a range that may change between the two: what is drawn is the share.
    values = between(from.values, to.values, share, from.valueRange / to.valueRange);
    profiles = between(from.profiles, to.profiles, share, from.profileRange / to.profileRange);
    if (isStill) {
      triangles = from.triangles();
    }
  }

  private static float[] between(float[] from, float[] to, float share, float scale) {
    float[] result = new float[from.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = from[i] + share * (scale * to[i] - from[i]);
    }
    return result;
  }

  /**
   * What is drawn on the way from this map to the next of the same layer: units move on straight
   * lines and their colours with them; who is dead and what the range is stays as it was.
   *
   * @param share of the way, 0 to 1
   * @param isSigned whether values are drawn as signed, which a film decides once
   */
  public LayerMap towards(LayerMap next, float share, boolean isSigned) {
    return new LayerMap(this, next, share, isSigned);
  }

  /** Three units each; none when there are too few for a surface. */
  int[] triangles() {
    if (triangles == null) {
      triangles = units < FEWEST_FOR_SURFACE ? new int[0] : Delaunay.triangles(positions, states);
    }
    return triangles;
  }

  private void turn(LayerPicture picture) {
    for (int unit = 0; unit < units; unit++) {
      float x = positions[2 * unit];
      float y = positions[2 * unit + 1];
      positions[2 * unit] = picture.getPose(0) * x + picture.getPose(1) * y;
      positions[2 * unit + 1] = picture.getPose(2) * x + picture.getPose(3) * y;
    }
  }

  // A quantised zero may decode to a hair below it.
  private boolean hasNegative(float range) {
    for (float value : values) {
      if (value < -0.02f * range) {
        return true;
      }
    }
    return false;
  }

  /** How many profiles each unit has. */
  public int groups() {
    return groups;
  }

  boolean isDiscs() {
    return units < FEWEST_FOR_SURFACE;
  }

  float dotAlpha(Theme theme) {
    return units > 250 ? 0.3f : theme.dotAlpha;
  }

  boolean isDead(int unit) {
    return states[unit] == UnitState.UNIT_STATE_DEAD_VALUE;
  }

  boolean isNewborn(int unit) {
    return states[unit] == UnitState.UNIT_STATE_NEWBORN_VALUE;
  }

  /** Whether what a field says has a sign. */
  public boolean isSigned(Field field) {
    return !(field instanceof Field.Activity) || isSigned;
  }

  /** What the strongest colour stands for. */
  public float range(Field field) {
    return field instanceof Field.Activity ? valueRange : profileRange;
  }

  /** What the field says of each unit as a share of its range, into an array of at least units. */
  void levels(Field field, float[] into) {
    float range = range(field);
    for (int unit = 0; unit < units; unit++) {
      into[unit] = value(field, unit) / range;
    }
  }

  private float value(Field field, int unit) {
    if (field instanceof Field.Group group) {
      return profiles[group.group() * units + unit];
    }
    if (field instanceof Field.Contrast contrast) {
      return profiles[contrast.plus() * units + unit] - profiles[contrast.minus() * units + unit];
    }
    return values[unit];
  }

  /** Half the side of the square that shows every unit, in RMS radii: one scale for both axes. */
  public float extent() {
    double most = 0;
    for (int unit = 0; unit < units; unit++) {
      most = Math.max(most, Math.hypot(positions[2 * unit], positions[2 * unit + 1]));
    }
    return (float) Math.min(6, Math.max(1.2, most)) * (isDiscs() ? 1.3f : 1.07f);
  }
}
