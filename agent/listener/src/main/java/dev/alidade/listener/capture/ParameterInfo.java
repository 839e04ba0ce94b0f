package dev.alidade.listener.capture;

import java.util.List;

/**
 * One array of parameters of a network.
 *
 * @param name as the framework has it, "0_W"
 * @param layer index of the layer it belongs to; -1 for none
 */
public record ParameterInfo(String name, int layer, List<Integer> shape) {
  public ParameterInfo {
    shape = List.copyOf(shape);
  }
}
