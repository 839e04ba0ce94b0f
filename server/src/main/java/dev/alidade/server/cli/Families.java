package dev.alidade.server.cli;

import dev.alidade.analysis.layout.family.Activity;
import dev.alidade.analysis.layout.family.FamilyMap;
import dev.alidade.analysis.layout.family.LayoutFamily;
import dev.alidade.analysis.layout.family.LayoutTask;
import java.io.IOException;
import java.util.List;

/** The layouts that an export computes, each turned to lie like the live one. */
final class Families {
  static final String ALL = "all";
  static final String NONE = "none";

  private final List<LayoutFamily> families;

  private Families(List<LayoutFamily> families) {
    this.families = families;
  }

  /** By name, or one of {@link #ALL} and {@link #NONE}. */
  static Families of(List<String> names) {
    if (names.equals(List.of(NONE))) {
      return new Families(List.of());
    }
    List<String> wanted = names.equals(List.of(ALL)) ? LayoutFamily.names() : names;
    try {
      return new Families(wanted.stream().distinct().map(LayoutFamily::of).toList());
    } catch (IllegalArgumentException e) {
      throw new Failure(Plain.text(String.valueOf(e.getMessage())));
    }
  }

  void write(LayerMoment moment, Npz archive) throws IOException {
    Activity activity =
        Activity.observations(moment.activations(), moment.observations(), moment.units());
    for (LayoutFamily each : families) {
      FamilyMap map = each.lay(LayoutTask.of(activity).pose(moment.positions()));
      archive.add("pos_" + each.name(), map.positions(), moment.units(), 2);
      archive.add("sec_" + each.name(), map.seconds());
    }
  }
}
