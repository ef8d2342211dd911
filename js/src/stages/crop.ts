/**
 * Cutting square crops out of an image, and pasting a mask of a crop back into the image. The twin
 * of stages/crop.py, for the browser's MediaPipe, which has a graphics processor do it.
 */

import type { Affine, Box, Image, ImageSize, Mask } from "../types.js";
import { inverse } from "./geometry.js";
import { Raster } from "./raster.js";
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
  const part = occupied(maskInCrop, sizePx);
  const box = boxAround(imageFromCrop, image, part);
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
      inside(part.u, startU, a * perColumn, box.width),
      inside(part.v, startV, d * perColumn, box.width),
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
      if ((a00 | a01 | a10 | a11) === 0) continue;
      if ((a00 & a01 & a10 & a11) === 255) {
        values[at] = 255;
        continue;
      }
      const xPart = x - left;
      const above = a00 + (a01 - a00) * xPart;
      const below = a10 + (a11 - a10) * xPart;
      values[at] = above + (below - above) * (y - top);
    }
  }
  return { box, values };
}

type Interval = readonly [number, number];

/** A part of a crop, normalized by its side. */
interface Part {
  readonly u: Interval;
  readonly v: Interval;
}

const WHOLE_CROP: Part = { u: [0, 1], v: [0, 1] };

/** Returns the part of a crop that the pixels which are not zero are interpolated into. */
function occupied(maskInCrop: Uint8ClampedArray, sizePx: number): Part {
  let [left, right, top, bottom] = [sizePx, -1, sizePx, -1];
  for (let row = 0; row < sizePx; row++) {
    for (let column = 0; column < sizePx; column++) {
      if (maskInCrop[row * sizePx + column] === 0) continue;
      if (column < left) left = column;
      if (column > right) right = column;
      if (row < top) top = row;
      bottom = row;
    }
  }
  const along = (first: number, last: number): Interval =>
    last < 0 ? [0, 0] : [Math.max(first - 1, 0) / sizePx, Math.min(last + 2, sizePx) / sizePx];
  return { u: along(left, right), v: along(top, bottom) };
}

/** Returns the columns, of so many, at which start + step * column is in an interval. */
function inside([low, high]: Interval, start: number, step: number, columns: number): Interval {
  if (step === 0) return start >= low && start <= high ? [0, columns] : [0, 0];
  const ends = [(low - start) / step, (high - start) / step];
  const first = Math.ceil(Math.min(...ends));
  const last = Math.floor(Math.max(...ends));
  return overlap([0, columns], [first, last + 1]);
}

function overlap([first, end]: Interval, [otherFirst, otherEnd]: Interval): Interval {
  return [Math.max(first, otherFirst), Math.min(end, otherEnd)];
}

/**
 * Returns the box of the image in which a part of a crop lies, with the pixels that its outermost pixels are
 * interpolated from. It has at least one pixel, even for a crop beside the image.
 */
function boxAround([a, b, c, d, e, f]: Affine, image: ImageSize, { u, v } = WHOLE_CROP): Box {
  const along = (perU: number, perV: number, offset: number, sizePx: number) => {
    const ends = u.flatMap((x) => v.map((y) => (perU * x + perV * y + offset) * sizePx));
    const clamp = (px: number) => Math.min(Math.max(px, 0), sizePx - 1);
    const first = clamp(Math.floor(Math.min(...ends)) - 1);
    return { first, length: clamp(Math.ceil(Math.max(...ends)) + 1) - first + 1 };
  };
  const x = along(a, b, c, image.width);
  const y = along(d, e, f, image.height);
  return { left: x.first, top: y.first, width: x.length, height: y.length };
}
