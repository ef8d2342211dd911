/** Vitruvius' circle and square around a body, and how well the body fills them. */

import { POSE_LANDMARKS as AT, type NormalizedLandmark } from "vitruvian";

interface Point {
  readonly x: number;
  readonly y: number;
}

/** All in pixels of the image, and turned with the body. */
export interface Motif {
  /** The navel, which is the middle of the circle. */
  readonly navel: Point;
  readonly radiusPx: number;
  /** 0 for an upright body, clockwise. */
  readonly angleRad: number;
  /** In [0, 1]: arms stretched to the sides, feet together. */
  readonly square: number;
  /** In [0, 1]: hands and feet on the circle. */
  readonly circle: number;
}

/** Leonardo's drawing, measured: the circle's radius as a part of the square's side. */
export const RADIUS_OF_SIDE = 0.608;
/** The share of the way from the hips to the shoulders at which the navel lies. */
const NAVEL = 0.22;
/** The heel lies below the ankle by this part of the leg. */
const HEEL = 0.06;
/** How many radii a hand or foot may miss its place by until it counts for nothing. */
const TOLERANCE = 0.4;

/** Returns circle and square for a body, or null if hips, shoulders or legs are not visible. */
export function motifOf(
  landmarks: readonly NormalizedLandmark[],
  size: { width: number; height: number },
): Motif | null {
  const needed = [AT.LEFT_SHOULDER, AT.RIGHT_SHOULDER, AT.LEFT_HIP, AT.RIGHT_HIP];
  if (needed.some((index) => (landmarks[index].visibility ?? 1) < 0.5)) return null;
  const at = (index: number): Point => ({
    x: landmarks[index].x * size.width,
    y: landmarks[index].y * size.height,
  });
  const shoulders = between(at(AT.LEFT_SHOULDER), at(AT.RIGHT_SHOULDER), 0.5);
  const hips = between(at(AT.LEFT_HIP), at(AT.RIGHT_HIP), 0.5);
  const legPx = Math.max(
    distance(at(AT.LEFT_HIP), at(AT.LEFT_KNEE)) + distance(at(AT.LEFT_KNEE), at(AT.LEFT_ANKLE)),
    distance(at(AT.RIGHT_HIP), at(AT.RIGHT_KNEE)) + distance(at(AT.RIGHT_KNEE), at(AT.RIGHT_ANKLE)),
  );
  const navel = between(hips, shoulders, NAVEL);
  const radiusPx = distance(navel, hips) + legPx * (1 + HEEL);
  const angleRad = Math.atan2(shoulders.x - hips.x, hips.y - shoulders.y);
  if (!(radiusPx > 0)) return null;

  // From here on in radii from the navel, with the body upright.
  const upright = (index: number): Point => {
    const { x, y } = at(index);
    const [dx, dy] = [(x - navel.x) / radiusPx, (y - navel.y) / radiusPx];
    const [cos, sin] = [Math.cos(angleRad), Math.sin(angleRad)];
    return { x: cos * dx + sin * dy, y: cos * dy - sin * dx };
  };
  const hands = [upright(AT.LEFT_INDEX), upright(AT.RIGHT_INDEX)];
  const feet = [upright(AT.LEFT_HEEL), upright(AT.RIGHT_HEEL)];
  const halfSide = 0.5 / RADIUS_OF_SIDE;
  const shouldersY = -distance(navel, shoulders) / radiusPx;
  const square = [
    ...hands.map(({ x, y }) => near({ x: Math.abs(x), y }, { x: halfSide, y: shouldersY })),
    ...feet.map(({ x, y }) => near({ x, y }, { x: 0, y: 1 })),
  ];
  const circle = [
    ...hands.map(({ x, y }) => near({ x: Math.abs(x), y }, { x: 0.76, y: -0.65 })),
    ...feet.map(({ x, y }) => near({ x: Math.abs(x), y }, { x: 0.42, y: 0.9 })),
  ];
  return { navel, radiusPx, angleRad, square: Math.min(...square), circle: Math.min(...circle) };
}

/** Moves circle and square a part of the way to their new place, so that they glide. */
export function glide(from: Motif | null, to: Motif, share: number): Motif {
  if (!from || distance(from.navel, to.navel) > to.radiusPx) return to;
  const mixed = (a: number, b: number): number => a + share * (b - a);
  const turn = Math.atan2(
    Math.sin(to.angleRad - from.angleRad),
    Math.cos(to.angleRad - from.angleRad),
  );
  return {
    ...to,
    navel: between(from.navel, to.navel, share),
    radiusPx: mixed(from.radiusPx, to.radiusPx),
    angleRad: from.angleRad + share * turn,
  };
}

/** Returns 1 where two points meet, and 0 where they are far from each other. */
function near(a: Point, b: Point): number {
  return Math.max(0, 1 - distance(a, b) / TOLERANCE);
}

function between(a: Point, b: Point, share: number): Point {
  return { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
