/** How a layer is laid out when it is not live. */
export interface LayoutChoice {
  readonly method: string;
  readonly distance: string;
  readonly basis: string;
}

export const METHODS = ["pca", "som", "graph", "tsne", "umap", "pso"] as const;
export const DISTANCES = ["cosine", "correlation", "euclidean"] as const;
export const BASES = ["observations", "profiles"] as const;

export const METHOD_NAMES: Readonly<Record<string, string>> = {
  pca: "PCA",
  som: "SOM",
  graph: "co-activation graph",
  tsne: "t-SNE",
  umap: "UMAP",
  pso: "PSO",
};

export const METHOD_MEANINGS: Readonly<Record<string, string>> = {
  pca: "the two directions in which the units' activity varies most",
  som: "a self-organising grid; units that share a cell stand in a ring",
  graph: "units joined where their activity is closest, pulled by springs",
  tsne: "neighbours first; distances between clusters mean little",
  umap: "neighbours first, and more of the whole shape than t-SNE",
  pso: "a swarm that attracts like units and spreads them",
};

export const DEFAULT_CHOICE: LayoutChoice = { method: "umap", distance: "cosine", basis: "observations" };

/** "umap+pso" as its base and whether a swarm spreads it afterwards. */
export function splitMethod(method: string): { base: string; isSpread: boolean } {
  const base = method.replace(/\+pso$/, "");
  return { base, isSpread: base !== method };
}

export function methodText(method: string): string {
  const { base, isSpread } = splitMethod(method);
  return `${METHOD_NAMES[base] ?? base}${isSpread ? " + PSO" : ""}`;
}

export function isSameChoice(a: LayoutChoice, b: LayoutChoice): boolean {
  return a.method === b.method && a.distance === b.distance && a.basis === b.basis;
}

/** "5:umap+pso:cosine:observations" per layer, comma-separated, as it stands in a link. */
export function formatChoices(choices: ReadonlyMap<number, LayoutChoice>): string {
  return [...choices].map(([layer, c]) => [layer, c.method, c.distance, c.basis].join(":")).join(",");
}

/** What a link says; parts that are none are left out. The server judges the names. */
export function parseChoices(text: string | null): ReadonlyMap<number, LayoutChoice> {
  const found = new Map<number, LayoutChoice>();
  for (const part of (text ?? "").split(",")) {
    const match = /^(\d{1,6}):([a-z-]{1,20}(?:\+pso)?):([a-z-]{1,20}):([a-z-]{1,20})$/.exec(part);
    if (match) {
      const [, layer, method, distance, basis] = match as unknown as [string, string, string, string, string];
      found.set(Number(layer), { method, distance, basis });
    }
  }
  return found;
}
