import type { LayerInfo } from "../wire/messages";

export interface GraphRow {
  /** Index into the run's layers; -1 is an input that is no layer. */
  readonly layer: number;
  readonly name: string;
}

export interface GraphEdge {
  readonly fromRow: number;
  readonly toRow: number;
  /** Lane in which the edge runs between its two ends. */
  readonly lane: number;
}

export interface NetworkGraph {
  readonly rows: readonly GraphRow[];
  readonly edges: readonly GraphEdge[];
  readonly lanes: number;
}

/**
 * One row per layer in topological order, with lanes for branches, as a commit graph is drawn:
 * it holds any acyclic network in a narrow column. All layers stand in lane 0; an edge that passes
 * other rows gets a lane of its own, free over its whole length.
 */
export function layoutGraph(layers: readonly LayerInfo[]): NetworkGraph {
  const names = new Map(layers.map((layer, i) => [layer.name, i]));
  const inputs: string[] = [];
  for (const layer of layers) {
    for (const input of layer.inputs) if (!names.has(input) && !inputs.includes(input)) inputs.push(input);
  }
  const order = topological(layers, names);
  const rowNames = [...inputs, ...order.map((i) => (layers[i] as LayerInfo).name)];
  const rowOf = new Map(rowNames.map((name, row) => [name, row]));
  const edges: { fromRow: number; toRow: number; lane: number }[] = [];
  for (const i of order) {
    const layer = layers[i] as LayerInfo;
    for (const input of new Set(layer.inputs)) {
      const fromRow = rowOf.get(input);
      const toRow = rowOf.get(layer.name) as number;
      if (fromRow !== undefined && fromRow < toRow) edges.push({ fromRow, toRow, lane: 0 });
    }
  }
  const rows = rowNames.map((name) => ({ layer: names.get(name) ?? -1, name }));
  return { rows, edges, lanes: assignLanes(edges) };
}

function topological(layers: readonly LayerInfo[], names: ReadonlyMap<string, number>): number[] {
  const order: number[] = [];
  const state = new Uint8Array(layers.length);
  const visit = (i: number) => {
    if (state[i] !== 0) return; // a cycle cannot be drawn; its edge back is left out
    state[i] = 1;
    for (const input of layers[i]?.inputs ?? []) {
      const source = names.get(input);
      if (source !== undefined) visit(source);
    }
    order.push(i);
  };
  layers.forEach((_, i) => visit(i));
  return order;
}

/** Gives every edge that passes a row a free lane, shortest first; returns how many lanes there are. */
function assignLanes(edges: { fromRow: number; toRow: number; lane: number }[]): number {
  const busy: { lane: number; from: number; to: number }[] = [];
  const isFree = (lane: number, from: number, to: number) =>
    !busy.some((b) => b.lane === lane && b.from < to && from < b.to);
  let count = 1;
  for (const edge of [...edges].sort((a, b) => a.toRow - a.fromRow - (b.toRow - b.fromRow))) {
    if (edge.toRow - edge.fromRow === 1) continue;
    edge.lane = 1;
    while (!isFree(edge.lane, edge.fromRow, edge.toRow)) edge.lane++;
    busy.push({ lane: edge.lane, from: edge.fromRow, to: edge.toRow });
    count = Math.max(count, edge.lane + 1);
  }
  return count;
}
