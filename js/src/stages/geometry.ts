/**
 * Coordinate spaces: from a crop to its region to the image. The twin of stages/geometry.py.
 *
 * Points in crops, regions and the image are normalized: fractions of the width and height. The
 * browser's MediaPipe, unlike Python's, aligns the centres of pixels, half a pixel from their edges.
 */

import type { Affine, ImageSize, Region } from "../types.js";
import { float32 } from "./rounding.js";

export const WHOLE_IMAGE: Region = { centerX: 0.5, centerY: 0.5, width: 1, height: 1, angleRad: 0 };

/** The smallest square around a region, and the fractions of it that lie left and above. */
interface Square {
  readonly centerXPx: number;
  readonly centerYPx: number;
  readonly sidePx: number;
  readonly padding: readonly [number, number];
}

/** Computed as in mediapipe/calculators/tensor/image_to_tensor_utils.cc, GetRoi and PadRoi. */
function squareAround(region: Region, image: ImageSize): Square {
  const widthPx = float32(region.width * image.width);
  const heightPx = float32(region.height * image.height);
  const aspect = float32(heightPx / widthPx);
  const isWide = aspect < 1;
  const padding = float32(float32(1 - (isWide ? aspect : float32(1 / aspect))) / 2);
  return {
    centerXPx: float32(region.centerX * image.width),
    centerYPx: float32(region.centerY * image.height),
    sidePx: isWide ? widthPx : heightPx,
    padding: isWide ? [0, padding] : [padding, 0],
  };
}

/**
 * Returns the matrix that maps points of a region's square crop to points of the image, both
 * normalized by their width and height. It has every rounding of
 * mediapipe/calculators/tensor/image_to_tensor_utils.cc, GetRotatedSubRectToRectTransformMatrix.
 */
export function imageFromCrop(region: Region, image: ImageSize): Affine {
  const { centerXPx, centerYPx, sidePx } = squareAround(region, image);
  const cosine = float32(sidePx * float32(Math.cos(region.angleRad)));
  const sine = float32(sidePx * float32(Math.sin(region.angleRad)));
  const perWidth = float32(1 / image.width);
  const perHeight = float32(1 / image.height);
  const leftPx = float32(float32(0.5 * sine - 0.5 * cosine) + centerXPx);
  const topPx = float32(float32(-0.5 * cosine - 0.5 * sine) + centerYPx);
  return [
    float32(cosine * perWidth),
    float32(-sine * perWidth),
    float32(leftPx * perWidth),
    float32(sine * perHeight),
    float32(cosine * perHeight),
    float32(topPx * perHeight),
  ];
}

/** Returns the matrix that undoes another one. */
export function inverse([a, b, c, d, e, f]: Affine): Affine {
  const scale = 1 / (a * e - b * d);
  return [
    float32(e * scale),
    float32(-b * scale),
    float32((b * f - c * e) * scale),
    float32(-d * scale),
    float32(a * scale),
    float32((c * d - a * f) * scale),
  ];
}

/**
 * Maps points in place from the square around a region to the region. Both are normalized: by the
 * square's side, and by the region's width and height.
 *
 * @param dimensions 2 or 3 numbers a point; z scales as x does.
 */
export function regionFromSquare(
  points: Float32Array,
  dimensions: 2 | 3,
  region: Region,
  image: ImageSize,
): void {
  const { padding } = squareAround(region, image);
  const scaleX = float32(1 - float32(2 * padding[0]));
  const scaleY = float32(1 - float32(2 * padding[1]));
  for (let i = 0; i < points.length; i += dimensions) {
    points[i] = float32(points[i] - padding[0]) / scaleX;
    points[i + 1] = float32(points[i + 1] - padding[1]) / scaleY;
    if (dimensions === 3) points[i + 2] /= scaleX;
  }
}

/**
 * Maps normalized points (N, 3) in place from a region to the image. The formula is that of
 * mediapipe/calculators/util/landmark_projection_calculator.cc: z scales as x does.
 */
export function imageFromRegion(points: Float32Array, region: Region): void {
  for (let i = 0; i < points.length; i += 3) {
    points[i] -= 0.5;
    points[i + 1] -= 0.5;
  }
  rotate(points, region.angleRad);
  for (let i = 0; i < points.length; i += 3) {
    points[i] = float32(points[i] * region.width) + region.centerX;
    points[i + 1] = float32(points[i + 1] * region.height) + region.centerY;
    points[i + 2] *= region.width;
  }
}

/** Rotates points (N, 3) in place about the z axis, from x towards y. */
export function rotate(points: Float32Array, angleRad: number): void {
  const cosine = float32(Math.cos(angleRad));
  const sine = float32(Math.sin(angleRad));
  for (let i = 0; i < points.length; i += 3) {
    const x = points[i];
    const y = points[i + 1];
    points[i] = float32(cosine * x) - float32(sine * y);
    points[i + 1] = float32(sine * x) + float32(cosine * y);
  }
}
