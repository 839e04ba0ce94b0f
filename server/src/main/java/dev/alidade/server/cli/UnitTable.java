package dev.alidade.server.cli;

import dev.alidade.wire.MalformedFrameException;
import dev.alidade.wire.Tensors;
import dev.alidade.wire.proto.LayerPicture;
import dev.alidade.wire.proto.UnitState;
import java.util.List;
import java.util.Locale;

/**
 * The units of a layer for TensorBoard's projector: one row of numbers each, and one of words.
 *
 * <p>The numbers are the unit's class profile, or its place on the map where there are no classes.
 */
final class UnitTable {
  private final float[] values; // [columns, units] of profiles, [units, columns] of positions
  private final boolean profiles;
  private final int units;
  private final int columns;
  private final byte[] state;
  private final List<String> groups;

  UnitTable(LayerPicture picture, List<String> groups) throws MalformedFrameException {
    this.groups = groups;
    List<Integer> shape = picture.getProfiles().getShapeList();
    profiles = shape.size() == 2 && shape.get(0) > 1;
    values = Tensors.floats(profiles ? picture.getProfiles() : picture.getPositions());
    columns = profiles ? shape.get(0) : 2;
    units = values.length / columns;
    state = picture.getState().toByteArray();
  }

  private float value(int unit, int column) {
    return values[profiles ? column * units + unit : unit * columns + column];
  }

  String vectors() {
    StringBuilder text = new StringBuilder();
    for (int unit = 0; unit < units; unit++) {
      for (int column = 0; column < columns; column++) {
        text.append(column == 0 ? "" : "\t").append(value(unit, column));
      }
      text.append('\n');
    }
    return text.toString();
  }

  String metadata() {
    StringBuilder text = new StringBuilder("unit\tclass\tstate\n");
    for (int unit = 0; unit < units; unit++) {
      UnitState known = unit < state.length ? UnitState.forNumber(state[unit]) : null;
      String word = known == null ? "UNKNOWN" : known.name().replace("UNIT_STATE_", "");
      text.append(unit).append('\t').append(group(unit)).append('\t');
      text.append(word.toLowerCase(Locale.ROOT)).append('\n');
    }
    return text.toString();
  }

  /** The class that the unit answers to most. */
  private String group(int unit) {
    if (!profiles) {
      return "-";
    }
    int best = 0;
    for (int column = 1; column < columns; column++) {
      best = value(unit, column) > value(unit, best) ? column : best;
    }
    String name = best < groups.size() ? groups.get(best) : String.valueOf(best);
    return name.replaceAll("\\p{Cntrl}", " ");
  }
}
