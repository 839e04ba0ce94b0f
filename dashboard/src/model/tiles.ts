/** The part of a long list of tiles that is worth having, and the room that stands for the rest. */
export interface Part {
  readonly from: number;
  readonly to: number;
  /** Pixels before and after it. */
  readonly before: number;
  readonly after: number;
}

const MARGIN = 1; // lines beyond what is seen, so that scrolling finds them there

/** Tiles stand `perLine` to a line, lines are `pitch` pixels apart, `size` pixels of them are seen. */
export function partSeen(count: number, perLine: number, pitch: number, scrolled: number, size: number): Part {
  const lines = Math.ceil(count / Math.max(1, perLine));
  if (pitch <= 0 || size <= 0) return { from: 0, to: Math.min(count, perLine), before: 0, after: 0 };
  const first = Math.min(Math.max(0, lines - 1), Math.max(0, Math.floor(scrolled / pitch) - MARGIN));
  const last = Math.min(lines, Math.ceil((scrolled + size) / pitch) + MARGIN);
  return {
    from: first * perLine,
    to: Math.min(count, last * perLine),
    before: first * pitch,
    after: Math.max(0, lines - last) * pitch,
  };
}

/** Beginnings that layer names share, with how many share them; none unless they tell layers apart. */
export function families(names: readonly string[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const name of names) {
    const head = /^(.+?)[./_-]/.exec(name)?.[1];
    if (head !== undefined) counts.set(head, (counts.get(head) ?? 0) + 1);
  }
  const shared = [...counts].filter(([, count]) => count > 1);
  return shared.length > 1 ? shared : [];
}

/** Whether a layer is one of those looked for: every word is in its name or its type. */
export function isLookedFor(query: string, name: string, type: string): boolean {
  const text = `${name} ${type}`.toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
