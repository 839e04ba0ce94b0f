import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { clock, figure, integer, quantityText } from "../../model/format";
import { go, route } from "../../model/route";
import type { RunSession } from "../../model/run-session";
import { defaultStrips } from "../../model/strips";
import { theme } from "../../model/theme";
import { useRun } from "../context";
import { forget, invalidate } from "../loop";
import { playback, SPEEDS } from "./playback";
import { GUTTER, MARGIN, ScorePlot } from "./score-plot";
import { StripPanel } from "./strip-panel";

const STRIPS = 3;

/** Bottom: the score, what every layer did over time, and the way to any recorded moment. */
export function TimelinePanel() {
  const run = useRun();
  const [isLog, setLog] = useState(false);
  const [picked, setPicked] = useState<readonly number[] | null>(null);
  const quantities = run.model.info.value?.layerQuantities ?? [];
  const strips = useMemo(() => picked ?? defaultStrips(quantities, STRIPS), [picked, quantities]);
  return (
    <footer class="panel timeline" aria-label="Timeline" data-testid="timeline">
      <Controls run={run} />
      <div class="tracks">
        <Tracks run={run} strips={strips} isLog={isLog} />
        {strips.map((quantity, i) => (
          <label key={i} class={`strip-name strip-${i}`}>
            <span class="hidden">Quantity of strip {i + 1}</span>
            <select
              value={quantity}
              title={quantities[quantity]?.meaning ?? ""}
              onChange={(event) => {
                const chosen = Number(event.currentTarget.value);
                setPicked(strips.map((old, j) => (j === i ? chosen : old)));
              }}
            >
              {quantities.map((q, at) => (
                <option key={q.id} value={at}>
                  {q.name}
                </option>
              ))}
            </select>
          </label>
        ))}
        <button
          type="button"
          class="strip-name score-name"
          aria-pressed={isLog}
          onClick={() => setLog(!isLog)}
          title={`Logarithmic axis ${isLog ? "on" : "off"}`}
        >
          score{isLog && " log"}
        </button>
      </div>
    </footer>
  );
}

function Controls({ run }: { run: RunSession }) {
  const isPlaying = playback.isPlaying.value;
  const isLive = route.value.at === null;
  const state = run.model.state.value;
  return (
    <div class="controls">
      <button
        type="button"
        class="play"
        onClick={() => playback.toggle(run)}
        title={isPlaying ? "Pause (space)" : "Play the recording (space)"}
        aria-label={isPlaying ? "Pause" : "Play"}
        data-testid="play"
      >
        <svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">
          <path d={isPlaying ? "M2.5 1.5h2.5v9H2.5zM7 1.5h2.5v9H7z" : "M3 1.2 10.5 6 3 10.8z"} />
        </svg>
      </button>
      <div class="speeds" role="radiogroup" aria-label="Speed">
        {SPEEDS.map((speed) => (
          <button
            key={speed}
            type="button"
            role="radio"
            aria-checked={playback.speed.value === speed}
            class={playback.speed.value === speed ? "chosen" : ""}
            onClick={() => (playback.speed.value = speed)}
          >
            ×{speed}
          </button>
        ))}
      </div>
      <button
        type="button"
        class={`to-live ${isLive ? "on" : ""}`}
        disabled={isLive}
        onClick={() => {
          playback.stop();
          go({ at: null });
        }}
        title="Back to the newest sample (L)"
        data-testid="to-live"
      >
        {state === "recorded" ? "newest" : "live"}
      </button>
    </div>
  );
}

function Tracks({ run, strips, isLog }: { run: RunSession; strips: readonly number[]; isLog: boolean }) {
  const scorePlace = useRef<HTMLDivElement>(null);
  const stripCanvas = useRef<HTMLCanvasElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const drawn = useRef<{ score: ScorePlot; strip: StripPanel } | null>(null);
  const [tip, setTip] = useState<Tip | null>(null);
  const tone = theme.value;
  const pulse = run.pulse.value;
  const range = rangeOf(run);

  useEffect(() => {
    const canvas = stripCanvas.current as HTMLCanvasElement;
    const score = new ScorePlot(scorePlace.current as HTMLElement, isLog);
    const strip = new StripPanel(canvas, run.model);
    drawn.current = { score, strip };
    const resized = new ResizeObserver(() => {
      score.resize();
      invalidate(strip);
    });
    resized.observe(area.current as HTMLElement);
    return () => {
      resized.disconnect();
      score.destroy();
      forget(strip);
      drawn.current = null;
    };
  }, [run, tone, isLog]);

  useEffect(() => {
    const now = drawn.current;
    if (now === null) return;
    now.score.show(run.model.timeline, range);
    now.strip.quantities = strips;
    now.strip.range = range;
    invalidate(now.strip);
  }, [run, tone, pulse, strips, isLog]);

  const iterationAt = (event: PointerEvent): number => {
    const box = (area.current as HTMLElement).getBoundingClientRect();
    const share = (event.clientX - box.left - GUTTER) / (box.width - GUTTER - MARGIN);
    return range[0] + Math.min(1, Math.max(0, share)) * (range[1] - range[0]);
  };
  const scrub = (event: PointerEvent) => {
    const t = run.model.timeline;
    const sample = t.nearest(iterationAt(event));
    if (sample >= 0) go({ at: t.iteration[sample] as number });
  };
  const onDown = (event: PointerEvent) => {
    if (event.button !== 0 || event.offsetX < GUTTER - 6) return;
    playback.stop();
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    scrub(event);
  };
  const onMove = (event: PointerEvent) => {
    const held = (event.currentTarget as HTMLElement).hasPointerCapture(event.pointerId);
    if (held) scrub(event);
    setTip(tipAt(run, strips, drawn.current?.strip ?? null, event, iterationAt(event), area.current as HTMLElement));
  };
  const at = run.model.shown.value.iteration;
  const isEmpty = run.model.timeline.length === 0;
  return (
    <div
      ref={area}
      class="track-area"
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerLeave={() => setTip(null)}
      role="slider"
      tabIndex={0}
      aria-label="Moment"
      aria-valuemin={range[0]}
      aria-valuemax={range[1]}
      aria-valuenow={Number.isFinite(at) ? at : range[0]}
      aria-valuetext={run.model.momentLabel.value ?? "newest"}
      data-testid="scrubber"
    >
      <div ref={scorePlace} class="score" />
      <canvas ref={stripCanvas} class="strips" />
      <Axis run={run} range={range} />
      <Marks run={run} range={range} />
      {!isEmpty && Number.isFinite(at) && (
        <div class={`cursor ${route.value.at === null ? "" : "recorded"}`} style={{ left: position(at, range) }} />
      )}
      {tip && (
        <div class="tip" style={{ left: `${tip.x}px`, top: `${tip.y}px`, transform: `translate(${tip.isRight ? "-100%" : "0"}, -100%)` }}>
          {tip.lines.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
      {isEmpty && <p class="empty over">No sample yet.</p>}
    </div>
  );
}

interface Tip {
  readonly x: number;
  readonly y: number;
  readonly isRight: boolean;
  readonly lines: readonly string[];
}

function tipAt(
  run: RunSession,
  strips: readonly number[],
  panel: StripPanel | null,
  event: PointerEvent,
  iteration: number,
  area: HTMLElement,
): Tip | null {
  const t = run.model.timeline;
  const info = run.model.info.peek();
  const sample = t.nearest(iteration);
  const box = area.getBoundingClientRect();
  if (sample < 0 || info === null || event.clientX - box.left < GUTTER - 6) return null;
  const lines = [
    `it ${integer(t.iteration[sample] as number)} · ${clock(t.timeMillis[sample] as number)} · score ${figure(t.score[sample] as number)}`,
  ];
  const canvas = area.querySelector("canvas.strips");
  const hit = canvas && panel ? panel.hit(event.clientY - canvas.getBoundingClientRect().top) : null;
  const quantity = hit ? info.layerQuantities[strips[hit.strip] ?? -1] : undefined;
  if (hit && quantity) {
    const value = t.value(sample, hit.layer, strips[hit.strip] as number);
    lines.push(`${info.layers[hit.layer]?.name ?? ""}: ${quantity.name} ${quantityText(value, quantity.unit)}`);
  }
  const near = (t.iteration[t.length - 1] as number) / Math.max(1, box.width) * 6;
  for (const mark of run.model.marks.peek()) {
    if (Math.abs(mark.iteration - iteration) <= near && lines.length < 6) lines.push(`it ${integer(mark.iteration)}: ${mark.text}`);
  }
  return { x: event.clientX + 12, y: event.clientY - 10, isRight: event.clientX > window.innerWidth - 280, lines };
}

function Marks({ run, range }: { run: RunSession; range: readonly [number, number] }) {
  const marks = run.model.marks.value;
  return (
    <div class="marks">
      {marks.map((mark, i) => (
        <i
          key={i}
          class={mark.kind}
          style={{ left: position(mark.iteration, range) }}
          data-testid="mark"
          data-kind={mark.kind}
          title={mark.text}
        />
      ))}
    </div>
  );
}

/** Iterations below, epochs as ticks through all tracks. */
function Axis({ run, range }: { run: RunSession; range: readonly [number, number] }) {
  const [first, last] = range;
  const ticks: number[] = [];
  const step = niceStep((last - first) / 8);
  for (let i = Math.ceil(first / step) * step; i <= last - 0.012 * (last - first); i += step) ticks.push(i);
  return (
    <div class="axis" aria-hidden="true">
      {epochs(run).map(([iteration, epoch]) => (
        <i key={`e${epoch}`} class="epoch" style={{ left: position(iteration, range) }} title={`epoch ${epoch}`} />
      ))}
      {ticks.map((tick) => (
        <span key={tick} style={{ left: position(tick, range) }}>
          {integer(tick)}
        </span>
      ))}
      <b>it</b>
    </div>
  );
}

function epochs(run: RunSession): [number, number][] {
  const t = run.model.timeline;
  const found: [number, number][] = [];
  for (let i = 1; i < t.length; i++) {
    if (t.epoch[i] !== t.epoch[i - 1]) found.push([t.iteration[i] as number, t.epoch[i] as number]);
  }
  // More marks than about a dozen are a grey wash and say nothing.
  const every = Math.ceil(found.length / 14);
  return found.filter((_, i) => i % every === 0);
}

function rangeOf(run: RunSession): readonly [number, number] {
  const t = run.model.timeline;
  if (t.length === 0) return [0, 1];
  const first = t.iteration[0] as number;
  return [first, Math.max(first + 1, t.iteration[t.length - 1] as number)];
}

function position(iteration: number, [first, last]: readonly [number, number]): string {
  const share = Math.min(1, Math.max(0, (iteration - first) / (last - first)));
  return `calc(${GUTTER}px + (100% - ${GUTTER + MARGIN}px) * ${share.toFixed(5)})`;
}

function niceStep(rough: number): number {
  const size = 10 ** Math.floor(Math.log10(Math.max(1, rough)));
  const lead = rough / size;
  return Math.max(1, size * (lead > 5 ? 10 : lead > 2 ? 5 : lead > 1 ? 2 : 1));
}
