import { expect, look, openRun, setting, signIn, test } from "./page";

// What only the development server has: several groupings, poses, feature maps, a deep network.
test.describe.configure({ mode: "default" });

const openNamed = async (page: Parameters<typeof signIn>[0], name: string) => {
  await signIn(page);
  await page.getByTestId("run").filter({ hasText: name }).first().click();
  await expect(page.getByTestId("tile").first()).toHaveAttribute("data-tick", /\d+/);
};

test("observations are divided by whatever the run names", async ({ page }) => {
  await openRun(page);
  await page.locator('[data-testid=tile][data-layer="dense1"]').click();
  await expect(page.getByTestId("mini")).toHaveCount(10);
  await page.getByTestId("grouping").selectOption("prediction");
  await expect(page.getByTestId("mini")).toHaveCount(2);
  await page.getByTestId("mini").nth(0).locator(".mini-map").click();
  await page.getByTestId("mini").nth(1).getByTestId("subtract").click();
  await expect(page.getByTestId("focus").locator("h2 + span")).toHaveText("prediction correct − wrong");
  await page.keyboard.press("b");
  await expect(page.getByTestId("grouping")).toHaveValue("stroke");
  await page.keyboard.press("2");
  await expect(page.getByTestId("focus").locator("h2 + span")).toHaveText("stroke thick");
});

test("layers are aligned by their poses, and a group is marked in all of them", async ({ page }) => {
  await openRun(page);
  const map = page.locator('[data-testid=tile][data-layer="dense2"] .map');
  const before = await look(page, await map.screenshot());
  await page.keyboard.press("g");
  await expect(page.getByTestId("align")).toHaveAttribute("aria-pressed", "true");
  await expect.poll(async () => (await look(page, await map.screenshot())).pixels).not.toBe(before.pixels);
  await page.keyboard.press("7");
  await page.keyboard.press("h");
  await expect(page.getByTestId("highlight")).toHaveAttribute("aria-pressed", "true");
  await expect.poll(() => page.url()).toMatch(/highlight=7.*align=1/);
});

test("a layout shows its seconds and quality, and a published one is not asked for", async ({ page }) => {
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/layout?")) asked.push(request.url());
  });
  await openRun(page);
  await page.locator('[data-testid=tile][data-layer="dense2"]').click();
  await page.getByTestId("layout-picker").click();
  const note = page.getByTestId("layout-note");
  await page.getByTestId("method-umap").click();
  await expect(note).toHaveAttribute("data-state", "shown");
  expect(asked).toEqual([]);
  await page.getByTestId("method-tsne").click();
  await page.getByTestId("spread").click();
  await expect(note).toContainText(/t-SNE \+ PSO of it .* 420.ms; trustworthiness 0\.930/);
  expect(asked.at(-1)).toContain("method=tsne%2Bpso&distance=cosine&basis=observations");
});

test("a method that does not exist is refused in the server's own words", async ({ page, allowed }) => {
  allowed.push(/status of 400/);
  await openRun(page);
  await page.goto(`${page.url()}?layer=dense2&layout=6:zzz:cosine:observations`);
  await page.reload();
  const note = page.getByTestId("layout-note");
  await expect(note).toHaveAttribute("data-state", "failed");
  await expect(note).toContainText("unknown method 'zzz'; known: live, pca");
});

test("a channel's feature map is one click from its unit", async ({ page }) => {
  await openRun(page);
  await page.locator('[data-testid=tile][data-layer="conv1"]').click();
  await page.getByTestId("find-unit").fill("7");
  await page.keyboard.press("Enter");
  await page.getByTestId("feature-map").click();
  const planes = page.getByTestId("feature").locator("canvas");
  await expect(planes).toHaveCount(2);
  expect((await look(page, await planes.nth(0).screenshot())).colours).toBeGreaterThan(2);
  expect((await look(page, await planes.nth(1).screenshot())).colours).toBeGreaterThan(5);
  await expect(page.getByTestId("feature")).toContainText("probe row 3, class 7");
});

test("of two hundred layers those in sight are made, and any is found", async ({ page }) => {
  await openNamed(page, "deep-200");
  const tiles = page.getByTestId("tile");
  expect(await tiles.count()).toBeLessThan(40);
  await page.getByTestId("wall").evaluate((wall) => wall.scrollTo(0, wall.scrollHeight));
  await expect(page.locator('[data-testid=tile][data-layer="block49.out"]')).toBeVisible();
  expect(await tiles.count()).toBeLessThan(40);
  await page.keyboard.press("/");
  await page.keyboard.type("block07 atten");
  await expect(tiles).toHaveCount(1);
  await tiles.first().click();
  await page.getByTestId("tab-features").click();
  await expect(page.getByTestId("head")).toHaveCount(4);
  expect((await look(page, await page.getByTestId("head").first().locator("canvas").screenshot())).colours).toBeGreaterThan(8);
});

test("layers of one, two and three units are discs with names", async ({ page }) => {
  await openNamed(page, "<img src=x");
  for (const layer of ["two", "three"]) {
    const map = page.locator(`[data-testid=tile][data-layer="${layer}"] .map`);
    expect((await look(page, await map.screenshot())).colours, layer).toBeGreaterThan(3);
  }
  await page.locator('[data-testid=tile][data-layer="two"]').click();
  await page.getByTestId("find-unit").fill("2");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "there are units 0 to 1" })).toBeVisible();
});

test("the setting that lets these specs run is there", () => {
  expect(setting("ALIDADE_MADE_UP")).toBe("1");
});
