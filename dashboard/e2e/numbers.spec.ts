import { fromBinary } from "@bufbuild/protobuf";
import type { Page } from "@playwright/test";
import { splitDelimited } from "../src/wire/delimited";
import { EnvelopeSchema, NumbersSchema } from "../src/wire/gen/alidade/v1/alidade_pb";
import { expect, iteration, look, openRun, signIn, test } from "./page";

async function openNumbers(page: Page, view: string): Promise<void> {
  await page.getByTestId("view-numbers").click();
  await page.locator(`[data-testid=tab][data-view=${view}]`).click();
  await expect(page.getByTestId("numbers")).toHaveAttribute("data-view", view);
}

/** A point over a picture, as shares of its plot. */
async function point(page: Page, plot: ReturnType<Page["locator"]>, x: number, y: number): Promise<void> {
  const box = (await plot.boundingBox()) as { x: number; y: number; width: number; height: number };
  await page.mouse.move(box.x + 108 + (box.width - 124) * x, box.y + box.height * y);
}

test("strips name layer, iteration and value, and a click goes to that moment and layer", async ({ page }) => {
  await openRun(page);
  await openNumbers(page, "time");
  const band = page.getByTestId("band").first();
  const canvas = band.locator("canvas");
  expect((await look(page, await canvas.screenshot())).colours).toBeGreaterThan(5);
  const layer = (await page.getByTestId("network-layer").first().getAttribute("data-layer")) ?? "";
  await point(page, canvas, 0.5, 0.02);
  const tip = page.getByTestId("tip");
  await expect(tip).toContainText(layer);
  const named = Number(((await tip.innerText()).match(/it (\d[^\n]*)/)?.[1] ?? "").replace(/\D/g, ""));
  await page.mouse.down();
  await page.mouse.up();
  await expect(page.getByTestId("header")).toHaveAttribute("data-recorded", "true");
  await expect.poll(() => page.url()).toContain("at=");
  expect(Math.abs((await iteration(page)) - named)).toBeLessThan(50);
  await expect(band.getByTestId("readout")).toContainText(layer);
  await page.keyboard.press("l");
});

test("any quantity can be chosen, and the choice is in the link", async ({ page }) => {
  await openRun(page);
  await openNumbers(page, "time");
  const bands = page.getByTestId("band");
  const count = await bands.count();
  await bands.first().getByTestId("band-quantity").selectOption({ index: 2 });
  await page.getByTestId("add-band").selectOption({ index: 2 });
  await expect(bands).toHaveCount(count + 1);
  const chosen = await bands.first().getAttribute("data-quantity");
  await expect.poll(() => page.url()).toContain(`q=${chosen}`);
  await expect.poll(() => page.url().split("q=").length).toBe(count + 2);
  await page.reload();
  await expect(bands).toHaveCount(count + 1);
  await expect(bands.first()).toHaveAttribute("data-quantity", chosen ?? "");
});

test("the keyboard reaches every view, and the maps again", async ({ page }) => {
  await openRun(page);
  await page.keyboard.press("n");
  const numbers = page.getByTestId("numbers");
  await expect(numbers).toHaveAttribute("data-view", "time");
  for (const view of ["histograms", "massive", "layers", "parameters", "laws"]) {
    await page.keyboard.press("]");
    await expect(numbers).toHaveAttribute("data-view", view);
    await expect(page.locator("[role=tab][aria-selected=true]")).toHaveAttribute("data-view", view);
  }
  await page.keyboard.press("n");
  await expect(page.getByTestId("wall")).toBeVisible();
  await page.keyboard.press("n");
  await expect(numbers).toHaveAttribute("data-view", "laws");
});

test("histograms over time are drawn for the layer that is chosen", async ({ page }) => {
  await openRun(page);
  await openNumbers(page, "histograms");
  const ridges = page.getByTestId("ridges");
  await expect.poll(async () => Number(await ridges.getAttribute("data-rows"))).toBeGreaterThan(5);
  const first = await ridges.getAttribute("data-layer");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await expect.poll(() => ridges.getAttribute("data-layer")).not.toBe(first);
  await expect.poll(async () => Number(await ridges.getAttribute("data-rows"))).toBeGreaterThan(5);
  expect((await look(page, await ridges.screenshot())).colours).toBeGreaterThan(5);
});

test("the seismograph leads to the unit on its map", async ({ page }) => {
  await openRun(page);
  await openNumbers(page, "massive");
  const strongest = page.getByTestId("strongest").first();
  const unit = (await strongest.getAttribute("data-unit")) ?? "";
  await strongest.click();
  await expect(page.getByTestId("focus")).toBeVisible();
  await expect(page.getByTestId("unit-card")).toHaveAttribute("data-unit", unit);
  await page.goBack();
  const trace = page.getByTestId("trace").first();
  await point(page, trace.locator("canvas"), 0.4, 0.5);
  const said = (await page.getByTestId("tip").innerText()).match(/unit (\d+)/)?.[1] ?? "none";
  await page.mouse.down();
  await page.mouse.up();
  await expect(page.getByTestId("unit-card")).toHaveAttribute("data-unit", said);
  await expect(page.getByTestId("header")).toHaveAttribute("data-recorded", "true");
});

test("the table of layers is sorted, its columns are chosen, and it is copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openRun(page);
  await openNumbers(page, "layers");
  const rows = page.getByTestId("row");
  const heading = page.getByTestId("sort").nth(1);
  const values = async () => {
    const cells = await rows.locator("td:nth-child(5) .value").evaluateAll((all) => all.map((e) => Number(e.getAttribute("data-value"))));
    return cells.filter((value) => !Number.isNaN(value));
  };
  await page.getByTestId("scrubber").focus();
  await page.keyboard.press("ArrowLeft"); // a moment that stands still
  await heading.click();
  await expect(page.locator("th[aria-sort=descending]")).toHaveCount(1);
  expect(await values()).toEqual((await values()).sort((a, b) => b - a));
  await heading.click();
  expect(await values()).toEqual((await values()).sort((a, b) => a - b));
  await page.getByTestId("chooser").locator("summary").click();
  const before = await page.getByTestId("sort").count();
  await page.getByTestId("chooser").locator("input:not(:checked)").first().check();
  await expect(page.getByTestId("sort")).toHaveCount(before + 1);
  await page.getByTestId("chooser").locator("summary").click();
  await page.getByTestId("copy-tsv").click();
  await expect(page.getByTestId("copied")).toHaveText("copied");
  const lines = (await page.evaluate(() => navigator.clipboard.readText())).split("\n");
  expect(lines).toHaveLength((await rows.count()) + 1);
  expect(lines[0]?.split("\t")).toHaveLength(before + 4);
});

test("a law that cannot be told yet says so, and every law has its series", async ({ page }) => {
  await openRun(page);
  await openNumbers(page, "laws");
  // A training that was only just begun may follow none; then the page says that.
  const laws = page.getByTestId("law");
  await expect(laws.first().or(page.getByText("No law is followed"))).toBeVisible();
  for (const law of await laws.all()) {
    await law.click();
    const state = await law.getAttribute("data-state");
    await expect(page.getByTestId("law-detail")).toHaveAttribute("data-state", state ?? "");
    await expect(page.getByTestId("abstains")).toHaveCount(state === "fitted" ? 0 : 1);
    await expect.poll(async () => Number(await page.getByTestId("law-chart").getAttribute("data-points"))).toBeGreaterThan(5);
  }
});

test("a closer look is in the link, moves along, and ends with W", async ({ page }) => {
  await openRun(page);
  await page.keyboard.press("Home");
  for (let i = 0; i < 3; i++) await page.keyboard.press("+");
  await expect(page.getByTestId("zoom-bar")).toBeVisible();
  await expect.poll(() => page.url()).toContain("zoom=");
  const width = Number(await page.getByTestId("scrubber").getAttribute("aria-valuemax")) - Number(await page.getByTestId("scrubber").getAttribute("aria-valuemin"));
  expect(width).toBeGreaterThan(0);
  for (let i = 0; i < 40; i++) await page.keyboard.press("Shift+ArrowRight");
  const now = await iteration(page);
  await expect.poll(async () => Number(await page.getByTestId("scrubber").getAttribute("aria-valuemax"))).toBeGreaterThanOrEqual(now);
  await page.keyboard.press("w");
  await expect(page.getByTestId("zoom-bar")).toHaveCount(0);
});

// What only the development server's made-up recordings hold.
test.describe("with the development server", () => {
  test.skip(!/:\d+\/#token=dev$/.test(process.env["ALIDADE_LINK"] ?? ""), "the made-up recordings are the development server's");

  async function openRecorded(page: Page, name: string): Promise<void> {
    await signIn(page);
    await page.getByTestId("run").filter({ hasText: name }).first().click();
    await expect(page.getByTestId("header")).toHaveAttribute("data-iteration", /\d/);
  }

  test("the first layer and iteration that were not finite are named to the sample", async ({ page }) => {
    await openRecorded(page, "long-and-broken");
    const banner = page.getByTestId("broken");
    await expect(banner).toHaveAttribute("data-iteration", "24170");
    await expect(banner).toHaveAttribute("data-layer", "out");
    await banner.getByTestId("show-broken").click();
    await expect(page.getByTestId("numbers")).toHaveAttribute("data-view", "time");
    await expect.poll(() => iteration(page)).toBe(24170);
    await page.keyboard.press("n");
    await page.getByTestId("view-numbers").click();
    await page.locator("[data-testid=tab][data-view=layers]").click();
    await expect(page.locator("[data-testid=row][data-row=out] .hatch")).toBeVisible();
    await expect(page.locator("[data-testid=row][data-row=hidden] .hatch")).toHaveCount(0);
  });

  test("a closer look at a long recording shows samples that the overview left out", async ({ page }) => {
    await openRecorded(page, "long-and-broken");
    await page.keyboard.press("Home");
    for (let i = 0; i < 8; i++) await page.keyboard.press("+");
    await expect(page.getByTestId("zoom-bar")).toBeVisible();
    const run = /run\/([0-9A-Z]{26})/.exec(page.url())?.[1] ?? "";
    const { origin } = new URL(page.url());
    const answer = await page.request.get(`${origin}/api/v1/runs/${run}/frames?kind=numbers&from=0&to=300`);
    const recorded = splitDelimited(new Uint8Array(await answer.body())).map((part) => fromBinary(EnvelopeSchema, part));
    expect(fromBinary(NumbersSchema, recorded[0]?.payload ?? new Uint8Array()).layers.length).toBe(2);
    const seen = [await iteration(page)];
    await expect
      .poll(async () => {
        await page.keyboard.press("Home");
        for (const _ of recorded.slice(1)) await page.keyboard.press("ArrowRight");
        return iteration(page);
      })
      .toBe(Number(recorded.at(-1)?.iteration));
    expect(seen[0]).toBe(Number(recorded[0]?.iteration));
  });

  test("a run of two workers shows one of them at a time", async ({ page }) => {
    await openRecorded(page, "mlp-wide");
    const worker = page.getByTestId("worker");
    await expect(worker).toHaveValue("0");
    const score = page.locator("[data-figure=score]");
    const first = await score.innerText();
    await worker.selectOption("1");
    await expect(page.getByTestId("worker")).toHaveValue("1");
    await expect.poll(() => score.innerText()).not.toBe(first);
    expect(page.url()).toContain("worker=1");
  });

  test("parameters and the user's own series are shown", async ({ page }) => {
    await openRecorded(page, "mlp-wide");
    await expect.poll(async () => Number(await page.getByTestId("own-line").getAttribute("data-count"))).toBeGreaterThan(3);
    await page.getByTestId("own-series").selectOption("-1");
    await expect(page.getByTestId("own-line")).toHaveCount(0);
    await openNumbers(page, "parameters");
    await page.locator("[data-testid=row][data-row='1_W']").click();
    const histograms = page.getByTestId("parameter-histograms");
    await expect(histograms).toHaveAttribute("data-parameter", "1_W");
    await expect(histograms.getByTestId("histogram")).toHaveCount(3);
  });
});
