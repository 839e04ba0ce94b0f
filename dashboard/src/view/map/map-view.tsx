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
  readonly label: string;
  readonly onHover?: (unit: number, x: number, y: number) => void;
  readonly onPick?: (unit: number) => void;
}

/** The place of a map; the stage draws into it. */
export function MapView(props: Props) {
  const { scene, field, detail, isSigned, marked = -1, hovered = -1 } = props;
  const stage = useStage();
  const element = useRef<HTMLDivElement>(null);
  const spot = useRef<MapSpot | null>(null);
  useEffect(() => {
    const place = element.current as HTMLElement;
    const added: MapSpot = { element: place, scene, field, detail, isSigned, marked, hovered };
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
    Object.assign(spot.current, { field, detail, isSigned, marked, hovered });
    stage.changed();
  });
  const at = (event: PointerEvent | MouseEvent): number => {
    const place = element.current as HTMLElement;
    const box = place.getBoundingClientRect();
    const side = Math.min(box.width, box.height);
    const now = performance.now();
    const extent = scene.shownExtent(now);
    const px = ((event.clientX - box.left - box.width / 2) / (side / 2)) * extent;
    const py = (-(event.clientY - box.top - box.height / 2) / (side / 2)) * extent;
    return scene.nearest(px, py, ((scene.isDiscs ? 40 : 22) / (side / 2)) * extent, now);
  };
  const { onHover, onPick } = props;
  return (
    <div
      ref={element}
      class={`map map-${detail}`}
      role="img"
      aria-label={props.label}
      {...(onHover
        ? {
            onPointerMove: (event: PointerEvent) => onHover(at(event), event.clientX, event.clientY),
            onPointerLeave: () => onHover(-1, 0, 0),
          }
        : {})}
      {...(onPick ? { onClick: (event: MouseEvent) => onPick(at(event)) } : {})}
    >
      {!stage.isSupported && <span class="empty">This browser offers no WebGL2, which the maps need.</span>}
    </div>
  );
}
