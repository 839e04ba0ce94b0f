package dev.alidade.listener.capture;

/**
 * What a layer's configuration says before its first activation is seen.
 *
 * @param channelsLast whether the units are the last axis (NHWC, NWC) rather than axis 1
 */
record LayerPlan(
    String name,
    String type,
    String activation,
    boolean output,
    Meaning meaning,
    boolean channelsLast) {
  int unitAxis(int rank) {
    return rank > 2 && channelsLast ? rank - 1 : 1;
  }
}
