import { defineConfig } from "@playwright/test";
import { findBrowser } from "./browser.mjs";

export default defineConfig({
  testDir: ".",
  // A real training has no use for specs of what the development server makes up; and beside one, on two
  // cores without a GPU, those of the finer points take longer than their limit as the run grows.
  testMatch: process.env["ALIDADE_MADE_UP"] ? "**/*.spec.ts" : ["**/live.spec.ts", "**/hostile.spec.ts"],
  outputDir: "../test-results",
  // The specs share one server and one training, whose time passes.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: "list",
  use: {
    viewport: { width: 1280, height: 720 },
    screenshot: "only-on-failure",
    launchOptions: {
      executablePath: findBrowser(),
      args: [
        "--no-sandbox",
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
        "--ignore-gpu-blocklist",
        "--disable-background-networking",
        "--no-first-run",
      ],
    },
  },
});
