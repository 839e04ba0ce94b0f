import { useEffect, useRef } from "preact/hooks";
import { theme } from "../../model/theme";
import { forget, invalidate, type Panel } from "../loop";

export interface SparkData {
  /** Rising; only ratios of distances matter. */
  readonly x: ArrayLike<number> | null;
  readonly y: ArrayLike<number | null>;
  readonly length: number;
  /** Index that is marked, or −1. */
  readonly mark: number;
}

/** A word-sized line through what is known. Redrawn when `data` is another object. */
export function Spark(props: { data: SparkData; width: number; height: number; label: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { data, width, height } = props;
  const tone = theme.value;
  useEffect(() => {
    const element = canvas.current;
    if (element === null) return;
    const panel: Panel = {
      draw: () => {
        drawSpark(element, data, width, height);
        return false;
      },
    };
    invalidate(panel);
    return () => forget(panel);
  }, [data, width, height, tone]);
  return <canvas ref={canvas} class="spark" width={width} height={height} role="img" aria-label={props.label} />;
}

function drawSpark(canvas: HTMLCanvasElement, data: SparkData, width: number, height: number): void {
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  canvas.width = width * ratio;
  canvas.height = height * ratio;
  canvas.style.width = `${width}px`;
  canvas.style.height = `${height}px`;
  const c = canvas.getContext("2d");
  if (c === null) return;
  c.scale(ratio, ratio);
  const style = getComputedStyle(canvas);
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < data.length; i++) {
    const y = data.y[i];
    if (y === null || y === undefined || !Number.isFinite(y)) continue;
    if (y < low) low = y;
    if (y > high) high = y;
  }
  if (low > high) return;
  const first = data.x?.[0] ?? 0;
  const span = (data.x?.[data.length - 1] ?? data.length - 1) - first || 1;
  const px = (i: number) => 2 + (((data.x?.[i] ?? i) - first) / span) * (width - 4);
  const py = (y: number) => (high === low ? height / 2 : height - 2.5 - ((y - low) / (high - low)) * (height - 5));
  c.lineWidth = 1.1;
  c.lineJoin = "round";
  c.strokeStyle = style.color;
  c.beginPath();
  drawLine(c, data, px, py, width);
  c.stroke();
  let at = data.mark >= 0 ? data.mark : data.length - 1;
  while (at > 0 && !Number.isFinite(data.y[at] ?? NaN)) at--;
  const y = data.y[at];
  if (y !== null && y !== undefined && Number.isFinite(y)) {
    c.fillStyle = style.getPropertyValue("--accent");
    c.beginPath();
    c.arc(px(at), py(y), 1.7, 0, 7);
    c.fill();
  }
}

// Two samples in one column of pixels become their extremes, so that no spike is lost.
function drawLine(
  c: CanvasRenderingContext2D,
  data: SparkData,
  px: (i: number) => number,
  py: (y: number) => number,
  width: number,
): void {
  const stride = data.length / (width * 2);
  let pen = false;
  if (stride <= 1) {
    for (let i = 0; i < data.length; i++) {
      const y = data.y[i];
      const known = y !== null && y !== undefined && Number.isFinite(y);
      if (!known) continue;
      if (pen) c.lineTo(px(i), py(y));
      else c.moveTo(px(i), py(y));
      pen = true;
    }
    return;
  }
  for (let bin = 0; bin < width * 2; bin++) {
    let low = Infinity;
    let high = -Infinity;
    const from = Math.floor(bin * stride);
    const to = Math.max(from + 1, Math.floor((bin + 1) * stride));
    for (let i = from; i < to; i++) {
      const y = data.y[i];
      if (y === null || y === undefined || !Number.isFinite(y)) continue;
      low = Math.min(low, y);
      high = Math.max(high, y);
    }
    if (low > high) continue;
    if (!pen) c.moveTo(px(from), py(high));
    c.lineTo(px(from), py(high));
    c.lineTo(px(from), py(low));
    pen = true;
  }
}
