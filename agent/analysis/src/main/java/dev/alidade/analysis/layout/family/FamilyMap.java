package dev.alidade.analysis.layout.family;

/** A map that a family made. The arrays are the caller's. */
public final class FamilyMap {
  /**
   * How true the map is, at k = 10 (Venna and Kaski 2001).
   *
   * @param trustworthiness share of truth in what lies together; 1 is perfect, about 0.5 chance
   * @param continuity share of what belongs together that lies together
   * @param kept share of the ten nearest neighbours that are neighbours on the map
   */
  public record Truth(float trustworthiness, float continuity, float kept) {}

  private final float[] positions;
  private final byte[] states;
  private final Truth truth;
  private final double seconds;

  FamilyMap(float[] positions, byte[] states, Truth truth, double seconds) {
    this.positions = positions;
    this.states = states;
    this.truth = truth;
    this.seconds = seconds;
  }

  /** [units x 2], the live units about the origin with an RMS radius of 1, the dead on a rim. */
  public float[] positions() {
    return positions;
  }

  /** Of each unit: 0 alive, 1 dead (UnitState of the wire). */
  public byte[] states() {
    return states;
  }

  /** By the distance that the map was made by; of sampled units above 2,048. */
  public Truth truth() {
    return truth;
  }

  /** That it took, judging it left out. */
  public double seconds() {
    return seconds;
  }
}
