import { useEffect, useMemo, useState } from "preact/hooks";
import { ApiError, fetchLaws } from "../../model/api";
import { figure, integer } from "../../model/format";
import { forecastScore, type Interval, type Law, type LawKind } from "../../model/laws";
import { go, route } from "../../model/route";
import type { RunSession } from "../../model/run-session";
import { useRun } from "../context";
import { LawChart, type Measured } from "./law-chart";

const REFRESH_MILLIS = 4000;
const MOST_POINTS = 1500;

const KINDS: readonly (readonly [LawKind, string, string])[] = [
  ["emergence", "Emergence of massive activations", "f(t) = A·exp(−λx)·ln x + K with x = γt + t₀"],
  ["sparsity", "Sparsity", "A(D) = exp(−c·D^α + b) + A₀ falling, or −c·D^(−α) + A₀ rising, D the data seen"],
];

/** The laws that a run's series follow, as far as they can be told yet. */
export function LawsView() {
  const run = useRun();
  const [laws, setLaws] = useState<readonly Law[] | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    const abort = new AbortController();
    const read = () =>
      fetchLaws(run.id, abort.signal).then(
        (answer) => {
          setLaws(answer);
          setError(null);
        },
        (e: unknown) => {
          if (!abort.signal.aborted) setError(e instanceof ApiError ? e.message : String(e));
        },
      );
    void read();
    const timer = window.setInterval(() => {
      if (!document.hidden && run.model.state.peek() === "live") void read();
    }, REFRESH_MILLIS);
    return () => {
      abort.abort();
      window.clearInterval(timer);
    };
  }, [run]);
  if (laws === null) return error === null ? <p class="empty">Reading the laws…</p> : <p class="warning padded">{error}</p>;
  if (laws.length === 0) {
    return (
      <div class="notice">
        <h1>No law is followed in this run</h1>
        <p>Laws are fitted to the massive ratio and to the activation ratio of layers, once a run has samples of them.</p>
      </div>
    );
  }
  const { layer, quantities } = route.value;
  const kind = quantities[0];
  const chosen =
    laws.find((law) => law.layer === layer && law.kind === kind) ??
    laws.find((law) => law.layer === layer) ??
    laws.find((law) => law.isFitted) ??
    (laws[0] as Law);
  return (
    <div class="laws-view">
      <nav class="law-list" aria-label="Laws" data-clips>
        {KINDS.map(([each, heading, formula]) => {
          const members = laws.filter((law) => law.kind === each);
          return members.length === 0 ? null : (
            <section key={each}>
              <h3 title={formula}>{heading}</h3>
              {members.map((law) => (
                <LawButton key={`${law.layer} ${law.quantity}`} law={law} isChosen={law === chosen} />
              ))}
            </section>
          );
        })}
        {error !== null && <p class="warning small">{error}</p>}
      </nav>
      <LawDetail run={run} law={chosen} />
    </div>
  );
}

function LawButton({ law, isChosen }: { law: Law; isChosen: boolean }) {
  return (
    <button
      type="button"
      class={`law ${isChosen ? "chosen" : ""}`}
      aria-pressed={isChosen}
      onClick={() => go({ layer: law.layer, quantities: [law.kind], unit: null })}
      data-testid="law"
      data-layer={law.layer}
      data-state={law.state}
    >
      <span>{law.layer}</span>
      <small>{law.isFitted ? `R² ${figure(law.r2)}` : law.state}</small>
    </button>
  );
}

function LawDetail({ run, law }: { run: RunSession; law: Law }) {
  const fresh = run.fresh.value;
  const info = run.model.info.value;
  const layer = info?.layers.findIndex((l) => l.name === law.layer) ?? -1;
  const quantity = info?.layerQuantities.findIndex((q) => q.id === law.quantity) ?? -1;
  const name = info?.layerQuantities[quantity]?.name ?? law.quantity;
  const measured = useMemo(() => measure(run, layer, quantity), [run, layer, quantity, Math.floor(fresh / 5)]);
  const formula = KINDS.find(([kind]) => kind === law.kind)?.[2] ?? "";
  return (
    <section class="law-detail" data-testid="law-detail" data-state={law.state}>
      <header>
        <h2>
          {name} of {law.layer}
        </h2>
        <span class="faint">{formula}</span>
      </header>
      {!law.isFitted && (
        <p class="abstains" data-testid="abstains">
          <b>{sentence(law.state || "not identifiable yet")}</b>
          {law.reason !== "" && `: ${law.reason}`}. The series is shown as measured; no forecast is made.
        </p>
      )}
      <LawChart law={law} measured={measured} label={`${name} of ${law.layer} with its law and forecast`} />
      <div class="law-facts">
        {law.isFitted && (
          <dl class="facts">
            <Fact name="R²" value={figure(law.r2)} />
            {law.peak !== null && <Fact name="peak at it" value={intervalText(law.peak, integer)} />}
            {law.limit !== null && <Fact name="limit" value={intervalText(law.limit, figure)} />}
            {law.parameters
              .filter(([parameter]) => !/^(tPeak|K|A0)$/.test(parameter))
              .map(([parameter, value]) => (
                <Fact key={parameter} name={parameter} value={intervalText(value, figure)} />
              ))}
          </dl>
        )}
        <Rivals law={law} />
        <Past law={law} />
      </div>
    </section>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd title={value}>{value}</dd>
    </div>
  );
}

/** Akaike's criterion beside that of simpler laws. */
function Rivals({ law }: { law: Law }) {
  const best = law.aic[0];
  if (best === undefined) return null;
  return (
    <table class="law-table" data-testid="rivals">
      <caption title="Akaike's information criterion: fit less a price per parameter. 0 is the best of these; above 10 there is no case for it">
        AIC above the best
      </caption>
      <tbody>
        {law.aic.map(([name, value]) => (
          <tr key={name} class={value === best[1] ? "best" : ""}>
            <th scope="row">{name}</th>
            <td>{value === best[1] ? "best" : `+${figure(value - best[1])}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** How well the forecasts made so far came true, beside two simple ways to guess. */
function Past({ law }: { law: Law }) {
  const score = forecastScore(law.past);
  if (score === null) return <p class="empty small">No forecast of it has come due yet.</p>;
  return (
    <table class="law-table past" data-testid="past">
      <caption>
        Past forecasts, absolute error: nearest in {score.better} of {score.of}
      </caption>
      <thead>
        <tr>
          <th scope="col">made at it</th>
          <th scope="col">ahead</th>
          <th scope="col">law</th>
          <th scope="col">as it was</th>
          <th scope="col">4-point line</th>
        </tr>
      </thead>
      <tbody>
        {law.past.map((past) => {
          const least = Math.min(...[past.error, past.persistence, past.line].filter(Number.isFinite));
          const cell = (value: number) => <td class={value === least ? "strong" : ""}>{figure(value)}</td>;
          return (
            <tr key={`${past.at} ${past.horizon}`}>
              <td>{integer(past.at)}</td>
              <td>{integer(past.horizon)}</td>
              {cell(past.error)}
              {cell(past.persistence)}
              {cell(past.line)}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function measure(run: RunSession, layer: number, quantity: number): Measured {
  const t = run.model.timeline;
  const x: number[] = [];
  const y: (number | null)[] = [];
  if (layer < 0 || quantity < 0) return { x, y };
  const step = Math.max(1, t.length / MOST_POINTS);
  for (let i = 0; i < t.length; i += step) {
    const sample = Math.floor(i);
    const value = t.value(sample, layer, quantity);
    x.push(t.iteration[sample] as number);
    y.push(Number.isFinite(value) ? value : null);
  }
  return { x, y };
}

/** "1 490 (1 320 … 1 710)"; where several values fit equally well there is no point to give. */
function intervalText({ value, low, high }: Interval, text: (n: number) => string): string {
  if (Number.isNaN(value)) return `${text(low)} … ${text(high)}`;
  if (Number.isNaN(low) && Number.isNaN(high)) return text(value);
  return `${text(value)} (${text(low)} … ${text(high)})`;
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
