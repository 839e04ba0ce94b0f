import type { LayerScene } from "./layer-scene";

/** Between pixels of a map's element and the map's own measure. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** Half the side of the square that is shown, in the map's measure. */
  readonly extent: number;
}

export function frameOf(element: HTMLElement, scene: LayerScene, now: number): Frame {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { left, top, width, height, extent: scene.shownExtent(now) };
}

/** Pixels per unit of the map's measure. */
export function scaleOf({ width, height, extent }: Frame): number {
  return Math.min(width, height) / 2 / extent;
}

/** A point of the window as a point of the map. */
export function toMap(frame: Frame, clientX: number, clientY: number): readonly [number, number] {
  const scale = scaleOf(frame);
  return [
    (clientX - frame.left - frame.width / 2) / scale,
    -(clientY - frame.top - frame.height / 2) / scale,
  ];
}

/** A point of the map as a point of its element. */
export function toElement(frame: Frame, x: number, y: number): readonly [number, number] {
  const scale = scaleOf(frame);
  return [frame.width / 2 + x * scale, frame.height / 2 - y * scale];
}
