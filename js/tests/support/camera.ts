/** The sample video as the camera of a page. */

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeCamera } from "./browser.js";
import { PACKAGE, SAMPLES } from "./paths.js";

export interface SampleCamera {
  /** What Chromium needs on its command line. */
  readonly chromiumArguments: string[];
  /** Deletes the video, which is 55 MB long. */
  remove(): void;
}

/** Makes a camera of the sample. It needs a `python` with PyAV: `source scripts/environment dev`. */
export function sampleCamera(): SampleCamera {
  const folder = mkdtempSync(join(tmpdir(), "vitruvian-camera-"));
  const video = join(folder, "camera.y4m");
  const script = join(PACKAGE, "tests/support/make_camera.py");
  execFileSync("python", [script, join(SAMPLES, "jumping_jacks.mp4"), video], { stdio: "inherit" });
  return {
    chromiumArguments: fakeCamera(video),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
