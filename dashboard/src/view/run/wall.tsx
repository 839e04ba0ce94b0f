import { signal } from "@preact/signals";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { fitWall } from "../../model/fit-wall";
import { integer } from "../../model/format";
import { unitsPinned } from "../../model/pins";
import { go, route } from "../../model/route";
import { families, isLookedFor, partSeen, type Part } from "../../model/tiles";
import { useRun } from "../context";
import { MapView } from "../map/map-view";
import { shortType } from "./network";
import { QualityWord } from "./quality-word";

// Fewer layers than this are all drawn, and found by looking.
const FEWEST_TO_SEARCH = 13;
// The strip of tiles above a layer in focus, as style/focus.css has it.
const STRIP_PITCH = 100;

const query = signal("");
const ALL: Part = { from: 0, to: Infinity, before: 0, after: 0 };

/** The wall of living maps: one per layer. Of a deep network only the tiles in sight are made. */
export function Wall() {
  const run = useRun();
  const info = run.model.info.value;
  const chosen = run.layer.value;
  const every = (run.graph.value?.rows ?? []).filter((row) => row.layer >= 0).map((row) => row.layer);
  const isDeep = every.length >= FEWEST_TO_SEARCH;
  const layers = isDeep
    ? every.filter((layer) => isLookedFor(query.value, info?.layers[layer]?.name ?? "", info?.layers[layer]?.type ?? ""))
    : every;
  const element = useRef<HTMLElement>(null);
  const [part, setPart] = useState<Part>(ALL);
  const isStrip = chosen >= 0;
  useLayoutEffect(() => {
    const wall = element.current as HTMLElement;
    const fit = () => {
      const { columns, rowHeight } = fitWall(layers.length, wall.clientWidth, wall.clientHeight);
      wall.style.setProperty("--columns", String(columns));
      wall.style.setProperty("--row", `${rowHeight}px`);
      const seen = isStrip
        ? partSeen(layers.length, 1, STRIP_PITCH, wall.scrollLeft, wall.clientWidth)
        : partSeen(layers.length, columns, rowHeight + 10, wall.scrollTop, wall.clientHeight);
      setPart((old) => (isDeep ? (isSamePart(old, seen) ? old : seen) : ALL));
    };
    const resized = new ResizeObserver(fit);
    resized.observe(wall);
    wall.addEventListener("scroll", fit, { passive: true });
    fit();
    return () => {
      resized.disconnect();
      wall.removeEventListener("scroll", fit);
    };
  }, [layers.length, isStrip, isDeep]);
  useEffect(() => {
    const at = layers.indexOf(chosen);
    const wall = element.current as HTMLElement;
    const left = at * STRIP_PITCH;
    const isSeen = left >= wall.scrollLeft && left + STRIP_PITCH <= wall.scrollLeft + wall.clientWidth;
    if (at >= 0 && !isSeen) wall.scrollLeft = left - wall.clientWidth / 2;
  }, [chosen]);
  const hasMaps = run.model.shown.value.picture !== null;
  return (
    <>
      {isDeep && <LayerSearch names={every.map((layer) => info?.layers[layer]?.name ?? "")} found={layers.length} />}
      <section ref={element} class="wall" aria-label="Maps of all layers" data-clips data-testid="wall">
        <Room pixels={part.before} isStrip={isStrip} />
        {layers.slice(part.from, part.to).map((layer) => (
          <Tile key={layer} layer={layer} isChosen={layer === chosen} />
        ))}
        <Room pixels={part.after} isStrip={isStrip} />
        {layers.length === 0 && <p class="empty">No layer's name or type has “{query.value}” in it.</p>}
        {!hasMaps && (
          <p class="empty over">
            {run.model.shown.value.isRecorded
              ? "No map had been recorded by this moment."
              : "No map yet: the first one follows a few samples after the first numbers."}
          </p>
        )}
      </section>
    </>
  );
}

/** Stands for tiles that are not made; the gap beside it belongs to it. */
function Room({ pixels, isStrip }: { pixels: number; isStrip: boolean }) {
  if (pixels <= 0) return null;
  const length = `${pixels - (isStrip ? 8 : 10)}px`;
  return <div class="room" style={isStrip ? { width: length } : { height: length }} />;
}

function isSamePart(a: Part, b: Part): boolean {
  return a.from === b.from && a.to === b.to && a.before === b.before && a.after === b.after;
}

function LayerSearch({ names, found }: { names: readonly string[]; found: number }) {
  const heads = useMemo(() => families(names), [names.join("\n")]);
  return (
    <div class="layer-search">
      <label>
        <span class="hidden">Find layers by name or type</span>
        <input
          id="find-layer"
          type="search"
          placeholder="find layers  /"
          value={query.value}
          onInput={(event) => (query.value = event.currentTarget.value)}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          data-testid="find-layer"
        />
      </label>
      {heads.length > 0 && (
        <label>
          <span class="hidden">Show one family of layers</span>
          <select
            value={heads.some(([head]) => head === query.value) ? query.value : ""}
            onChange={(event) => (query.value = event.currentTarget.value)}
            data-testid="layer-family"
          >
            <option value="">all layers</option>
            {heads.map(([head, count]) => (
              <option key={head} value={head}>
                {head} ({count})
              </option>
            ))}
          </select>
        </label>
      )}
      <span class="faint" role="status">
        {found === names.length ? `${integer(found)} layers` : `${integer(found)} of ${integer(names.length)} layers`}
      </span>
    </div>
  );
}

function Tile({ layer, isChosen }: { layer: number; isChosen: boolean }) {
  const run = useRun();
  const info = run.model.info.value?.layers[layer];
  const map = run.map(layer);
  const { field, unit, pins } = route.value;
  if (info === undefined) return null;
  const isOlder = map !== null && map.iteration < (run.model.shown.value.picture?.iteration ?? 0);
  return (
    <button
      type="button"
      class={`tile ${isChosen ? "chosen" : ""}`}
      aria-pressed={isChosen}
      onClick={() => go({ layer: isChosen ? null : info.name, unit: null })}
      data-testid="tile"
      data-layer={info.name}
      data-tick={map?.tick ?? ""}
    >
      <span class="tile-head">
        <b title={info.name}>{info.name}</b>
        <span>{integer(info.units)}</span>
      </span>
      <MapView
        scene={run.scene(layer)}
        field={field}
        detail="tile"
        isSigned={run.isSigned(layer, field)}
        marked={isChosen && unit !== null ? unit : -1}
        pinned={unitsPinned(pins, layer)}
        highlight={run.highlight.value}
        label={`map of ${info.name}`}
      />
      <span class="tile-foot">
        <QualityWord map={map} />
        {isOlder ? (
          <span class="faint" title="To stay within its budget the agent maps some layers more rarely">
            it {integer(map.iteration)}
          </span>
        ) : (
          <span class="faint">{shortType(info.type)}</span>
        )}
      </span>
    </button>
  );
}

