import type { QualityData } from "../wire/messages";
import { figure, percent } from "./format";

export type Restlessness = "calm" | "settling" | "re-organising";

/**
 * A word for what the map is doing. Drift is real change of the network (1 − Spearman correlation
 * of the distances with the last tick's); displacement is what the eye sees, as a share of the
 * map's RMS radius per tick. The limits: below half a percent of movement nobody sees any, and a
 * drift of 0.15 means that neighbourhoods are being exchanged, not merely stretched.
 */
export function restlessness(quality: QualityData): Restlessness {
  if (quality.drift >= 0.15 || quality.displacement >= 0.08) return "re-organising";
  if (quality.drift >= 0.02 || quality.displacement >= 0.01) return "settling";
  return "calm";
}

export function qualityLines(quality: QualityData): readonly (readonly [string, string, string])[] {
  return [
    ["trustworthiness", figure(quality.trustworthiness), "neighbours on the map are alike in activity; 1 is perfect"],
    ["continuity", figure(quality.continuity), "units alike in activity are near on the map; 1 is perfect"],
    ["neighbours kept", percent(quality.kept), "of each unit's ten nearest"],
    ["movement", percent(quality.displacement), "of the map's radius per tick, mean"],
    ["movement, 95th percentile", percent(quality.displacementP95), "of the map's radius per tick"],
    ["drift", figure(quality.drift), "real change of the network since the last tick; 0 is none"],
    ["tick", `${figure(quality.tickMillis)} ms`, "time that this map took"],
  ];
}
