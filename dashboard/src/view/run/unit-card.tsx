import { signal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import { ApiError, fetchUnitHistory, type UnitHistory } from "../../model/api";
import { figure, percent } from "../../model/format";
import { isPinned } from "../../model/pins";
import { go, route } from "../../model/route";
import { DEAD, NEWBORN, type LayerInfo } from "../../wire/messages";
import { useRun } from "../context";
import { FeatureMap, hasPlaces } from "./feature-view";
import { HistoryChart } from "./history-chart";
import { ProfileBars } from "./profile-bars";
import { PinButton } from "./unit-rows";

// Whoever looks at feature maps goes from unit to unit with them.
const isFeatureShown = signal(false);

const REFRESH_MILLIS = 4000;

/** The chosen unit: its profile, its figures and its history. */
export function UnitCard({ layer, unit, info }: { layer: number; unit: number; info: LayerInfo }) {
  const run = useRun();
  const [history, setHistory] = useState<UnitHistory | null>(null);
  const [error, setError] = useState<string | null>(null);
  const { name } = info;
  useEffect(() => {
    const abort = new AbortController();
    const read = () =>
      fetchUnitHistory(run.id, name, unit, abort.signal).then(
        (answer) => {
          setHistory(answer);
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
  }, [run, name, unit]);
  const map = run.map(layer);
  const statistics = run.model.shown.value.units?.layers.find((l) => l.layer === layer);
  return (
    <article class="unit-card" data-testid="unit-card" data-unit={unit}>
      <header>
        <b>unit {unit}</b>
        {map?.states[unit] === DEAD && <span class="warning">dead</span>}
        {map?.states[unit] === NEWBORN && <span class="accent">newly alive</span>}
        {statistics && (
          <dl>
            <Figure name="mean" value={figure(statistics.mean[unit] ?? NaN)} />
            <Figure name="max |h|" value={figure(statistics.maxAbs[unit] ?? NaN)} />
            <Figure name="active" value={percent(statistics.nonZero[unit] ?? NaN)} />
          </dl>
        )}
        <span class="grow" />
        {hasPlaces(info) && (
          <button
            type="button"
            class={`small-button ${isFeatureShown.value ? "on" : ""}`}
            aria-pressed={isFeatureShown.value}
            onClick={() => (isFeatureShown.value = !isFeatureShown.value)}
            title="What this channel sees of one example, beside it"
            data-testid="feature-map"
          >
            feature map
          </button>
        )}
        <PinButton layer={layer} unit={unit} isPinned={isPinned(route.value.pins, layer, unit)} />
        <button type="button" class="plain" onClick={() => go({ unit: null })} title="Close the unit (Esc)">
          ×
        </button>
      </header>
      {hasPlaces(info) && isFeatureShown.value && <FeatureMap layer={layer} unit={unit} />}
      <div class="unit-body">
        {map && <ProfileBars map={map} units={[unit]} isWide label={`profile of unit ${unit}`} />}
        {history && history.iterations.length > 1 && (
          <HistoryChart history={history} at={run.model.shown.value.iteration} />
        )}
        {history && history.iterations.length <= 1 && <p class="empty">No history of this unit is recorded yet.</p>}
        {error !== null && <p class="warning">{error}</p>}
      </div>
    </article>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
