import type { Trail } from "../../model/trail";
import { isMotionReduced, type Panel } from "../loop";
import type { LayerScene } from "./layer-scene";
import { frameOf, toElement, type Frame } from "./place";

const LOCATE_MILLIS = 900;
const MOST_DOTS = 6000;

/** What is drawn on top of the map in focus. */
export interface Marks {
  readonly trail: Trail | null;
  /** Units that leave a trail and have their number beside them. */
  readonly named: readonly number[];
  readonly region: readonly number[];
}

/**
 * Trails, names, the region and the lasso, on a canvas of their own over the map in focus. All of
 * it follows the units while they are on their way.
 */
export class Overlay implements Panel {
  marks: Marks = { trail: null, named: [], region: [] };
  /** The lasso while it is drawn, in the map's measure. */
  lasso: readonly number[] = [];
  private located = -1;
  private locatedAt = 0;

  constructor(
    private readonly canvas: HTMLCanvasElement,
    private readonly scene: LayerScene,
  ) {}

  /** Closes a ring about a unit, so that the eye finds it. */
  locate(unit: number): void {
    this.located = isMotionReduced() ? -1 : unit;
    this.locatedAt = performance.now();
  }

  draw(now: number): boolean {
    const { canvas, scene } = this;
    const c = canvas.getContext("2d");
    if (c === null || !canvas.isConnected) return false;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    const frame = frameOf(canvas, scene, now);
    const [width, height] = [Math.round(frame.width * ratio), Math.round(frame.height * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      canvas.width = width;
      canvas.height = height;
    }
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, frame.width, frame.height);
    if (scene.map === null) return false;
    const style = getComputedStyle(canvas);
    const ink = (name: string) => style.getPropertyValue(name).trim();
    this.drawRegion(c, frame, ink("--accent"), now);
    const colours = { accent: ink("--accent"), ground: ink("--panel"), text: ink("--text") };
    for (const unit of this.marks.named) this.drawTrail(c, frame, unit, colours.accent, now);
    for (const unit of this.marks.named) this.drawName(c, frame, unit, colours, style.fontFamily, now);
    this.drawLasso(c, frame, colours.accent);
    return this.drawLocated(c, frame, colours.accent, now) || scene.isMoving(now);
  }

  private drawRegion(c: CanvasRenderingContext2D, frame: Frame, accent: string, now: number): void {
    const { region } = this.marks;
    if (region.length === 0) return;
    const places = this.scene.places(now);
    const size = region.length > 400 ? 1.4 : region.length > 80 ? 1.8 : 2.6;
    c.strokeStyle = accent;
    c.fillStyle = accent;
    c.lineWidth = 1.3;
    c.beginPath();
    for (const unit of region.slice(0, MOST_DOTS)) {
      const [x, y] = toElement(frame, places[2 * unit] ?? NaN, places[2 * unit + 1] ?? NaN);
      c.moveTo(x + size, y);
      c.arc(x, y, size, 0, 7);
    }
    c.fill();
  }

  private drawTrail(c: CanvasRenderingContext2D, frame: Frame, unit: number, accent: string, now: number): void {
    const { scene, marks } = this;
    if (marks.trail === null || marks.trail.length < 2 || unit >= scene.units) return;
    const path = marks.trail.path(unit);
    const steps = path.length / 2;
    c.strokeStyle = accent;
    c.lineCap = "round";
    let from: readonly [number, number] | null = null;
    for (let i = 0; i < steps; i++) {
      // The last step is the one that the unit is on its way to.
      const place =
        i === steps - 1 ? scene.place(unit, now) : scene.turned(path[2 * i] as number, path[2 * i + 1] as number, now);
      const to = toElement(frame, place[0], place[1]);
      if (from !== null) {
        const age = i / (steps - 1);
        c.globalAlpha = 0.08 + 0.82 * age * age;
        c.lineWidth = 0.8 + 1.2 * age;
        c.beginPath();
        c.moveTo(from[0], from[1]);
        c.lineTo(to[0], to[1]);
        c.stroke();
      }
      from = to;
    }
    c.globalAlpha = 1;
  }

  private drawName(
    c: CanvasRenderingContext2D,
    frame: Frame,
    unit: number,
    { accent, ground, text }: { accent: string; ground: string; text: string },
    font: string,
    now: number,
  ): void {
    if (unit >= this.scene.units) return;
    const place = this.scene.place(unit, now);
    const [x, y] = toElement(frame, place[0], place[1]);
    const name = String(unit);
    c.font = `600 11px ${font}`;
    c.textBaseline = "middle";
    const wide = c.measureText(name).width + 8;
    // To the right of the unit, unless that is off the map.
    const left = x + 12 + wide > frame.width ? x - 12 - wide : x + 12;
    c.fillStyle = ground;
    c.globalAlpha = 0.86;
    c.beginPath();
    c.roundRect(left, y - 8, wide, 16, 4);
    c.fill();
    c.globalAlpha = 1;
    c.strokeStyle = accent;
    c.lineWidth = 1;
    c.stroke();
    c.fillStyle = text;
    c.fillText(name, left + 4, y + 0.5);
  }

  private drawLasso(c: CanvasRenderingContext2D, frame: Frame, accent: string): void {
    if (this.lasso.length < 4) return;
    c.beginPath();
    for (let i = 0; i < this.lasso.length; i += 2) {
      const [x, y] = toElement(frame, this.lasso[i] as number, this.lasso[i + 1] as number);
      if (i === 0) c.moveTo(x, y);
      else c.lineTo(x, y);
    }
    c.closePath();
    c.fillStyle = accent;
    c.globalAlpha = 0.14;
    c.fill();
    c.globalAlpha = 1;
    c.setLineDash([5, 4]);
    c.strokeStyle = accent;
    c.lineWidth = 1.4;
    c.stroke();
    c.setLineDash([]);
  }

  private drawLocated(c: CanvasRenderingContext2D, frame: Frame, accent: string, now: number): boolean {
    const t = (now - this.locatedAt) / LOCATE_MILLIS;
    if (this.located < 0 || t >= 1 || this.located >= this.scene.units) return false;
    const place = this.scene.place(this.located, now);
    const [x, y] = toElement(frame, place[0], place[1]);
    c.strokeStyle = accent;
    c.lineWidth = 1.5;
    c.globalAlpha = Math.max(0, Math.min(1, 1.4 - t * 1.4));
    c.beginPath();
    c.arc(x, y, 10 + 50 * (1 - Math.max(0, t)) ** 2, 0, 7);
    c.stroke();
    c.globalAlpha = 1;
    return true;
  }
}
