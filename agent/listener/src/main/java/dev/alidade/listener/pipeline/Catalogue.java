package dev.alidade.listener.pipeline;

import dev.alidade.analysis.quantity.Cost;
import dev.alidade.analysis.quantity.LayerQuantity;
import dev.alidade.analysis.quantity.QuantityInfo;
import dev.alidade.listener.capture.Failures;
import dev.alidade.listener.capture.LayerInfo;
import dev.alidade.listener.capture.Network;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Quantity;
import dev.alidade.wire.proto.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All layers of all networks of the run, in the order of the description, which only grows. */
final class Catalogue {
  private static final int MOST_NETWORKS = 64;

  private final List<LayerQuantity> quantities;
  private final RunQuantities runQuantities;
  private final Failures failures;
  private final Map<String, Map<Integer, Track>> bySignature = new HashMap<>();
  private final Map<Network, Map<Integer, Track>> byNetwork = new HashMap<>();
  private final List<Track> all = new ArrayList<>();
  private int groups;
  private int announcedRunQuantities;
  private String model = "";
  private boolean grown = true;

  Catalogue(List<LayerQuantity> quantities, RunQuantities runQuantities, Failures failures) {
    this.quantities = quantities;
    this.runQuantities = runQuantities;
    this.failures = failures;
  }

  /**
   * The tracks of a network, by the index of its layers; new ones when it was not seen before, none
   * when there are too many networks.
   *
   * @param groupCount groups of its labels, 0 for none
   */
  Map<Integer, Track> tracks(Network network, int groupCount) {
    Map<Integer, Track> known = byNetwork.get(network);
    if (known != null) {
      return known;
    }
    Map<Integer, Track> tracks = bySignature.get(network.signature());
    if (tracks == null) {
      tracks = bySignature.size() < MOST_NETWORKS ? add(network, groupCount) : Map.of();
      bySignature.put(network.signature(), tracks);
    }
    if (byNetwork.size() > 4 * MOST_NETWORKS) {
      byNetwork.clear();
    }
    byNetwork.put(network, tracks);
    return tracks;
  }

  private Map<Integer, Track> add(Network network, int groupCount) {
    String name = bySignature.isEmpty() ? "" : "network" + (bySignature.size() + 1);
    Map<Integer, Track> tracks = new HashMap<>();
    for (int i = 0; i < network.layers().size(); i++) {
      LayerInfo layer = network.layers().get(i);
      if (layer.units() > 0) {
        Track track = new Track(all.size(), layer, name, groupCount, quantities, failures);
        tracks.put(i, track);
        all.add(track);
      }
    }
    groups = Math.max(groups, groupCount);
    model = model.isEmpty() ? network.kind() : model;
    grown = true;
    return tracks;
  }

  /** Whether the description says more than the last time. */
  boolean hasGrown() {
    boolean quantities = runQuantities.hasGrown();
    boolean was = grown || quantities;
    grown = false;
    return was;
  }

  /** How many run quantities the last description announced: what Numbers may refer to. */
  int announcedRunQuantities() {
    return announcedRunQuantities;
  }

  /** Adds layers, quantities and groups to what is constant. */
  Description describe(Description constant) {
    Description.Builder description = constant.toBuilder().setModel(model);
    all.forEach(track -> description.addLayers(track.described()));
    for (LayerQuantity quantity : quantities) {
      description.addQuantities(said(quantity));
    }
    List<Quantity> run = runQuantities.announced();
    announcedRunQuantities = run.size();
    description.addAllQuantities(run);
    for (int group = 0; group < groups; group++) {
      description.addGroups(Integer.toString(group));
    }
    return description.build();
  }

  private static Quantity said(LayerQuantity quantity) {
    return said(quantity.info(), Scope.SCOPE_LAYER).toBuilder()
        .setSparse(quantity.cost() == Cost.SLOW)
        .build();
  }

  static Quantity said(QuantityInfo info, Scope scope) {
    return Quantity.newBuilder()
        .setId(info.id())
        .setName(info.name())
        .setUnit(info.unit())
        .setMeaning(info.meaning())
        .setSource(info.source())
        .setScope(scope)
        .setLow(info.low())
        .setHigh(info.high())
        .setGroup(info.group())
        .build();
  }
}
