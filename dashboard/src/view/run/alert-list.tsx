import { useState } from "preact/hooks";
import { casesOf, ruleName, shortSummary, type RuleText } from "../../model/alerts";
import { isAlertList } from "../../model/focus-state";
import { clock, integer } from "../../model/format";
import { go } from "../../model/route";
import type { RunSession } from "../../model/run-session";
import type { AlertData } from "../../wire/messages";
import { AlertSign } from "./alert-sign";
import { lookAt } from "./keys";

/** What fires, what it follows from, since when, what it means and what to try. */
export function AlertList({ run }: { run: RunSession }) {
  const [opened, setOpened] = useState<string | null>(null);
  const cases = casesOf(run.model.alerts.value);
  const rules = run.rules.value;
  const toggle = (id: string) => setOpened(opened === id ? null : id);
  const card = (alert: AlertData) => (
    <Card run={run} alert={alert} rules={rules} isOpen={opened === alert.id} toggle={() => toggle(alert.id)} />
  );
  return (
    <aside class="alert-list" aria-label="Alerts" data-testid="alert-list">
      <header>
        <h2>Alerts</h2>
        <span class="faint">{rules.length > 0 && `${rules.length} rules watch this run`}</span>
        <span class="grow" />
        <button type="button" class="plain" onClick={() => (isAlertList.value = false)} title="Close (Esc)" aria-label="Close">
          ×
        </button>
      </header>
      {cases.length === 0 && <p class="empty">No rule has been broken so far.</p>}
      <ul>
        {cases.map(({ alert, followers }) => (
          <li key={alert.id}>
            {card(alert)}
            {followers.length > 0 && (
              <ul class="followers" aria-label="Follows from it">
                {followers.map((follower) => (
                  <li key={follower.id}>{card(follower)}</li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </aside>
  );
}

interface CardProps {
  readonly run: RunSession;
  readonly alert: AlertData;
  readonly rules: readonly RuleText[];
  readonly isOpen: boolean;
  readonly toggle: () => void;
}

function Card({ run, alert, rules, isOpen, toggle }: CardProps) {
  const rule = rules.find(({ id }) => id === alert.rule);
  const name = ruleName(rules, alert.rule);
  const show = () => {
    const layer = run.model.info.peek()?.layers[alert.layer]?.name;
    lookAt(run, alert.sinceIteration);
    if (layer !== undefined) go({ layer, unit: null });
  };
  return (
    <article class={`alert-card ${alert.state}`} data-testid="alert" data-rule={alert.rule} data-state={alert.state} data-id={alert.id}>
      <button type="button" class="alert-go" onClick={show} title="Go to that moment and layer" data-testid="alert-go">
        <AlertSign severity={alert.severity} isHollow={alert.state !== "firing"} />
        <span class="alert-title">
          <b>{name}</b>
          {alert.subject !== "" && <span class="subject">{alert.subject}</span>}
          <span class="hidden">{alert.severity}</span>
          <em class={alert.state}>{alert.state}</em>
        </span>
        <span class="alert-summary">{shortSummary(alert, name)}</span>
        <small class="faint">
          since it {integer(alert.sinceIteration)} · {clock(alert.sinceMillis)}
        </small>
      </button>
      {rule !== undefined && (
        <button type="button" class="link alert-why" aria-expanded={isOpen} onClick={toggle} data-testid="alert-why">
          {isOpen ? "less" : "why, and what to try"}
        </button>
      )}
      {isOpen && rule !== undefined && <Texts rule={rule} />}
    </article>
  );
}

function Texts({ rule }: { rule: RuleText }) {
  const parts = [
    ["what", rule.meaning],
    ["why", rule.why],
    ["try", rule.advice],
    ["source", rule.reference],
  ] as const;
  return (
    <dl class="alert-texts" data-testid="alert-texts">
      {parts.map(([name, text]) => (
        text !== "" && (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        )
      ))}
    </dl>
  );
}
