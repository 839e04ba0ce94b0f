package dev.alidade.server.picture;

import com.google.protobuf.ByteString;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.LayerPicture;
import java.util.Random;

/** Pictures for tests: units strewn over a disc, groups as bumps on different sides of it. */
final class Maps {
  private Maps() {}

  static LayerPicture strewn(int units, int groups, int dead) {
    Random random = new Random(7);
    float[] positions = new float[2 * units];
    float[] values = new float[units];
    float[] profiles = new float[groups * units];
    byte[] states = new byte[units];
    for (int unit = 0; unit < units; unit++) {
      boolean isDead = unit < dead;
      double r = isDead ? 2.1 : 1.9 * Math.sqrt(random.nextDouble());
      double angle = (isDead ? unit / (double) dead : random.nextDouble()) * 2 * Math.PI;
      states[unit] = (byte) (isDead ? 1 : 0);
      positions[2 * unit] = (float) (r * Math.cos(angle));
      positions[2 * unit + 1] = (float) (r * Math.sin(angle));
      values[unit] = (float) Math.exp(-r * r);
      for (int group = 0; group < groups; group++) {
        double from = angle - 2 * Math.PI * group / groups;
        profiles[group * units + unit] = (float) (0.9 * Math.cos(from) * Math.min(1, r));
      }
    }
    return LayerPicture.newBuilder()
        .setPositions(Tensors.u16(positions, -2.2f, 2.2f, units, 2))
        .setValues(Tensors.u8(values, -1, 1, units))
        .setProfiles(Tensors.u8(profiles, -1, 1, groups, units))
        .setState(ByteString.copyFrom(states))
        .setValueRange(1)
        .setProfileRange(1)
        .build();
  }

  static LayerMap map(int units, int groups, int dead) throws Exception {
    return LayerMap.of(strewn(units, groups, dead), "relu", false);
  }

  /** An affine field over a square grid: interpolation must give it back exactly. */
  static LayerPicture affine(int side, float x, float y) {
    int units = side * side;
    float[] positions = new float[2 * units];
    float[] values = new float[units];
    for (int unit = 0; unit < units; unit++) {
      float px = -1 + 2f * (unit % side) / (side - 1);
      float py = -1 + 2f * Math.floorDiv(unit, side) / (side - 1);
      positions[2 * unit] = px;
      positions[2 * unit + 1] = py;
      values[unit] = x * px + y * py;
    }
    return LayerPicture.newBuilder()
        .setPositions(Tensors.f32(positions, units, 2))
        .setValues(Tensors.f32(values, units))
        .setProfiles(Tensors.f32(values, 1, units))
        .setValueRange(1)
        .setProfileRange(1)
        .build();
  }
}
