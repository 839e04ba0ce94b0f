import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = new URL("..", import.meta.url).pathname;
const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter(
  (path) => /\.(tsx?|css)$/.test(path) && !path.includes("gen/") && !path.endsWith(".test.ts"),
);

// Names of runs and layers come from strangers; the only way to the page is as text.
const BANNED = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|dangerouslySet|\beval\(|new Function|: any\b|as any\b/;

test("no source writes markup from text, or gives up types", () => {
  expect(sources.length).toBeGreaterThan(20);
  const guilty = sources.filter((path) => BANNED.test(readFileSync(join(root, "src", path), "utf8")));
  expect(guilty).toEqual([]);
});

test("no source names another host", () => {
  const guilty = sources.filter((path) => /https?:\/\/(?!localhost)/.test(readFileSync(join(root, "src", path), "utf8")));
  expect(guilty).toEqual([]);
});

test("the page has no inline script or style, which the policy would refuse", () => {
  const page = readFileSync(join(root, "index.html"), "utf8");
  expect(page).not.toMatch(/<style|style=|<script(?![^>]*src=)|\son[a-z]+=/);
});

test("the lock file names no registry", () => {
  expect(readFileSync(join(root, "package-lock.json"), "utf8")).not.toMatch(/"resolved"/);
});
