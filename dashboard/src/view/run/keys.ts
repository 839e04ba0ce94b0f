import { useEffect } from "preact/hooks";
import { lastNumbersView, openView } from "../../model/choice";
import { chooseRegion, isAlertList, isLasso, isLegend, isPicking, region } from "../../model/focus-state";
import { plusOf, subtracted } from "../../model/groupings";
import { togglePin } from "../../model/pins";
import { go, route } from "../../model/route";
import { holding, rangeOf, zoomed } from "../../model/range";
import type { RunSession } from "../../model/run-session";
import { toggleTheme } from "../../model/theme";
import { stepView } from "../numbers/numbers-view";
import { playback } from "./playback";

/** Moves the cursor by samples; past the newest one it is live again. */
export function step(run: RunSession, samples: number): void {
  const at = route.peek().at;
  const t = run.model.samplesAt(at);
  if (t.length === 0) return;
  const from = at === null ? t.length - 1 : t.nearest(at);
  const to = Math.max(0, from + samples);
  if (to >= t.length && t === run.model.timeline) go({ at: null });
  else if (at !== null || samples < 0) lookAt(run, t.iteration[Math.min(to, t.length - 1)] as number);
}

/** Moves to a moment; a closer look at the timeline goes along. */
export function lookAt(run: RunSession, iteration: number): void {
  const { zoom } = route.peek();
  const whole = rangeOf(run.model.timeline, null);
  go({ at: iteration, zoom: zoom === null ? null : holding(zoom, whole, iteration) });
}

/** Looks closer at the time around the moment shown, or less close. */
export function zoomBy(run: RunSession, factor: number, around = run.model.shown.peek().iteration): void {
  const whole = rangeOf(run.model.timeline, null);
  const range = rangeOf(run.model.timeline, route.peek().zoom);
  if (Number.isFinite(around)) go({ zoom: zoomed(range, whole, factor, around) });
}

export function focusLayer(run: RunSession, change: number): void {
  const rows = run.graph.peek()?.rows.filter((row) => row.layer >= 0) ?? [];
  if (rows.length === 0) return;
  const now = rows.findIndex((row) => row.layer === run.layer.peek());
  const next = now < 0 ? (change > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, now + change));
  go({ layer: rows[next]?.name ?? null, unit: null });
}

export function useKeys(run: RunSession, toggleHelp: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || isTyping(event.target)) return;
      // While a dialog is open its own keys hold: Esc closes it, and nothing behind it moves.
      if (event.key !== "?" && document.querySelector("dialog[open]") !== null) return;
      if (!handle(event, run, toggleHelp)) return;
      event.preventDefault();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [run]);
}

function handle(event: KeyboardEvent, run: RunSession, toggleHelp: () => void): boolean {
  const many = event.shiftKey ? 10 : 1;
  // With Shift a digit key types something else, on every keyboard another thing.
  const digit = /^(Digit|Numpad)[0-9]$/.test(event.code) ? Number(event.code.at(-1)) : -1;
  const grouping = run.grouping.peek();
  if (digit >= 0 && digit < grouping.count) {
    const group = grouping.first + digit;
    go({ field: event.shiftKey ? subtracted(route.peek().field, group) : { kind: "group", group } });
    return true;
  }
  switch (event.key) {
    case "ArrowLeft":
      step(run, -many);
      return true;
    case "ArrowRight":
      step(run, many);
      return true;
    case "ArrowUp":
    case "k":
      focusLayer(run, -1);
      return true;
    case "ArrowDown":
    case "j":
      focusLayer(run, 1);
      return true;
    case " ":
      // A focused button is pressed by the space bar; playing as well would do two things at once.
      if (event.target instanceof HTMLButtonElement) return false;
      playback.toggle(run);
      return true;
    case "Home":
      if (run.model.timeline.length > 0) lookAt(run, run.model.timeline.iteration[0] as number);
      return true;
    case "End":
    case "l":
    case "L":
      playback.stop();
      go({ at: null });
      return true;
    case "+":
    case "=":
      zoomBy(run, 0.5);
      return true;
    case "-":
      zoomBy(run, 2);
      return true;
    case "w":
      go({ zoom: null });
      return true;
    case "a":
      go({ field: { kind: "activity" } });
      return true;
    case "/":
    case "f":
      (document.getElementById("find-unit") ?? document.getElementById("find-layer"))?.focus();
      return true;
    case "[":
    case "]":
      stepView(event.key === "[" ? -1 : 1);
      return true;
    case "n":
      openView(route.peek().view === "maps" ? lastNumbersView() : "maps");
      return true;
    case "b":
      nextGrouping(run);
      return true;
    case "o":
      go({ similar: !route.peek().similar });
      return true;
    case "g":
      go({ align: !route.peek().align });
      return true;
    case "h":
      return toggleHighlight(run);
    case "p":
    case "s":
    case "i":
    case "m":
      return run.layer.peek() >= 0 && handleFocus(event.key, run);
    case "t":
    case "T":
      toggleTheme();
      return true;
    case "e":
      isAlertList.value = !isAlertList.peek();
      return true;
    case "?":
      toggleHelp();
      return true;
    case "Escape":
      if (isPicking.peek()) isPicking.value = false;
      else if (isAlertList.peek()) isAlertList.value = false;
      else if (isLasso.peek()) isLasso.value = false;
      else if (region.peek().length > 0) chooseRegion([]);
      else if (route.peek().unit !== null) go({ unit: null });
      else if (route.peek().layer !== null) go({ layer: null });
      else return false;
      return true;
    default:
      return false;
  }
}

/** Keys that are of use only while a layer is large. */
function handleFocus(key: "p" | "s" | "i" | "m", run: RunSession): boolean {
  const layer = run.layer.peek();
  switch (key) {
    case "p": {
      const unit = run.hoveredUnit >= 0 ? run.hoveredUnit : (route.peek().unit ?? -1);
      if (unit < 0) return false;
      go({ pins: togglePin(route.peek().pins, layer, unit) });
      return true;
    }
    case "s":
      isLasso.value = !isLasso.peek();
      return true;
    case "i":
      isLegend.value = !isLegend.peek();
      return true;
    case "m":
      isPicking.value = !isPicking.peek();
      return true;
  }
}

function nextGrouping(run: RunSession): void {
  const groupings = run.model.info.peek()?.groupings ?? [];
  const next = groupings[(groupings.indexOf(run.grouping.peek()) + 1) % groupings.length];
  if (next) go({ by: next.name, field: { kind: "activity" } });
}

function toggleHighlight(run: RunSession): boolean {
  const { highlight, field } = route.peek();
  const hovered = run.hoveredGroup.peek();
  const group = hovered >= 0 && hovered !== highlight ? hovered : highlight !== null ? null : plusOf(field);
  if (group === -1) return false;
  go({ highlight: group });
  return true;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement || target instanceof HTMLSelectElement || target instanceof HTMLTextAreaElement
  );
}
