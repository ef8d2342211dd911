/** Pixels as images that a page can draw. */

import type { Box, ImageSize, Mask } from "../types.js";

/** Red, and as opaque as the pixel belongs to the person: RGBA, in the order of the bytes. */
const COLORS = new Uint32Array(
  Uint8Array.from({ length: 4 * 256 }, (_, i) => [255, 0, 0, i >> 2][i % 4]).buffer,
);
COLORS[0] = 0;

/** Paints one image after the other, in the same memory. */
export class Painter {
  private readonly context = new OffscreenCanvas(1, 1).getContext("2d")!;

  /** Returns RGBA pixels of the whole image. */
  image(pixels: Uint8ClampedArray<ArrayBuffer>, size: ImageSize): ImageBitmap {
    return this.paint(pixels, { left: 0, top: 0, ...size }, size);
  }

  mask({ box, values }: Mask, size: ImageSize): ImageBitmap {
    const pixels = new Uint32Array(values.length);
    for (let i = 0; i < values.length; i++) pixels[i] = COLORS[values[i]];
    return this.paint(new Uint8ClampedArray(pixels.buffer), box, size);
  }

  mirrored(bitmap: ImageBitmap): ImageBitmap {
    const { canvas } = this.resized(bitmap);
    this.context.setTransform(-1, 0, 0, 1, bitmap.width, 0);
    this.context.drawImage(bitmap, 0, 0);
    this.context.resetTransform();
    return canvas.transferToImageBitmap();
  }

  private paint(pixels: Uint8ClampedArray<ArrayBuffer>, box: Box, size: ImageSize): ImageBitmap {
    const { canvas } = this.resized(size);
    this.context.putImageData(new ImageData(pixels, box.width, box.height), box.left, box.top);
    return canvas.transferToImageBitmap(); // which leaves the canvas empty
  }

  private resized({ width, height }: ImageSize): OffscreenCanvasRenderingContext2D {
    const { canvas } = this.context;
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    return this.context;
  }
}
