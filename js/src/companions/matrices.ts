/** The functions for matrices of `@mediapipe/control_utils_3d`. A matrix is an array of its rows. */

import type { NormalizedLandmark } from "./drawing_utils.js";

/** The vertices of a mesh, and for each of them the two coordinates in its texture. */
export interface ExtractionResultsXYZUV {
  textureCoords: number[];
  vertexCoords: number[][];
}

/** Returns a landmark as a column of homogeneous coordinates: 4 rows, 1 column. */
export function landmarkToColumnVector(landmark: NormalizedLandmark): number[][] {
  return [[landmark.x], [landmark.y], [landmark.z ?? 0], [1]];
}

/** Returns the first column of a matrix of 3 rows or more as a landmark. */
export function columnVectorToLandmark(v: number[][]): NormalizedLandmark {
  return { x: v[0][0], y: v[1][0], z: v[2][0] };
}

/**
 * Projects points onto the screen.
 *
 * @param vectors Landmarks, or a matrix with a column of homogeneous coordinates for each point.
 * @param transform 4 × 4, from the space of the points to that of the camera.
 * @param projection 4 × 4, as from `makeProjectionMatrix`.
 * @returns Landmarks in normalized device coordinates: from -1 to 1 across the screen.
 */
export function convertToNDC(
  vectors: number[][] | NormalizedLandmark[],
  transform: number[][],
  projection: number[][],
): NormalizedLandmark[] {
  if (vectors.length === 0) return [];
  const points = Array.isArray(vectors[0])
    ? (vectors as number[][])
    : columnsOf(vectors as NormalizedLandmark[]);
  const [x, y, z, w] = matrixMultiply(projection, matrixMultiply(transform, points));
  return w.map((divisor, i) => ({
    x: x[i] / divisor,
    y: y[i] / divisor,
    z: z[i] / divisor,
  }));
}

/**
 * Multiplies two matrices.
 *
 * @throws Error if `a` has not as many columns as `b` has rows.
 */
export function matrixMultiply(a: number[][], b: number[][]): number[][] {
  if (a[0].length !== b.length) throw new Error("Row Column Mismatch");
  return a.map((row) =>
    b[0].map((_, column) => row.reduce((sum, value, i) => sum + value * b[i][column], 0)),
  );
}

/**
 * Returns the 4 × 4 matrix of a camera with perspective.
 *
 * @param fov The field of view from top to bottom, in degrees.
 * @param near The distance from which points are visible.
 * @param far The distance up to which points are visible.
 * @param aspectRatio Width divided by height.
 */
export function makeProjectionMatrix(
  fov: number,
  near: number,
  far: number,
  aspectRatio = 1,
): number[][] {
  const focalLength = 1 / Math.tan((fov * Math.PI) / 360);
  const depth = 1 / (near - far);
  return [
    [focalLength / aspectRatio, 0, 0, 0],
    [0, focalLength, 0, 0],
    [0, 0, (near + far) * depth, 2 * depth * far * near],
    [0, 0, -1, 0],
  ];
}

/** Takes apart a flat array in which each vertex has five numbers: x, y, z, u, v. */
export function extractFromXYZUVArray(buffer: ArrayLike<number>): ExtractionResultsXYZUV {
  const vertexCoords: number[][] = [[], [], [], []];
  const textureCoords: number[] = [];
  for (let i = 0; i < buffer.length; i += 5) {
    for (let axis = 0; axis < 3; axis += 1) vertexCoords[axis].push(buffer[i + axis]);
    vertexCoords[3].push(1);
    textureCoords.push(buffer[i + 3], buffer[i + 4]);
  }
  return { textureCoords, vertexCoords };
}

function columnsOf(landmarks: NormalizedLandmark[]): number[][] {
  return [
    landmarks.map((landmark) => landmark.x),
    landmarks.map((landmark) => landmark.y),
    landmarks.map((landmark) => landmark.z ?? 0),
    landmarks.map(() => 1),
  ];
}
