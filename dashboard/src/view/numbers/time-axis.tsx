import type { ComponentChildren } from "preact";
import { integer } from "../../model/format";
import { rangeOf, shareOfRange, ticksOf, type Range } from "../../model/range";
import { route } from "../../model/route";
import { useRun } from "../context";
import { placeOf } from "./canvas";

/** Iterations under a view over time. */
export function TimeAxis({ range, children }: { range: Range; children?: ComponentChildren }) {
  return (
    <div class="time-axis">
      {children}
      {ticksOf(range, 8).map((tick) => (
        <span key={tick} style={{ left: placeOf(shareOfRange(tick, range)) }} aria-hidden="true">
          {integer(tick)}
        </span>
      ))}
    </div>
  );
}

/** The moment shown, over all strips of a view. */
export function TimeCursor() {
  const run = useRun();
  const at = run.model.shown.value.iteration;
  const range = rangeOf(run.model.timeline, route.value.zoom);
  if (!Number.isFinite(at) || at < range[0] || at > range[1]) return null;
  return <div class={`time-cursor ${route.value.at === null ? "" : "recorded"}`} style={{ left: placeOf(shareOfRange(at, range)) }} />;
}
