/** The room around the landmarks: three walls of a cube with a grid, and numbers at its axes. */

import type { Line, Vector } from "./projector.js";

/** The width of the cube, whose middle is the origin. */
export const SIZE = 100;
export const HALF = SIZE / 2;
const GRID_COLOR = "#999999";

/** A number at an axis. */
export interface Label {
  position: Vector;
  axis: 0 | 1 | 2;
  value: number;
}

/** Returns the positions on the axes that have a number, without those where axes meet. */
export function labels(cellCount: number, range: number): Label[] {
  const positions = Array.from({ length: cellCount + 1 }, (_, i) => ({
    at: (i / cellCount) * SIZE - HALF,
    value: (i / cellCount - 0.5) * range,
  }));
  return [
    ...positions.slice(1).map(({ at, value }): Label => {
      return { position: [at, -HALF, HALF], axis: 0, value };
    }),
    ...positions.map(({ at, value }): Label => {
      return { position: [-HALF, at, HALF], axis: 1, value };
    }),
    ...positions.slice(0, -1).map(({ at, value }): Label => {
      return { position: [HALF, -HALF, at], axis: 2, value };
    }),
  ];
}

/** Returns the lines of the wall of the cube that crosses an axis at its negative end. */
export function wall(axis: number, cellCount: number): Line[] {
  const point = (a: number, b: number): Vector =>
    [
      [-HALF, a, b],
      [a, -HALF, b],
      [a, b, -HALF],
    ][axis] as unknown as Vector;
  const line = (from: Vector, to: Vector) => ({ from, to, color: GRID_COLOR, width: 1 });
  return Array.from({ length: cellCount + 1 }, (_, i) => (i / cellCount) * SIZE - HALF).flatMap(
    (at) => [line(point(at, -HALF), point(at, HALF)), line(point(-HALF, at), point(HALF, at))],
  );
}

/** Returns the two edges of a wall at which no other wall begins. */
export function edgesOfWall(axis: number, color: string, width: number): Line[] {
  const corners: Vector[] = [
    [-HALF, HALF, -HALF],
    [-HALF, HALF, HALF],
    [-HALF, -HALF, HALF],
    [HALF, -HALF, HALF],
    [HALF, -HALF, -HALF],
    [HALF, HALF, -HALF],
    [-HALF, HALF, -HALF],
  ];
  const [first, second, third] = corners.slice(2 * axis) as [Vector, Vector, Vector];
  return [
    { from: first, to: second, color, width },
    { from: second, to: third, color, width },
  ];
}
