import uPlot from "uplot";
import { figure } from "../../model/format";
import { brokenScores, seriesLine, type SeriesLine } from "../../model/series";
import type { Timeline } from "../../model/timeline";
import { hatchPattern } from "../common/band-paint";

export const GUTTER = 92;
export const MARGIN = 14;

const FEW_POINTS = 200;

/** The score curve: every value faint, their running mean strong; beside it one of the user's own series. */
export class ScorePlot {
  private plot: uPlot;
  private readonly height: number;
  private broken: [number, number][] = [];

  constructor(
    private readonly element: HTMLElement,
    private readonly isLog: boolean,
  ) {
    this.height = element.clientHeight;
    this.plot = new uPlot(this.options(), [[], [], [], []], element);
  }

  resize(): void {
    this.plot.setSize({ width: this.element.clientWidth, height: this.height });
  }

  /** Draws; `own` is a column of the run quantities, −1 for none. Returns what it drew of that one. */
  show(t: Timeline, range: readonly [number, number], own: number): SeriesLine | null {
    const x = t.iteration.subarray(0, t.length);
    const raw = t.score.subarray(0, t.length);
    const line = own < 0 ? null : seriesLine(t, own);
    this.broken = brokenScores(t);
    this.plot.batch(() => {
      this.plot.setData([x, raw, smooth(t), line?.values ?? []] as unknown as uPlot.AlignedData, false);
      this.plot.setScale("x", { min: range[0], max: range[1] });
      this.plot.setScale("y", bounds(raw, this.isLog));
      if (line !== null && line.count > 0) {
        const room = (line.high - line.low || Math.abs(line.high) || 1) * 0.1;
        this.plot.setScale("own", { min: line.low - room, max: line.high + room });
      }
    });
    return line;
  }

  destroy(): void {
    this.plot.destroy();
  }

  private options(): uPlot.Options {
    const style = getComputedStyle(this.element);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    return {
      width: this.element.clientWidth,
      height: this.height,
      padding: [5, MARGIN, 3, 0],
      legend: { show: false },
      cursor: { show: false },
      scales: { x: { time: false, auto: false }, y: { auto: false, distr: this.isLog ? 3 : 1 }, own: { auto: false } },
      hooks: { drawClear: [(u) => this.hatch(u)] },
      axes: [
        { show: false },
        {
          size: GUTTER,
          gap: 6,
          space: 22,
          stroke: colour("--text-3"),
          font: `10px ${style.fontFamily}`,
          ticks: { show: false },
          grid: { stroke: colour("--line"), width: 1 },
          values: (_, splits) => splits.map(figure),
        },
      ],
      series: [
        {},
        { stroke: colour("--trace-faint"), width: 1, points: { show: false } },
        { stroke: colour("--trace"), width: 1.5, points: { show: false } },
        {
          scale: "own",
          stroke: colour("--own"),
          width: 1.5,
          spanGaps: true,
          points: { show: (u, series) => countKnown(u.data[series]) <= FEW_POINTS, size: 4, fill: colour("--own") },
        },
      ],
    };
  }

  /** A score that is not a number has no place on the axis: its time is hatched. */
  private hatch(u: uPlot): void {
    if (this.broken.length === 0) return;
    const { left, top, width, height } = u.bbox;
    u.ctx.fillStyle = hatchPattern(u.ctx, getComputedStyle(this.element).getPropertyValue("--warning"));
    for (const [from, to] of this.broken) {
      const start = Math.max(left, u.valToPos(from, "x", true));
      const end = Math.min(left + width, Math.max(start + 4, u.valToPos(to, "x", true)));
      if (end > start) u.ctx.fillRect(start, top, end - start, height);
    }
  }
}

function countKnown(values: ArrayLike<number | null | undefined> | undefined): number {
  let count = 0;
  for (let i = 0; i < (values?.length ?? 0); i++) if (values?.[i] != null) count++;
  return count;
}

/** Mean over a window centred on each sample, so that it does not lag behind what it smooths. */
function smooth(t: Timeline): Float64Array {
  const reach = Math.max(2, Math.min(24, Math.round(t.length / 60)));
  const out = new Float64Array(t.length);
  const known = (i: number) => i >= 0 && i < t.length && Number.isFinite(t.score[i]);
  let sum = 0;
  let count = 0;
  for (let i = -reach; i < t.length; i++) {
    const enters = i + reach;
    const leaves = i - reach - 1;
    if (known(enters)) {
      sum += t.score[enters] as number;
      count++;
    }
    if (known(leaves)) {
      sum -= t.score[leaves] as number;
      count--;
    }
    if (i >= 0) out[i] = count > 0 ? sum / count : NaN;
  }
  return out;
}

// One wild first value must not flatten all that follows: the top is the 99th percentile.
function bounds(scores: Float64Array, isLog: boolean): { min: number; max: number } {
  const known = scores.filter((score) => Number.isFinite(score) && (!isLog || score > 0)).sort();
  const at = (share: number) => known[Math.floor((known.length - 1) * share)] ?? NaN;
  if (isLog) return known.length > 0 ? { min: at(0) * 0.9, max: at(1) * 1.1 } : { min: 0.1, max: 1 };
  const low = Math.min(0, at(0));
  const high = Math.max(at(0.99), at(0.5) * 1.5);
  return Number.isFinite(high) && high > low ? { min: low, max: high * 1.05 } : { min: 0, max: 1 };
}
