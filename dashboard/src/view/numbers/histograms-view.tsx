import { useEffect, useMemo, useState } from "preact/hooks";
import { integer } from "../../model/format";
import { rangeOf } from "../../model/range";
import { ridgesOf } from "../../model/ridges";
import { go, route } from "../../model/route";
import type { HistogramRow } from "../../wire/messages";
import { Tip, type TipAt } from "../common/tip";
import { useRun } from "../context";
import { usePanel } from "./canvas";
import { LayerPicker, useLayerOr } from "./layer-picker";
import { RidgePanel } from "./ridge-panel";

const RIDGES = 40;
const REFRESH_MILLIS = 3000;

/** How the activations of one layer are spread, and how that changed. */
export function HistogramsView() {
  const run = useRun();
  const layer = useLayerOr(run);
  const [rows, setRows] = useState<readonly HistogramRow[] | null>(null);
  const [isAway, setAway] = useState(false);
  const [tip, setTip] = useState<TipAt | null>(null);
  const { zoom } = route.value;
  useEffect(() => {
    let isCurrent = true;
    const read = async () => {
      const range = rangeOf(run.model.timeline, route.peek().zoom);
      const found = await run.model.histograms(layer, range[0], range[1], RIDGES);
      if (!isCurrent) return;
      if (found !== null) setRows(found);
      setAway(found === null);
    };
    setRows(null);
    void read();
    const timer = window.setInterval(() => {
      if (!document.hidden && run.model.state.peek() === "live") void read();
    }, REFRESH_MILLIS);
    return () => {
      isCurrent = false;
      window.clearInterval(timer);
    };
  }, [run, layer, zoom?.[0], zoom?.[1]]);
  const ridges = useMemo(() => ridgesOf(rows ?? []), [rows]);
  const at = run.model.shown.value.iteration;
  const { canvas, panel, update, tone } = usePanel(
    (element) => new RidgePanel(element),
    (made) => Object.assign(made, { ridges, at }),
  );
  useEffect(update, [ridges, at, tone]);
  const name = run.model.info.value?.layers[layer]?.name ?? "";
  const hitAt = (event: PointerEvent | MouseEvent) => {
    const box = (canvas.current as HTMLCanvasElement).getBoundingClientRect();
    return panel.current?.hit(event.clientX - box.left, event.clientY - box.top) ?? null;
  };
  return (
    <div class="histograms-view">
      <div class="table-tools">
        <LayerPicker run={run} layer={layer} />
        <span class="faint">
          Each ridge is one sample, oldest on top; sizes are logarithmic. Exact zeros, NaN and ∞ have no logarithm and stand apart.
        </span>
      </div>
      <div class="number-plot" data-testid="ridges" data-rows={ridges.rows.length} data-layer={name}>
        <canvas
          ref={canvas}
          role="img"
          aria-label={`histograms of ${name} at ${ridges.rows.length} moments`}
          onPointerMove={(event) => {
            const hit = hitAt(event);
            setTip(hit && { x: event.clientX, y: event.clientY, lines: [`it ${integer(hit.row.iteration)}`, hit.text] });
          }}
          onPointerLeave={() => setTip(null)}
          onClick={(event) => {
            const hit = hitAt(event);
            if (hit !== null) go({ at: hit.row.iteration });
          }}
        />
        {rows !== null && rows.length === 0 && <p class="empty over">No histogram of {name} was recorded in this range.</p>}
        {rows === null && !isAway && <p class="empty over">Reading the histograms of {name}…</p>}
        {isAway && <p class="empty over">The server does not answer; the histograms cannot be read now.</p>}
      </div>
      {tip !== null && <Tip at={tip} />}
    </div>
  );
}
