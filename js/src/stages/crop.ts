/**
 * Cutting square crops out of an image, and pasting a mask of a crop back into the image. The twin
 * of stages/crop.py, for the browser's MediaPipe: it interpolates without rounding.
 */

import type { Affine, Box, Image, ImageSize, Mask } from "../types.js";
import { inverse } from "./geometry.js";

/** What surrounds an image: zeros, or its outermost pixels. */
export type Border = "zero" | "replicate";

/** Cuts square crops out of images, as the numbers that a network takes. */
export class Cropper {
  /**
   * @param sizePx side of the crops.
   * @param border what surrounds an image.
   * @param range the numbers that black and white become.
   */
  constructor(
    private readonly sizePx: number,
    private readonly border: Border,
    private readonly range: readonly [number, number],
  ) {}

  /**
   * Writes a crop (sizePx, sizePx, 3) of RGB into `crop`.
   *
   * @param imageFromCrop the matrix of `geometry.imageFromCrop`.
   */
  cut(image: Image, imageFromCrop: Affine, crop: Float32Array): void {
    const box = boxAround(imageFromCrop, this.sizePx, this.sizePx, image);
    const pixels = image.read(box);
    if (this.border === "zero") fillOutside(crop, this.range[0]);
    const [a, b, c, d, e, f] = imageFromCrop;
    const { sizePx } = this;
    const [low, high] = this.range;
    const scale = (high - low) / 255;
    const lastX = box.width - 1;
    const lastY = box.height - 1;
    const rowBytes = 4 * box.width;
    // A pixel belongs to the image up to its edges, half a pixel from its centre.
    const reach = this.border === "zero" ? 0.5 : Infinity;
    let at = 0;
    for (let row = 0; row < sizePx; row++) {
      const startX = b * row + c - box.left;
      const startY = e * row + f - box.top;
      for (let column = 0; column < sizePx; column++, at += 3) {
        let x = a * column + startX;
        let y = d * column + startY;
        if (x < -reach || y < -reach || x > lastX + reach || y > lastY + reach) continue;
        x = x < 0 ? 0 : x > lastX ? lastX : x;
        y = y < 0 ? 0 : y > lastY ? lastY : y;
        const left = x | 0;
        const top = y | 0;
        const topLeft = top * rowBytes + left * 4;
        const right = left < lastX ? 4 : 0;
        const down = top < lastY ? rowBytes : 0;
        const xWeight = x - left;
        const yWeight = (y - top) * scale;
        const topWeight = scale - yWeight;
        const w01 = topWeight * xWeight;
        const w00 = topWeight - w01;
        const w11 = yWeight * xWeight;
        const w10 = yWeight - w11;
        const topRight = topLeft + right;
        const bottomLeft = topLeft + down;
        const bottomRight = bottomLeft + right;
        crop[at] =
          w00 * pixels[topLeft] +
          w01 * pixels[topRight] +
          w10 * pixels[bottomLeft] +
          w11 * pixels[bottomRight] +
          low;
        crop[at + 1] =
          w00 * pixels[topLeft + 1] +
          w01 * pixels[topRight + 1] +
          w10 * pixels[bottomLeft + 1] +
          w11 * pixels[bottomRight + 1] +
          low;
        crop[at + 2] =
          w00 * pixels[topLeft + 2] +
          w01 * pixels[topRight + 2] +
          w10 * pixels[bottomLeft + 2] +
          w11 * pixels[bottomRight + 2] +
          low;
      }
    }
  }
}

function fillOutside(crop: Float32Array, value: number): void {
  crop.fill(value);
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
  const box = boxAround(imageFromCrop, sizePx, sizePx, image);
  const values = new Uint8ClampedArray(box.width * box.height);
  const [a, b, c, d, e, f] = inverse(imageFromCrop);
  const last = sizePx - 1;
  let at = 0;
  for (let row = 0; row < box.height; row++) {
    const startX = a * box.left + b * (row + box.top) + c;
    const startY = d * box.left + e * (row + box.top) + f;
    for (let column = 0; column < box.width; column++, at++) {
      let x = a * column + startX;
      let y = d * column + startY;
      if (x < -0.5 || y < -0.5 || x > last + 0.5 || y > last + 0.5) continue;
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
function boxAround(
  [a, b, c, d, e, f]: Affine,
  width: number,
  height: number,
  image: ImageSize,
): Box {
  // One pixel more, because masks fade out at the outer edges of a crop's pixels.
  const right = width;
  const bottom = height;
  const along = (perColumn: number, perRow: number, offset: number, sizePx: number) => {
    const ends = [-1, right].flatMap((x) =>
      [-1, bottom].map((y) => perColumn * x + perRow * y + offset),
    );
    const clamp = (px: number) => Math.min(Math.max(px, 0), sizePx - 1);
    const first = clamp(Math.floor(Math.min(...ends)));
    return { first, length: clamp(Math.ceil(Math.max(...ends))) - first + 1 };
  };
  const x = along(a, b, c, image.width);
  const y = along(d, e, f, image.height);
  return { left: x.first, top: y.first, width: x.length, height: y.length };
}
