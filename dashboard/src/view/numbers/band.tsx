import { useEffect, useState } from "preact/hooks";
import { byGroup } from "../../model/choice";
import { figure, integer, quantityText } from "../../model/format";
import { brokenCounts, isBroken } from "../../model/not-finite";
import type { Range } from "../../model/range";
import { go } from "../../model/route";
import type { RunSession } from "../../model/run-session";
import type { StripScale } from "../../model/strips";
import { useRun } from "../context";
import { Scale } from "../run/field-bar";
import { Tip, type TipAt } from "../common/tip";
import { BandPanel } from "./band-panel";
import { shareAt, usePanel } from "./canvas";

interface Props {
  readonly quantity: number;
  readonly range: Range;
  readonly onPick: (quantity: number) => void;
  readonly onRemove: (() => void) | null;
}

/** One quantity of all layers over time: its name, its scale, the chosen layer's value, the picture. */
export function Band({ quantity, range, onPick, onRemove }: Props) {
  const run = useRun();
  const fresh = run.fresh.value;
  const info = run.model.info.value;
  const layer = run.layer.value;
  const [scale, setScale] = useState<StripScale | null>(null);
  const [tip, setTip] = useState<TipAt | null>(null);
  const { canvas, update, tone } = usePanel(
    (element) => new BandPanel(element, run.model),
    (panel) => {
      Object.assign(panel, { quantity, range, chosen: layer });
      panel.onScale = (now) => setScale((old) => (old !== null && old.low === now.low && old.high === now.high ? old : now));
    },
  );
  useEffect(update, [fresh, quantity, range[0], range[1], layer, tone]);
  const described = info?.layerQuantities[quantity];
  if (info === null || described === undefined) return null;
  const layers = info.layers.length;
  const cellAt = (event: PointerEvent | MouseEvent) => {
    const element = canvas.current as HTMLCanvasElement;
    const box = element.getBoundingClientRect();
    const t = run.model.samplesOf(...range);
    const sample = t.nearest(range[0] + shareAt(element, event.clientX) * (range[1] - range[0]));
    const row = Math.floor(((event.clientY - box.top) / box.height) * info.layers.length);
    const over = info.layers[row];
    return sample < 0 || over === undefined ? null : { t, sample, row, over };
  };
  return (
    <section class="band" data-testid="band" data-quantity={described.id}>
      <header>
        <label>
          <span class="hidden">Quantity of this strip</span>
          <select value={quantity} onChange={(event) => onPick(Number(event.currentTarget.value))} data-testid="band-quantity">
            <QuantityOptions list={info.layerQuantities} />
          </select>
        </label>
        <span class="meaning" title={described.source}>
          {described.meaning}
        </span>
        <span class="grow" />
        <Readout run={run} layer={layer} quantity={quantity} />
        {scale !== null && (
          <span class="legend" title={`Full colour stands for ${figure(scale.high)}${scale.isLog ? "; logarithmic" : ""}`}>
            {quantityText(scale.low, described.unit)}
            <Scale signed={scale.low < 0} />
            {quantityText(scale.high, described.unit)}
            {scale.isLog && " log"}
          </span>
        )}
        {onRemove !== null && (
          <button type="button" class="plain" onClick={onRemove} title={`Remove ${described.name}`} aria-label={`Remove ${described.name}`}>
            ×
          </button>
        )}
      </header>
      <div class="number-plot" style={{ minHeight: `${Math.max(32, 5 * layers)}px`, maxHeight: `${Math.max(40, 36 * layers)}px` }}>
      <canvas
        ref={canvas}
        role="img"
        aria-label={`${described.name} of ${layers} layers over time`}
        onPointerMove={(event) => {
          const cell = cellAt(event);
          if (cell === null) return setTip(null);
          const isNaN = isBroken(cell.t, cell.sample, cell.row, brokenCounts(info.layerQuantities));
          const value = cell.t.value(cell.sample, cell.row, quantity);
          const text = Number.isNaN(value) ? "not read" : quantityText(value, described.unit);
          setTip({
            x: event.clientX,
            y: event.clientY,
            lines: [
              `${cell.over.name}: ${described.name} ${text}`,
              `it ${integer(cell.t.iteration[cell.sample] as number)}`,
              ...(isNaN ? ["NaN or ∞ among its activations"] : []),
            ],
          });
        }}
        onPointerLeave={() => setTip(null)}
        onClick={(event) => {
          const cell = cellAt(event);
          if (cell !== null) go({ at: cell.t.iteration[cell.sample] as number, layer: cell.over.name, unit: null });
        }}
      />
      </div>
      {tip !== null && <Tip at={tip} />}
    </section>
  );
}

/** What the chosen layer has at the moment shown: the keyboard's way to any cell. */
function Readout({ run, layer, quantity }: { run: RunSession; layer: number; quantity: number }) {
  run.pulse.value;
  const info = run.model.info.value;
  const over = info?.layers[layer];
  const described = info?.layerQuantities[quantity];
  if (over === undefined || described === undefined) return null;
  const value = run.model.value(layer, quantity);
  return (
    <output class="readout" data-testid="readout" data-value={value}>
      {over.name} <b>{quantityText(value, described.unit)}</b>
    </output>
  );
}

export function QuantityOptions({ list }: { list: Parameters<typeof byGroup>[0] }) {
  return (
    <>
      {byGroup(list).map(([heading, members]) => (
        <optgroup key={heading} label={heading}>
          {members.map(([at, q]) => (
            <option key={q.id} value={at}>
              {q.name}
            </option>
          ))}
        </optgroup>
      ))}
    </>
  );
}
