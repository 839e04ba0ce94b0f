package dev.alidade.listener.pipeline;

import dev.alidade.analysis.parameter.ArrayStats;
import dev.alidade.analysis.parameter.ParameterQuantity;
import dev.alidade.listener.capture.Network;
import dev.alidade.listener.capture.ParameterInfo;
import dev.alidade.listener.capture.ParameterValues;
import dev.alidade.listener.capture.ParameterValues.Part;
import dev.alidade.listener.capture.Sample;
import dev.alidade.wire.proto.Description;
import dev.alidade.wire.proto.Numbers;
import dev.alidade.wire.proto.Parameter;
import dev.alidade.wire.proto.ParameterNumbers;
import dev.alidade.wire.proto.Scope;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The arrays of parameters of all networks, and what is said of them. */
final class ParameterDesk {
  private static final float[] NOTHING = {};

  private final List<Parameter> all = new ArrayList<>();
  private final Map<String, Integer> firsts = new HashMap<>();
  private final ArrayStats weights = new ArrayStats();
  private final ArrayStats gradients = new ArrayStats();
  private final ArrayStats updates = new ArrayStats();
  private final Map<Part, float[]> scratch = new EnumMap<>(Part.class);
  private boolean grown;

  /** Reads the sample's, if it has any. */
  void read(Sample sample, Map<Integer, Track> tracks, Numbers.Builder numbers) {
    ParameterValues read = sample.parameters();
    Network network = sample.network();
    if (!read.present() || read.arrays() != network.parameters().size() || tracks.isEmpty()) {
      return;
    }
    int first = firsts.computeIfAbsent(network.signature(), unused -> add(network, tracks));
    float[] ofWeights = decoded(read, Part.WEIGHTS);
    float[] ofGradients = decoded(read, Part.GRADIENTS);
    float[] ofUpdates = decoded(read, Part.UPDATES);
    for (int i = 0; i < read.arrays(); i++) {
      weights.read(ofWeights, read.start(i), read.count(i));
      gradients.read(ofGradients, read.start(i), read.count(i));
      updates.read(ofUpdates, read.start(i), read.count(i));
      ParameterNumbers.Builder said =
          ParameterNumbers.newBuilder()
              .setParameter(first + i)
              .setWeights(Track.histogram(weights.histogram()))
              .setGradients(Track.histogram(gradients.histogram()))
              .setUpdates(Track.histogram(updates.histogram()));
      for (ParameterQuantity quantity : ParameterQuantity.all()) {
        said.addValues((float) quantity.of(weights, gradients, updates));
      }
      numbers.addParameters(said);
    }
  }

  private int add(Network network, Map<Integer, Track> tracks) {
    int first = all.size();
    for (ParameterInfo info : network.parameters()) {
      Parameter.Builder said =
          Parameter.newBuilder().setName(info.name()).addAllShape(info.shape());
      Track track = tracks.get(info.layer());
      if (track != null) {
        said.setLayer(track.index());
      }
      all.add(said.build());
    }
    grown = true;
    return first;
  }

  /** In scratch of its own for each part, which only grows. */
  private float[] decoded(ParameterValues read, Part part) {
    float[] values = scratch.getOrDefault(part, NOTHING);
    if (values.length < read.elements()) {
      values = new float[read.elements()];
      scratch.put(part, values);
    }
    read.decode(part, values);
    return values;
  }

  /** Whether arrays were added since the last call. */
  boolean hasGrown() {
    boolean was = grown;
    grown = false;
    return was;
  }

  /** Adds arrays and quantities, once there are any. */
  Description describe(Description description) {
    if (all.isEmpty()) {
      return description;
    }
    Description.Builder more = description.toBuilder().addAllParameters(all);
    for (ParameterQuantity quantity : ParameterQuantity.all()) {
      more.addQuantities(Catalogue.said(quantity.info(), Scope.SCOPE_PARAMETER));
    }
    return more.build();
  }
}
