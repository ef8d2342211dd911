/**
 * Builds `build/demo`, the page that `vitruvian web` serves. It takes the package from the folder
 * `vitruvian` beside it, where the server shows `dist`.
 */

import { copyFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "vite";

const DEMO = resolve("build/demo");

await build({
  configFile: false,
  logLevel: "warn",
  root: resolve("demo"),
  base: "./",
  build: {
    outDir: DEMO,
    emptyOutDir: true,
    target: "es2022",
    rolldownOptions: { external: "vitruvian" },
  },
});
copyFileSync(resolve("../samples/jumping_jacks.mp4"), join(DEMO, "jumping_jacks.mp4"));
