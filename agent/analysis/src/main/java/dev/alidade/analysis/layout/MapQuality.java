package dev.alidade.analysis.layout;

/**
 * How good and how calm a map is, of one tick.
 *
 * @param trustworthiness share of truth in what lies together, at k = 10 (Venna and Kaski 2001); 1
 *     is perfect, about 0.5 is chance
 * @param continuity share of what belongs together that lies together, at k = 10
 * @param kept share of the ten nearest neighbours that are neighbours on the map
 * @param displacement mean move since the last tick, as a share of the map's RMS radius
 * @param displacementP95 95th percentile of that move
 * @param drift 1 minus Spearman's correlation of the units' distances with those of the last tick:
 *     real change, not restlessness
 * @param tickNanos duration of the tick
 */
public record MapQuality(
    float trustworthiness,
    float continuity,
    float kept,
    float displacement,
    float displacementP95,
    float drift,
    long tickNanos) {}
