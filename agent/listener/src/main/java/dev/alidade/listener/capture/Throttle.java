package dev.alidade.listener.capture;

/**
 * How much the training threads read, as the governor allows it. Written by the governor, read at
 * every sample.
 */
public final class Throttle {
  /**
   * @param rowDivisor share of the byte limit per layer that is used, as 1/n
   * @param layerDivisor every n-th layer in turn
   * @param iterationFactor times the {@code every} that was asked for
   */
  public record Level(int rowDivisor, int layerDivisor, int iterationFactor) {
    public static final Level FULL = new Level(1, 1, 1);
  }

  private volatile Level level = Level.FULL;

  public Level level() {
    return level;
  }

  public void set(Level next) {
    level = next;
  }
}
