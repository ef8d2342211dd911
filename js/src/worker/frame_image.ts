/** A frame whose pixels are read only where they are needed. */

import type { Box, Image } from "../types.js";

export class FrameImage implements Image {
  readonly width: number;
  readonly height: number;

  constructor(
    private readonly bitmap: ImageBitmap,
    private readonly context: OffscreenCanvasRenderingContext2D,
  ) {
    this.width = bitmap.width;
    this.height = bitmap.height;
  }

  read({ left, top, width, height }: Box): Uint8ClampedArray {
    const { canvas } = this.context;
    if (canvas.width < width || canvas.height < height) {
      canvas.width = Math.max(canvas.width, width);
      canvas.height = Math.max(canvas.height, height);
    }
    this.context.globalCompositeOperation = "copy";
    this.context.drawImage(this.bitmap, left, top, width, height, 0, 0, width, height);
    return this.context.getImageData(0, 0, width, height).data;
  }
}
