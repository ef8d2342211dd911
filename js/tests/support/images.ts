/** Images of people, which `make_images.py` makes once before the tests in Chromium. */

import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { PACKAGE, SAMPLES } from "./paths.js";

export const IMAGES = join(PACKAGE, "build/tests/images");

/** Makes the images. It needs a `python` with Vitruvian: `source scripts/environment dev`. */
export function setup(): void {
  const program = join(PACKAGE, "tests/support/make_images.py");
  const sample = join(SAMPLES, "jumping_jacks.mp4");
  execFileSync("python", [program, sample, IMAGES], { stdio: "inherit" });
}

const names = existsSync(IMAGES) ? readdirSync(IMAGES).sort() : [];
/** Names of the frames of one video, in order. */
export const FRAMES = names.filter((name) => name.startsWith("frame_"));
/** Names of images that are independent of each other. */
export const STILLS = names.filter((name) => !name.startsWith("frame_"));
