// `node build/ensure.mjs install` runs npm ci unless node_modules already is what the lock says;
// `node build/ensure.mjs build` runs the build unless dist already is what the sources say.
// Maven runs both on every build, and most builds are of something else.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const home = join(dirname(fileURLToPath(import.meta.url)), "..");
const stamps = join(home, "node_modules", ".alidade");
const npm = process.platform === "win32" ? "npm.cmd" : "npm";

const steps = {
  install: { from: ["package.json", "package-lock.json", ".npmrc"], made: "node_modules", run: ["ci"] },
  build: {
    from: ["package-lock.json", "src", "public", "index.html", "vite.config.ts", "tsconfig.json", "buf.gen.yaml",
      "../agent/wire/src/main/proto"],
    made: "dist/index.html",
    run: ["run", "build"],
  },
};

function files(path) {
  const at = join(home, path);
  if (!statSync(at).isDirectory()) return [path];
  return readdirSync(at)
    .sort()
    .filter((name) => name !== "gen")
    .flatMap((name) => files(`${path}/${name}`));
}

const name = process.argv[2];
const step = steps[name];
if (step === undefined) throw new Error(`step must be one of ${Object.keys(steps).join(", ")}: ${name}`);
if (Number(process.versions.node.split(".")[0]) < 20) {
  console.error(`Node must be at least 20.19 to build the dashboard: ${process.versions.node}; -DskipDashboard skips it`);
  process.exit(1);
}
const hash = createHash("sha256").update(process.version);
for (const path of step.from.flatMap(files)) hash.update(path).update("\0").update(readFileSync(join(home, path)));
const wanted = hash.digest("hex");
const stamp = join(stamps, name);
const isDone = existsSync(join(home, step.made)) && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted;
if (isDone) {
  console.log(`dashboard ${name}: up to date`);
} else {
  const { status } = spawnSync(npm, step.run, { cwd: home, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
  mkdirSync(stamps, { recursive: true });
  writeFileSync(stamp, wanted);
}
