/** Builds `dist`: one folder that can be copied to any server, with all that a page needs. */

import { execFileSync } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build, transformWithOxc, type InlineConfig } from "vite";
import { copyWeights } from "./weights.js";

const DIST = resolve("dist");
const SOURCES = resolve("src");
const NODE_MODULES = resolve("node_modules");

/** What is published, each as an ES module and as a classic script that sets the same names. */
const ENTRIES: Record<string, string> = {
  pose: "pose.ts",
  drawing_utils: "companions/drawing_utils.ts",
  camera_utils: "companions/camera_utils.ts",
  control_utils: "companions/control_utils.ts",
  control_utils_3d: "companions/control_utils_3d.ts",
};
const INDEX = { index: "index.ts" };
const WORKER = { pose_worker: "worker/worker.ts" };

const COMMON: InlineConfig = { configFile: false, logLevel: "warn", publicDir: false };

/** Builds the ES modules, one for each source file. */
async function buildModules(): Promise<void> {
  await build({
    ...COMMON,
    plugins: [
      {
        name: "addresses",
        enforce: "pre",
        resolveId: (id) =>
          id === "./addresses.js" ? { id: "./addresses.mjs", external: true } : null,
      },
    ],
    build: {
      outDir: DIST,
      emptyOutDir: false,
      target: "es2022",
      minify: false,
      lib: {
        entry: paths({ ...INDEX, ...ENTRIES }),
        formats: ["es"],
        fileName: (_, name) => `${name}.mjs`,
      },
      rolldownOptions: { output: { preserveModules: true, preserveModulesRoot: SOURCES } },
    },
  });
  // Vite would rewrite the expressions by which other bundlers find the files of the package.
  const file = join(SOURCES, "addresses.ts");
  const { code } = await transformWithOxc(readFileSync(file, "utf8"), file, { sourcemap: false });
  writeFileSync(join(DIST, "addresses.mjs"), code);
}

/** Builds a classic script: what the entry exports becomes global. */
async function buildScript(name: string, file: string): Promise<void> {
  await build({
    ...COMMON,
    resolve: { alias: [{ find: /^\.\/addresses\.js$/, replacement: "./addresses_of_script.js" }] },
    build: {
      outDir: DIST,
      emptyOutDir: false,
      target: "es2022",
      lib: {
        entry: join(SOURCES, file),
        formats: ["iife"],
        name: "globalThis",
        fileName: () => `${name}.js`,
      },
      rolldownOptions: { output: { extend: true, generatedCode: { symbols: false } } },
    },
  });
}

function paths(entries: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(entries).map(([name, file]) => [name, join(SOURCES, file)]),
  );
}

rmSync(DIST, { recursive: true, force: true });
copyWeights(join(NODE_MODULES, "@mediapipe/pose"), DIST);
for (const variant of ["_compat", "_threaded"]) {
  for (const extension of ["js", "wasm"]) {
    const file = `litert_wasm${variant}_internal.${extension}`;
    copyFileSync(join(NODE_MODULES, "@litertjs/core/wasm", file), join(DIST, file));
  }
}
for (const file of ["LICENSE", "NOTICE"]) copyFileSync(resolve("..", file), join(DIST, file));
// Its licence, MIT, asks for it.
copyFileSync(join(NODE_MODULES, "@noble/hashes/LICENSE"), join(DIST, "LICENSE.noble-hashes"));
await buildModules();
for (const [name, file] of Object.entries({ ...ENTRIES, ...WORKER })) await buildScript(name, file);
execFileSync("npx", ["tsc", "-p", "tsconfig.types.json"], { stdio: "inherit" });
