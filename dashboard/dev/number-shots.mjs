// Pictures of the views of the numbers: node dev/number-shots.mjs LINK FOLDER [WIDTHxHEIGHT] [dark|light] [views] [run]
import { chromium } from "@playwright/test";

const [, , link, folder, size = "1280x720", scheme = "dark", only = "", run = ""] = process.argv;
const [width, height] = size.split("x").map(Number);
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--disable-background-networking", "--no-first-run"],
});
const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
page.on("console", (m) => ["error", "warning"].includes(m.type()) && console.log(m.type(), m.text()));
page.on("pageerror", (e) => console.log("page error", e.message, e.stack));
await page.goto(link);
await page.waitForSelector("[data-testid=runs-page]");
await page.locator("[data-testid=run]").filter({ hasText: run }).first().click();
await page.waitForSelector("[data-testid=tile]");
await page.click("[data-testid=view-numbers]");
for (const tab of await page.locator("[data-testid=tab]").all()) {
  const view = await tab.getAttribute("data-view");
  if (only !== "" && !only.split(",").includes(view)) continue;
  await tab.click();
  await page.waitForTimeout(2500);
  await page.screenshot({ path: `${folder}/${view}-${scheme}-${size}.png` });
}
await browser.close();
