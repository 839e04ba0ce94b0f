import { fromBinary } from "@bufbuild/protobuf";
import type { Page } from "@playwright/test";
import { splitDelimited } from "../src/wire/delimited";
import { DescriptionSchema, EnvelopeSchema, Kind, NumbersSchema, Scope } from "../src/wire/gen/alidade/v1/alidade_pb";
import { expect, iteration, look, openRun, setting, signIn, test } from "./page";

test.describe.configure({ mode: "serial" });

test("the token leaves the address at once, and the session outlives a reload", async ({ page }) => {
  await signIn(page);
  expect(page.url()).not.toContain("token");
  await page.reload();
  await expect(page.getByTestId("runs-page")).toBeVisible();
  expect(await page.evaluate(() => document.cookie)).toBe("");
});

test("maps are drawn, and their pixels change while training", async ({ page }) => {
  await openRun(page);
  await expect(page.getByTestId("header")).toHaveAttribute("data-state", "live");
  const tiles = page.getByTestId("tile");
  for (let i = 0; i < (await tiles.count()); i++) {
    const map = tiles.nth(i).locator(".map");
    await map.scrollIntoViewIfNeeded();
    const { colours } = await look(page, await map.screenshot());
    expect(colours, `colours in map ${i}`).toBeGreaterThan(3);
  }
  const layer = await surface(page);
  const tile = page.locator(`[data-testid=tile][data-layer="${layer}"]`);
  await tile.scrollIntoViewIfNeeded();
  const tick = Number(await tile.getAttribute("data-tick"));
  const before = await look(page, await tile.locator(".map").screenshot());
  await expect.poll(async () => Number(await tile.getAttribute("data-tick"))).toBeGreaterThan(tick);
  await expect.poll(async () => (await look(page, await tile.locator(".map").screenshot())).pixels).not.toBe(before.pixels);
});

test("iterations go up by themselves", async ({ page }) => {
  await openRun(page);
  const before = await iteration(page);
  await expect.poll(() => iteration(page)).toBeGreaterThan(before);
});

test("the unit under the pointer is named, and a click brings its history", async ({ page }) => {
  await openRun(page);
  const unit = await pointAtUnit(page);
  const tip = page.getByTestId("unit-tip");
  await expect(tip).toContainText(`unit ${unit}`);
  await page.mouse.down();
  await page.mouse.up();
  const card = page.getByTestId("unit-card");
  await expect(card).toHaveAttribute("data-unit", /\d+/);
  await expect(card.locator(".history canvas")).toBeVisible();
  expect(page.url()).toContain("layer=");
  await page.keyboard.press("Escape");
  await expect(card).toBeHidden();
});

test("a unit is found by its number, and a wrong number is refused", async ({ page }) => {
  await openRun(page);
  await focus(page);
  await page.getByTestId("find-unit").fill("3");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("unit-card")).toHaveAttribute("data-unit", "3");
  await page.getByTestId("find-unit").fill("99999999");
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("find-unit")).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByTestId("unit-card")).toHaveAttribute("data-unit", "3");
});

test("scrubbing shows the recorded moment's own values, and L returns to live", async ({ page }) => {
  await openRun(page);
  const layer = await focus(page);
  const box = (await page.getByTestId("scrubber").boundingBox()) as { x: number; y: number; width: number; height: number };
  await page.mouse.move(box.x + box.width * 0.8, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.45, box.y + 24, { steps: 5 });
  await page.mouse.up();
  const header = page.getByTestId("header");
  await expect(header).toHaveAttribute("data-recorded", "true");
  await expect(page.getByTestId("moment")).toContainText("recorded");
  // The governor may have left the layer out of this sample: go back to one that has it.
  let at = await iteration(page);
  let recorded = await recordedValues(page, at, layer);
  for (let back = 0; back < 20 && recorded.size === 0; back++) {
    await page.keyboard.press("ArrowLeft");
    await expect.poll(() => iteration(page)).toBeLessThan(at);
    at = await iteration(page);
    recorded = await recordedValues(page, at, layer);
  }
  expect(recorded.size).toBeGreaterThan(3);
  for (const [id, value] of recorded) {
    const shown = page.locator(`[data-testid=quantity][data-quantity="${id}"] .value`);
    await expect(shown, id).toHaveAttribute("data-value", String(value));
  }
  // A recorded moment stands still while training goes on.
  const before = await iteration(page);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => iteration(page)).toBeLessThan(before);
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => iteration(page)).toBe(before);
  expect(page.url()).toContain("layer=");
  await page.keyboard.press("l");
  await expect(header).toHaveAttribute("data-recorded", "false");
  await expect.poll(() => iteration(page)).toBeGreaterThan(before);
});

test("a link to a moment brings it back", async ({ page }) => {
  await openRun(page);
  await page.keyboard.press("Home");
  await expect(page.getByTestId("header")).toHaveAttribute("data-recorded", "true");
  await expect.poll(() => page.url()).toContain("at=");
  const first = await iteration(page);
  await page.reload();
  await expect(page.getByTestId("header")).toHaveAttribute("data-recorded", "true");
  await expect.poll(() => iteration(page)).toBe(first);
});

test.describe("without its server", () => {
  // What the browser itself says of refused connections, which no page can silence.
  test.use({ allowed: [/ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection to/] });

  test("a stopped server is announced, and recovered from", async ({ page, request }) => {
    await openRun(page);
    const header = page.getByTestId("header");
    await expect(header).toHaveAttribute("data-state", "live");
    expect((await request.post(`${setting("ALIDADE_CONTROL")}/stop`)).ok()).toBe(true);
    await expect(header).toHaveAttribute("data-state", "reconnecting");
    const before = await iteration(page);
    const tiles = await page.getByTestId("tile").count();
    expect(tiles).toBeGreaterThan(0); // what was known stays on screen
    expect((await request.post(`${setting("ALIDADE_CONTROL")}/start`)).ok()).toBe(true);
    await expect(header).toHaveAttribute("data-state", /live|recorded/, { timeout: 40_000 });
    await expect.poll(() => iteration(page), { timeout: 40_000 }).toBeGreaterThan(before);
  });
});

test("keys are explained", async ({ page }) => {
  await openRun(page);
  await page.keyboard.press("?");
  await expect(page.getByTestId("help")).toContainText("back to live");
  await page.keyboard.press("Escape");
  await expect(page.getByTestId("help")).toBeHidden();
});

/** Name of a layer with enough units for a surface. */
async function surface(page: Page): Promise<string> {
  for (const tile of await page.getByTestId("tile").all()) {
    const units = Number((await tile.locator(".tile-head span").innerText()).replace(/\D/g, ""));
    if (units >= 17) return (await tile.getAttribute("data-layer")) as string;
  }
  throw new Error("a layer with at least 17 units is needed");
}

async function focus(page: Page): Promise<string> {
  const layer = await surface(page);
  await page.locator(`[data-testid=tile][data-layer="${layer}"]`).click();
  await expect(page.getByTestId("focus")).toBeVisible();
  return layer;
}

async function pointAtUnit(page: Page): Promise<string> {
  await focus(page);
  const box = (await page.locator(".map-focus").boundingBox()) as { x: number; y: number; width: number; height: number };
  const tip = page.getByTestId("unit-tip");
  const reach = Math.min(box.width, box.height) / 2;
  for (let ring = 0; ring < 1; ring += 0.06) {
    for (let turn = 0; turn < 6.28; turn += 0.7) {
      const x = box.x + box.width / 2 + Math.cos(turn) * ring * reach;
      await page.mouse.move(x, box.y + box.height / 2 + Math.sin(turn) * ring * reach);
      if (await tip.isVisible()) return (await tip.getAttribute("data-unit")) as string;
    }
  }
  throw new Error("no unit was found under the pointer");
}

/** What the server has recorded of a layer at an iteration, decoded here and not by the page. */
async function recordedValues(page: Page, at: number, layer: string): Promise<Map<string, number>> {
  const run = /run\/([0-9A-Z]{26})/.exec(page.url())?.[1] ?? "";
  const { origin } = new URL(page.url());
  const answer = await page.request.get(`${origin}/api/v1/runs/${run}/moment?iteration=${at}`);
  const envelopes = splitDelimited(new Uint8Array(await answer.body())).map((part) => fromBinary(EnvelopeSchema, part));
  const of = (kind: Kind) => envelopes.find((envelope) => envelope.kind === kind);
  const description = fromBinary(DescriptionSchema, of(Kind.DESCRIPTION)?.payload ?? new Uint8Array());
  const numbers = of(Kind.NUMBERS);
  expect(Number(numbers?.iteration)).toBe(at);
  const index = description.layers.findIndex((l) => l.name === layer);
  const values = fromBinary(NumbersSchema, numbers?.payload ?? new Uint8Array()).layers.find((l) => l.layer === index)?.values;
  const quantities = description.quantities.filter((q) => q.scope === Scope.LAYER);
  return new Map(quantities.map((q, i) => [q.id, values?.[i] ?? NaN] as const).filter(([, value]) => Number.isFinite(value)));
}
