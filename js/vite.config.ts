import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      // Stages, tracking and weights are functions of arrays, so they run in Node.
      {
        extends: true,
        test: {
          name: "stages",
          include: ["tests/*.test.ts", "tests/{stages,tracking,weights}/**/*.test.ts"],
          globalSetup: "tests/support/numbers.ts",
        },
      },
      // So do the parts of the demo that draw nothing.
      {
        extends: true,
        resolve: { alias: { vitruvian: resolve("src/index.ts") } },
        test: { name: "demo", include: ["tests/demo/**/*.test.ts"] },
      },
      // Everything else runs in Chromium, which these tests drive from Node.
      {
        extends: true,
        test: {
          name: "browser",
          include: ["tests/browser/**/*.test.ts"],
          globalSetup: ["tests/support/build.ts", "tests/support/images.ts"],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
