import { go, RUNS } from "../../model/route";
import { theme, toggleTheme } from "../../model/theme";

export function Brand() {
  return (
    <a
      class="brand"
      href="#/runs"
      onClick={(event) => {
        event.preventDefault();
        go(RUNS);
      }}
    >
      <svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true">
        <circle cx="10" cy="10" r="8" />
        <path d="M4.4 15.6 15.6 4.4" />
        <circle class="pivot" cx="10" cy="10" r="1.9" />
      </svg>
      Alidade
    </a>
  );
}

export function ThemeButton() {
  const next = theme.value === "dark" ? "light" : "dark";
  return (
    <button class="plain" type="button" onClick={toggleTheme} title={`Switch to the ${next} theme (T)`} data-testid="theme">
      <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
        <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="1.5" />
        <path d="M8 2a6 6 0 0 1 0 12z" fill="currentColor" />
      </svg>
      <span class="hidden">{`Switch to the ${next} theme`}</span>
    </button>
  );
}
