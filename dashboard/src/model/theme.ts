import { signal } from "@preact/signals";

export type Theme = "dark" | "light";

const KEY = "alidade-theme";
const system = () => (window.matchMedia("(prefers-color-scheme: light)").matches ? "light" : "dark");

export const theme = signal<Theme>("dark");

export function startTheme(): void {
  const stored = localStorage.getItem(KEY);
  apply(stored === "light" || stored === "dark" ? stored : system());
  window.matchMedia("(prefers-color-scheme: light)").addEventListener("change", () => {
    if (localStorage.getItem(KEY) === null) apply(system());
  });
}

export function toggleTheme(): void {
  const next = theme.peek() === "dark" ? "light" : "dark";
  localStorage.setItem(KEY, next);
  apply(next);
}

function apply(next: Theme): void {
  document.documentElement.dataset["theme"] = next;
  theme.value = next;
}
