import type { QuantityInfo } from "../wire/messages";
import { go, route, type Route, type View } from "./route";
import { defaultStrips } from "./strips";

/** The columns of the quantities that a view shows: those chosen, else those it wants by itself. */
export function chosenQuantities(
  list: readonly QuantityInfo[],
  ids: readonly string[],
  wanted: readonly RegExp[],
  count: number,
): number[] {
  const chosen = ids.map((id) => list.findIndex((q) => q.id === id)).filter((at) => at >= 0);
  return chosen.length > 0 ? [...new Set(chosen)] : defaultStrips(list, count, wanted);
}

type Choice = Pick<Route, "quantities" | "sort">;
const NONE: Choice = { quantities: [], sort: null };
const remembered = new Map<View, Choice>();
let lastNumbers: View = "time";

/** The view of the numbers that was open last. */
export function lastNumbersView(): View {
  return lastNumbers;
}

/** Goes to another view and takes up what was chosen there the last time. */
export function openView(view: View, change: Partial<Route> = {}): void {
  const now = route.peek();
  remembered.set(now.view, { quantities: now.quantities, sort: now.sort });
  if (view !== "maps") lastNumbers = view;
  if (view !== now.view) go({ ...(remembered.get(view) ?? NONE), ...change, view });
  else go(change);
}

/** Quantities by their headings, in the order announced. */
export function byGroup(list: readonly QuantityInfo[]): [string, (readonly [number, QuantityInfo])[]][] {
  const groups = new Map<string, (readonly [number, QuantityInfo])[]>();
  list.forEach((quantity, at) => {
    const members = groups.get(quantity.group) ?? [];
    members.push([at, quantity]);
    groups.set(quantity.group, members);
  });
  return [...groups];
}
