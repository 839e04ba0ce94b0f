// Finds a Chromium or Chrome for the browser tests and prints its path:
//   CHROME_PATH, else chromium or google-chrome on the PATH or where systems put them,
//   else, on Debian or Ubuntu as root, installs the package chromium;
//   else fails with the one line to run.
import { execFileSync, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const ADVICE = "a browser is needed: run 'apt-get install -y chromium', or set CHROME_PATH to a Chromium or Chrome";

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function installed() {
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), ...PLACES].find(isProgram);
}

function install() {
  const isDebian = existsSync("/etc/debian_version") && existsSync("/usr/bin/apt-get");
  if (!isDebian || process.getuid?.() !== 0) return false;
  const environment = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args) => spawnSync("apt-get", args, { env: environment, stdio: ["ignore", 2, 2], timeout: 600_000 });
  apt("update", "-q");
  return apt("install", "-y", "-q", "--no-install-recommends", "chromium").status === 0;
}

/** Path of a browser; throws with one line of advice when there is none. */
export function findBrowser() {
  const chosen = process.env.CHROME_PATH;
  if (chosen) {
    if (!isProgram(chosen)) throw new Error(`CHROME_PATH must be a program: ${chosen}`);
    return chosen;
  }
  const found = installed() ?? (install() ? installed() : undefined);
  if (found === undefined) throw new Error(ADVICE);
  return found;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const path = findBrowser();
    execFileSync(path, ["--version"], { stdio: ["ignore", "ignore", "ignore"] });
    console.log(path);
  } catch (e) {
    console.error(e.message);
    process.exit(1);
  }
}
