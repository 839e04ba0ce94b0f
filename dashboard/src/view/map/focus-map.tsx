import { useEffect, useRef } from "preact/hooks";
import { nearestUnits, unitsInside, unitTowards } from "../../model/region";
import type { Field } from "../../model/route";
import { theme } from "../../model/theme";
import type { Trail } from "../../model/trail";
import { forget, invalidate } from "../loop";
import type { LayerScene } from "./layer-scene";
import { MapView } from "./map-view";
import { Overlay } from "./overlay";
import { frameOf, scaleOf, toElement, toMap } from "./place";

const LASSO_STEP = 3; // pixels between its points
const REGION_SIZES = [6, 12, 24, 48, 96, 192];
const TOWARDS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

interface Props {
  readonly scene: LayerScene;
  readonly trail: Trail | null;
  readonly field: Field;
  readonly isSigned: boolean;
  readonly label: string;
  readonly unit: number;
  readonly hovered: number;
  readonly pinned: readonly number[];
  readonly highlight: number;
  readonly region: readonly number[];
  /** Whether a plain drag draws a lasso; with Shift it always does. */
  readonly isLasso: boolean;
  /** Rises whenever the chosen unit is to be shown to the eye. */
  readonly locate: number;
  readonly onHover: (unit: number, x: number, y: number) => void;
  readonly onPick: (unit: number) => void;
  readonly onPin: (unit: number) => void;
  readonly onRegion: (units: readonly number[]) => void;
}

/** The large map: units under the pointer or the keys, a lasso, trails and names. */
export function FocusMap(props: Props) {
  const { scene, trail, unit, hovered, pinned, region } = props;
  const element = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const overlay = useRef<Overlay | null>(null);
  const dragged = useRef(false);
  const tone = theme.value;
  useEffect(() => {
    const made = new Overlay(canvas.current as HTMLCanvasElement, scene);
    overlay.current = made;
    const resized = new ResizeObserver(() => invalidate(made));
    resized.observe(canvas.current as HTMLCanvasElement);
    return () => {
      resized.disconnect();
      forget(made);
      overlay.current = null;
    };
  }, [scene]);
  useEffect(() => {
    const made = overlay.current;
    if (made === null) return;
    const named = unit >= 0 && !pinned.includes(unit) ? [...pinned, unit] : pinned;
    made.marks = { trail, named, region };
    invalidate(made);
  });
  useEffect(() => {
    if (props.locate === 0 || overlay.current === null) return;
    overlay.current.locate(unit);
    invalidate(overlay.current);
  }, [props.locate]);
  useEffect(() => {
    if (overlay.current !== null) invalidate(overlay.current);
  }, [tone]);

  const frame = () => frameOf(element.current as HTMLElement, scene, performance.now());
  const at = (event: MouseEvent): number => {
    const now = performance.now();
    const place = frame();
    const [x, y] = toMap(place, event.clientX, event.clientY);
    return scene.nearest(x, y, (scene.isDiscs ? 40 : 22) / scaleOf(place), now);
  };
  const setLasso = (outline: readonly number[]) => {
    if (overlay.current === null) return;
    overlay.current.lasso = outline;
    invalidate(overlay.current);
  };
  const down = (event: PointerEvent) => {
    dragged.current = false;
    if (event.button !== 0 || !(props.isLasso || event.shiftKey)) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    setLasso(toMap(frame(), event.clientX, event.clientY));
  };
  const move = (event: PointerEvent) => {
    const lasso = overlay.current?.lasso ?? [];
    if (lasso.length === 0) return props.onHover(at(event), event.clientX, event.clientY);
    const place = frame();
    const [x, y] = toMap(place, event.clientX, event.clientY);
    const far = Math.hypot(x - (lasso.at(-2) as number), y - (lasso.at(-1) as number)) * scaleOf(place);
    if (far < LASSO_STEP) return;
    if (!dragged.current) props.onHover(-1, 0, 0);
    dragged.current = true;
    setLasso([...lasso, x, y]);
  };
  const up = () => {
    const lasso = overlay.current?.lasso ?? [];
    setLasso([]);
    if (dragged.current) props.onRegion(unitsInside(scene.places(performance.now()), lasso));
  };
  const click = (event: MouseEvent) => {
    // A drag ends with a click, which is none.
    if (dragged.current) {
      dragged.current = false;
      return;
    }
    const found = at(event);
    if (event.shiftKey && found >= 0) props.onPin(found);
    else if (!event.shiftKey) props.onPick(found);
  };
  const point = (found: number) => {
    const place = frame();
    const [x, y] = scene.place(found, performance.now());
    const [left, top] = toElement(place, x, y);
    props.onHover(found, place.left + left, place.top + top);
  };
  const key = (event: KeyboardEvent) => {
    if (event.altKey || event.ctrlKey || event.metaKey || scene.units === 0) return;
    if (!handleKey(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
  const handleKey = (event: KeyboardEvent): boolean => {
    const now = performance.now();
    const from = hovered >= 0 ? hovered : unit;
    const towards = TOWARDS[event.key];
    if (towards !== undefined) {
      const places = scene.places(now);
      const start = from >= 0 ? from : scene.nearest(0, 0, Infinity, now);
      const next = from < 0 ? start : unitTowards(places, start, towards[0], towards[1]);
      if (next >= 0) point(next);
      return true;
    }
    switch (event.key) {
      case "Enter":
        if (hovered < 0) return false;
        props.onPick(hovered);
        return true;
      case "p":
      case "P":
        if (from < 0) return false;
        props.onPin(from);
        return true;
      case "+":
      case "=":
      case "-": {
        if (from < 0) return false;
        const sizes = event.key === "-" ? REGION_SIZES.filter((n) => n < region.length) : REGION_SIZES;
        const next = event.key === "-" ? (sizes.at(-1) ?? 0) : (sizes.find((n) => n > region.length) ?? scene.units);
        props.onRegion(nearestUnits(scene.places(now), from, Math.min(next, scene.units)));
        return true;
      }
      case "Escape":
        if ((overlay.current?.lasso.length ?? 0) > 0) {
          setLasso([]);
          dragged.current = false;
          return true;
        }
        return false;
      default:
        return false;
    }
  };
  return (
    <div
      ref={element}
      class={`map-surface ${props.isLasso ? "lassoing" : ""}`}
      tabIndex={0}
      role="application"
      aria-label={`${props.label}. Arrow keys move between units, Enter opens one, P pins it, plus and minus grow and shrink a region`}
      data-testid="focus-map"
      onPointerDown={down}
      onPointerMove={move}
      onPointerUp={up}
      onPointerCancel={() => setLasso([])}
      onPointerLeave={() => props.onHover(-1, 0, 0)}
      onBlur={() => props.onHover(-1, 0, 0)}
      onClick={click}
      onKeyDown={key}
    >
      <MapView
        scene={scene}
        field={props.field}
        detail="focus"
        isSigned={props.isSigned}
        marked={unit}
        hovered={hovered}
        pinned={pinned}
        highlight={props.highlight}
        label={props.label}
      />
      <canvas ref={canvas} class="overlay" aria-hidden="true" />
    </div>
  );
}
