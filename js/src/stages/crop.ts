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
    this.raster = new Raster(sizePx);
  }

  /**
   * Writes a crop (sizePx, sizePx, 3) of RGB into `crop`.
   *
   * @param imageFromCrop the matrix of `geometry.imageFromCrop`.
   */
  async cut(image: Image, imageFromCrop: Affine, crop: Float32Array): Promise<void> {
    const { box, pixels, red, blue } = await image.read(boxAround(imageFromCrop, image));
    const isZero = this.border === "zero";
    const { sizePx } = this;
    const { width, height } = image;
    const lastX = box.width - 1;
    const lastY = box.height - 1;
    const rowBytes = 4 * box.width;
    const [low, high] = this.range;
    const scale = high - low;
    if (isZero) crop.fill(low);
    for (const { row, first, end, u: startU, v: startV, us, vs } of this.raster.spans(
      imageFromCrop,
    )) {
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
        const xPart = float32(x - left);
        const yPart = float32(y - top);
        const topLeft = top * rowBytes + 4 * left;
        const topRight = left < lastX ? topLeft + 4 : topLeft;
        const down = top < lastY ? rowBytes : 0;
        const bottomLeft = topLeft + down;
        const bottomRight = topRight + down;
        const r = between(
          between(pixels[topLeft + red], pixels[topRight + red], xPart),
          between(pixels[bottomLeft + red], pixels[bottomRight + red], xPart),
          yPart,
        );
        const g = between(
          between(pixels[topLeft + 1], pixels[topRight + 1], xPart),
          between(pixels[bottomLeft + 1], pixels[bottomRight + 1], xPart),
          yPart,
        );
        const b = between(
          between(pixels[topLeft + blue], pixels[topRight + blue], xPart),
          between(pixels[bottomLeft + blue], pixels[bottomRight + blue], xPart),
          yPart,
        );
        crop[at] = float32(scale * float32(r * PER_BYTE)) + low;
        crop[at + 1] = float32(scale * float32(g * PER_BYTE)) + low;
        crop[at + 2] = float32(scale * float32(b * PER_BYTE)) + low;
      }
    }
  }
}

/** The step from one value of a byte to the next, where the largest is 1. */
const PER_BYTE = float32(1 / 255);

/** Returns the value at a part of the way from one value to another, each step in float32. */
function between(from: number, to: number, part: number): number {
  return float32(from + float32(part * float32(to - from)));
}

/** A run of pixels in a row: the position of a pixel is (u + us[column], v + vs[column]). */
interface Span {
  readonly row: number;
  readonly first: number;
  readonly end: number;
  readonly u: number;
  readonly v: number;
  readonly us: Float32Array;
  readonly vs: Float32Array;
}

/**
 * Walks over the pixels of a square as a graphics processor does.
 *
 * The square is two triangles. In each, a position is a corner's, plus so much for each row, plus so
 * much for each column, in float32. Exact positions would be off by 0.0001 px, and that moves the
 * landmarks of a difficult frame by 1 px: so they have every rounding of Chromium's own renderer
 * (SwiftShader, SetupRoutine.cpp and PixelRoutine.cpp).
 */
class Raster {
  private readonly us: Float32Array;
  private readonly vs: Float32Array;

  constructor(private readonly sizePx: number) {
    this.us = new Float32Array(sizePx);
    this.vs = new Float32Array(sizePx);
  }

  /** @param matrix maps points of the square, normalized by its side, to positions. */
  *spans(matrix: Affine): Generator<Span> {
    const { sizePx, us, vs } = this;
    const [a, b, c, d, e, f] = matrix;
    const corner = (x: 0 | 1, y: 0 | 1) => ({
      u: float32(float32(float32(a * x) + float32(b * y)) + c),
      v: float32(float32(float32(d * x) + float32(e * y)) + f),
    });
    const topLeft = corner(0, 0);
    const topRight = corner(1, 0);
    const bottomLeft = corner(0, 1);
    const bottomRight = corner(1, 1);
    const perPixel = float32(sizePx * float32(1 / (sizePx * sizePx)));
    const step = (from: number, to: number) =>
      float32(float32(to * perPixel) - float32(from * perPixel));

    for (const isUpper of [true, false]) {
      // The corner from which positions are counted, and those towards which they change.
      const origin = isUpper ? bottomLeft : topRight;
      const [originX, originY] = isUpper ? [0, sizePx] : [sizePx, 0];
      const [left, right] = isUpper ? [topLeft, topRight] : [bottomLeft, bottomRight];
      const [above, below] = isUpper ? [topLeft, bottomLeft] : [topRight, bottomRight];
      const uPerColumn = step(left.u, right.u);
      const vPerColumn = step(left.v, right.v);
      const uPerRow = step(above.u, below.u);
      const vPerRow = step(above.v, below.v);
      for (let column = 0; column < sizePx; column++) {
        us[column] = (column + 0.5 - originX) * uPerColumn;
        vs[column] = (column + 0.5 - originX) * vPerColumn;
      }
      for (let row = 0; row < sizePx; row++) {
        const rows = row + 0.5 - originY;
        // The diagonal from bottom left to top right belongs to the lower triangle.
        const diagonal = sizePx - 1 - row;
        yield {
          row,
          first: isUpper ? 0 : diagonal,
          end: isUpper ? diagonal : sizePx,
          u: float32(origin.u + float32(rows * uPerRow)),
          v: float32(origin.v + float32(rows * vPerRow)),
          us,
          vs,
        };
      }
    }
  }
}

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
  const perColumn = 1 / image.width;
  const stepX = a * perColumn * sizePx;
  const stepY = d * perColumn * sizePx;
  for (let row = 0; row < box.height; row++) {
    const imageX = (box.left + 0.5) * perColumn;
    const imageY = (box.top + row + 0.5) / image.height;
    const startU = a * imageX + b * imageY + c;
    const startV = d * imageX + e * imageY + f;
    const [first, end] = overlap(
      inside(startU, a * perColumn, box.width),
      inside(startV, d * perColumn, box.width),
    );
    const startX = startU * sizePx - 0.5;
    const startY = startV * sizePx - 0.5;
    let at = row * box.width + first;
    for (let column = first; column < end; column++, at++) {
      let x = startX + stepX * column;
      let y = startY + stepY * column;
      x = x < 0 ? 0 : x > last ? last : x;
      y = y < 0 ? 0 : y > last ? last : y;
      const left = x | 0;
      const top = y | 0;
      const topLeft = top * sizePx + left;
      const bottomLeft = top < last ? topLeft + sizePx : topLeft;
      const right = left < last ? 1 : 0;
      const a00 = maskInCrop[topLeft];
      const a01 = maskInCrop[topLeft + right];
      const a10 = maskInCrop[bottomLeft];
      const a11 = maskInCrop[bottomLeft + right];
      if ((a00 | a01 | a10 | a11) === 0) continue; // most pixels
      const xPart = x - left;
      const above = a00 + (a01 - a00) * xPart;
      const below = a10 + (a11 - a10) * xPart;
      values[at] = above + (below - above) * (y - top);
    }
  }
  return { box, values };
}

type Interval = readonly [number, number];

/** Returns the columns, of so many, at which start + step * column is in [0, 1]. */
function inside(start: number, step: number, columns: number): Interval {
  if (step === 0) return start >= 0 && start <= 1 ? [0, columns] : [0, 0];
  const ends = [-start / step, (1 - start) / step];
  const first = Math.ceil(Math.min(...ends));
  const last = Math.floor(Math.max(...ends));
  return overlap([0, columns], [first, last + 1]);
}

function overlap([first, end]: Interval, [otherFirst, otherEnd]: Interval): Interval {
  return [Math.max(first, otherFirst), Math.min(end, otherEnd)];
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
