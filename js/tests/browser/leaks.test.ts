/** Workers end with their `Pose`, and memory does not grow. `benchmarks/leaks.ts` runs longer. */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch } from "../support/browser.js";
import { Endurance } from "../support/endurance.js";

let browser: Browser;
let endurance: Endurance;

beforeAll(async () => {
  browser = await launch();
  endurance = await Endurance.open(browser);
});

afterAll(async () => {
  await endurance.close();
  await browser.close();
});

// A `Pose` that stays takes as much as the first one did, and a hundred frames that stay as much as
// their page. On a busy machine, Chromium frees memory late.
const NOISE = 1.4;

test("no worker survives close, and each Pose leaves its memory to the next", async () => {
  await endurance.createAndClose(1);
  const firstBytes = await endurance.memoryBytes();
  await endurance.createAndClose(4);
  expect(await endurance.workers(0)).toBe(0);
  expect(await endurance.memoryBytes()).toBeLessThan(NOISE * firstBytes);
});

test("frames of changing sizes leave no memory behind", async () => {
  await endurance.send(30);
  const firstBytes = await endurance.memoryBytes();
  await endurance.send(120);
  expect(await endurance.workers(Infinity)).toBeGreaterThan(0);
  expect(await endurance.memoryBytes()).toBeLessThan(NOISE * firstBytes);
});
