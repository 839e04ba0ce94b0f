import { useEffect, useRef } from "preact/hooks";
import type { Field } from "../../model/route";
import { useStage } from "../context";
import type { LayerScene } from "./layer-scene";
import type { Detail, MapSpot } from "./stage";

interface Props {
  readonly scene: LayerScene;
  readonly field: Field;
  readonly detail: Detail;
  readonly isSigned: boolean;
  readonly marked?: number;
  readonly hovered?: number;
  readonly pinned?: readonly number[];
  readonly highlight?: number;
  readonly label: string;
}

const NONE: readonly number[] = [];

/** The place of a map; the stage draws into it. */
export function MapView(props: Props) {
  const { scene, field, detail, isSigned, marked = -1, hovered = -1, pinned = NONE, highlight = -1 } = props;
  const stage = useStage();
  const element = useRef<HTMLDivElement>(null);
  const spot = useRef<MapSpot | null>(null);
  useEffect(() => {
    const place = element.current as HTMLElement;
    const added: MapSpot = { element: place, scene, field, detail, isSigned, marked, hovered, pinned, highlight };
    spot.current = added;
    stage.add(added);
    const resized = new ResizeObserver(() => stage.changed());
    resized.observe(place);
    return () => {
      resized.disconnect();
      stage.remove(added);
    };
  }, [scene, stage]);
  useEffect(() => {
    if (spot.current === null) return;
    Object.assign(spot.current, { field, detail, isSigned, marked, hovered, pinned, highlight });
    stage.changed();
  });
  return (
    <div ref={element} class={`map map-${detail}`} role="img" aria-label={props.label}>
      {!stage.isSupported && <span class="empty">This browser offers no WebGL2, which the maps need.</span>}
    </div>
  );
}
