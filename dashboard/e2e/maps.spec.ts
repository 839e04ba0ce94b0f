import type { Locator, Page } from "@playwright/test";
import { expect, look, openRun, test } from "./page";

test.describe.configure({ mode: "default" });

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Opens the layer with the most units and waits for its map. */
async function focusWidest(page: Page): Promise<{ layer: string; units: number }> {
  await openRun(page);
  let widest = { layer: "", units: 0 };
  for (const tile of await page.getByTestId("tile").all()) {
    const units = Number((await tile.locator(".tile-head span").innerText()).replace(/\D/g, ""));
    if (units > widest.units) widest = { layer: (await tile.getAttribute("data-layer")) as string, units };
  }
  expect(widest.units).toBeGreaterThanOrEqual(17);
  await page.locator(`[data-testid=tile][data-layer="${widest.layer}"]`).click();
  await expect(page.getByTestId("focus")).toBeVisible();
  return widest;
}

const boxOf = async (of: Locator) => (await of.boundingBox()) as Box;

async function find(page: Page, text: string): Promise<void> {
  await page.getByTestId("find-unit").fill(text);
  await page.getByTestId("find-unit").press("Enter");
}

test("two clicks show one group minus another, and the link keeps it", async ({ page }) => {
  await focusWidest(page);
  const minis = page.getByTestId("mini");
  expect(await minis.count()).toBeGreaterThan(2);
  await minis.nth(2).locator(".mini-map").click();
  await expect.poll(() => page.url()).toMatch(/field=2(&|$)/);
  const map = page.getByTestId("focus-map");
  const before = await look(page, await map.screenshot());
  await minis.nth(0).getByTestId("subtract").click();
  await expect.poll(() => page.url()).toMatch(/field=2-0/);
  await expect(page.getByTestId("focus").locator("h2 + span")).toContainText("−");
  expect((await look(page, await map.screenshot())).pixels).not.toBe(before.pixels);
  await page.keyboard.press("Shift+Digit1");
  await expect.poll(() => page.url()).toMatch(/field=2-1/);
  await page.keyboard.press("a");
  await expect.poll(() => page.url()).not.toContain("field=");
});

test("similar groups stand together on request, each group once", async ({ page }) => {
  await focusWidest(page);
  const order = async () => {
    const groups = await page.getByTestId("mini").evaluateAll((tiles) => tiles.map((tile) => tile.getAttribute("data-group")));
    return groups.map(Number);
  };
  const own = await order();
  expect(own).toEqual([...own].sort((a, b) => a - b));
  await page.getByTestId("order-similar").click();
  await expect.poll(() => page.url()).toContain("order=similar");
  expect((await order()).sort((a, b) => a - b)).toEqual(own);
  await page.keyboard.press("o");
  await expect.poll(order).toEqual(own);
});

test("pinned units are listed with their figures, and come back with their link", async ({ page }) => {
  await focusWidest(page);
  await find(page, "3");
  await expect(page.getByTestId("unit-card")).toHaveAttribute("data-unit", "3");
  await page.keyboard.press("p");
  await find(page, "5");
  await page.getByTestId("unit-card").getByTestId("pin").click();
  await page.keyboard.press("Escape");
  await page.getByTestId("tab-pinned").click();
  const rows = page.getByTestId("pinned").getByTestId("unit-row");
  await expect(rows).toHaveCount(2);
  await expect(rows.first().locator("td").nth(1)).not.toHaveText("–");
  await expect.poll(() => page.url()).toMatch(/pins=\d+\.3%2C\d+\.5/);
  await page.reload();
  await page.getByTestId("tab-pinned").click();
  await expect(rows).toHaveCount(2);
  await rows.first().getByTestId("pin").click();
  await expect(rows).toHaveCount(1);
});

test("a lasso lists its units, and what is copied can be pasted", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await focusWidest(page);
  const box = await boxOf(page.getByTestId("focus-map"));
  const side = Math.min(box.width, box.height);
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.keyboard.down("Shift");
  await page.mouse.move(x - side * 0.35, y - side * 0.35);
  await page.mouse.down();
  for (const [dx, dy] of [[0.35, -0.35], [0.35, 0.35], [-0.35, 0.35], [-0.35, -0.3]] as const) {
    await page.mouse.move(x + side * dx, y + side * dy, { steps: 6 });
  }
  await page.mouse.up();
  await page.keyboard.up("Shift");
  const region = page.getByTestId("region");
  await expect(region).toBeVisible();
  const count = Number(await region.getAttribute("data-count"));
  expect(count).toBeGreaterThan(2);
  await expect(region.getByTestId("unit-row").first()).toBeVisible();
  await page.getByTestId("copy-units").click();
  await expect(region).toContainText("numbers copied");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied.split(" ").length).toBe(count);
  await page.keyboard.press("Escape");
  await expect(region).toBeHidden();
  await find(page, copied.split(" ").slice(0, 3).join(", "));
  await expect(region).toHaveAttribute("data-count", "3");
  await expect(page.getByTestId("unit-card")).toBeHidden(); // a lasso is no click on a unit
});

test("units are walked, opened and gathered with the keys alone", async ({ page }) => {
  await focusWidest(page);
  await page.getByTestId("focus-map").focus();
  await page.keyboard.press("ArrowRight");
  const tip = page.getByTestId("unit-tip");
  const first = await tip.getAttribute("data-unit");
  await page.keyboard.press("ArrowUp");
  await expect(tip).not.toHaveAttribute("data-unit", String(first));
  const unit = String(await tip.getAttribute("data-unit"));
  await page.keyboard.press("Enter");
  await expect(page.getByTestId("unit-card")).toHaveAttribute("data-unit", unit);
  await page.keyboard.press("+");
  await expect(page.getByTestId("region")).toHaveAttribute("data-count", "6");
  await page.keyboard.press("+");
  await expect(page.getByTestId("region")).toHaveAttribute("data-count", "12");
  await expect(page.getByTestId("header")).toHaveAttribute("data-recorded", "false"); // arrows moved no time
});

test("another layout is asked for, says what it is, or says the server's error", async ({ page, allowed }) => {
  allowed.push(/status of (400|404|409)/); // the browser's own words about a refusal
  await focusWidest(page);
  await page.keyboard.press("m");
  await page.getByTestId("method-pca").click();
  const note = page.getByTestId("layout-note");
  await expect(note).toHaveAttribute("data-state", /shown|failed/, { timeout: 60_000 });
  await expect(note).toContainText(/PCA( of it [\d\s]+, |: .{10,})/);
  await expect.poll(() => decodeURIComponent(page.url())).toMatch(/layout=\d+:pca:cosine:observations/);
  await page.keyboard.press("Escape");
  await page.getByTestId("layout-live").click();
  await expect(note).toBeHidden();
  await expect.poll(() => page.url()).not.toContain("layout=");
});

test("the map explains itself, in words and in figures", async ({ page }) => {
  const { layer } = await focusWidest(page);
  await page.keyboard.press("i");
  await expect(page.getByTestId("legend-card")).toContainText(`of ${layer}`);
  await page.keyboard.press("i");
  await expect(page.getByTestId("legend-card")).toBeHidden();
  const quality = page.getByTestId("quality");
  await expect(quality).toHaveAttribute("data-word", /calm|settling|re-organising/);
  await quality.locator("button").focus();
  await expect(quality.locator("[data-figure=drift]")).toBeVisible();
  await expect(quality.locator("[data-figure=trustworthiness] b")).toHaveText(/0\.\d+|1/);
});
