import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import { figure, integer } from "../../model/format";
import { isBetterLogarithmic, type Interval, type Law } from "../../model/laws";
import { theme } from "../../model/theme";

/** What was measured of a quantity, in the order of time. */
export interface Measured {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

/** Measured series, fitted curve and the forecast's band, with the peak and the limit it foresees. */
export function LawChart({ law, measured, label }: { law: Law; measured: Measured; label: string }) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const shown = useRef(law);
  shown.current = law;
  const tone = theme.value;
  const isLog = isBetterLogarithmic(measured.y);
  useEffect(() => {
    const element = place.current as HTMLElement;
    const made = new uPlot(options(element, () => shown.current, isLog), joined(law, measured, isLog), element);
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: element.clientHeight }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [tone, law.kind, isLog]);
  useEffect(() => plot.current?.setData(joined(law, measured, isLog)), [law, measured, isLog]);
  return <div ref={place} class="law-chart" role="img" aria-label={label} data-testid="law-chart" data-points={measured.x.length} data-ahead={law.forecast.x.length} />;
}

function joined(law: Law, measured: Measured, isLog: boolean): uPlot.AlignedData {
  const { curve, forecast } = law;
  // A band that reaches below zero ends at the axis: a logarithmic one has no zero.
  const least = isLog ? Math.min(...measured.y.filter((y) => y !== null)) / 2 : -Infinity;
  const above = (values: readonly number[]) => values.map((y) => Math.max(y, least));
  return uPlot.join([
    [[...measured.x], [...measured.y]],
    [[...curve.x], above(curve.fit)],
    [[...forecast.x], above(forecast.mid), above(forecast.high), above(forecast.low)],
  ]);
}

function options(element: HTMLElement, law: () => Law, isLog: boolean): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour("--text-3"),
    font: `10px ${style.fontFamily}`,
    ticks: { show: false },
    grid: { stroke: colour("--line"), width: 1 },
  };
  const none = { show: false };
  const edge = { stroke: "transparent", width: 0, points: none, spanGaps: true };
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    padding: [12, 16, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: isLog ? { distr: 3 } : {} },
    axes: [
      { ...axis, size: 22, gap: 4, values: (_, splits) => splits.map(integer) },
      {
        ...axis,
        grid: isLog ? { ...axis.grid, filter: decadesOf } : axis.grid,
        size: 58,
        gap: 6,
        values: (_, splits) => splits.map((y) => (y === null ? "" : figure(y))),
        ...(isLog ? { filter: decadesOf } : {}),
      },
    ],
    series: [
      {},
      { stroke: colour("--text-3"), width: 1, points: none, spanGaps: true },
      { stroke: colour("--accent"), width: 2, points: none, spanGaps: true },
      { stroke: colour("--accent"), width: 1.5, dash: [5, 4], points: none, spanGaps: true },
      edge,
      edge,
    ],
    bands: [{ series: [4, 5], fill: `${colour("--accent")}38` }],
    hooks: { drawClear: [(u) => foreseen(u, law(), isLog, colour)] },
  };
}

/** Lines and figures at every tenfold only; uPlot leaves out what is null. */
function decadesOf(_: uPlot, splits: number[]): (number | null)[] {
  return splits.map((y) => (isDecade(y) ? y : null));
}

function isDecade(value: number): boolean {
  const decades = Math.log10(value);
  return Math.abs(decades - Math.round(decades)) < 1e-6;
}

/** Behind the curves: when the peak is expected, where the limit lies, and where the forecast begins. */
function foreseen(u: uPlot, law: Law, isLog: boolean, colour: (name: string) => string): void {
  const { left, top, width, height } = u.bbox;
  const c = u.ctx;
  c.save();
  c.beginPath();
  c.rect(left, top, width, height);
  c.clip();
  const span = (of: Interval | null, scale: "x" | "y"): [number, number] | null => {
    if (of === null || !Number.isFinite(of.low) || !Number.isFinite(of.high)) return null;
    const floor = scale === "y" && isLog ? (u.scales["y"]?.min ?? 0) : -Infinity;
    return [u.valToPos(Math.max(of.low, floor), scale, true), u.valToPos(Math.max(of.high, floor), scale, true)];
  };
  c.fillStyle = `${colour("--own")}2b`;
  const peak = span(law.peak, "x");
  if (peak !== null) c.fillRect(peak[0], top, Math.max(1, peak[1] - peak[0]), height);
  const limit = span(law.limit, "y");
  const start = law.forecast.x[0];
  const now = start === undefined ? left + width : u.valToPos(start, "x", true);
  if (limit !== null) c.fillRect(now, Math.min(...limit), left + width - now, Math.max(1, Math.abs(limit[1] - limit[0])));
  c.font = u.axes[0]?.font?.[0] ?? c.font;
  c.fillStyle = colour("--own");
  c.textBaseline = "top";
  c.textAlign = "left";
  if (peak !== null) c.fillText("peak", peak[0] + 4, top + 3);
  if (limit !== null) {
    c.textAlign = "right";
    c.fillText("limit", left + width - 5, Math.min(...limit) + 3);
    c.textAlign = "left";
  }
  if (start !== undefined) {
    c.strokeStyle = colour("--line-2");
    c.setLineDash([2, 3]);
    c.beginPath();
    c.moveTo(now, top);
    c.lineTo(now, top + height);
    c.stroke();
    c.fillStyle = colour("--text-3");
    c.fillText("now", now + 4, top + height - 16);
  }
  c.restore();
}
