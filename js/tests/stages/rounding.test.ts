import { expect, test } from "vitest";
import { arctan2, float32, sigmoid } from "../../src/stages/rounding.js";
import { readNumbers } from "../support/numbers.js";
import { LAST_DIGIT } from "../tolerances.js";

test("the sigmoid is Python's to the last bit", () => {
  const { logits, scores } = readNumbers().sigmoid;
  expect(logits.map(sigmoid)).toEqual(scores);
});

test("the sigmoid rounds each step to float32", () => {
  const logits = Array.from({ length: 4001 }, (_, i) => float32(i / 100 - 20));
  const roundedOnce = logits.map((x) => float32(1 / (1 + Math.exp(-x))));
  expect(logits.map(sigmoid)).not.toEqual(roundedOnce);
});

test("the sigmoid of extreme values is 0 or 1", () => {
  const extreme = [-Infinity, -1e30, -200, 0, 200, 1e30, Infinity];
  expect(extreme.map(sigmoid)).toEqual([0, 0, 0, 0.5, 1, 1, 1]);
});

test("the arctangent is off by one last digit at most, in all directions", () => {
  for (let degrees = -179.9; degrees < 180; degrees += 0.37) {
    const [x, y] = [Math.cos, Math.sin].map((of) => float32(of((degrees * Math.PI) / 180) * 300));
    const angle = arctan2(y, x);
    expect(float32(angle)).toBe(angle);
    expect(Math.abs(angle - Math.atan2(y, x))).toBeLessThan(3e-7);
  }
});

test.each([
  [0, 1, 0],
  [0, -1, Math.PI],
  [1, 0, Math.PI / 2],
  [-1, 0, -Math.PI / 2],
  [1e-30, 1e30, 0],
  [1e30, 1e-30, Math.PI / 2],
  [0, 0, 0],
])("the arctangent of y %f and x %f is %f", (y, x, expected) => {
  expect(Math.abs(arctan2(y, x) - expected)).toBeLessThan(LAST_DIGIT);
});
