import { useEffect, useRef } from "preact/hooks";
import uPlot from "uplot";
import type { UnitHistory } from "../../model/api";
import { figure, integer } from "../../model/format";
import { theme } from "../../model/theme";

/** Mean and share of non-zeros of one unit over the run. */
export function HistoryChart({ history, at }: { history: UnitHistory; at: number }) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const tone = theme.value;
  useEffect(() => {
    const element = place.current as HTMLElement;
    const made = new uPlot(options(element), data(history), element);
    plot.current = made;
    const resized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: 96 }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      made.destroy();
      plot.current = null;
    };
  }, [tone]);
  useEffect(() => plot.current?.setData(data(history)), [history]);
  useEffect(() => {
    const u = plot.current;
    if (u === null || !Number.isFinite(at)) return;
    u.setCursor({ left: u.valToPos(at, "x"), top: -10 }, false);
  }, [at, history]);
  return (
    <figure class="history">
      <div ref={place} />
      <figcaption>
        <i class="key mean" /> mean activation <i class="key active" /> share of non-zeros (right)
      </figcaption>
    </figure>
  );
}

function data(history: UnitHistory): uPlot.AlignedData {
  return [[...history.iterations], [...history.mean], [...history.nonZero]];
}

function options(element: HTMLElement): uPlot.Options {
  const style = getComputedStyle(element);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour("--text-3"),
    font: `10px ${style.fontFamily}`,
    ticks: { show: false },
    grid: { stroke: colour("--line"), width: 1 },
  };
  return {
    width: element.clientWidth,
    height: 96,
    padding: [6, 2, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { show: false }, drag: { x: false, y: false } },
    scales: { x: { time: false }, share: { range: [0, 1] } },
    axes: [
      { ...axis, size: 18, gap: 2, space: 60, grid: { show: false }, values: (_, splits) => splits.map(integer) },
      { ...axis, size: 40, gap: 3, space: 24, values: (_, splits) => splits.map(figure) },
      { ...axis, scale: "share", side: 1, size: 34, gap: 3, space: 30, grid: { show: false }, values: (_, splits) => splits.map((v) => `${Math.round(v * 100)} %`) },
    ],
    series: [
      {},
      { stroke: colour("--accent"), width: 1.4, points: { show: false } },
      { scale: "share", stroke: colour("--text-3"), width: 1, points: { show: false } },
    ],
  };
}
