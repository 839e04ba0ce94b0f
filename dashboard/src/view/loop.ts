/** Something that draws itself. */
export interface Panel {
  /** Draws once; true asks for another frame, because something still moves. */
  draw(now: number): boolean;
}

const dirty = new Set<Panel>();
let scheduled = false;

/** Asks for one drawing of a panel in the page's only animation loop. */
export function invalidate(panel: Panel): void {
  dirty.add(panel);
  if (!scheduled) {
    scheduled = true;
    requestAnimationFrame(frame);
  }
}

export function forget(panel: Panel): void {
  dirty.delete(panel);
}

function frame(now: number): void {
  scheduled = false;
  const due = [...dirty];
  dirty.clear();
  for (const panel of due) if (panel.draw(now)) invalidate(panel);
}

const still = window.matchMedia("(prefers-reduced-motion: reduce)");

export function isMotionReduced(): boolean {
  return still.matches;
}
