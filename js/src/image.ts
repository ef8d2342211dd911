/** Any source of an image → a copy for the worker. */

import { FrameError } from "./errors.js";
import { shown } from "./printable.js";
import type { FrameSource } from "./worker/frame_reader.js";

/** What `send` takes as an image. */
export type InputImage =
  | HTMLVideoElement
  | HTMLImageElement
  | HTMLCanvasElement
  | OffscreenCanvas
  | ImageBitmap
  | ImageData
  | VideoFrame;

/** A kind of images: how they tell their size in pixels, and what to do if they have none. */
interface Kind {
  readonly sizeOf: (source: never) => readonly [number, number];
  readonly hint: string;
}

/** By the name of the class: elements of another frame of the page are of other classes. */
const KINDS: Record<string, Kind> = {
  HTMLVideoElement: {
    sizeOf: (video: HTMLVideoElement) =>
      video.readyState < video.HAVE_CURRENT_DATA ? [0, 0] : [video.videoWidth, video.videoHeight],
    hint: "wait for its event loadeddata",
  },
  HTMLImageElement: {
    sizeOf: (image: HTMLImageElement) =>
      image.complete ? [image.naturalWidth, image.naturalHeight] : [0, 0],
    hint: "wait for its event load",
  },
  HTMLCanvasElement: {
    sizeOf: ({ width, height }: HTMLCanvasElement) => [width, height],
    hint: "give it a size",
  },
  OffscreenCanvas: {
    sizeOf: ({ width, height }: OffscreenCanvas) => [width, height],
    hint: "give it a size",
  },
  ImageBitmap: {
    sizeOf: ({ width, height }: ImageBitmap) => [width, height],
    hint: "send it before it is closed",
  },
  ImageData: {
    sizeOf: ({ width, height }: ImageData) => [width, height],
    hint: "give one with pixels",
  },
  VideoFrame: {
    sizeOf: (frame: VideoFrame) => [frame.displayWidth, frame.displayHeight],
    hint: "send it before it is closed",
  },
};

/**
 * Copies an image.
 *
 * @throws FrameError it is no image, or has no pixels that may be read.
 */
export async function capture(source: unknown): Promise<FrameSource> {
  const name = Object.prototype.toString.call(source).slice(8, -1);
  const kind = Object.hasOwn(KINDS, name) ? KINDS[name] : undefined;
  if (kind === undefined) {
    const given = source === null || source === undefined ? String(source) : `of type ${name}`;
    throw new FrameError(
      `The image is ${given}: give a video, image, canvas, ImageBitmap, ImageData or VideoFrame.`,
    );
  }
  const [width, height] = kind.sizeOf(source as never);
  if (!(width > 0 && height > 0)) {
    throw new FrameError(`The ${name} has no pixels: ${kind.hint}.`);
  }
  try {
    return await copy(source as InputImage, name, width, height);
  } catch (error) {
    throw new FrameError(`The ${name} cannot be read (${shown(error)}): give another image.`, {
      cause: error,
    });
  }
}

async function copy(
  source: InputImage,
  name: string,
  width: number,
  height: number,
): Promise<FrameSource> {
  if ((name === "HTMLVideoElement" || name === "VideoFrame") && "VideoFrame" in globalThis) {
    // Nothing is copied yet: the worker converts the frame to RGB.
    return new VideoFrame(source as HTMLVideoElement | VideoFrame);
  }
  if (name === "HTMLImageElement") {
    // A browser decodes an image element again for each ImageBitmap, and only once for drawing.
    const canvas = new OffscreenCanvas(width, height);
    canvas.getContext("2d")!.drawImage(source as HTMLImageElement, 0, 0, width, height);
    return canvas.transferToImageBitmap();
  }
  return createImageBitmap(source);
}
