/** What Python's stages answer: made when the tests start, so that it is never out of date. */

import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { ImageSize, Region } from "../../src/types.js";
import { PACKAGE, REPOSITORY } from "./paths.js";

const FILE = join(PACKAGE, "build/tests/numbers.json");

/** Makes the numbers. It needs a `python` with Vitruvian: `source scripts/environment dev`. */
export function setup(): void {
  const reference = join(REPOSITORY, "tests/data/reference.npz");
  const program = join(PACKAGE, "tests/support/numbers");
  execFileSync("python", [program, reference, FILE], { stdio: "inherit" });
}

/** Width and height. */
export type Size = [number, number];

/** A person in normalized coordinates. */
export interface Person {
  landmarks: number[];
  auxiliary: number[];
  worldLandmarks: number[];
  visibility: number[];
  score: number;
}

/** The file that `tests/support/numbers` writes. */
export interface Numbers {
  sigmoid: { logits: number[]; scores: number[] };
  regions: { size: Size; points: number[]; region: Region | null; diameterPx: number }[];
  spaces: {
    size: Size;
    region: Region;
    points: number[];
    imageFromCrop: number[];
    regionFromSquare: number[];
    regionFromSquareXy: number[];
    imageFromRegion: number[];
    rotated: number[];
  }[];
  detections: {
    size: Size;
    minConfidence: number;
    rows: number[];
    values: number[];
    widthOfOthers: number;
    logits: number[];
    scores: number[];
    points: number[];
  }[];
  landmarks: {
    size: Size;
    region: Region;
    values: number[];
    score: number[];
    weak: number;
    /** Row, column, landmark and logit. */
    cells: [number, number, number, number][];
    world: number[];
    found: Person;
  }[];
  filters: {
    values: number[][];
    timestampsS: number[];
    lowPass: number[][];
    oneEuro: number[][];
  };
  masks: { new: number[]; previous: number[]; blended: number[] };
  tracking: {
    smoothLandmarks: boolean;
    detected: number[];
    size: Size;
    frames: {
      timestampUs: number;
      found: Person;
      region: Region;
      answer: Person | null;
    }[];
  }[];
}

/** Reads the numbers. */
export function readNumbers(): Numbers {
  return JSON.parse(readFileSync(FILE, "utf8"));
}

export function imageSize([width, height]: Size): ImageSize {
  return { width, height };
}
