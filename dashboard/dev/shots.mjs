// Pictures of the page as it stands: node dev/shots.mjs LINK FOLDER [WIDTHxHEIGHT] [dark|light] [only]
import { chromium } from "@playwright/test";

const [, , link, folder, size = "1280x720", scheme = "dark", only = ""] = process.argv;
const [width, height] = size.split("x").map(Number);
const browser = await chromium.launch({
  executablePath: process.env.CHROME_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--disable-background-networking", "--no-first-run"],
});
const page = await browser.newPage({ viewport: { width, height }, colorScheme: scheme });
page.on("console", (m) => ["error", "warning"].includes(m.type()) && console.log(m.type(), m.text()));
page.on("pageerror", (e) => console.log("page error", e.message, e.stack));
const shot = async (name) => {
  if (only === "" || only.split(",").includes(name)) await page.screenshot({ path: `${folder}/${name}-${scheme}-${size}.png` });
};
await page.goto(link);
await page.waitForSelector("[data-testid=runs-page]");
await page.waitForTimeout(1500);
await shot("runs");
await page.click("[data-testid=run]");
await page.waitForSelector("[data-testid=tile]");
await page.waitForTimeout(3000);
await shot("wall");
await page.click("[data-testid=tile][data-layer=dense1]");
await page.waitForTimeout(1500);
await shot("focus");
const box = await page.locator(".map-focus").boundingBox();
await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.36);
await page.waitForTimeout(800);
await shot("hover");
await page.mouse.click(box.x + box.width * 0.5, box.y + box.height * 0.36);
await page.mouse.move(box.x - 3, box.y - 3);
await page.keyboard.press("3");
await page.waitForTimeout(1800);
await shot("unit");
await page.keyboard.press("Escape");
await page.keyboard.press("Home");
for (let i = 0; i < 6; i++) await page.keyboard.press("Shift+ArrowRight");
await page.waitForTimeout(1500);
await shot("moment");
await page.keyboard.press("?");
await page.waitForTimeout(400);
await shot("help");
await browser.close();
