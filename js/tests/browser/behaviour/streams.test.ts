/** What listeners get, and what carries over from frame to frame: the same as from the reference. */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Options } from "../../../src/pose.js";
import { launch } from "../../support/browser.js";
import { IMAGES } from "../../support/images.js";
import { Judge } from "../../support/judge.js";

let browser: Browser;
let judge: Judge;

beforeAll(async () => {
  browser = await launch();
  judge = await Judge.open(browser, { "/media": IMAGES });
});

afterAll(async () => {
  await browser.close();
  await judge.close();
});

/** A call of a `Pose`. */
type Step = { send: string; at: number } | { options: Options } | { reset: true };

/** A result: its keys, sizes, and landmarks as x, y in pixels. */
interface Result {
  keys: string[];
  sizes: number[];
  px: number[];
}

/** Makes the same calls of one of both packages, and returns the results. */
async function resultsOf(which: "Ours" | "Theirs", steps: Step[]): Promise<Result[]> {
  return judge.page.evaluate(
    async ({ which, steps }) => {
      const Pose = (globalThis as any)[which];
      const pose = new Pose({ locateFile: (name: string) => `/reference/${name}` });
      pose.setOptions({ modelComplexity: 0, useCpuInference: true });
      const results: Result[] = [];
      pose.onResults((result: any) => {
        const { image, segmentationMask, poseLandmarks = [] } = result;
        const canvas = new OffscreenCanvas(image.width, image.height);
        const context = canvas.getContext("2d")!;
        for (const drawn of [image, segmentationMask]) if (drawn) context.drawImage(drawn, 0, 0);
        results.push({
          keys: Object.keys(result).sort(),
          sizes: [image, segmentationMask ?? []].flatMap(({ width, height }) => [width, height]),
          px: poseLandmarks.flatMap(({ x, y }: { x: number; y: number }) => [
            x * image.width,
            y * image.height,
          ]),
        });
      });
      for (const step of steps) {
        if ("options" in step) pose.setOptions(step.options);
        else if ("reset" in step) pose.reset();
        else {
          const image = new Image();
          image.src = `/media/${step.send}`;
          await image.decode();
          await pose.send({ image }, step.at);
        }
      }
      await pose.close();
      return results;
    },
    { which, steps },
  );
}

/** The largest distance of two lists of coordinates. */
function distance(a: number[], b: number[]): number {
  expect(a.length).toBe(b.length);
  return Math.max(0, ...a.map((value, i) => Math.abs(value - b[i])));
}

/** Expects the same from both packages, and returns it. */
async function expectSame(steps: Step[]): Promise<Result[]> {
  const [theirs, ours] = [await resultsOf("Theirs", steps), await resultsOf("Ours", steps)];
  expect(ours.map(({ keys, sizes }) => ({ keys, sizes }))).toEqual(
    theirs.map(({ keys, sizes }) => ({ keys, sizes })),
  );
  theirs.forEach(({ px }, i) => expect(distance(px, ours[i].px)).toBeLessThan(SAME_PX));
  return ours;
}

/** Numbers that differ by less come from the same filters: those of other filters are 0.1 px apart. */
const SAME_PX = 0.02;

const frame = (index: number, at = 1000 + index * 33): Step => ({
  send: `frame_${String(index).padStart(2, "0")}.png`,
  at,
});
const FIRST = [frame(0), frame(3), frame(6)];
const LAST = frame(9);

test("a result has the keys that apply, and images that can be drawn", async () => {
  const results = await expectSame([
    frame(0),
    { send: "black.png", at: 2000 },
    { options: { enableSegmentation: true } },
    frame(0, 3000),
    { send: "black.png", at: 4000 },
  ]);
  expect(results.map(({ keys }) => keys)).toEqual([
    ["image", "poseLandmarks", "poseWorldLandmarks"],
    ["image"],
    ["image", "poseLandmarks", "poseWorldLandmarks", "segmentationMask"],
    ["image"],
  ]);
  expect(results[2].sizes).toEqual([640, 480, 640, 480]);
});

test("an option that really changes starts tracking again at the next frame", async () => {
  const [alone] = await resultsOf("Ours", [LAST]);
  const followed = (await resultsOf("Ours", [...FIRST, LAST])).at(-1)!;
  expect(distance(followed.px, alone.px)).toBeGreaterThan(10 * SAME_PX); // so that one can tell
  const changed = [...FIRST, { options: { minTrackingConfidence: 0.4 } }, LAST];
  expect(distance((await expectSame(changed)).at(-1)!.px, alone.px)).toBeLessThan(SAME_PX);
});

test("options with the values that they have, or unknown ones, change nothing", async () => {
  const followed = (await resultsOf("Ours", [...FIRST, LAST])).at(-1)!;
  const options = { modelComplexity: 0, smoothLandmarks: true, unknown: 1 } as Options;
  const same = (await resultsOf("Ours", [...FIRST, { options }, LAST])).at(-1)!;
  expect(distance(same.px, followed.px)).toBe(0);
});

test("reset forgets the person and the time", async () => {
  const [alone] = await resultsOf("Ours", [LAST]);
  const results = await expectSame([...FIRST, { reset: true }, frame(9, 5)]);
  expect(distance(results.at(-1)!.px, alone.px)).toBeLessThan(SAME_PX);
});

test("selfieMode mirrors the image before anything is found in it", async () => {
  const [plain] = await resultsOf("Ours", [frame(0)]);
  const [mirrored] = await expectSame([{ options: { selfieMode: true } }, frame(0)]);
  const nose = ([x, y]: number[]) => [x, y];
  expect(distance(nose(mirrored.px), [640 - plain.px[0], plain.px[1]])).toBeLessThan(6);
  // The left eye's landmark is the mirrored person's left: it is not the mirror image of the right.
  expect(Math.abs(mirrored.px[2] - (640 - plain.px[2]))).toBeGreaterThan(
    Math.abs(mirrored.px[2] - (640 - plain.px[8])),
  );
});
