import { expect, test } from "vitest";
import { Follower } from "../../src/tracking/follower.js";
import type { Landmarks } from "../../src/types.js";
import { uniformPerson } from "../support/fakes.js";

const SIZE = { width: 4, height: 2 };

/** A person whose hips are at x, with a mask of one value. */
function person(x: number, maskValue?: number): Landmarks {
  const box = { left: 0, top: 0, ...SIZE };
  const values = new Uint8ClampedArray(8).fill(maskValue ?? 0);
  return {
    ...uniformPerson(x, 1),
    auxiliary: Float32Array.of(x, 0.5, 0, x, 0.2, 0),
    mask: maskValue === undefined ? null : { box, values },
  };
}

/** Follows masks of these values, and returns the first pixel of each answer. */
function maskAfter(follower: Follower, ...values: number[]): number[] {
  return values.map((value, i) => follower.follow(person(0.5, value), i, SIZE).mask!.values[0]);
}

const follower = (segmentation = true) => new Follower({ landmarks: true, segmentation });

test("a new follower has no region", () => {
  expect(follower().region).toBeNull();
});

test("the next region is around the smoothed alignment points", () => {
  const one = follower();
  one.follow(person(0.5), 0, SIZE);
  const { auxiliary } = one.follow(person(0.51), 1 / 30, SIZE);
  expect(auxiliary[0]).toBeLessThan(0.51);
  expect(one.region!.centerX).toBe(auxiliary[0]);
});

test("alignment points that coincide give no region", () => {
  const one = follower();
  one.follow({ ...person(0.5), auxiliary: new Float32Array(6) }, 0, SIZE);
  expect(one.region).toBeNull();
});

test("a lost person has no region", () => {
  const one = follower();
  one.follow(person(0.5), 0, SIZE);
  one.losePerson();
  expect(one.region).toBeNull();
});

test("a mask is blended with the blended one of the frame before", () => {
  const uncertain = 128;
  const [, second, third] = maskAfter(follower(), 255, uncertain, uncertain);
  expect(Math.abs(second - (128 + 0.7 * 127))).toBeLessThan(1);
  expect(Math.abs(third - (128 + 0.7 * (second - 128)))).toBeLessThan(1);
});

test("the mask of a lost person is blended with the next one", () => {
  const one = follower();
  maskAfter(one, 255);
  one.losePerson();
  expect(one.follow(person(0.5, 128), 9, SIZE).mask!.values[0]).toBeGreaterThan(200);
});

test("masks are not blended if that is switched off", () => {
  expect(maskAfter(follower(false), 255, 128)).toEqual([255, 128]);
});

test("a mask is not blended with that of an image of another size", () => {
  const one = follower();
  maskAfter(one, 255);
  const larger = { width: 8, height: 2 };
  expect(one.follow(person(0.5, 128), 9, larger).mask!.values[0]).toBe(128);
  expect(one.follow(person(0.5, 128), 10, SIZE).mask!.values[0]).toBe(128);
});

test("without masks there is nothing to blend", () => {
  expect(follower().follow(person(0.5), 0, SIZE).mask).toBeNull();
});
