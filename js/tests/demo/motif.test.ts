/** Circle and square around bodies that are drawn by hand. */

import { expect, test } from "vitest";
import { RADIUS_OF_SIDE, glide, motifOf } from "../../demo/motif.js";
import { POSE_LANDMARKS as AT } from "../../src/skeleton.js";

const SIZE = { width: 1000, height: 1000 };

/** Leonardo's man, 600 px tall: hips at (500, 500). The arms are raised, the legs spread by an angle. */
function man(armAngleDeg: number, legAngleDeg: number, turn = 0) {
  const landmarks = Array.from({ length: 33 }, () => ({ x: 0.5, y: 0.5, z: 0, visibility: 1 }));
  const put = (index: number, x: number, y: number): void => {
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    landmarks[index].x = (500 + cos * x - sin * y) / SIZE.width;
    landmarks[index].y = (500 + sin * x + cos * y) / SIZE.height;
  };
  const [arm, leg] = [(armAngleDeg * Math.PI) / 180, (legAngleDeg * Math.PI) / 180];
  const sides = [
    [1, AT.LEFT_SHOULDER, AT.LEFT_INDEX, AT.LEFT_HIP, AT.LEFT_KNEE, AT.LEFT_ANKLE, AT.LEFT_HEEL],
    [
      -1,
      AT.RIGHT_SHOULDER,
      AT.RIGHT_INDEX,
      AT.RIGHT_HIP,
      AT.RIGHT_KNEE,
      AT.RIGHT_ANKLE,
      AT.RIGHT_HEEL,
    ],
  ] as const;
  for (const [side, shoulder, index, hip, knee, ankle, heel] of sides) {
    put(shoulder, side * 60, -180);
    put(index, side * (60 + 240 * Math.cos(arm)), -180 - 240 * Math.sin(arm));
    put(hip, side * 30, 0);
    for (const [joint, length] of [
      [knee, 150],
      [ankle, 290],
      [heel, 305],
    ] as const) {
      put(joint, side * (30 + length * Math.sin(leg)), length * Math.cos(leg));
    }
  }
  return landmarks;
}

test("circle and square stand on the heels of an upright body", () => {
  const motif = motifOf(man(0, 0), SIZE)!;
  const bottomY = motif.navel.y + motif.radiusPx;
  expect(bottomY).toBeCloseTo(500 + 307, 0);
  expect(motif.navel.x).toBeCloseTo(500, 5);
  expect(motif.angleRad).toBeCloseTo(0, 5);
  // The square reaches from the heels to the top of the head, and from hand to hand.
  expect(motif.radiusPx / RADIUS_OF_SIDE).toBeGreaterThan(540);
  expect(motif.radiusPx / RADIUS_OF_SIDE).toBeLessThan(640);
});

test("stretched arms fill the square, raised arms and spread legs the circle", () => {
  const square = motifOf(man(0, 2), SIZE)!;
  expect(square.square).toBeGreaterThan(0.5);
  expect(square.circle).toBeLessThan(0.4);
  const circle = motifOf(man(32, 24), SIZE)!;
  expect(circle.circle).toBeGreaterThan(0.5);
  expect(circle.square).toBeLessThan(0.4);
});

test("arms that hang down fill neither", () => {
  const { circle, square } = motifOf(man(-80, 2), SIZE)!;
  expect(Math.max(circle, square)).toBeLessThan(0.3);
});

test("a body that is turned takes circle and square with it", () => {
  const turned = motifOf(man(32, 24, 0.7), SIZE)!;
  expect(turned.angleRad).toBeCloseTo(0.7, 5);
  expect(turned.circle).toBeCloseTo(motifOf(man(32, 24), SIZE)!.circle, 5);
});

test("a body whose hips are out of sight has no circle", () => {
  const landmarks = man(0, 0);
  landmarks[AT.LEFT_HIP].visibility = 0.1;
  expect(motifOf(landmarks, SIZE)).toBeNull();
});

test("circle and square glide to a new place, and jump to another body", () => {
  const from = motifOf(man(0, 0, 3), SIZE)!;
  const to = motifOf(man(0, 0, -3), SIZE)!;
  const half = glide(from, to, 0.5);
  expect(Math.abs(half.angleRad)).toBeCloseTo(Math.PI, 5); // the short way round
  expect(half.navel.x).toBeCloseTo((from.navel.x + to.navel.x) / 2, 5);
  expect(glide(null, to, 0.5)).toEqual(to);
  const far = { ...to, navel: { x: 5000, y: 0 } };
  expect(glide(from, far, 0.5)).toEqual(far);
});
