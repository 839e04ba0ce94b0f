import { useEffect, useMemo, useState } from "preact/hooks";
import { chooseRegion, isLasso, isLegend, leaveLayer, locates, region } from "../../model/focus-state";
import { figure, integer } from "../../model/format";
import { fieldText } from "../../model/groupings";
import { togglePin, unitsPinned } from "../../model/pins";
import { go, route } from "../../model/route";
import { DEAD, NEWBORN, type LayerMap } from "../../wire/messages";
import { useRun } from "../context";
import { FocusMap } from "../map/focus-map";
import { Scale } from "./field-bar";
import { FindUnit } from "./find-unit";
import { LayoutNote, LayoutPicker } from "./layout-picker";
import { LegendCard } from "./legend-card";
import { QualityCard } from "./quality-word";
import { Side } from "./side";
import { UnitTip } from "./unit-tip";

interface Hover {
  readonly unit: number;
  readonly x: number;
  readonly y: number;
}

const NOWHERE: Hover = { unit: -1, x: 0, y: 0 };

/** One layer, large: contours, units under the pointer, a map per group. */
export function Focus({ layer }: { layer: number }) {
  const run = useRun();
  const [hover, setHover] = useState<Hover>(NOWHERE);
  const info = run.model.info.value;
  const described = info?.layers[layer];
  const map = run.map(layer);
  const { field, unit, pins } = route.value;
  useEffect(() => leaveLayer, [layer]);
  const pinned = useMemo(() => unitsPinned(pins, layer), [pins, layer]);
  if (info === null || described === undefined) return null;
  const scene = run.scene(layer);
  const chosen = unit !== null && unit < described.units ? unit : -1;
  return (
    <section class="focus" aria-label={`Layer ${described.name}`} data-testid="focus" data-layer={described.name}>
      <header class="focus-head">
        <h2>{described.name}</h2>
        <span class="faint">{fieldText(field, info)}</span>
        <QualityCard map={map} />
        {map && (
          <span class="legend" title="What the strongest colours stand for; held over time, so brightness can be compared" data-testid="range">
            {run.isSigned(layer, field) ? `−${figure(scene.range(field))}` : "0"}
            <Scale signed={run.isSigned(layer, field)} />
            {figure(scene.range(field))}
          </span>
        )}
        <Census map={map} />
        <Age layer={layer} />
        <span class="grow" />
        <LayoutPicker layer={layer} />
        <FindUnit units={described.units} />
        <button type="button" class="plain" onClick={() => go({ layer: null, unit: null })} title="Close (Esc)">
          ×
        </button>
      </header>
      <div class="focus-map">
        <FocusMap
          scene={scene}
          trail={run.trail(layer)}
          field={field}
          isSigned={run.isSigned(layer, field)}
          label={`map of ${described.name}, ${fieldText(field, info)}`}
          unit={chosen}
          hovered={hover.unit}
          pinned={pinned}
          highlight={run.highlight.value}
          region={region.value}
          isLasso={isLasso.value}
          locate={locates.value}
          onHover={(found, x, y) => {
            run.hoveredUnit = found;
            setHover(found < 0 ? NOWHERE : { unit: found, x, y });
          }}
          onPick={(found) => go({ unit: found < 0 || found === unit ? null : found })}
          onPin={(found) => go({ pins: togglePin(route.peek().pins, layer, found) })}
          onRegion={chooseRegion}
        />
        <div class="map-tools" role="toolbar" aria-label="Tools of the map">
          <Tool name="lasso" isOn={isLasso.value} title="Lasso: drag a loop around units to list them (S, or drag with Shift)" toggle={() => (isLasso.value = !isLasso.value)}>
            <path d="M8 2.5c3.4 0 6 1.6 6 3.8S11.4 10 8 10 2 8.5 2 6.3 4.6 2.5 8 2.5zM5 9.4c-1.3 1-1.4 2.6 0 3.1 1.2.5 2.2-.8 1.4-1.7" />
          </Tool>
          <Tool name="legend" isOn={isLegend.value} title="What am I looking at? (I)" toggle={() => (isLegend.value = !isLegend.value)}>
            <path d="M5.8 6a2.2 2.2 0 1 1 3 2c-.6.3-.8.7-.8 1.5M8 12v.6" />
          </Tool>
        </div>
        {hover.unit >= 0 && map && <UnitTip layer={layer} unit={hover.unit} x={hover.x} y={hover.y} field={field} />}
        <LayoutNote layer={layer} />
      </div>
      <Side layer={layer} info={described} map={map} />
      {isLegend.value && <LegendCard layer={layer} />}
    </section>
  );
}

function Tool(props: { name: string; isOn: boolean; title: string; toggle: () => void; children: preact.ComponentChildren }) {
  return (
    <button type="button" class={`map-tool ${props.isOn ? "on" : ""}`} aria-pressed={props.isOn} aria-label={props.title} title={props.title} onClick={props.toggle} data-testid={`tool-${props.name}`}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        {props.children}
      </svg>
    </button>
  );
}

/** How many units are dead or newly alive; nothing while all are well. */
function Census({ map }: { map: LayerMap | null }) {
  let dead = 0;
  let born = 0;
  for (const state of map?.states ?? []) {
    if (state === DEAD) dead++;
    else if (state === NEWBORN) born++;
  }
  if (dead + born === 0) return null;
  return (
    <span class="faint census" title="Dead units have not changed over the window: they are the hollow rings on the rim" data-testid="census">
      {dead > 0 && `${integer(dead)} dead`}
      {born > 0 && (
        <span class="accent">
          {dead > 0 && " · "}
          {integer(born)} newly alive
        </span>
      )}
    </span>
  );
}

/** Live, the map follows its numbers by a blink; only a lag that lasts is worth saying. */
function Age({ layer }: { layer: number }) {
  const run = useRun();
  const shown = run.model.shown.value;
  const map = run.map(layer);
  const lag = map ? shown.iteration - map.iteration : 0;
  const isOlder = shown.isRecorded ? lag > 0 : lag > 10 * (run.model.info.value?.every ?? 1);
  if (!isOlder) return null;
  return (
    <span class="faint" title="Maps are made more rarely than numbers">
      map of it {integer(map?.iteration ?? NaN)}
    </span>
  );
}
