import { isPicking } from "../../model/focus-state";
import { figure, integer, percent, seconds } from "../../model/format";
import {
  BASES,
  DEFAULT_CHOICE,
  DISTANCES,
  METHODS,
  METHOD_MEANINGS,
  METHOD_NAMES,
  methodText,
  splitMethod,
  type LayoutChoice,
} from "../../model/layout-choice";
import type { Arrangement } from "../../model/layout-desk";
import { go, route } from "../../model/route";
import { useRun } from "../context";

function choose(layer: number, choice: LayoutChoice | null): void {
  const layouts = new Map(route.peek().layouts);
  if (choice === null) layouts.delete(layer);
  else layouts.set(layer, choice);
  go({ layouts });
}

/** How the layer is laid out: live, or by a method of the literature. */
export function LayoutPicker({ layer }: { layer: number }) {
  const run = useRun();
  const choice = route.value.layouts.get(layer) ?? null;
  const arrangement = run.desk.arrangements.value.get(layer) ?? null;
  const isOpen = isPicking.value;
  const { base, isSpread } = splitMethod(choice?.method ?? "live");
  const last = choice ?? DEFAULT_CHOICE;
  const pick = (change: Partial<LayoutChoice>) => choose(layer, { ...last, ...change });
  const withSpread = (method: string, spread: boolean) => (spread && method !== "pso" ? `${method}+pso` : method);
  return (
    <span
      class="picker"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !isOpen) return;
        isPicking.value = false;
        event.stopPropagation();
      }}
    >
      <button
        type="button"
        class={`chip ${choice ? "chosen" : ""}`}
        aria-expanded={isOpen}
        title="How the units of this layer are laid out (M)"
        onClick={() => (isPicking.value = !isOpen)}
        data-testid="layout-picker"
        data-method={choice?.method ?? "live"}
      >
        layout: {choice ? methodText(choice.method) : "live"} <span aria-hidden="true">▾</span>
      </button>
      {isOpen && (
        <div class="popover" role="dialog" aria-label="Layout of this layer" data-testid="layouts">
          <fieldset>
            <legend>method</legend>
            <Option name="live" meaning="follows the training, calm and in place; what the agent draws" isOn={choice === null} pick={() => choose(layer, null)}>
              live
            </Option>
            {METHODS.map((method) => (
              <Option
                key={method}
                name={method}
                meaning={METHOD_MEANINGS[method] ?? ""}
                isOn={choice !== null && base === method}
                pick={() => pick({ method: withSpread(method, isSpread) })}
              >
                {METHOD_NAMES[method]}
              </Option>
            ))}
          </fieldset>
          <label class="check" title="Afterwards a swarm spreads the units evenly over a disc: every unit has room, distances mean less">
            <input
              type="checkbox"
              checked={isSpread}
              disabled={choice === null || base === "pso"}
              onChange={(event) => pick({ method: withSpread(base, event.currentTarget.checked) })}
              data-testid="spread"
            />
            then spread by PSO
          </label>
          <div class="picker-row">
            <Choice name="distance" value={last.distance} options={DISTANCES} isOff={choice === null} pick={(distance) => pick({ distance })} />
            <Choice name="basis" value={last.basis} options={BASES} isOff={choice === null} pick={(basis) => pick({ basis })} />
          </div>
          <p class="faint small">
            {arrangement ? <Said arrangement={arrangement} /> : "Other methods are computed by the server when they are asked for."}
          </p>
        </div>
      )}
    </span>
  );
}

function Option(props: { name: string; meaning: string; isOn: boolean; pick: () => void; children: preact.ComponentChildren }) {
  return (
    <label class="option" title={props.meaning}>
      <input type="radio" name="layout-method" checked={props.isOn} onChange={props.pick} data-testid={`method-${props.name}`} />
      <span>{props.children}</span>
      <small>{props.meaning}</small>
    </label>
  );
}

function Choice(props: { name: string; value: string; options: readonly string[]; isOff: boolean; pick: (value: string) => void }) {
  return (
    <label>
      <span class="faint">{props.name}</span>
      <select value={props.value} disabled={props.isOff} onChange={(event) => props.pick(event.currentTarget.value)} data-testid={`layout-${props.name}`}>
        {props.options.map((option) => (
          <option key={option} value={option}>
            {option}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Under the map: which layout it is, what it cost and how true it is; or why there is none. */
export function LayoutNote({ layer }: { layer: number }) {
  const run = useRun();
  const arrangement = run.desk.arrangements.value.get(layer);
  if (arrangement === undefined) return null;
  const { layout, isAsking, error, choice } = arrangement;
  const now = run.model.shown.value.picture?.iteration ?? NaN;
  const isOld = layout !== null && layout.iteration !== now;
  const state = isAsking ? "asking" : error !== null ? "failed" : layout !== null ? "shown" : "asking";
  return (
    <p class={`layout-note ${error !== null ? "failed" : ""}`} role="status" data-testid="layout-note" data-state={state} data-method={layout?.method ?? ""}>
      <Said arrangement={arrangement} />
      {!isAsking && (isOld || error !== null) && (
        <button type="button" class="link" onClick={() => run.desk.refresh(layer, route.peek().at)} data-testid="layout-again">
          {error !== null ? "try again" : "lay out anew"}
        </button>
      )}
      <button type="button" class="link" onClick={() => choose(layer, null)} title={`Leave ${methodText(choice.method)}`} data-testid="layout-live">
        back to live
      </button>
    </p>
  );
}

function Said({ arrangement }: { arrangement: Arrangement }) {
  const { choice, layout, isAsking, error } = arrangement;
  const name = methodText(choice.method);
  if (isAsking) return <span>laying out by {name}…</span>;
  if (error !== null) {
    return (
      <span>
        {name}: {error}
      </span>
    );
  }
  if (layout === null) return <span>{name}</span>;
  const q = layout.quality;
  return (
    <span title={`${layout.distance} distance on ${layout.basis}`}>
      {name} of it {integer(layout.iteration)}, {seconds(layout.seconds)}
      {q && `; trustworthiness ${figure(q.trustworthiness)}, continuity ${figure(q.continuity)}, kept ${percent(q.kept)}`}
    </span>
  );
}
