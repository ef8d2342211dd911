import { expect, test } from "vitest";
import { ProminentPerson } from "../../src/tracking/prominent_person.js";
import { SinglePersonTracker } from "../../src/tracking/single.js";
import type { Landmarks, Region } from "../../src/types.js";
import { black } from "../support/fakes.js";
import { imageSize, readNumbers, type Person } from "../support/numbers.js";
import { LAST_DIGIT } from "../tolerances.js";

const landmarksOf = (person: Person): Landmarks => ({
  landmarks: Float32Array.from(person.landmarks),
  auxiliary: Float32Array.from(person.auxiliary),
  worldLandmarks: Float32Array.from(person.worldLandmarks),
  visibility: Float32Array.from(person.visibility),
  score: person.score,
  mask: null,
});

test.each(readNumbers().tracking)(
  "a person is followed, lost and found as by Python, to the last digit (smooth: $smoothLandmarks)",
  async ({ smoothLandmarks, detected, size, frames }) => {
    const regions: Region[] = [];
    const points = Float32Array.of(0, 0, 0, 0, ...detected);
    const finder = new ProminentPerson(
      { detect: async () => [{ score: 1, points }] },
      {
        landmarks: async (_, region) => {
          regions.push(region);
          return landmarksOf(frames[regions.length - 1].found);
        },
      },
      { detection: 0.5, tracking: 0.5 },
    );
    const tracker = new SinglePersonTracker(finder, {
      landmarks: smoothLandmarks,
      segmentation: true,
    });
    for (const [i, { timestampUs, region, answer }] of frames.entries()) {
      const person = await tracker.track(black(imageSize(size)), timestampUs * 1e-6);
      expect(regions[i]).toEqual({ ...region, angleRad: regions[i].angleRad });
      expect(Math.abs(regions[i].angleRad - region.angleRad)).toBeLessThan(LAST_DIGIT);
      expect(person === null, `frame ${i} has a person`).toBe(answer === null);
      if (person === null || answer === null) continue;
      expect([...person.landmarks]).toEqual(answer.landmarks);
      expect([...person.auxiliary]).toEqual(answer.auxiliary);
      expect([...person.worldLandmarks]).toEqual(answer.worldLandmarks);
      expect([...person.visibility]).toEqual(answer.visibility);
    }
  },
);

/** A tracker of one person whose scores are given, and the number of its searches. */
function tracked(scores: number[]) {
  const calls = { find: 0 };
  let frame = 0;
  const next = async () => {
    const person = landmarksOf(readNumbers().tracking[0].frames[0].found);
    return scores[frame++] > 0.5 ? person : null;
  };
  const finder = {
    find: () => {
      calls.find++;
      return next();
    },
    landmarks: next,
  };
  return {
    calls,
    tracker: new SinglePersonTracker(finder, { landmarks: true, segmentation: true }),
  };
}

const IMAGE = black({ width: 200, height: 100 });

test("the person is not searched while it is followed", async () => {
  const { calls, tracker } = tracked([1, 1, 1]);
  for (let frame = 0; frame < 3; frame++) await tracker.track(IMAGE, frame);
  expect(calls.find).toBe(1);
});

test("the person is searched again in the frame after it is lost", async () => {
  const { calls, tracker } = tracked([1, 0, 1]);
  const found = [];
  for (let frame = 0; frame < 3; frame++) found.push(await tracker.track(IMAGE, frame));
  expect(found.map((person) => person !== null)).toEqual([true, false, true]);
  expect(calls.find).toBe(2);
});

test("the person is searched in every frame until one is found", async () => {
  const { calls, tracker } = tracked([0, 0, 0]);
  for (let frame = 0; frame < 3; frame++) {
    expect(await tracker.track(IMAGE, frame)).toBeNull();
  }
  expect(calls.find).toBe(3);
});

test("a frame of another size belongs to the same video", async () => {
  const { calls, tracker } = tracked([1, 1]);
  await tracker.track(IMAGE, 0);
  await tracker.track(black({ width: 100, height: 200 }), 1);
  expect(calls.find).toBe(1);
});
