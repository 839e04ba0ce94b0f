package dev.alidade.analysis;

import java.util.Objects;

/**
 * What is known of a layer before it has been seen.
 *
 * @param activation "relu", "tanh", "sigmoid", "hardtanh", "identity", ...: the framework's name in
 *     lower case, empty for none; saturation is told by it
 * @param groups how many groups of observations there are; 0 for none
 * @param output whether it is an output layer of its network
 */
public record LayerTraits(String name, int units, String activation, int groups, boolean output) {
  public LayerTraits {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(activation, "activation");
    if (units < 1) {
      throw new IllegalArgumentException("units must be at least 1: " + units);
    }
    if (groups < 0) {
      throw new IllegalArgumentException("groups must be at least 0: " + groups);
    }
  }
}
