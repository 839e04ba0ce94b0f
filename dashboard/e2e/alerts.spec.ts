import { expect, openRun, test } from "./page";

// Against the development server: its run has an alert with a follower, one that stands, and some that come and go.
test("alerts are counted, marked, listed with their causes, and lead to their moment and layer", async ({ page }) => {
  await openRun(page);
  const badge = page.getByTestId("alert-badge");
  await expect(badge).toHaveAttribute("data-firing", /[1-9]/);
  await expect(page.getByTestId("worker")).toHaveCount(0);
  const mark = page.locator('[data-testid=alert-mark][data-rule="exploding"]');
  await expect(mark).toHaveAttribute("data-severity", "critical");
  const place = (await mark.boundingBox()) as { x: number; y: number };
  await page.mouse.move(place.x, place.y + 20);
  await expect(page.locator(".track-area .tip")).toContainText("Exploding activations");

  await badge.click();
  const list = page.getByTestId("alert-list");
  await expect(list).toContainText("4 rules watch this run");
  const firing = list.getByTestId("alert").first();
  await expect(firing).toHaveAttribute("data-state", "firing");
  const follower = list.locator(".followers [data-rule=massive-onset]");
  await expect(follower).toHaveAttribute("data-state", "resolved");
  const stands = list.locator('[data-rule="dead-units"]');
  await stands.getByTestId("alert-why").click();
  await expect(stands.getByTestId("alert-texts")).toContainText("A dead ReLU gets no gradient");
  await stands.getByTestId("alert-go").click();
  const since = Number((await stands.getAttribute("data-id"))?.split("/")[2]);
  await expect(page.getByTestId("header")).toHaveAttribute("data-iteration", String(since));
  await expect(page.getByTestId("focus").locator("h2")).toHaveText((await stands.getAttribute("data-id"))?.split("/")[1] as string);
  await page.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await page.keyboard.press("e");
  await expect(list).toBeVisible();
});

test("an alert that begins while the page is open is shown at once", async ({ page }) => {
  await openRun(page);
  await page.keyboard.press("e");
  const newest = () =>
    page.locator('[data-testid=alert][data-rule="map-upheaval"]').evaluateAll((all) =>
      Math.max(0, ...all.map((one) => Number(one.getAttribute("data-id")?.split("/")[2]))),
    );
  const before = await newest();
  await expect.poll(newest, { timeout: 40_000 }).toBeGreaterThan(before);
});
