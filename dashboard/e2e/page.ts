import { expect, test as base, type Page } from "@playwright/test";

/** A setting that must be there: a suite that skips itself would pass without having looked. */
export function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} must be set; see e2e/README.md`);
  return value;
}

/** Collects what a page must never do; the test fails at its end if it did. */
export const test = base.extend<{ allowed: RegExp[] }>({
  allowed: async ({}, use) => use([]),
  page: async ({ page, allowed }, use) => {
    const complaints: string[] = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    const origin = new URL(setting("ALIDADE_LINK")).origin;
    page.on("request", (request) => {
      const url = new URL(request.url());
      if (/^https?:$/.test(url.protocol) && url.origin !== origin) complaints.push(`another host: ${request.url()}`);
    });
    await use(page);
    expect(complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)))).toEqual([]);
  },
});

export { expect };

export async function signIn(page: Page): Promise<void> {
  await page.goto(setting("ALIDADE_LINK"));
  await expect(page.getByTestId("runs-page")).toBeVisible();
}

/** Opens the run under test and waits for its first map. */
export async function openRun(page: Page): Promise<void> {
  await signIn(page);
  const name = process.env["ALIDADE_RUN"];
  const runs = page.getByTestId("run");
  const wanted = name ? runs.filter({ hasText: name }) : page.locator('[data-testid=run][data-state="live"]');
  await wanted.first().click();
  await expect(page.getByTestId("tile").first()).toHaveAttribute("data-tick", /\d+/);
}

export async function iteration(page: Page): Promise<number> {
  return Number(await page.getByTestId("header").getAttribute("data-iteration"));
}

/** How many different colours a picture has, and its pixels as text to compare. */
export async function look(page: Page, png: Buffer): Promise<{ colours: number; pixels: string }> {
  // Decoded in a blank page: the policy of the page under test allows no data: addresses.
  const blank = await page.context().newPage();
  const seen = await blank.evaluate(async (encoded) => {
    const image = new Image();
    image.src = `data:image/png;base64,${encoded}`;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = image.width;
    canvas.height = image.height;
    const context = canvas.getContext("2d") as CanvasRenderingContext2D;
    context.drawImage(image, 0, 0);
    const words = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
    let hash = 0;
    for (const word of words) hash = (Math.imul(hash, 31) + word) | 0;
    return { colours: new Set(words).size, pixels: String(hash) };
  }, png.toString("base64"));
  await blank.close();
  return seen;
}
