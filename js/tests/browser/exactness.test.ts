/** Every number of the results against the reference, on images that `make_images.py` makes. */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Options } from "../../src/pose.js";
import { launch } from "../support/browser.js";
import { FRAMES, IMAGES, STILLS as STILL_IMAGES } from "../support/images.js";
import { Judge, type Comparison } from "../support/judge.js";
import { MASK_MEAN, MASK_WITHIN_3, STILLS, VIDEO, type Apart } from "../tolerances.js";

let browser: Browser;

beforeAll(async () => {
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
});

async function compared(names: string[], options: Options, isStills: boolean): Promise<Comparison> {
  const judge = await Judge.open(browser, { "/media": IMAGES });
  const sources = names.map((name) => `/media/${name}`);
  const comparison = await judge.compare({ sources, options, isStills });
  await judge.close();
  return comparison;
}

function expectAlike({ unlike, px, worldMm }: Comparison, tolerance: Apart): void {
  expect(unlike, "frames in which only one of both found a person").toEqual([]);
  expect(px.median).toBeLessThan(tolerance.px[0]);
  expect(px.p99).toBeLessThan(tolerance.px[1]);
  expect(worldMm.median).toBeLessThan(tolerance.worldMm[0]);
  expect(worldMm.p99).toBeLessThan(tolerance.worldMm[1]);
}

function expectMasksAlike({ maskMean, maskWithin3 }: Comparison): void {
  expect(maskMean).toBeLessThan(MASK_MEAN);
  expect(maskWithin3).toBeGreaterThan(MASK_WITHIN_3);
}

const MODELS = [
  { name: "Lite", modelComplexity: 0 },
  { name: "Full", modelComplexity: 1 },
  { name: "Heavy", modelComplexity: 2 },
] as const;

test.each(MODELS)("$name finds the same in independent images", async ({ modelComplexity }) => {
  // Heavy takes 200 ms an image.
  const names = STILL_IMAGES.filter((_, i) => modelComplexity < 2 || i % 2 === 0);
  const comparison = await compared(names, { modelComplexity }, true);
  expectAlike(comparison, STILLS);
  // So that the comparison says something: most images have a person, and some have none.
  expect(comparison.found).toBeGreaterThan(names.length / 2);
  expect(comparison.found).toBeLessThan(names.length);
});

test.each(MODELS)("$name follows a person of a video in the same way", async (model) => {
  const options = { modelComplexity: model.modelComplexity, enableSegmentation: true };
  // A person who is lost for two frames, and found again elsewhere.
  const frames = FRAMES.slice(0, model.modelComplexity === 2 ? 6 : 12);
  const half = frames.length / 2;
  const names = [...frames.slice(0, half), "black.png", "black.png", ...frames.slice(half)];
  const comparison = await compared(names, options, false);
  expectAlike(comparison, VIDEO);
  expectMasksAlike(comparison);
  expect(comparison.found).toBe(frames.length);
});

test("options that are not the defaults: the same", async () => {
  const options = {
    modelComplexity: 0,
    selfieMode: true,
    smoothLandmarks: false,
    enableSegmentation: true,
    smoothSegmentation: false,
  } as const;
  const comparison = await compared(FRAMES.slice(0, 6), options, false);
  expectAlike(comparison, VIDEO);
  expectMasksAlike(comparison);
  expect(comparison.found).toBe(6);
});

test("confidences that are hardly met: the same", async () => {
  const options = {
    modelComplexity: 0,
    minDetectionConfidence: 0.9,
    minTrackingConfidence: 0.99,
  } as const;
  const others = ["small.png", "tilted.png", "noise.png", "astronaut.png"];
  const names = [...FRAMES.slice(0, 6), ...others];
  const comparison = await compared(names, options, false);
  expectAlike(comparison, VIDEO);
  expect(comparison.found).toBeGreaterThan(5);
  expect(comparison.found).toBeLessThan(names.length);
});

test("frames of changing sizes: the same", async () => {
  const names = ["frame_00.png", "stretched.png", "small.png", "frame_01.png", "large.png"];
  const options = {
    modelComplexity: 0,
    enableSegmentation: true,
    smoothSegmentation: false,
  } as const;
  const comparison = await compared([...names, ...names], options, false);
  expectAlike(comparison, VIDEO);
  expectMasksAlike(comparison);
  expect(comparison.found).toBeGreaterThan(5);
});
