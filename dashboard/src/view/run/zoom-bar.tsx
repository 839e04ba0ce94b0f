import { integer } from "../../model/format";
import { rangeOf, shareOfRange, shifted } from "../../model/range";
import { go, route } from "../../model/route";
import type { RunSession } from "../../model/run-session";

/** Which part of the run a closer look shows; drag it along the run. */
export function ZoomBar({ run, left, right }: { run: RunSession; left: number; right: number }) {
  const { zoom } = route.value;
  if (zoom === null) return null;
  const whole = rangeOf(run.model.timeline, null);
  const from = shareOfRange(zoom[0], whole) * 100;
  const to = shareOfRange(zoom[1], whole) * 100;
  const drag = (event: PointerEvent) => {
    const bar = event.currentTarget as HTMLElement;
    if (!bar.hasPointerCapture(event.pointerId)) return;
    const perPixel = (whole[1] - whole[0]) / bar.clientWidth;
    const now = route.peek().zoom;
    if (now !== null && event.movementX !== 0) go({ zoom: shifted(now, whole, event.movementX * perPixel) });
  };
  return (
    <div
      class="zoom-bar"
      style={{ left: `${left}px`, right: `${right}px` }}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      data-testid="zoom-bar"
      title={`it ${integer(zoom[0])} to ${integer(zoom[1])} of ${integer(whole[1])}. Drag to move; + and − look closer or less close; W shows the whole run`}
    >
      <i style={{ left: `${from}%`, width: `${Math.max(0.6, to - from)}%` }} />
      <button type="button" onPointerDown={(event) => event.stopPropagation()} onClick={() => go({ zoom: null })} title="Show the whole run (W)">
        whole run
      </button>
    </div>
  );
}
