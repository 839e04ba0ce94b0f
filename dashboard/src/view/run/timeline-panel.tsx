import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { casesOf, ruleName } from "../../model/alerts";
import { clock, figure, integer, quantityText } from "../../model/format";
import { go, route } from "../../model/route";
import type { RunSession } from "../../model/run-session";
import { rangeOf, shareOfRange, ticksOf, zoomed, type Range } from "../../model/range";
import { lastKnown, ownSeries, type SeriesLine } from "../../model/series";
import { defaultStrips } from "../../model/strips";
import { theme } from "../../model/theme";
import type { AlertData } from "../../wire/messages";
import { useRun } from "../context";
import { forget, invalidate } from "../loop";
import { playback, SPEEDS } from "./playback";
import { GUTTER, MARGIN, ScorePlot } from "./score-plot";
import { StripPanel } from "./strip-panel";
import { ZoomBar } from "./zoom-bar";

const STRIPS = 3;
const NO_STRIPS: readonly number[] = [];

/** Bottom: the score, what every layer did over time, and the way to any recorded moment. */
export function TimelinePanel({ hasStrips }: { hasStrips: boolean }) {
  const run = useRun();
  const [ownPicked, setOwn] = useState<number | null>(null);
  const [isLog, setLog] = useState(false);
  const [picked, setPicked] = useState<readonly number[] | null>(null);
  const quantities = run.model.info.value?.layerQuantities ?? [];
  const strips = useMemo(() => picked ?? defaultStrips(quantities, STRIPS), [picked, quantities]);
  const runQuantities = run.model.info.value?.runQuantities ?? [];
  const own = ownPicked ?? ownSeries(runQuantities)[0] ?? -1;
  return (
    <footer class="panel timeline" aria-label="Timeline" data-testid="timeline">
      <Controls run={run} />
      <div class="tracks">
        <Tracks run={run} strips={hasStrips ? strips : NO_STRIPS} isLog={isLog} own={own} />
        {(hasStrips ? strips : NO_STRIPS).map((quantity, i) => (
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
        {runQuantities.length > 0 && (
          <label class="strip-name own-name">
            <span class="hidden">Series beside the score</span>
            <select
              value={own}
              title={own < 0 ? "Show a series beside the score" : `${runQuantities[own]?.name ?? ""}: ${runQuantities[own]?.meaning ?? ""}`}
              onChange={(event) => setOwn(Number(event.currentTarget.value))}
              data-testid="own-series"
            >
              <option value={-1}>+ series</option>
              {[...ownSeries(runQuantities), ...runQuantities.keys()].filter((at, i, all) => all.indexOf(at) === i).map((at) => (
                <option key={at} value={at}>
                  {runQuantities[at]?.name}
                </option>
              ))}
            </select>
          </label>
        )}
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

interface TracksProps {
  readonly run: RunSession;
  readonly strips: readonly number[];
  readonly isLog: boolean;
  readonly own: number;
}

function Tracks({ run, strips, isLog, own }: TracksProps) {
  const scorePlace = useRef<HTMLDivElement>(null);
  const stripCanvas = useRef<HTMLCanvasElement>(null);
  const area = useRef<HTMLDivElement>(null);
  const drawn = useRef<{ score: ScorePlot; strip: StripPanel } | null>(null);
  const [tip, setTip] = useState<Tip | null>(null);
  const [line, setLine] = useState<SeriesLine | null>(null);
  const tone = theme.value;
  // Not at every step of a scrub: only what was drawn from changes it.
  const fresh = run.fresh.value;
  const isTall = strips.length === 0;
  const whole = rangeOf(run.model.timeline, null);
  const range = rangeOf(run.model.timeline, route.value.zoom);

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
  }, [run, tone, isLog, isTall]);

  useEffect(() => {
    const now = drawn.current;
    if (now === null) return;
    setLine(now.score.show(run.model.samplesOf(...range), range, own));
    now.strip.quantities = strips;
    now.strip.range = range;
    invalidate(now.strip);
  }, [run, tone, fresh, strips, isLog, own, range[0], range[1]]);

  const iterationAt = (event: PointerEvent): number => {
    const box = (area.current as HTMLElement).getBoundingClientRect();
    const share = (event.clientX - box.left - GUTTER) / (box.width - GUTTER - MARGIN);
    return range[0] + Math.min(1, Math.max(0, share)) * (range[1] - range[0]);
  };
  const scrub = (event: PointerEvent) => {
    const t = run.model.samplesOf(...range);
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
    setTip(tipAt(run, range, own, strips, drawn.current?.strip ?? null, event, iterationAt(event), area.current as HTMLElement));
  };
  const onWheel = (event: WheelEvent) => {
    const box = (area.current as HTMLElement).getBoundingClientRect();
    const isNarrow = window.innerWidth <= 760;
    if (isNarrow && !event.ctrlKey) return; // the page itself scrolls there
    event.preventDefault();
    const share = Math.min(1, Math.max(0, (event.clientX - box.left - GUTTER) / (box.width - GUTTER - MARGIN)));
    const now = rangeOf(run.model.timeline, route.peek().zoom);
    go({ zoom: zoomed(now, whole, 2 ** (event.deltaY / 240), now[0] + share * (now[1] - now[0])) });
  };
  const at = run.model.shown.value.iteration;
  const isInside = at >= range[0] && at <= range[1];
  const described = run.model.info.value?.runQuantities[own];
  const isEmpty = run.model.timeline.length === 0;
  return (
    <div
      ref={area}
      class="track-area"
      onPointerDown={onDown}
      onPointerMove={onMove}
      onPointerLeave={() => setTip(null)}
      onWheel={onWheel}
      role="slider"
      tabIndex={0}
      aria-label="Moment"
      aria-valuemin={range[0]}
      aria-valuemax={range[1]}
      aria-valuenow={Number.isFinite(at) ? at : range[0]}
      aria-valuetext={run.model.momentLabel.value ?? "newest"}
      data-testid="scrubber"
    >
      <div ref={scorePlace} class={`score ${isTall ? "tall" : ""}`} />
      {line !== null && line.count > 0 && described !== undefined && (
        <div class="own-ends" style={{ right: `${MARGIN + 3}px` }} data-testid="own-line" data-count={line.count} aria-hidden="true">
          <span>{quantityText(line.high, described.unit)}</span>
          <span>{quantityText(line.low, described.unit)}</span>
        </div>
      )}
      <canvas ref={stripCanvas} class={`strips ${strips.length === 0 ? "none" : ""}`} />
      <ZoomBar run={run} left={GUTTER} right={MARGIN} />
      <Axis run={run} range={range} />
      <Marks run={run} range={range} />
      <AlertMarks run={run} range={range} />
      {!isEmpty && isInside && (
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
  range: Range,
  own: number,
  strips: readonly number[],
  panel: StripPanel | null,
  event: PointerEvent,
  iteration: number,
  area: HTMLElement,
): Tip | null {
  const t = run.model.samplesOf(...range);
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
  const series = info.runQuantities[own];
  const known = series ? lastKnown(t, own, sample) : NaN;
  if (series && !Number.isNaN(known)) lines.push(`${series.name} ${quantityText(known, series.unit)}`);
  const near = ((range[1] - range[0]) / Math.max(1, box.width)) * 6;
  for (const alert of run.model.alerts.peek()) {
    if (Math.abs(alert.sinceIteration - iteration) <= near && lines.length < 6) lines.push(alertLine(run, alert));
  }
  for (const mark of run.model.marks.peek()) {
    if (Math.abs(mark.iteration - iteration) <= near && lines.length < 6) lines.push(`it ${integer(mark.iteration)}: ${mark.text}`);
  }
  return { x: event.clientX + 12, y: event.clientY - 10, isRight: event.clientX > window.innerWidth - 280, lines };
}

function alertLine(run: RunSession, alert: AlertData): string {
  const name = ruleName(run.rules.peek(), alert.rule);
  const of = alert.subject === "" ? "" : `, ${alert.subject}`;
  return `it ${integer(alert.sinceIteration)}: ${name}${of} (${alert.state})`;
}

/** Where alerts began: those that stand for themselves, for their followers began there too. */
function AlertMarks({ run, range }: { run: RunSession; range: Range }) {
  const cases = casesOf(run.model.alerts.value).filter(
    ({ alert }) => alert.sinceIteration >= range[0] && alert.sinceIteration <= range[1] && alert.state !== "pending",
  );
  return (
    <div class="marks" aria-hidden="true">
      {cases.map(({ alert }) => (
        <i
          key={alert.id}
          class={`alert ${alert.severity} ${alert.state}`}
          style={{ left: position(alert.sinceIteration, range) }}
          data-testid="alert-mark"
          data-rule={alert.rule}
          data-severity={alert.severity}
        />
      ))}
    </div>
  );
}

function Marks({ run, range }: { run: RunSession; range: Range }) {
  const marks = run.model.marks.value.filter((mark) => mark.iteration >= range[0] && mark.iteration <= range[1]);
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
function Axis({ run, range }: { run: RunSession; range: Range }) {
  const ticks = ticksOf(range, 8);
  return (
    <div class="axis" aria-hidden="true">
      {epochs(run, range).map(([iteration, epoch]) => (
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

function epochs(run: RunSession, range: Range): [number, number][] {
  const t = run.model.samplesOf(...range);
  const found: [number, number][] = [];
  for (let i = Math.max(1, t.indexAt(range[0])); i < t.length && (t.iteration[i] as number) <= range[1]; i++) {
    if (t.epoch[i] !== t.epoch[i - 1]) found.push([t.iteration[i] as number, t.epoch[i] as number]);
  }
  // More marks than about a dozen are a grey wash and say nothing.
  const every = Math.ceil(found.length / 14);
  return found.filter((_, i) => i % every === 0);
}

function position(iteration: number, range: Range): string {
  const share = shareOfRange(iteration, range);
  return `calc(${GUTTER}px + (100% - ${GUTTER + MARGIN}px) * ${share.toFixed(5)})`;
}
