/** From what the page sends to an image whose pixels can be read, and to one that can be drawn. */

import type { Box, Image, Pixels } from "../types.js";
import { Painter } from "./painter.js";

/** What a worker can be given of a frame. */
export type FrameSource = ImageBitmap | VideoFrame;

/** A frame that is read. */
export interface ReadFrame {
  readonly image: Image;
  /** Returns the frame as an image that the page can draw. It may be called once. */
  readonly bitmap: () => ImageBitmap;
}

/** Reads one frame after the other, into the same memory. */
export class FrameReader {
  private readonly painter = new Painter();
  private memory = new Uint8ClampedArray();

  /** Reads a frame, and takes it over. */
  async open(source: FrameSource, isMirrored: boolean): Promise<ReadFrame> {
    if (source instanceof ImageBitmap) return this.openBitmap(source, isMirrored);
    try {
      return await this.openVideo(source, isMirrored);
    } finally {
      source.close();
    }
  }

  /** Converts a frame of a video to RGB once, for both. */
  private async openVideo(frame: VideoFrame, isMirrored: boolean): Promise<ReadFrame> {
    const size = { width: frame.displayWidth, height: frame.displayHeight };
    const box = { left: 0, top: 0, ...size };
    const read = isShownAsStored(frame) ? await this.copy(frame, box, "RGBA") : null;
    if (read === null) return this.openBitmap(await createImageBitmap(frame), isMirrored);
    if (isMirrored) mirrorRows(read);
    return {
      image: { ...size, read: async () => read },
      bitmap: () => this.painter.image(read.pixels, size),
    };
  }

  private openBitmap(given: ImageBitmap, isMirrored: boolean): ReadFrame {
    const bitmap = isMirrored ? this.painter.mirrored(given) : given;
    const { width, height } = bitmap;
    return {
      image: { width, height, read: (box) => this.readBitmap(bitmap, box) },
      bitmap: () => bitmap,
    };
  }

  /** Reads only a box. A VideoFrame gives it in a tenth of the time that a canvas takes. */
  private async readBitmap(bitmap: ImageBitmap, box: Box): Promise<Pixels> {
    if ("VideoFrame" in globalThis) {
      const frame = new VideoFrame(bitmap, { timestamp: 0 });
      try {
        const pixels = isRgb(frame) ? await this.copy(frame, box) : null;
        if (pixels !== null) return pixels;
      } finally {
        frame.close();
      }
    }
    const { left, top, width, height } = box;
    const context = new OffscreenCanvas(width, height).getContext("2d")!;
    context.drawImage(bitmap, -left, -top);
    return { box, pixels: context.getImageData(0, 0, width, height).data, red: 0, blue: 2 };
  }

  /** Copies a box of a frame; null if the browser cannot convert it. */
  private async copy(
    frame: VideoFrame,
    box: Box,
    format?: VideoPixelFormat,
  ): Promise<Pixels | null> {
    const { left: x, top: y, width, height } = box;
    const options = { rect: { x, y, width, height }, ...(format && { format }) };
    const bytes = 4 * width * height;
    try {
      if (frame.allocationSize(options) !== bytes) return null; // it ignores the format
    } catch {
      return null; // it refuses the format
    }
    if (this.memory.length < bytes) this.memory = new Uint8ClampedArray(bytes);
    const pixels = this.memory.subarray(0, bytes);
    await frame.copyTo(pixels, options);
    const isBgr = (format ?? frame.format)?.startsWith("BGR");
    return { box, pixels, red: isBgr ? 2 : 0, blue: isBgr ? 0 : 2 };
  }
}

/** Whether a frame is stored as four bytes a pixel, and needs no conversion. */
function isRgb({ format }: VideoFrame): boolean {
  return format !== null && ["RGBA", "RGBX", "BGRA", "BGRX"].includes(format);
}

/** Whether the stored pixels are the shown ones: not turned, cut or stretched. */
function isShownAsStored(frame: VideoFrame): boolean {
  const { visibleRect, displayWidth, displayHeight } = frame;
  const { rotation, flip } = frame as { rotation?: number; flip?: boolean };
  return (
    visibleRect?.x === 0 &&
    visibleRect.y === 0 &&
    visibleRect.width === displayWidth &&
    visibleRect.height === displayHeight &&
    !rotation &&
    !flip
  );
}

function mirrorRows({ box, pixels }: Pixels): void {
  const whole = new Uint32Array(pixels.buffer, 0, box.width * box.height);
  for (let row = 0; row < box.height; row++) {
    whole.subarray(row * box.width, (row + 1) * box.width).reverse();
  }
}
