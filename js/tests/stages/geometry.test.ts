import { expect, test } from "vitest";
import * as geometry from "../../src/stages/geometry.js";
import { imageSize, readNumbers } from "../support/numbers.js";
import { LAST_DIGIT } from "../tolerances.js";

const { spaces } = readNumbers();

/** Returns what a function makes of a copy of the points. */
function mapped(points: number[], map: (copy: Float32Array) => void): number[] {
  const copy = Float32Array.from(points);
  map(copy);
  return [...copy];
}

test("points are mapped between square, region and image as by Python, to the last bit", () => {
  expect(spaces.length).toBeGreaterThan(10);
  for (const { size, region, points, ...expected } of spaces) {
    const image = imageSize(size);
    const flat = points.filter((_, i) => i % 3 < 2);
    expect(mapped(points, (copy) => geometry.regionFromSquare(copy, 3, region, image))).toEqual(
      expected.regionFromSquare,
    );
    expect(mapped(flat, (copy) => geometry.regionFromSquare(copy, 2, region, image))).toEqual(
      expected.regionFromSquareXy,
    );
    expect(mapped(points, (copy) => geometry.imageFromRegion(copy, region))).toEqual(
      expected.imageFromRegion,
    );
    expect(mapped(points, (copy) => geometry.rotate(copy, region.angleRad))).toEqual(
      expected.rotated,
    );
  }
});

test("the matrix of a crop is Python's, in normalized coordinates", () => {
  for (const { size, region, imageFromCrop } of spaces) {
    const ours = geometry.imageFromCrop(region, imageSize(size));
    ours.forEach((value, i) => {
      expect(Math.abs(value - imageFromCrop[i])).toBeLessThan(LAST_DIGIT * 3);
    });
  }
});

test("the whole image is in the middle of its crop", () => {
  const matrix = geometry.imageFromCrop(geometry.WHOLE_IMAGE, { width: 200, height: 100 });
  expect([...matrix]).toEqual([1, -0, 0, 0, 2, -0.5]);
});

test("an inverse undoes its matrix", () => {
  for (const { size, region } of spaces) {
    const [a, b, c, d, e, f] = geometry.imageFromCrop(region, imageSize(size));
    const [p, q, r, s, t, u] = geometry.inverse([a, b, c, d, e, f]);
    const both = [p * a + q * d, p * b + q * e, p * c + q * f + r];
    both.push(s * a + t * d, s * b + t * e, s * c + t * f + u);
    [1, 0, 0, 0, 1, 0].forEach((value, i) => expect(both[i]).toBeCloseTo(value, 5));
  }
});
