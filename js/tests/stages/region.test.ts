import { expect, test } from "vitest";
import { bodyDiameterPx, regionAround } from "../../src/stages/region.js";
import { imageSize, readNumbers } from "../support/numbers.js";
import { LAST_DIGIT } from "../tolerances.js";

const SIZE = { width: 400, height: 500 };

/** Two points that are given in pixels. */
function around(hips: [number, number], onCircle: [number, number]) {
  const points = [...hips, ...onCircle].map((px, i) => px / (i % 2 ? SIZE.height : SIZE.width));
  return regionAround({ values: Float32Array.from(points), stride: 2 }, SIZE);
}

test("regions are Python's: to the last bit, and the angle to the last digit", () => {
  const { regions } = readNumbers();
  expect(regions.length).toBeGreaterThan(80);
  for (const { size, points, region, diameterPx } of regions) {
    const alignment = { values: Float32Array.from(points), stride: 2 } as const;
    const ours = regionAround(alignment, imageSize(size));
    if (region !== null) {
      expect(Math.abs(ours!.angleRad - region.angleRad)).toBeLessThan(LAST_DIGIT);
    }
    expect(ours).toEqual(region && { ...region, angleRad: ours!.angleRad });
    expect(bodyDiameterPx(alignment, imageSize(size))).toBe(diameterPx);
  }
});

test("alignment points with a z give the same region", () => {
  const flat = { values: Float32Array.of(0.2, 0.4, 0.3, 0.1), stride: 2 } as const;
  const deep = { values: Float32Array.of(0.2, 0.4, 9, 0.3, 0.1, 9), stride: 3 } as const;
  expect(regionAround(deep, SIZE)).toEqual(regionAround(flat, SIZE));
});

test.each([
  ["up", 100, 120, 0],
  ["to the right", 180, 200, 90],
  ["to the left", 20, 200, -90],
  ["down", 100, 280, -180],
  ["up and to the right", 180, 120, 45],
])("the angle of a body whose head points %s", (_, x, y, degrees) => {
  const angle = (around([100, 200], [x, y])!.angleRad * 180) / Math.PI;
  expect(Math.abs(angle - degrees) % 360).toBeLessThan(1e-4);
});

test.each([[100, 200] as const, [NaN, 0] as const, [Infinity, 0] as const])(
  "a second point at %f, %f makes no circle and no region",
  (x, y) => {
    expect(around([100, 200], [x, y])).toBeNull();
  },
);
