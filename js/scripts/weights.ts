/** Puts the weights into a folder, from the development dependency `@mediapipe/pose`. */

import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DETECTOR, LANDMARKERS, type WeightsFile } from "../src/weights/catalogue.js";

/** Copies all weights, and refuses bytes that are not the pinned ones. */
export function copyWeights(source: string, target: string): void {
  mkdirSync(target, { recursive: true });
  for (const file of [DETECTOR, ...LANDMARKERS]) {
    writeFileSync(join(target, file.name), pinnedBytes(join(source, file.name), file));
  }
}

function pinnedBytes(path: string, file: WeightsFile): Buffer {
  const content = readFileSync(path);
  const sha256 = createHash("sha256").update(content).digest("hex");
  if (sha256 !== file.sha256) {
    throw new Error(`${path} has the SHA-256 ${sha256}, not the pinned ${file.sha256}: reinstall.`);
  }
  return content;
}
