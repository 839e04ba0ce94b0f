package dev.alidade.server.picture;

import dev.alidade.wire.proto.UnitState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tinfour.common.SimpleTriangle;
import org.tinfour.common.Vertex;
import org.tinfour.standard.IncrementalTin;
import org.tinfour.utils.TriangleCollector;

/**
 * Delaunay triangles over the units that are alive, as the page makes them: dead units are parked
 * on the rim, and a surface through them would paint where nothing is known.
 */
final class Delaunay {
  private static final int[] NONE = {};

  private Delaunay() {}

  /** Three units each; none when fewer than three places are taken or all lie on a line. */
  static int[] triangles(float[] positions, byte[] states) {
    List<Vertex> vertices = new ArrayList<>();
    Set<Long> taken = new HashSet<>();
    for (int unit = 0; unit < states.length; unit++) {
      float x = positions[2 * unit];
      float y = positions[2 * unit + 1];
      // Units on one place are one vertex; the library would merge them under a new identity.
      long place = ((long) Float.floatToIntBits(x) << 32) | (Float.floatToIntBits(y) & 0xffffffffL);
      if (states[unit] != UnitState.UNIT_STATE_DEAD_VALUE && taken.add(place)) {
        vertices.add(new Vertex(x, y, 0, unit));
      }
    }
    if (vertices.size() < 3) {
      return NONE;
    }
    IncrementalTin tin = new IncrementalTin(1 / Math.sqrt(vertices.size()));
    tin.add(vertices, null);
    if (!tin.isBootstrapped()) {
      return NONE;
    }
    Collected collected = new Collected(vertices.size());
    TriangleCollector.visitSimpleTriangles(tin, collected::add);
    tin.dispose();
    return collected.trimmed();
  }

  private static final class Collected {
    private int[] units;
    private int length;

    Collected(int vertices) {
      units = new int[vertices * 6];
    }

    void add(SimpleTriangle triangle) {
      if (triangle.isGhost()) {
        return;
      }
      if (length + 3 > units.length) {
        units = java.util.Arrays.copyOf(units, units.length * 2);
      }
      units[length++] = triangle.getVertexA().getIndex();
      units[length++] = triangle.getVertexB().getIndex();
      units[length++] = triangle.getVertexC().getIndex();
    }

    int[] trimmed() {
      return java.util.Arrays.copyOf(units, length);
    }
  }
}
