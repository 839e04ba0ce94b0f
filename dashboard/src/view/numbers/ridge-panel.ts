import { integer, percent } from "../../model/format";
import { binEdge, type Ridge, type Ridges } from "../../model/ridges";
import { fitCanvas, hatchPattern } from "../common/band-paint";
import type { Panel } from "../loop";
import { figure } from "../../model/format";

const TOP = 34;
const BOTTOM = 22;
const LABELS = 64;
const APART = ["zero", "NaN", "∞"] as const;
const APART_WIDTH = 62;
const APART_GAP = 18;
const ZERO_GAP = 10;
/** How many rows a full-height peak reaches over. */
const REACH = 3.2;

export interface RidgeHit {
  readonly row: Ridge;
  readonly text: string;
}

/** Histograms over time as ridges, the newest in front; what has no logarithm stands apart. */
export class RidgePanel implements Panel {
  ridges: Ridges = { rows: [], lowBin: 0, bins: 0, hasNegative: false, most: 1 };
  at = NaN;

  constructor(private readonly canvas: HTMLCanvasElement) {}

  hit(x: number, y: number): RidgeHit | null {
    const { rows } = this.ridges;
    const row = rows[Math.min(rows.length - 1, Math.max(0, Math.round((y - TOP) / this.pitch)))];
    if (row === undefined || y < TOP - this.pitch) return null;
    const { right, binWidth, zero } = this.geometry();
    if (x > right + APART_GAP / 2) {
      const parts = APART.map((name, i) => `${name} ${percent(i === 0 ? row.zeros : i === 1 ? row.nans : row.infinities)}`);
      return { row, text: parts.join(" · ") };
    }
    const side = x >= zero ? 1 : -1;
    const bin = Math.floor((Math.abs(x - zero) - (this.ridges.hasNegative ? ZERO_GAP / 2 : 0)) / binWidth);
    const share = (side > 0 ? row.positive : row.negative)[bin];
    if (share === undefined) return { row, text: `exactly zero: ${percent(row.zeros)}` };
    const sign = side < 0 ? "−" : "";
    const edge = (k: number) => sign + figure(binEdge(this.ridges.lowBin + k));
    return { row, text: `${edge(bin)} to ${edge(bin + 1)}: ${percent(share)}` };
  }

  draw(): boolean {
    const c = this.canvas.getContext("2d");
    if (c === null) return false;
    const ratio = fitCanvas(this.canvas);
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, this.canvas.clientWidth, this.canvas.clientHeight);
    const { rows } = this.ridges;
    if (rows.length === 0) return false;
    const style = getComputedStyle(this.canvas);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    c.font = `10px ${style.fontFamily}`;
    this.axis(c, colour);
    const shown = rows.findLastIndex((row) => row.iteration <= this.at);
    rows.forEach((row, i) => this.ridge(c, row, TOP + i * this.pitch, i === shown, colour));
    this.labels(c, colour, shown);
    this.apart(c, colour);
    return false;
  }

  private get pitch(): number {
    return (this.canvas.clientHeight - TOP - BOTTOM) / Math.max(1, this.ridges.rows.length - 1);
  }

  private geometry(): { left: number; right: number; zero: number; binWidth: number } {
    const left = LABELS;
    const right = this.canvas.clientWidth - APART.length * APART_WIDTH - APART_GAP;
    const { bins, hasNegative } = this.ridges;
    const room = hasNegative ? (right - left - ZERO_GAP) / 2 : right - left;
    return { left, right, zero: hasNegative ? (left + right) / 2 : left, binWidth: room / Math.max(1, bins) };
  }

  private ridge(c: CanvasRenderingContext2D, row: Ridge, y: number, isShown: boolean, colour: (name: string) => string): void {
    const { zero, binWidth } = this.geometry();
    const { hasNegative, most } = this.ridges;
    const tall = Math.min(TOP - 4, REACH * this.pitch);
    const height = (share: number) => Math.min(1.15, share / most) * tall;
    for (const [shares, sign, hue] of [
      [row.positive, 1, "--above"],
      [row.negative, -1, "--below"],
    ] as const) {
      if (sign < 0 && !hasNegative) continue;
      const start = zero + sign * (hasNegative ? ZERO_GAP / 2 : 0);
      const path = new Path2D();
      path.moveTo(start, y);
      shares.forEach((share, i) => path.lineTo(start + sign * (i + 0.5) * binWidth, y - height(share)));
      path.lineTo(start + sign * shares.length * binWidth, y);
      c.fillStyle = colour("--page");
      c.fill(path);
      c.globalAlpha = isShown ? 0.5 : 0.22;
      c.fillStyle = colour(hue);
      c.fill(path);
      c.globalAlpha = 1;
      c.strokeStyle = isShown ? colour("--accent") : colour(hue);
      c.lineWidth = isShown ? 1.8 : 1;
      c.stroke(path);
    }
  }

  private axis(c: CanvasRenderingContext2D, colour: (name: string) => string): void {
    const { zero, binWidth } = this.geometry();
    const { lowBin, bins, hasNegative } = this.ridges;
    const bottom = this.canvas.clientHeight - BOTTOM;
    c.textBaseline = "top";
    c.textAlign = "center";
    const decades: number[] = [];
    for (let d = Math.ceil(Math.log10(binEdge(lowBin))); binEdge(lowBin + bins) > 10 ** d; d++) decades.push(d);
    const every = Math.max(1, Math.ceil((46 * decades.length) / Math.max(1, bins * binWidth)));
    for (const decade of decades) {
      const along = (4 * Math.log2(10 ** decade) + 128 - lowBin) * binWidth + (hasNegative ? ZERO_GAP / 2 : 0);
      for (const sign of hasNegative ? [1, -1] : [1]) {
        const x = Math.round(zero + sign * along) + 0.5;
        c.strokeStyle = colour("--line");
        c.beginPath();
        c.moveTo(x, 4);
        c.lineTo(x, bottom);
        c.stroke();
        if (decade % every !== 0) continue;
        c.fillStyle = colour("--text-3");
        c.fillText((sign < 0 ? "−" : "") + figure(10 ** decade), x, bottom + 7);
      }
    }
    if (!hasNegative) return;
    c.fillStyle = colour("--text-3");
    c.fillText("0", zero, bottom + 7);
  }

  private labels(c: CanvasRenderingContext2D, colour: (name: string) => string, shown: number): void {
    const every = Math.max(1, Math.ceil(16 / this.pitch));
    c.textAlign = "right";
    c.textBaseline = "middle";
    this.ridges.rows.forEach((row, i) => {
      const isNear = shown >= 0 && i !== shown && Math.abs(i - shown) < every;
      if ((i % every !== 0 && i !== shown) || isNear) return;
      c.fillStyle = colour(i === shown ? "--accent" : "--text-3");
      c.fillText(integer(row.iteration), LABELS - 10, TOP + i * this.pitch);
    });
  }

  /** Exact zeros as bars of their share; NaN and infinities as hatching, which no zero share can look like. */
  private apart(c: CanvasRenderingContext2D, colour: (name: string) => string): void {
    const { right } = this.geometry();
    const room = APART_WIDTH - 14;
    const thick = Math.max(1.5, Math.min(9, this.pitch - 1.5));
    const lines = hatchPattern(c, colour("--warning"));
    c.textAlign = "left";
    c.textBaseline = "top";
    APART.forEach((name, i) => {
      const x = right + APART_GAP + i * APART_WIDTH;
      c.fillStyle = colour("--text-3");
      c.fillText(name, x, this.canvas.clientHeight - BOTTOM + 7);
      c.fillStyle = colour("--line");
      c.fillRect(x, TOP - thick / 2, 1, this.canvas.clientHeight - TOP - BOTTOM + thick);
      this.ridges.rows.forEach((row, k) => {
        const share = i === 0 ? row.zeros : i === 1 ? row.nans : row.infinities;
        if (share === 0) return;
        c.fillStyle = i === 0 ? colour("--text-3") : lines;
        c.fillRect(x, TOP + k * this.pitch - thick / 2, i === 0 ? Math.max(1, share * room) : Math.max(12, share * room), thick);
      });
    });
  }
}
