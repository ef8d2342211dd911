/** Images that `make_images.py` makes, in a temporary folder. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PACKAGE, SAMPLES } from "./paths.js";

export interface Images {
  readonly folder: string;
  /** Names of independent images. */
  readonly stills: string[];
  /** Names of the frames of one video, in order. */
  readonly frames: string[];
  /** Deletes the folder. */
  remove(): void;
}

/** Makes the images. It needs a `python` with Vitruvian: `source scripts/environment dev`. */
export function images(): Images {
  const folder = mkdtempSync(join(tmpdir(), "vitruvian-images-"));
  const script = join(PACKAGE, "tests/support/make_images.py");
  execFileSync("python", [script, join(SAMPLES, "jumping_jacks.mp4"), folder], {
    stdio: "inherit",
  });
  const names = readdirSync(folder).sort();
  return {
    folder,
    stills: names.filter((name) => !name.startsWith("frame_")),
    frames: names.filter((name) => name.startsWith("frame_")),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
