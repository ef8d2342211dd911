/** Any source of an image → a bitmap that a worker may have. */

import { FrameError } from "./errors.js";

/** What `send` takes as an image. */
export type InputImage =
  | HTMLVideoElement
  | HTMLImageElement
  | HTMLCanvasElement
  | OffscreenCanvas
  | ImageBitmap
  | ImageData
  | VideoFrame;

type Size = readonly [number, number];

/** The kinds of images by the name of their class, and how each tells its size in pixels. */
const SIZES: Record<string, (source: never) => Size> = {
  HTMLVideoElement: (video: HTMLVideoElement) =>
    video.readyState < video.HAVE_CURRENT_DATA ? [0, 0] : [video.videoWidth, video.videoHeight],
  HTMLImageElement: (image: HTMLImageElement) =>
    image.complete ? [image.naturalWidth, image.naturalHeight] : [0, 0],
  HTMLCanvasElement: ({ width, height }: HTMLCanvasElement) => [width, height],
  OffscreenCanvas: ({ width, height }: OffscreenCanvas) => [width, height],
  ImageBitmap: ({ width, height }: ImageBitmap) => [width, height],
  ImageData: ({ width, height }: ImageData) => [width, height],
  VideoFrame: (frame: VideoFrame) => [frame.displayWidth, frame.displayHeight],
};

const HINTS: Record<string, string> = {
  HTMLVideoElement: "wait for its event loadeddata",
  HTMLImageElement: "wait for its event load, or for decode()",
  VideoFrame: "send it before it is closed",
  ImageBitmap: "send it before it is closed",
};

/**
 * Returns a copy of an image.
 *
 * @throws FrameError it is no image, or has no pixels that may be read.
 */
export async function capture(source: unknown): Promise<ImageBitmap> {
  // The class of an element from another frame of the page is another object of the same name.
  const kind = Object.prototype.toString.call(source).slice(8, -1);
  const sizeOf = Object.hasOwn(SIZES, kind) ? SIZES[kind] : undefined;
  if (sizeOf === undefined) {
    const given = source === null || source === undefined ? String(source) : `of type ${kind}`;
    throw new FrameError(
      `The image is ${given}: give a video, image, canvas, ImageBitmap, ImageData or VideoFrame.`,
    );
  }
  const [width, height] = sizeOf(source as never);
  if (!(width > 0 && height > 0)) {
    throw new FrameError(`The ${kind} has no pixels: ${HINTS[kind] ?? "give it a size"}.`);
  }
  try {
    return await createImageBitmap(source as ImageBitmapSource);
  } catch (error) {
    throw new FrameError(`The ${kind} cannot be read (${String(error)}): give another image.`, {
      cause: error,
    });
  }
}
