const MOST_UNITS = 512;
// Clustering takes time with the cube of the groups; above this they keep their own order.
const MOST_GROUPS = 300;

/**
 * Groups in an order that puts alike ones next to each other: average-link clustering (UPGMA) on
 * 1 − Pearson correlation of their profiles over units, then the leaves in order. When two clusters
 * join, each is turned so that the two leaves that meet are the closest of the four possible pairs
 * of ends; on a tie the cluster with the smaller first group comes first and stays as it is. Wide
 * layers are read at up to 512 evenly spaced units. The same profiles always give the same order.
 *
 * profiles is [groups × units]; the answer holds indices into `members`' values.
 */
export function similarOrder(profiles: Float32Array, units: number, members: readonly number[]): number[] {
  const n = members.length;
  if (n < 3 || n > MOST_GROUPS || units === 0) return [...members];
  const distance = distances(profiles, units, members);
  const between = Float64Array.from(distance);
  let clusters = members.map((_, i) => [i]);
  const ids = members.map((_, i) => i);
  while (clusters.length > 1) {
    let best: [number, number] = [0, 1];
    let least = Infinity;
    for (let a = 0; a < clusters.length; a++) {
      for (let b = a + 1; b < clusters.length; b++) {
        const d = between[(ids[a] as number) * n + (ids[b] as number)] as number;
        if (d < least - 1e-12) {
          least = d;
          best = [a, b];
        }
      }
    }
    const [a, b] = best;
    const left = clusters[a] as number[];
    const right = clusters[b] as number[];
    const idA = ids[a] as number;
    const idB = ids[b] as number;
    for (const id of ids) {
      if (id === idA || id === idB) continue;
      const mean =
        (left.length * (between[idA * n + id] as number) + right.length * (between[idB * n + id] as number)) /
        (left.length + right.length);
      between[idA * n + id] = mean;
      between[id * n + idA] = mean;
    }
    clusters[a] = joined(left, right, distance, n);
    clusters = clusters.filter((_, c) => c !== b);
    ids.splice(b, 1);
  }
  const order = clusters[0] as number[];
  // Of the two directions the one that starts with the smaller group.
  if ((order[0] as number) > (order[n - 1] as number)) order.reverse();
  return order.map((i) => members[i] as number);
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
    if (d < least - 1e-12) {
      least = d;
      best = turn;
    }
  }
  return [...best[0], ...best[1]];
}

function distances(profiles: Float32Array, units: number, members: readonly number[]): Float64Array {
  const n = members.length;
  const stride = Math.max(1, Math.ceil(units / MOST_UNITS));
  const read = Math.ceil(units / stride);
  const rows = members.map((group) => {
    const row = new Float64Array(read);
    let mean = 0;
    for (let i = 0; i < read; i++) mean += row[i] = profiles[group * units + i * stride] ?? 0;
    mean /= read;
    let square = 0;
    for (let i = 0; i < read; i++) square += (row[i] = (row[i] as number) - mean) ** 2;
    const norm = Math.sqrt(square);
    // A flat profile is like none and unlike none.
    if (norm > 0) for (let i = 0; i < read; i++) row[i] = (row[i] as number) / norm;
    return row;
  });
  const out = new Float64Array(n * n);
  for (let a = 0; a < n; a++) {
    for (let b = a + 1; b < n; b++) {
      let dot = 0;
      const ra = rows[a] as Float64Array;
      const rb = rows[b] as Float64Array;
      for (let i = 0; i < read; i++) dot += (ra[i] as number) * (rb[i] as number);
      out[a * n + b] = out[b * n + a] = 1 - dot;
    }
  }
  return out;
}
