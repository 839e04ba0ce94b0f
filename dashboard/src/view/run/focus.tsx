import { useEffect, useState } from "preact/hooks";
import { figure, integer } from "../../model/format";
import { go, route, type Field } from "../../model/route";
import { useRun } from "../context";
import { MapView } from "../map/map-view";
import { UnitCard } from "./unit-card";
import { UnitTip } from "./unit-tip";
import { QualityWord } from "./wall";

const MOST_MINIS = 20;

interface Hover {
  readonly unit: number;
  readonly x: number;
  readonly y: number;
}

const NOWHERE: Hover = { unit: -1, x: 0, y: 0 };

/** One layer, large: contours, units under the pointer, a map per class. */
export function Focus({ layer }: { layer: number }) {
  const run = useRun();
  const [hover, setHover] = useState<Hover>(NOWHERE);
  const info = run.model.info.value?.layers[layer];
  const map = run.map(layer);
  const { field, unit } = route.value;
  useEffect(() => setHover(NOWHERE), [layer]);
  if (info === undefined) return null;
  const shown = run.model.shown.value;
  // Live, the map follows its numbers by a blink; only a lag that lasts is worth saying.
  const lag = map ? shown.iteration - map.iteration : 0;
  const isOlder = shown.isRecorded ? lag > 0 : lag > 10 * (run.model.info.value?.every ?? 1);
  const scene = run.scene(layer);
  const groups = run.model.info.value?.groups ?? [];
  const isKnown = unit !== null && unit < info.units;
  return (
    <section class="focus" aria-label={`Layer ${info.name}`} data-testid="focus" data-layer={info.name}>
      <header class="focus-head">
        <h2>{info.name}</h2>
        <span class="faint">{fieldText(field, groups)}</span>
        <QualityWord map={map} />
        {map && (
          <span class="faint" title="What the strongest colour stands for; held over time, so brightness can be compared">
            range {field.kind === "activity" ? "" : "±"}
            {figure(scene.range(field))}
          </span>
        )}
        {isOlder && (
          <span class="faint" title="Maps are made more rarely than numbers">
            map of it {integer(map?.iteration ?? NaN)}
          </span>
        )}
        <span class="grow" />
        <FindUnit units={info.units} />
        <button type="button" class="plain" onClick={() => go({ layer: null, unit: null })} title="Close (Esc)">
          ×
        </button>
      </header>
      <div class="focus-map">
        <MapView
          scene={scene}
          field={field}
          detail="focus"
          isSigned={run.isSigned(layer, field)}
          marked={isKnown ? unit : -1}
          hovered={hover.unit}
          label={`map of ${info.name}, ${fieldText(field, groups)}`}
          onHover={(found, x, y) => setHover(found < 0 ? NOWHERE : { unit: found, x, y })}
          onPick={(found) => go({ unit: found < 0 || found === unit ? null : found })}
        />
        {hover.unit >= 0 && map && <UnitTip layer={layer} unit={hover.unit} x={hover.x} y={hover.y} field={field} />}
      </div>
      <div class="focus-side" data-clips>
        {isKnown && <UnitCard key={unit} layer={layer} unit={unit} />}
        {unit !== null && !isKnown && (
          <p class="empty">
            {info.name} has units 0 to {info.units - 1}; there is no unit {unit}.
          </p>
        )}
        {map !== null && map.groups > 1 && (
          <div class="minis" aria-label="One map per class, same positions and range">
            {groups.slice(0, Math.min(MOST_MINIS, map.groups)).map((name, group) => (
              <button
                key={group}
                type="button"
                class={`mini-tile ${field.kind !== "activity" && isOf(field, group) ? "chosen" : ""}`}
                title={`Profile of ${name}`}
                onClick={(event) => go({ field: pick(field, group, event.shiftKey) })}
                data-testid="mini"
              >
                <MapView
                  scene={scene}
                  field={{ kind: "group", group }}
                  detail="mini"
                  isSigned
                  label={`profile of ${name} in ${info.name}`}
                />
                <span>{name}</span>
              </button>
            ))}
          </div>
        )}
        {unit === null && map !== null && map.groups > 1 && (
          <p class="empty small">
            Point at a unit for its profile, click it for its history. Shift-click a class to subtract it.
          </p>
        )}
        {map !== null && map.groups <= 1 && !isKnown && (
          <p class="empty">
            No classes: labels were not seen, so there are no class maps. Click a unit to see its history.
          </p>
        )}
      </div>
    </section>
  );
}

function FindUnit({ units }: { units: number }) {
  const [isWrong, setWrong] = useState(false);
  const find = (event: Event) => {
    event.preventDefault();
    const input = document.getElementById("find-unit") as HTMLInputElement;
    const unit = /^\d+$/.test(input.value.trim()) ? Number(input.value) : NaN;
    const isUnit = unit < units;
    setWrong(!isUnit);
    if (isUnit) {
      go({ unit });
      input.blur();
    }
  };
  return (
    <form class="find" onSubmit={find}>
      <label>
        <span class="hidden">Find a unit by its number</span>
        <input
          id="find-unit"
          inputMode="numeric"
          placeholder={`unit 0–${units - 1}`}
          aria-invalid={isWrong}
          title={isWrong ? `There are units 0 to ${units - 1}` : "Find a unit by its number (/)"}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          data-testid="find-unit"
        />
      </label>
    </form>
  );
}

function fieldText(field: Field, groups: readonly string[]): string {
  const name = (group: number) => groups[group] ?? `class ${group}`;
  switch (field.kind) {
    case "activity":
      return "activity";
    case "group":
      return `class ${name(field.group)}`;
    case "contrast":
      return `class ${name(field.plus)} − ${name(field.minus)}`;
  }
}

function isOf(field: Field, group: number): boolean {
  return field.kind === "group" ? field.group === group : field.kind === "contrast" && field.plus === group;
}

function pick(field: Field, group: number, subtract: boolean): Field {
  const plus = field.kind === "group" ? field.group : field.kind === "contrast" ? field.plus : -1;
  if (subtract && plus >= 0 && plus !== group) return { kind: "contrast", plus, minus: group };
  return field.kind === "group" && field.group === group ? { kind: "activity" } : { kind: "group", group };
}
