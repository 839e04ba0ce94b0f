import { colourMap, cssColour } from "../../colour/maps";
import { figure, integer, percent } from "../../model/format";
import { barsOf } from "../../model/histogram";
import { theme } from "../../model/theme";
import type { HistogramData } from "../../wire/messages";

const WIDTH = 276;
const HEIGHT = 64;
const MIDDLE = 14;

/** Signed values in log-scaled bins; exact zeros stand in the middle. */
export function HistogramView({ data, what = "activations" }: { data: HistogramData; what?: string }) {
  const bars = barsOf(data);
  const map = colourMap(theme.value, true);
  const bins = bars.positive.length;
  const hasNegative = bars.negative.some((n) => n > 0);
  const zero = hasNegative ? WIDTH / 2 : MIDDLE;
  const width = (WIDTH - zero - MIDDLE / 2) / Math.max(1, bins);
  const height = (share: number) => (share / bars.most) * (HEIGHT - 4);
  const edge = (exponent: number) => figure(2 ** exponent);
  const zeroHeight = Math.min(HEIGHT - 4, height(bars.zeroShare));
  const bar = (share: number, i: number, sign: 1 | -1) => {
    if (share === 0) return null;
    const x = sign > 0 ? zero + MIDDLE / 2 + i * width : zero - MIDDLE / 2 - (i + 1) * width;
    const h = Math.max(1, height(share));
    const from = edge(bars.lowExponent + i / 4);
    const to = edge(bars.lowExponent + (i + 1) / 4);
    const s = sign < 0 ? "−" : "";
    return (
      <rect key={sign * (i + 1)} x={x + 0.25} y={HEIGHT - h} width={Math.max(0.5, width - 0.5)} height={h} fill={cssColour(map, sign * (0.45 + (0.5 * i) / bins), true)}>
        <title>{`${s}${from} to ${s}${to}: ${percent(share)}`}</title>
      </rect>
    );
  };
  return (
    <figure class="histogram" data-testid="histogram" data-count={bars.count}>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT + 14}`} role="img" aria-label={`histogram of ${what}, logarithmic`}>
        <line x1="0" x2={WIDTH} y1={HEIGHT + 0.5} y2={HEIGHT + 0.5} class="axis" />
        {Array.from(bars.negative, (share, i) => bar(share, i, -1))}
        {Array.from(bars.positive, (share, i) => bar(share, i, 1))}
        {bars.zeroShare > 0 && (
          <rect x={zero - 2.5} y={HEIGHT - zeroHeight} width="5" height={Math.max(1, zeroHeight)} class="zero">
            <title>{`exactly zero: ${percent(bars.zeroShare)}`}</title>
          </rect>
        )}
        <text x={zero} y={HEIGHT + 12} text-anchor="middle">
          0
        </text>
        {bins > 0 && (
          <>
            <text x={WIDTH} y={HEIGHT + 12} text-anchor="end">
              {edge(bars.highExponent)}
            </text>
            <text x={zero + 12} y={HEIGHT + 12}>
              {edge(bars.lowExponent)}
            </text>
          </>
        )}
        {hasNegative && (
          <text x="0" y={HEIGHT + 12}>
            −{edge(bars.highExponent)}
          </text>
        )}
      </svg>
      <figcaption>
        {integer(bars.count)} {what}, size logarithmic
        {bars.zeroShare > 0 && `, ${percent(bars.zeroShare)} zero`}
        {bars.notFinite > 0 && <strong class="warning"> {integer(bars.notFinite)} NaN or ∞</strong>}
      </figcaption>
    </figure>
  );
}
