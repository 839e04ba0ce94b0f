import type { AlertData, AlertSeverity, AlertStanding } from "../wire/messages";

const MOST_ALERTS = 500;
const ORDER: Readonly<Record<AlertStanding, number>> = { pending: 0, firing: 1, resolved: 2 };
const WEIGHT: Readonly<Record<AlertSeverity, number>> = { info: 0, warning: 1, critical: 2 };

/**
 * How alerts stand after some changes. An alert goes from pending to firing to resolved and never
 * back: its id has the iteration of its beginning. So a history that is read while changes arrive
 * cannot undo them.
 */
export function joinedAlerts(known: readonly AlertData[], changes: readonly AlertData[]): readonly AlertData[] {
  const all = new Map(known.map((alert) => [alert.id, alert]));
  for (const alert of changes) {
    const before = all.get(alert.id);
    if (before === undefined || ORDER[alert.state] >= ORDER[before.state]) all.set(alert.id, alert);
  }
  return [...all.values()].sort((a, b) => a.sinceIteration - b.sinceIteration).slice(-MOST_ALERTS);
}

/** An alert, and those that follow from it. */
export interface AlertCase {
  readonly alert: AlertData;
  readonly followers: readonly AlertData[];
}

/** Causes with their followers: what fires first, the graver before, then the later before. */
export function casesOf(alerts: readonly AlertData[]): readonly AlertCase[] {
  const known = new Map(alerts.map((alert) => [alert.id, alert]));
  const causeOf = (alert: AlertData): AlertData => {
    const seen = new Set<string>();
    let first = alert;
    for (let next = known.get(first.cause); next !== undefined; next = known.get(first.cause)) {
      if (seen.has(next.id)) return alert; // a circle has no first
      seen.add(next.id);
      first = next;
    }
    return first;
  };
  const followers = new Map<string, AlertData[]>();
  const causes: AlertData[] = [];
  for (const alert of alerts) {
    const cause = causeOf(alert);
    if (cause === alert) causes.push(alert);
    else followers.set(cause.id, [...(followers.get(cause.id) ?? []), alert]);
  }
  const rank = ({ state }: AlertData) => (state === "firing" ? 0 : state === "pending" ? 1 : 2);
  return causes
    .sort((a, b) => rank(a) - rank(b) || WEIGHT[b.severity] - WEIGHT[a.severity] || b.sinceIteration - a.sinceIteration)
    .map((alert) => ({ alert, followers: followers.get(alert.id) ?? [] }));
}

/** What stands now: how many alerts fire, and the gravest of them. */
export function standing(alerts: readonly AlertData[]): { readonly firing: number; readonly worst: AlertSeverity } {
  const firing = alerts.filter((alert) => alert.state === "firing");
  const worst = firing.reduce<AlertSeverity>((w, a) => (WEIGHT[a.severity] > WEIGHT[w] ? a.severity : w), "info");
  return { firing: firing.length, worst };
}

/** What a rule watches for, in the words of whoever wrote it. */
export interface RuleText {
  readonly id: string;
  readonly name: string;
  readonly meaning: string;
  readonly why: string;
  readonly advice: string;
  readonly reference: string;
}

/** A rule by its name; by its id until the server has told the names. */
export function ruleName(rules: readonly RuleText[], id: string): string {
  return rules.find((rule) => rule.id === id)?.name ?? id.replaceAll("-", " ");
}

/** The summary without what stands beside it anyway: the rule's name, the subject, since when. */
export function shortSummary(alert: AlertData, name: string): string {
  const of = alert.subject === "" ? "" : ` in ${alert.subject}`;
  const start = `${name}${of}: `;
  const end = `, since iteration ${alert.sinceIteration}`;
  const from = alert.summary.startsWith(start) ? start.length : 0;
  return alert.summary.slice(from, alert.summary.endsWith(end) ? -end.length : undefined);
}

/** From the server's JSON; what is not of that shape is left out. */
export function parseRules(body: unknown): readonly RuleText[] {
  return rows(record(body)["rules"]).flatMap((rule) => {
    const id = text(rule["id"]);
    if (id === "") return [];
    const name = text(rule["name"]) || id;
    const reference = text(rule["reference"]);
    return [{ id, name, meaning: text(rule["meaning"]), why: text(rule["why"]), advice: text(rule["try"]), reference }];
  });
}

/** From the server's JSON: every change of state in the order of the log. */
export function parseAlerts(body: unknown): readonly AlertData[] {
  return rows(body).flatMap((row) => {
    const id = text(row["id"]);
    if (id === "") return [];
    const severity = (["info", "critical"] as const).find((s) => s === row["severity"]) ?? "warning";
    const state = (["pending", "resolved"] as const).find((s) => s === row["state"]) ?? "firing";
    const top = rows(row["top"]).flatMap((t) => (typeof t["unit"] === "number" ? [t["unit"]] : []));
    return [
      {
        id,
        rule: text(row["rule"]),
        severity,
        state,
        cause: text(row["cause"]),
        subject: text(row["subject"]),
        layer: typeof row["layer"] === "number" ? row["layer"] : -1,
        sinceIteration: Number(row["sinceIteration"]) || 0,
        sinceMillis: Number(row["sinceMillis"]) || 0,
        summary: text(row["summary"]),
        top,
      },
    ];
  });
}

function rows(value: unknown): readonly Record<string, unknown>[] {
  return Array.isArray(value) ? value.map(record) : [];
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function text(value: unknown): string {
  return typeof value === "string" ? value : "";
}
