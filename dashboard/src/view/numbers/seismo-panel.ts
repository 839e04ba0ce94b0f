import { figure } from "../../model/format";
import { heightOf, type Trace } from "../../model/seismo";
import { fitCanvas } from "../common/band-paint";
import type { Panel } from "../loop";
import { fitted, LEFT, RIGHT } from "./canvas";

const BODY = 0.42;
const CAP = 1.5;

/** One layer of the seismograph: how large its largest activation is, and which unit shows it. */
export class SeismoPanel implements Panel {
  trace: Trace | null = null;
  decades = 1;
  name = "";
  isChosen = false;

  constructor(private readonly canvas: HTMLCanvasElement) {}

  /** Bins of the time axis: one per CSS pixel. */
  get bins(): number {
    return Math.max(1, Math.floor(this.canvas.clientWidth - LEFT - RIGHT));
  }

  draw(): boolean {
    const c = this.canvas.getContext("2d");
    if (c === null) return false;
    const ratio = fitCanvas(this.canvas);
    const { clientWidth: width, clientHeight: height } = this.canvas;
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, width, height);
    const style = getComputedStyle(this.canvas);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    c.font = `11px ${style.fontFamily}`;
    c.fillStyle = colour(this.isChosen ? "--accent" : "--text-2");
    c.textBaseline = "middle";
    c.fillText(fitted(c, this.name, LEFT - 48), 2, height / 2);
    if (this.trace === null || this.trace.strongest.length === 0) {
      c.fillStyle = colour("--text-3");
      c.fillText("no largest activations were told", LEFT, height / 2);
      return false;
    }
    this.bars(c, this.trace, ratio, colour);
    this.ends(c, this.trace, height, colour);
    return false;
  }

  private bars(c: CanvasRenderingContext2D, trace: Trace, ratio: number, colour: (name: string) => string): void {
    const { clientWidth, clientHeight: height } = this.canvas;
    const base = trace.hasNegative ? height / 2 : height - 1.5;
    const tall = trace.hasNegative ? height / 2 - 2 : height - 4;
    c.fillStyle = colour("--line");
    c.fillRect(LEFT, base, clientWidth - LEFT - RIGHT, 1);
    const colours = trace.strongest.map((_, i) => colour(`--unit-${i}`));
    const other = colour("--text-3");
    const step = (clientWidth - LEFT - RIGHT) / trace.peaks.length;
    let last = -1;
    let before = 0;
    let tallBefore = 0;
    for (let b = 0; b < trace.peaks.length; b++) {
      // A bin between two samples carries the one before it on: a trace, not a comb.
      const from = Number.isNaN(trace.peaks[b]) ? last : b;
      if (from < 0) continue;
      last = from;
      const value = trace.peaks[from] as number;
      const named = trace.strongest.findIndex(([unit]) => unit === trace.units[from]);
      const h = Math.max(1, heightOf(Math.abs(value), trace, this.decades) * tall);
      c.fillStyle = named < 0 ? other : (colours[named] as string);
      // On whole pixels, or neighbouring bars of one colour show seams.
      const x = Math.round((LEFT + b * step) * ratio) / ratio;
      const end = Math.round((LEFT + (b + 1) * step) * ratio) / ratio;
      const width = Math.max(1 / ratio, end - x);
      // The amplitude is the line along the top; what is below it only says whose it is.
      c.globalAlpha = BODY;
      c.fillRect(x, value < 0 ? base + 1 : base - h, width, h);
      c.globalAlpha = 1;
      c.fillRect(x, value < 0 ? base + 1 + h - CAP : base - h, width, CAP);
      // Joined to the bin before it, so that the amplitude is one line.
      if (before * value > 0) {
        const low = Math.min(h, tallBefore);
        c.fillRect(x, value < 0 ? base + 1 + low - CAP : base - Math.max(h, tallBefore), 1, Math.abs(h - tallBefore) + CAP);
      }
      before = value;
      tallBefore = h;
    }
  }

  /** What the top of the row stands for; the same number of decades below it is its foot. */
  private ends(c: CanvasRenderingContext2D, trace: Trace, height: number, colour: (name: string) => string): void {
    c.font = c.font.replace("11px", "9px");
    c.fillStyle = colour("--text-3");
    c.textAlign = "right";
    c.textBaseline = "top";
    c.fillText(figure(trace.high), LEFT - 5, 1);
    c.textBaseline = "bottom";
    c.fillText(trace.hasNegative ? `−${figure(trace.high)}` : figure(trace.high / 10 ** this.decades), LEFT - 5, height - 1);
    c.textAlign = "left";
  }
}
