/** The tree reads as one work in two languages: each stage has a twin in Python, of the same name. */

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PACKAGE, REPOSITORY } from "./support/paths.js";

// The positions that a browser's renderer computes. Python has those of OpenCV.
const OF_BROWSERS = ["stages/raster"];

const FILES = ["stages", "tracking"]
  .flatMap((room) =>
    readdirSync(join(PACKAGE, "src", room)).map((file) => `${room}/${file.replace(".ts", "")}`),
  )
  .filter((file) => !OF_BROWSERS.includes(file));

/** The files into which Python splits a stage, beside the one of the same name (ARCHITECTURE.md). */
const PARTS: Record<string, string[]> = {
  "stages/crop": ["stages/mask"],
  "stages/geometry": ["stages/transforms"],
  "stages/landmarker": ["stages/decoding"],
  "stages/smoothing": ["stages/filters", "stages/mask_smoothing"],
};

/** What Python has from numpy, or names otherwise. */
const OTHERWISE: Record<string, string> = {
  float32: "np.float32",
  Cropper: "def cut",
  circleAround: "def around",
  blendInto: "def blend",
};

// Python calls the C library for it (stages/mediapipe_versions).
const WITHOUT_TWIN = ["arctan2"];

test.each(FILES)("%s has a twin with the same names", (file) => {
  const twins = [file, ...(PARTS[file] ?? [])].map((twin) =>
    join(REPOSITORY, "src/vitruvian", `${twin}.py`),
  );
  for (const twin of twins) expect(existsSync(twin), `${twin} exists`).toBe(true);
  const ours = readFileSync(join(PACKAGE, "src", `${file}.ts`), "utf8");
  const theirs = twins.map((twin) => readFileSync(twin, "utf8")).join("\n");
  const text = ours.replaceAll(/\s+(\* )?/g, " ");
  expect(text, `${file}.ts names its twin`).toContain(`The twin of ${file}.py`);
  const exported = [...ours.matchAll(/^export (?:async )?(class|function|const) (\w+)/gm)];
  expect(exported.length).toBeGreaterThan(0);
  for (const [, kind, name] of exported) {
    if (WITHOUT_TWIN.includes(name)) continue;
    const python = OTHERWISE[name] ?? (kind === "function" ? snakeCase(name) : name);
    expect(theirs, `${twins.join(" or ")} has ${python}`).toMatch(new RegExp(`\\b_?${python}\\b`));
  }
});

function snakeCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
