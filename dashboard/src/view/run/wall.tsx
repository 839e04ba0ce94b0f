import { useEffect, useRef } from "preact/hooks";
import { integer } from "../../model/format";
import { go, route } from "../../model/route";
import { fitWall } from "../../model/fit-wall";
import { useRun } from "../context";
import { MapView } from "../map/map-view";
import { shortType } from "./network";
import { QualityWord } from "./quality-word";

/** The wall of living maps: one per layer. */
export function Wall() {
  const run = useRun();
  const graph = run.graph.value;
  const chosen = run.layer.value;
  const layers = (graph?.rows ?? [])
    .filter((row) => row.layer >= 0).map((row) => row.layer);
  const element = useRef<HTMLElement>(null);
  useEffect(() => {
    const wall = element.current as HTMLElement;
    const fit = () => {
      const { columns, rowHeight } = fitWall(layers.length, wall.clientWidth, wall.clientHeight);
      wall.style.setProperty("--columns", String(columns));
      wall.style.setProperty("--row", `${rowHeight}px`);
    };
    const resized = new ResizeObserver(fit);
    resized.observe(wall);
    fit();
    return () => resized.disconnect();
  }, [layers.length]);
  const hasMaps = run.model.shown.value.picture !== null;
  return (
    <section ref={element} class="wall" aria-label="Maps of all layers" data-clips data-testid="wall">
      {layers.map((layer) => (
        <Tile key={layer} layer={layer} isChosen={layer === chosen} />
      ))}
      {!hasMaps && (
        <p class="empty over">
          {run.model.shown.value.isRecorded
            ? "No map had been recorded by this moment."
            : "No map yet: the first one follows a few samples after the first numbers."}
        </p>
      )}
    </section>
  );
}

function Tile({ layer, isChosen }: { layer: number; isChosen: boolean }) {
  const run = useRun();
  const info = run.model.info.value?.layers[layer];
  const map = run.map(layer);
  const { field, unit } = route.value;
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

