import { useEffect, useRef } from "preact/hooks";
import { theme } from "../../model/theme";
import { forget, invalidate, type Panel } from "../loop";

/** CSS pixels left and right of what has a time axis in these views. */
export const LEFT = 108;
export const RIGHT = 16;

/** A canvas whose panel draws itself when its size, the theme or one of `reasons` changes. */
export function usePanel<P extends Panel>(make: (canvas: HTMLCanvasElement) => P, change: (panel: P) => void) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const panel = useRef<P | null>(null);
  const tone = theme.value;
  useEffect(() => {
    const element = canvas.current as HTMLCanvasElement;
    const made = make(element);
    panel.current = made;
    const resized = new ResizeObserver(() => invalidate(made));
    resized.observe(element);
    return () => {
      resized.disconnect();
      forget(made);
      panel.current = null;
    };
  }, []);
  return {
    canvas,
    panel,
    /** To be called in an effect: applies what changed and asks for one drawing. */
    update: () => {
      const now = panel.current;
      if (now === null) return;
      change(now);
      invalidate(now);
    },
    tone,
  };
}

/** Share of the time axis at a pointer, 0..1. */
export function shareAt(element: HTMLElement, clientX: number): number {
  const box = element.getBoundingClientRect();
  return Math.min(1, Math.max(0, (clientX - box.left - LEFT) / (box.width - LEFT - RIGHT)));
}

/** Where a share of the time axis stands, as a CSS length. */
export function placeOf(share: number): string {
  return `calc(${LEFT}px + (100% - ${LEFT + RIGHT}px) * ${share.toFixed(5)})`;
}

/** Text cut so that it fits. */
export function fitted(c: CanvasRenderingContext2D, text: string, width: number): string {
  if (c.measureText(text).width <= width) return text;
  let cut = text;
  while (cut.length > 1 && c.measureText(`${cut}…`).width > width) cut = cut.slice(0, -1);
  return `${cut}…`;
}
