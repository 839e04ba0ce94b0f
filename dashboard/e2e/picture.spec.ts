import type { Page } from "@playwright/test";
import { expect, openRun, test } from "./page";

// Lines, dots and the hull's edge are antialiased by two different rasterisers; surfaces are not.
const MOST_DIFFERING = 0.03;
const MOST_MEAN = 1.5;

test("the server draws the picture that the page draws", async ({ page }) => {
  await openRun(page);
  const name = await surface(page);
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => page.url()).toContain("at=");
  const url = new URL(page.url());
  const [path, query] = url.hash.split("?", 2) as [string, string];
  const at = new URLSearchParams(query).get("at") as string;
  const run = path.split("/").pop() as string;
  for (const [field, parameter] of [
    ["", ""],
    ["&field=1", "&group=1"],
    ["&field=2-0", "&group=2&minus=0"],
  ] as const) {
    await page.goto("about:blank");
    await page.goto(`${url.origin}/${path}?at=${at}&layer=${encodeURIComponent(name)}${field}`);
    const map = page.locator(".map-focus");
    await expect(map).toBeVisible();
    await expect(page.getByTestId("header")).toHaveAttribute("data-recorded", "true");
    const box = (await map.boundingBox()) as { x: number; y: number; width: number; height: number };
    const side = Math.round(Math.min(box.width, box.height));
    const clip = {
      x: Math.round(box.x + (box.width - side) / 2),
      y: Math.round(box.y + (box.height - side) / 2),
      width: side,
      height: side,
    };
    const theme = await page.evaluate(() => document.documentElement.dataset["theme"]);
    const address = `/api/v1/runs/${run}/map.png?layer=${encodeURIComponent(name)}&iteration=${at}&size=${side}&theme=${theme}${parameter}`;
    const server = await page.request.get(url.origin + address);
    expect(server.status(), address).toBe(200);
    const theirs = (await server.body()).toString("base64");
    // The first pictures may still be on their way into place.
    await expect
      .poll(async () => difference(page, (await page.screenshot({ clip })).toString("base64"), theirs, side), {
        message: `share of differing pixels, field '${field}'`,
        timeout: 20_000,
      })
      .toBeLessThan(MOST_DIFFERING);
  }
});

/** Name of a layer with enough units for a surface. */
async function surface(page: Page): Promise<string> {
  for (const tile of await page.getByTestId("tile").all()) {
    const units = Number((await tile.locator(".tile-head span").first().innerText()).replace(/\D/g, ""));
    if (units > 16) return (await tile.getAttribute("data-layer")) as string;
  }
  throw new Error("the run must have a layer of more than 16 units");
}

/** Share of the pixels that are not the same; 1 where the mean differs by more than rounding. */
async function difference(page: Page, ours: string, theirs: string, side: number): Promise<number> {
  const blank = await page.context().newPage();
  const [differing, mean] = await blank.evaluate(
    async ([a, b, length]) => {
      const pixels = async (encoded: string) => {
        const image = new Image();
        image.src = `data:image/png;base64,${encoded}`;
        await image.decode();
        const canvas = document.createElement("canvas");
        canvas.width = length;
        canvas.height = length;
        const context = canvas.getContext("2d") as CanvasRenderingContext2D;
        context.drawImage(image, 0, 0); // the caption lies below the square
        return context.getImageData(0, 0, length, length).data;
      };
      const [p, q] = [await pixels(a), await pixels(b)];
      let count = 0;
      let sum = 0;
      for (let i = 0; i < p.length; i += 4) {
        let most = 0;
        for (let c = 0; c < 3; c++) most = Math.max(most, Math.abs((p[i + c] as number) - (q[i + c] as number)));
        sum += most;
        if (most > 12) count++; // more than rounding, less than a contour
      }
      return [count / (p.length / 4), sum / (p.length / 4)] as const;
    },
    [ours, theirs, side] as const,
  );
  await blank.close();
  return mean > MOST_MEAN ? 1 : differing;
}
