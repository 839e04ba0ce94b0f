import type { AlertSeverity } from "../../wire/messages";

// Told apart by shape as well as by colour.
const SHAPES: Readonly<Record<AlertSeverity, string>> = {
  critical: "M6 .8 11.2 6 6 11.2.8 6z",
  warning: "M6 1.2 11.4 10.6H.6z",
  info: "M6 1.6a4.4 4.4 0 1 0 0 8.8 4.4 4.4 0 0 0 0-8.8z",
};

/** A diamond, a triangle or a disc; hollow when it no longer stands, or not yet. */
export function AlertSign({ severity, isHollow }: { severity: AlertSeverity; isHollow: boolean }) {
  return (
    <svg class={`alert-sign ${severity} ${isHollow ? "hollow" : ""}`} viewBox="0 0 12 12" width="11" height="11" aria-hidden="true">
      <path d={SHAPES[severity]} />
    </svg>
  );
}
