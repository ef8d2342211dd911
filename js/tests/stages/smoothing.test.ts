import { expect, test } from "vitest";
import { LowPassFilter, OneEuroFilter, PoseFilter, blendInto } from "../../src/stages/smoothing.js";
import { uniformPerson } from "../support/fakes.js";
import { readNumbers } from "../support/numbers.js";
import { ROUNDED_BYTE } from "../tolerances.js";

const SIZE = { width: 100, height: 50 };

test("a low-pass filter gives Python's numbers to the last bit", () => {
  const { values, lowPass } = readNumbers().filters;
  const filter = new LowPassFilter();
  const ours = values.map((value) => [...filter.apply(Float32Array.from(value), () => 0.1)]);
  expect(ours).toEqual(lowPass);
});

test("a one-euro filter gives Python's numbers to the last bit", () => {
  const { values, timestampsS, oneEuro } = readNumbers().filters;
  const filter = new OneEuroFilter(0.05, 80);
  const ours = values.map((value, i) => [
    ...filter.apply(Float32Array.from(value), timestampsS[i], 0.3),
  ]);
  expect(ours).toEqual(oneEuro);
});

test("a one-euro filter that is reset returns the next values unchanged", () => {
  const filter = new OneEuroFilter(0.05, 80);
  filter.apply(Float32Array.of(1), 1);
  filter.reset();
  expect([...filter.apply(Float32Array.of(5), 2)]).toEqual([5]);
});

test("a filter does not change the values that it is given, nor what it returned before", () => {
  const filter = new OneEuroFilter(0.05, 80);
  const [first, second] = [Float32Array.of(1), Float32Array.of(2)];
  const result = filter.apply(first, 1);
  result[0] = 1;
  filter.apply(second, 2);
  expect([first[0], second[0], result[0]]).toEqual([1, 2, 1]);
});

test("a pose filter smooths landmarks, world landmarks and visibility", () => {
  const filters = new PoseFilter(true);
  filters.apply(uniformPerson(0, 1), 0, SIZE, 100);
  const after = filters.apply(uniformPerson(1, 0), 1 / 30, SIZE, 100);
  for (const points of [after.landmarks, after.auxiliary, after.worldLandmarks]) {
    for (const value of points) {
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThan(1);
    }
  }
  for (const value of after.visibility) expect(value).toBeCloseTo(0.9, 6);
});

test("without smoothing, only the auxiliary landmarks are smoothed", () => {
  const filters = new PoseFilter(false);
  filters.apply(uniformPerson(0, 1), 0, SIZE, 100);
  const after = filters.apply(uniformPerson(1, 0), 1 / 30, SIZE, 100);
  expect(Math.max(...after.auxiliary)).toBeLessThan(1);
  expect(new Set([...after.landmarks, ...after.worldLandmarks])).toEqual(new Set([1]));
  expect(new Set(after.visibility)).toEqual(new Set([0]));
});

test("the filters of visibility and world landmarks continue after a person is lost", () => {
  const filters = new PoseFilter(true);
  filters.apply(uniformPerson(0, 0), 0, SIZE, 100);
  filters.losePerson();
  const after = filters.apply(uniformPerson(1, 1), 1 / 30, SIZE, 100);
  expect(new Set([...after.landmarks, ...after.auxiliary])).toEqual(new Set([1]));
  expect(Math.max(...after.worldLandmarks)).toBeLessThan(1);
  for (const value of after.visibility) expect(value).toBeCloseTo(0.1, 6);
});

test("a body without size gives finite landmarks", () => {
  const filters = new PoseFilter(true);
  filters.apply(uniformPerson(0, 1), 0, SIZE, 0);
  const { landmarks } = filters.apply(uniformPerson(1, 1), 1 / 30, SIZE, 0);
  expect([...landmarks].every(Number.isFinite)).toBe(true);
});

function blended(values: number[], previous: number[]): number[] {
  const box = { left: 0, top: 0, width: values.length, height: 1 };
  const mask = { box, values: Uint8ClampedArray.from(values) };
  blendInto(mask, { box, values: Uint8ClampedArray.from(previous) });
  return [...mask.values];
}

test("masks are blended as by Python, and rounded to bytes", () => {
  const { new: values, previous, blended: expected } = readNumbers().masks;
  const ours = blended(values, previous);
  expected.forEach((value, i) => {
    expect(Math.abs(ours[i] - value)).toBeLessThanOrEqual(ROUNDED_BYTE);
  });
});

test("masks of different boxes are blended where they lie; the previous one is 0 elsewhere", () => {
  const values = new Uint8ClampedArray(4 * 4).fill(128);
  const mask = { box: { left: 2, top: 1, width: 4, height: 4 }, values };
  const old = { left: 0, top: 0, width: 4, height: 3 };
  blendInto(mask, { box: old, values: new Uint8ClampedArray(12).fill(255) });
  const [overlapping, elsewhere] = [blended([128], [255])[0], blended([128], [0])[0]];
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 4; column++) {
      const isOld = row < 2 && column < 2;
      expect(values[4 * row + column]).toBe(isOld ? overlapping : elsewhere);
    }
  }
});
