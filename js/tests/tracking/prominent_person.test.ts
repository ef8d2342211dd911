import { expect, test } from "vitest";
import { ProminentPerson } from "../../src/tracking/prominent_person.js";
import type { Region } from "../../src/types.js";
import { black, uniformPerson } from "../support/fakes.js";

const IMAGE = black({ width: 200, height: 100 });
const REGION = { centerX: 0.5, centerY: 0.5, width: 1, height: 1, angleRad: 0 };

function finder(score: number, ...hips: [number, number, number, number][]) {
  const asked = { confidence: NaN, regions: [] as Region[] };
  const detections = hips.map((points) => ({
    score: 1,
    points: Float32Array.of(0, 0, 0, 0, ...points, 0, 0, 0, 0),
  }));
  const one = new ProminentPerson(
    {
      detect: async (_, confidence) => {
        asked.confidence = confidence;
        return detections;
      },
    },
    {
      landmarks: async (_, region) => {
        asked.regions.push(region);
        return { ...uniformPerson(0.5, 1), score };
      },
    },
    { detection: 0.3, tracking: 0.6 },
  );
  return { one, asked };
}

test("the first detection says where to look", async () => {
  const { one, asked } = finder(0.9, [0.5, 0.5, 0.5, 0.2], [0.1, 0.1, 0.1, 0]);
  expect(await one.find(IMAGE)).not.toBeNull();
  expect(asked.confidence).toBe(0.3);
  expect(asked.regions).toHaveLength(1);
  expect(asked.regions[0]).toMatchObject({ centerX: 0.5, centerY: 0.5 });
  expect(asked.regions[0].height).toBeCloseTo(1.25 * 0.6, 6);
});

test("without a detection nobody is found, and the landmark model does not run", async () => {
  const { one, asked } = finder(0.9);
  expect(await one.find(IMAGE)).toBeNull();
  expect(asked.regions).toEqual([]);
});

test("alignment points that coincide make nobody", async () => {
  const { one, asked } = finder(0.9, [0.5, 0.5, 0.5, 0.5]);
  expect(await one.find(IMAGE)).toBeNull();
  expect(asked.regions).toEqual([]);
});

test.each([
  [0.59, false],
  [0.6, false],
  [0.61, true],
  [NaN, false],
])("a score of %f with a minimum of 0.6 counts as a person: %s", async (score, isPerson) => {
  const { one } = finder(score, [0.5, 0.5, 0.5, 0.2]);
  expect((await one.find(IMAGE)) !== null).toBe(isPerson);
  expect((await one.landmarks(IMAGE, REGION)) !== null).toBe(isPerson);
});
