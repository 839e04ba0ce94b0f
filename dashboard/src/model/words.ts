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

const MEANINGS: Readonly<Record<Restlessness, string>> = {
  calm: "neighbourhoods stay as they are",
  settling: "units still move a little; neighbourhoods mostly stay",
  "re-organising": "the network is changing which units are alike: neighbourhoods are being exchanged",
};

export function meaningOf(word: Restlessness): string {
  return MEANINGS[word];
}

/** Above this many units the agent judges some of them in turn, and the figures have an error. */
export const SAMPLED_ABOVE = 512;
const STRIDE = 8;
const MOST_PAIRS = 2 ** 19;
// Above that stride the ticks before count too, each by four fifths of the next: five ticks in all.
const TICKS = 5;

/** How many units of a layer the agent's figures rest on (dev.alidade.analysis.layout.Quality). */
export function judgedUnits(units: number): number {
  if (units <= SAMPLED_ABOVE) return units;
  const stride = Math.max(STRIDE, Math.floor((units * units) / MOST_PAIRS));
  return (units / stride) * (stride > STRIDE ? TICKS : 1);
}

/**
 * Standard error of a share that was measured on a sample, sqrt(p (1 − p) / sampled): an upper
 * bound, for the ten neighbours of a unit are taken for one observation. Zero when all were judged.
 */
export function samplingError(share: number, units: number): number {
  if (units <= SAMPLED_ABOVE || !Number.isFinite(share)) return 0;
  const p = Math.min(1, Math.max(0, share));
  return Math.sqrt((p * (1 - p)) / judgedUnits(units));
}

/** Name, figure and meaning of all that is known of a map's quality. */
export function qualityLines(quality: QualityData, units: number): readonly (readonly [string, string, string])[] {
  const error = (share: number) => {
    const e = samplingError(share, units);
    return e > 0 ? ` ± ${figure(Number(e.toPrecision(2)))}` : "";
  };
  const kept = samplingError(quality.kept, units);
  return [
    [
      "trustworthiness",
      figure(quality.trustworthiness) + error(quality.trustworthiness),
      "neighbours on the map are alike in activity; 1 is perfect",
    ],
    [
      "continuity",
      figure(quality.continuity) + error(quality.continuity),
      "units alike in activity are near on the map; 1 is perfect",
    ],
    ["neighbours kept", percent(quality.kept) + (kept > 0 ? ` ± ${percent(kept)}` : ""), "of each unit's ten nearest"],
    ["movement", percent(quality.displacement), "of the map's radius per tick, mean"],
    ["movement, 95th percentile", percent(quality.displacementP95), "of the map's radius per tick"],
    ["drift", figure(quality.drift), "real change of the network since the last tick; 0 is none"],
    ["tick", `${figure(quality.tickMillis)} ms`, "time that this map took"],
  ];
}
