/** Compares `Pose` with `@mediapipe/pose` in one page of Chromium, frame by frame. */

import type { Browser, Page } from "playwright-core";
import type { Options } from "../../src/pose.js";
import { DIST, NODE_MODULES } from "./paths.js";
import { serve, type StaticServer } from "./server.js";

/** How far apart two lists of numbers are. */
export interface Distances {
  count: number;
  median: number;
  p99: number;
  max: number;
}

export interface Comparison {
  frames: number;
  /** Frames in which both found a person. */
  found: number;
  /** Frames in which only one of them found a person. */
  unlike: number[];
  /** Of landmarks in the image, where the reference's visibility is over 0.5. */
  px: Distances;
  worldMm: Distances;
  /** Mean difference of the masks' pixels, of 255. */
  maskMean: number;
  /** Fraction of the masks' pixels that differ by at most 3 of 255. */
  maskWithin3: number;
}

export interface Case {
  /** Addresses of images, or of one video whose frames are compared. */
  sources: string[];
  options: Options;
  /** Whether the images are independent of each other. */
  isStills: boolean;
  /** Frames of a video per second, and how many of them are compared. */
  frameRate?: number;
  frameCount?: number;
}

/** A page that has both packages. */
export class Judge {
  private constructor(
    private readonly server: StaticServer,
    readonly page: Page,
  ) {}

  /** @param folders folders of images and videos, by the first part of their path. */
  static async open(browser: Browser, folders: Record<string, string>): Promise<Judge> {
    const server = await serve({
      folders: { "/dist": DIST, "/reference": `${NODE_MODULES}/@mediapipe/pose`, ...folders },
      pages: {
        "/": `<!doctype html><link rel="icon" href="data:,"><body>
          <script src="/reference/pose.js"></script><script>var Theirs = Pose</script>
          <script src="/dist/pose.js"></script><script>var Ours = Pose</script>`,
      },
    });
    const page = await browser.newPage();
    await page.goto(server.address);
    return new Judge(server, page);
  }

  async compare(one: Case): Promise<Comparison> {
    return this.page.evaluate(compareInPage, one);
  }

  async close(): Promise<void> {
    await this.page.close();
    await this.server.close();
  }
}

/** Runs in the page. */
async function compareInPage(one: Case): Promise<Comparison> {
  type Results = {
    poseLandmarks?: { x: number; y: number; visibility: number }[];
    poseWorldLandmarks?: { x: number; y: number; z: number }[];
    segmentationMask?: CanvasImageSource;
  };
  const { Theirs, Ours } = globalThis as unknown as Record<string, new (config?: object) => any>;
  if (Ours === Theirs) throw new Error("The page has only one of both packages.");
  const theirs = new Theirs({ locateFile: (name: string) => `/reference/${name}` });
  const ours = new Ours();
  // The reference aborts unless the complexity is set.
  theirs.setOptions({ useCpuInference: true, modelComplexity: 1, ...one.options });
  ours.setOptions(one.options);
  const last: Results[] = [];
  [theirs, ours].forEach((pose, i) => pose.onResults((results: Results) => (last[i] = results)));

  const px: number[] = [];
  const worldMm: number[] = [];
  const unlike: number[] = [];
  let found = 0;
  let index = 0;
  const masks = { difference: 0, within3: 0, pixels: 0 };

  const alphaOf = (mask: CanvasImageSource, width: number, height: number) => {
    const context = new OffscreenCanvas(width, height).getContext("2d")!;
    context.drawImage(mask, 0, 0);
    return context.getImageData(0, 0, width, height).data;
  };

  const compareFrame = async (image: CanvasImageSource, width: number, height: number) => {
    const at = 1000 + (index * 1000) / (one.frameRate ?? 30);
    for (const pose of [theirs, ours]) {
      if (one.isStills) pose.reset();
      await pose.send({ image }, at);
    }
    const [reference, result] = last;
    if (!reference.poseLandmarks !== !result.poseLandmarks) unlike.push(index);
    index++;
    if (!reference.poseLandmarks || !result.poseLandmarks) return;
    found++;
    reference.poseLandmarks.forEach((point, i) => {
      if (!(point.visibility > 0.5)) return;
      const other = result.poseLandmarks![i];
      px.push(Math.hypot((point.x - other.x) * width, (point.y - other.y) * height));
      const a = reference.poseWorldLandmarks![i];
      const b = result.poseWorldLandmarks![i];
      worldMm.push(1000 * Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z));
    });
    if (!reference.segmentationMask || !result.segmentationMask) return;
    const a = alphaOf(reference.segmentationMask, width, height);
    const b = alphaOf(result.segmentationMask, width, height);
    for (let i = 3; i < a.length; i += 4) {
      const difference = Math.abs(a[i] - b[i]);
      masks.difference += difference;
      if (difference <= 3) masks.within3++;
    }
    masks.pixels += width * height;
  };

  if (one.frameRate === undefined) {
    for (const source of one.sources) {
      const image = new Image();
      image.src = source;
      await image.decode();
      await compareFrame(image, image.naturalWidth, image.naturalHeight);
    }
  } else {
    const video = document.createElement("video");
    video.muted = true;
    video.src = one.sources[0];
    await new Promise((resolve) => (video.onloadeddata = resolve));
    for (let frame = 0; frame < one.frameCount!; frame++) {
      video.currentTime = (frame + 0.5) / one.frameRate;
      await new Promise((resolve) => (video.onseeked = resolve));
      const canvas = document.createElement("canvas");
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      canvas.getContext("2d")!.drawImage(video, 0, 0);
      await compareFrame(canvas, canvas.width, canvas.height);
    }
  }
  theirs.close();
  await ours.close();

  const distances = (values: number[]) => {
    const sorted = values.sort((a, b) => a - b);
    const at = (part: number) => sorted[Math.floor(part * (sorted.length - 1))] ?? NaN;
    return { count: sorted.length, median: at(0.5), p99: at(0.99), max: at(1) };
  };
  return {
    frames: index,
    found,
    unlike,
    px: distances(px),
    worldMm: distances(worldMm),
    maskMean: masks.difference / masks.pixels,
    maskWithin3: masks.within3 / masks.pixels,
  };
}
