import { DEAD } from "../wire/messages";

// Clustering takes time with the cube of the groups; above this they keep their own order.
const MOST_GROUPS = 300;
const EQUAL = 1e-6;

/**
 * Groups in an order in which like ones stand side by side, by the agent's rule (GroupOrder in
 * agent/analysis, whose test vectors hold for both): distance 1 − Pearson correlation of profiles
 * over the living units; average linkage; when two rows join, the least distance between the ends
 * that touch decides how each is turned; the whole is turned if its last group is smaller than its
 * first. Distances count as equal within 1e-6, and then the smaller groups come first.
 *
 * profiles is [groups × units], states one entry per unit; the answer holds the members.
 */
export function similarOrder(
  profiles: Float32Array,
  states: Uint8Array,
  members: readonly number[],
): readonly number[] {
  const n = members.length;
  if (n < 2 || n > MOST_GROUPS) return [...members];
  const distance = distances(profiles, states, members);
  const between = Float64Array.from(distance);
  // Both sorted by their smallest group, which is what a tie asks for.
  let rows = members.map((_, i) => [i]);
  let ids = members.map((_, i) => i);
  while (rows.length > 1) {
    const [a, b] = closest(ids, between, n);
    const left = rows[a] as number[];
    const right = rows[b] as number[];
    const idA = ids[a] as number;
    const idB = ids[b] as number;
    for (const id of ids) {
      if (id === idA || id === idB) continue;
      const sum = left.length * (between[idA * n + id] as number) + right.length * (between[idB * n + id] as number);
      between[idA * n + id] = between[id * n + idA] = sum / (left.length + right.length);
    }
    rows[a] = joined(left, right, distance, n);
    rows = rows.filter((_, at) => at !== b);
    ids = ids.filter((_, at) => at !== b);
  }
  const order = rows[0] as number[];
  if ((order[n - 1] as number) < (order[0] as number)) order.reverse();
  return order.map((i) => members[i] as number);
}

function closest(ids: readonly number[], between: Float64Array, n: number): readonly [number, number] {
  let best: [number, number] = [0, 1];
  let least = Infinity;
  for (let a = 0; a < ids.length; a++) {
    for (let b = a + 1; b < ids.length; b++) {
      const d = between[(ids[a] as number) * n + (ids[b] as number)] as number;
      if (d < least - EQUAL) {
        least = d;
        best = [a, b];
      }
    }
  }
  return best;
}

function joined(left: number[], right: number[], distance: Float64Array, n: number): number[] {
  const turns: readonly [number[], number[]][] = [
    [left, right],
    [left, [...right].reverse()],
    [[...left].reverse(), right],
    [[...left].reverse(), [...right].reverse()],
  ];
  let best = turns[0] as [number[], number[]];
  let least = Infinity;
  for (const turn of turns) {
    const d = distance[(turn[0].at(-1) as number) * n + (turn[1][0] as number)] as number;
    if (d < least - EQUAL) {
      least = d;
      best = turn;
    }
  }
  return [...best[0], ...best[1]];
}

function distances(profiles: Float32Array, states: Uint8Array, members: readonly number[]): Float64Array {
  const n = members.length;
  const rows = members.map((group) => centred(profiles, states, group));
  const out = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      let dot = 0;
      const ra = rows[a] as Float64Array;
      const rb = rows[b] as Float64Array;
      for (let u = 0; u < ra.length; u++) dot += (ra[u] as number) * (rb[u] as number);
      out[a * n + b] = out[b * n + a] = 1 - dot;
    }
  }
  return out;
}

/** A profile less its mean, of length one; all zero where it does not vary: like none, unlike none. */
function centred(profiles: Float32Array, states: Uint8Array, group: number): Float64Array {
  const units = states.length;
  const row = new Float64Array(units);
  let sum = 0;
  let count = 0;
  for (let u = 0; u < units; u++) {
    if (states[u] === DEAD) continue;
    sum += profiles[group * units + u] ?? 0;
    count++;
  }
  let squares = 0;
  for (let u = 0; u < units; u++) {
    if (states[u] === DEAD) continue;
    row[u] = (profiles[group * units + u] ?? 0) - sum / count;
    squares += (row[u] as number) ** 2;
  }
  const norm = Math.sqrt(squares);
  for (let u = 0; u < units; u++) row[u] = norm > 1e-12 ? (row[u] as number) / norm : 0;
  return row;
}
