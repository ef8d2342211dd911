import { expect, test } from "vitest";
import * as skeleton from "../src/skeleton.js";

test("every landmark is on exactly one side", () => {
  const sides = [
    skeleton.POSE_LANDMARKS_LEFT,
    skeleton.POSE_LANDMARKS_RIGHT,
    skeleton.POSE_LANDMARKS_NEUTRAL,
  ];
  const ofSides = sides.flatMap((side) => Object.entries(side));
  expect(new Map(ofSides)).toEqual(new Map(Object.entries(skeleton.POSE_LANDMARKS)));
  expect(ofSides).toHaveLength(33);
});
