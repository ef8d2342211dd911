/**
 * Cutting square crops out of an image, and pasting a mask of a crop back into the image. The twin
 * of stages/crop.py, for the browser's MediaPipe, which has a graphics processor do it.
 */

import type { Affine, Box, Image, ImageSize, Mask } from "../types.js";
import { inverse } from "./geometry.js";
import { float32 } from "./rounding.js";

/** What surrounds an image: zeros, or its outermost pixels. */
export type Border = "zero" | "replicate";

/** Cuts square crops out of images, as the numbers that a network takes. */
export class Cropper {
  private readonly raster: Raster;

  /**
   * @param sizePx side of the crops.
   * @param border what surrounds an image.
   * @param range the numbers that black and white become.
   */
  constructor(
    private readonly sizePx: number,
    private readonly border: Border,
    private readonly range: readonly [number, number],
  ) {
    this.raster = new Raster(sizePx, sizePx);
  }

  /**
   * Writes a crop (sizePx, sizePx, 3) of RGB into `crop`.
   *
   * @param imageFromCrop the matrix of `geometry.imageFromCrop`.
   */
  cut(image: Image, imageFromCrop: Affine, crop: Float32Array): void {
    const box = boxAround(imageFromCrop, image);
    const pixels = image.read(box);
    const isZero = this.border === "zero";
    const { sizePx } = this;
    const { width, height } = image;
    const lastX = box.width - 1;
    const lastY = box.height - 1;
    const rowBytes = 4 * box.width;
    const [low, high] = this.range;
    const scale = high - low;
    if (isZero) crop.fill(low);
    this.raster.eachSpan(imageFromCrop, (row, first, end, startU, startV, us, vs) => {
      let at = 3 * (row * sizePx + first);
      for (let column = first; column < end; column++, at += 3) {
        const u = float32(startU + us[column]);
        const v = float32(startV + vs[column]);
        if (isZero && (u < 0 || u > 1 || v < 0 || v > 1)) continue;
        let x = float32(u * width) - 0.5 - box.left;
        let y = float32(v * height) - 0.5 - box.top;
        x = x < 0 ? 0 : x > lastX ? lastX : x;
        y = y < 0 ? 0 : y > lastY ? lastY : y;
        const left = x | 0;
        const top = y | 0;
        const xPart = x - left;
        const yPart = y - top;
        const topLeft = top * rowBytes + left * 4;
        const topRight = left < lastX ? topLeft + 4 : topLeft;
        const down = top < lastY ? rowBytes : 0;
        for (let channel = 0; channel < 3; channel++) {
          const above = between(pixels[topLeft + channel], pixels[topRight + channel], xPart);
          const below = between(
            pixels[topLeft + down + channel],
            pixels[topRight + down + channel],
            xPart,
          );
          const color = float32(between(above, below, yPart) * PER_BYTE);
          crop[at + channel] = float32(scale * color) + low;
        }
      }
    });
  }
}

/** The step from one value of a byte to the next, where the largest is 1. */
const PER_BYTE = float32(1 / 255);

/** Returns the value at a part of the way from one value to another, each step in float32. */
function between(from: number, to: number, part: number): number {
  return float32(from + float32(part * float32(to - from)));
}

/**
 * Walks over the pixels of a rectangle as a graphics processor does.
 *
 * The rectangle is two triangles. In each, a position is a corner's, plus so much for each row, plus
 * so much for each column, in float32. Positions are off by 0.0001 px, and that moves the landmarks
 * of a difficult frame by 1 px: so they are computed to the last bit as Chromium's own renderer
 * computes them (SwiftShader, SetupRoutine.cpp and PixelRoutine.cpp).
 */
class Raster {
  private readonly us: Float32Array;
  private readonly vs: Float32Array;

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {
    this.us = new Float32Array(width);
    this.vs = new Float32Array(width);
  }

  /**
   * Calls back for each run of pixels in a row that lies in one triangle: `row`, its `first` pixel
   * and `end`, and what to add for the position (u, v) of each: `startU + us[column]`.
   *
   * @param matrix maps points of the rectangle, normalized by its size, to positions.
   */
  eachSpan(matrix: Affine, visit: VisitSpan): void {
    const { width, height, us, vs } = this;
    const [a, b, c, d, e, f] = matrix;
    const corners = [
      [0, 0],
      [1, 0],
      [0, 1],
      [1, 1],
    ].map(([x, y]) => ({
      u: float32(float32(float32(a * x) + float32(b * y)) + c),
      v: float32(float32(float32(d * x) + float32(e * y)) + f),
    }));
    const [topLeft, topRight, bottomLeft, bottomRight] = corners;
    const perPixel = float32(1 / (width * height));
    const perWidth = float32(height * perPixel);
    const perHeight = float32(width * perPixel);
    for (const isUpper of [true, false]) {
      // The corner from which positions are counted.
      const origin = isUpper ? bottomLeft : topRight;
      const originX = isUpper ? 0 : width;
      const originY = isUpper ? height : 0;
      const perColumn = isUpper ? [topLeft, topRight] : [bottomLeft, bottomRight];
      const perRow = isUpper ? [topLeft, bottomLeft] : [topRight, bottomRight];
      const slope = ([from, to]: typeof corners, axis: "u" | "v", per: number) =>
        float32(float32(to[axis] * per) - float32(from[axis] * per));
      const uPerColumn = slope(perColumn, "u", perWidth);
      const vPerColumn = slope(perColumn, "v", perWidth);
      const uPerRow = slope(perRow, "u", perHeight);
      const vPerRow = slope(perRow, "v", perHeight);
      for (let column = 0; column < width; column++) {
        us[column] = (column + 0.5 - originX) * uPerColumn;
        vs[column] = (column + 0.5 - originX) * vPerColumn;
      }
      for (let row = 0; row < height; row++) {
        const startU = float32(origin.u + float32((row + 0.5 - originY) * uPerRow));
        const startV = float32(origin.v + float32((row + 0.5 - originY) * vPerRow));
        // The first pixel whose centre is not above the diagonal from bottom left to top right.
        const split = Math.max(Math.ceil(width - 0.5 - ((row + 0.5) * width) / height), 0);
        const [first, end] = isUpper ? [0, split] : [split, width];
        visit(row, first, end, startU, startV, us, vs);
      }
    }
  }
}

type VisitSpan = (
  row: number,
  first: number,
  end: number,
  startU: number,
  startV: number,
  us: Float32Array,
  vs: Float32Array,
) => void;

/**
 * Resamples the mask of a crop into a mask of the image.
 *
 * @param maskInCrop (sizePx, sizePx) in 0 to 255.
 * @param imageFromCrop the matrix of the crop.
 */
export function paste(
  maskInCrop: Uint8ClampedArray,
  sizePx: number,
  imageFromCrop: Affine,
  image: ImageSize,
): Mask {
  const box = boxAround(imageFromCrop, image);
  const values = new Uint8ClampedArray(box.width * box.height);
  const [a, b, c, d, e, f] = inverse(imageFromCrop);
  const last = sizePx - 1;
  let at = 0;
  for (let row = 0; row < box.height; row++) {
    const imageY = (row + box.top + 0.5) / image.height;
    for (let column = 0; column < box.width; column++, at++) {
      const imageX = (column + box.left + 0.5) / image.width;
      const u = a * imageX + b * imageY + c;
      const v = d * imageX + e * imageY + f;
      if (u < 0 || v < 0 || u > 1 || v > 1) continue;
      let x = u * sizePx - 0.5;
      let y = v * sizePx - 0.5;
      x = x < 0 ? 0 : x > last ? last : x;
      y = y < 0 ? 0 : y > last ? last : y;
      const left = x | 0;
      const top = y | 0;
      const topLeft = top * sizePx + left;
      const bottomLeft = top < last ? topLeft + sizePx : topLeft;
      const right = left < last ? 1 : 0;
      const xWeight = x - left;
      const above =
        maskInCrop[topLeft] + (maskInCrop[topLeft + right] - maskInCrop[topLeft]) * xWeight;
      const below =
        maskInCrop[bottomLeft] +
        (maskInCrop[bottomLeft + right] - maskInCrop[bottomLeft]) * xWeight;
      values[at] = above + (below - above) * (y - top);
    }
  }
  return { box, values };
}

/**
 * Returns the box of the image in which a crop lies, with the pixels that its outermost pixels are
 * interpolated from. It has at least one pixel, even for a crop beside the image.
 */
function boxAround([a, b, c, d, e, f]: Affine, image: ImageSize): Box {
  const along = (perX: number, perY: number, offset: number, sizePx: number) => {
    const ends = [0, perX, perY, perX + perY].map((end) => (end + offset) * sizePx);
    const clamp = (px: number) => Math.min(Math.max(px, 0), sizePx - 1);
    const first = clamp(Math.floor(Math.min(...ends)) - 1);
    return { first, length: clamp(Math.ceil(Math.max(...ends)) + 1) - first + 1 };
  };
  const x = along(a, b, c, image.width);
  const y = along(d, e, f, image.height);
  return { left: x.first, top: y.first, width: x.length, height: y.length };
}
