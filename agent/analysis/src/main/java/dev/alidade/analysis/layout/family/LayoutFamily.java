package dev.alidade.analysis.layout.family;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One way to lay out a layer's units, chosen by name.
 *
 * <pre>{@code
 * Activity activity = Activity.observations(values, 1000, 512);  // [1000 x 512] row-major
 * FamilyMap map = LayoutFamily.of("umap").lay(LayoutTask.of(activity));
 * float[] xy = map.positions();                                  // [512 x 2], RMS radius 1
 * }</pre>
 *
 * <p>Implementations hold no state: any number of threads may share one. The same task gives the
 * same map, bit for bit, unless its time limit cut it short.
 */
public interface LayoutFamily {
  /** The layout that is drawn while a network trains; it is not one of these. */
  String LIVE = "live";

  /** As it is chosen by. */
  String name();

  /**
   * Lays the units out.
   *
   * @throws java.util.concurrent.CancellationException when the task was cancelled
   */
  FamilyMap lay(LayoutTask task);

  /** The names of all families, in the order in which they are shown; the live one is not in it. */
  static List<String> names() {
    return List.copyOf(all().keySet());
  }

  /**
   * The family of that name.
   *
   * @throws IllegalArgumentException naming those that exist
   */
  static LayoutFamily of(String name) {
    LayoutFamily family = all().get(name);
    if (family == null) {
      String why =
          name.equals(LIVE)
              ? "layout 'live' is drawn while a network trains, not computed afterwards; computed: "
              : "unknown layout '" + name + "'; known: " + LIVE + ", ";
      throw new IllegalArgumentException(why + String.join(", ", names()));
    }
    return family;
  }

  private static Map<String, LayoutFamily> all() {
    List<Placement> starts =
        List.of(
            new PcaFamily(),
            new SomFamily(),
            new GraphFamily(),
            new TsneFamily(),
            new UmapFamily());
    Map<String, LayoutFamily> all = new LinkedHashMap<>();
    starts.forEach(each -> all.put(each.name(), each));
    LayoutFamily swarm = new SwarmFamily();
    all.put(swarm.name(), swarm);
    for (Placement start : starts) {
      LayoutFamily spread = new SpreadFamily(start);
      all.put(spread.name(), spread);
    }
    return all;
  }
}
