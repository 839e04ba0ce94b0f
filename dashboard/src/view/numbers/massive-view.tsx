import { useEffect, useMemo, useState } from "preact/hooks";
import { openView } from "../../model/choice";
import { figure, integer, percent } from "../../model/format";
import { rangeOf, type Range } from "../../model/range";
import { go, route } from "../../model/route";
import type { RunSession } from "../../model/run-session";
import { decadesOf, traceOf, type Trace } from "../../model/seismo";
import { binEdges } from "../../model/strips";
import { Tip, type TipAt } from "../common/tip";
import { useRun } from "../context";
import { shareAt, usePanel } from "./canvas";
import { SeismoPanel } from "./seismo-panel";
import { TimeAxis, TimeCursor } from "./time-axis";

// Enough for any screen; a row draws as many as it has pixels for.
const BINS = 700;

/** The largest activations of every layer over time, as a seismograph writes them. */
export function MassiveView() {
  const run = useRun();
  const fresh = run.fresh.value;
  const info = run.model.info.value;
  const range = rangeOf(run.model.timeline, route.value.zoom);
  const order = (run.graph.value?.rows ?? []).map((row) => row.layer).filter((layer) => layer >= 0);
  const traces = useMemo(() => {
    const t = run.model.samplesOf(...range);
    const edges = binEdges(t, range[0], range[1], BINS);
    return new Map(order.map((layer) => [layer, traceOf(t, layer, edges)]));
  }, [fresh, range[0], range[1], order.length]);
  const decades = decadesOf([...traces.values()]);
  if (info === null) return null;
  return (
    <div class="massive-view">
      <div class="table-tools">
        <span class="faint">
          Largest |h| of each layer, logarithmic: a row's height is {Number.isInteger(decades) ? integer(decades) : figure(decades)} {decades === 1 ? "decade" : "decades"}. Colour
          tells which unit it was, grey is any other; what hangs down is negative. Click to see the unit on its map.
        </span>
      </div>
      <div class="traces" data-clips>
        {order.map((layer) => (
          <Row key={layer} run={run} layer={layer} trace={traces.get(layer) ?? null} decades={decades} range={range} />
        ))}
        <div class="cursor-frame">
          <TimeCursor />
        </div>
      </div>
      <div class="axis-frame">
        <TimeAxis range={range} />
      </div>
    </div>
  );
}

interface RowProps {
  readonly run: RunSession;
  readonly layer: number;
  readonly trace: Trace | null;
  readonly decades: number;
  readonly range: Range;
}

function Row({ run, layer, trace, decades, range }: RowProps) {
  const [tip, setTip] = useState<TipAt | null>(null);
  const name = run.model.info.value?.layers[layer]?.name ?? "";
  const isChosen = run.layer.value === layer;
  const { canvas, update, tone } = usePanel(
    (element) => new SeismoPanel(element),
    (panel) => Object.assign(panel, { trace, decades, name, isChosen }),
  );
  useEffect(update, [trace, decades, name, isChosen, tone]);
  const sampleAt = (event: PointerEvent | MouseEvent) => {
    const t = run.model.samplesOf(...range);
    return { t, sample: t.nearest(range[0] + shareAt(canvas.current as HTMLCanvasElement, event.clientX) * (range[1] - range[0])) };
  };
  return (
    <div class="trace" data-testid="trace" data-layer={name}>
      <div class="number-plot">
        <canvas
          ref={canvas}
          role="img"
          aria-label={`largest activations of ${name} over time`}
          onPointerMove={(event) => {
            const { t, sample } = sampleAt(event);
            if (sample < 0) return setTip(null);
            const tops = [0, 1, 2].filter((rank) => t.topUnit(sample, layer, rank) >= 0);
            const lines = tops.map((rank) => `${figure(t.topValue(sample, layer, rank))} at unit ${t.topUnit(sample, layer, rank)}`);
            setTip({ x: event.clientX, y: event.clientY, lines: [`${name}, it ${integer(t.iteration[sample] as number)}`, ...lines] });
          }}
          onPointerLeave={() => setTip(null)}
          onClick={(event) => {
            const { t, sample } = sampleAt(event);
            const unit = t.topUnit(sample, layer, 0);
            if (unit >= 0) openView("maps", { layer: name, unit, at: t.iteration[sample] as number });
            else go({ layer: name, unit: null });
          }}
        />
      </div>
      <div class="strongest">
        {(trace?.strongest ?? []).map(([unit, share], i) => (
          <button
            key={unit}
            type="button"
            class="link"
            title={`Unit ${unit} had the largest |h| in ${percent(share)} of the samples. Show it on the map`}
            onClick={() => openView("maps", { layer: name, unit })}
            data-testid="strongest"
            data-unit={unit}
          >
            <i class={`swatch unit-${i}`} aria-hidden="true" />
            {unit} <small>{percent(share)}</small>
          </button>
        ))}
      </div>
      {tip !== null && <Tip at={tip} />}
    </div>
  );
}
