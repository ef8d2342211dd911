/** The kinds of images that `send` takes, and what it leaves as it was. */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Playground, type InPage } from "../../support/playground.js";

let playground: Playground;
let page: Page;

beforeAll(async () => {
  playground = await Playground.open();
  page = await playground.page();
  await page.evaluate(async () => {
    const { start, load } = globalThis as unknown as InPage;
    const good = await load("standing.png");
    const { pose, results } = start();
    const landmarks = async (image: never): Promise<number[]> => {
      pose.reset();
      await pose.send({ image });
      const { image: shown, poseLandmarks } = results.at(-1)!;
      if (shown.width !== 640 || shown.height !== 480) throw new Error(`${shown.width} px wide`);
      return poseLandmarks.flatMap(({ x, y, z }) => [x, y, z]);
    };
    Object.assign(globalThis, { good, landmarks, expected: await landmarks(good as never) });
  });
});

afterAll(() => playground.close());

type State = InPage & {
  good: HTMLCanvasElement;
  landmarks(image: unknown): Promise<number[]>;
  expected: number[];
};

/** Returns how far the landmarks of an image are from those of the canvas, in widths of the image. */
async function distance(make: () => unknown): Promise<number> {
  const image = await page.evaluateHandle(make);
  return page.evaluate(async (image) => {
    const { landmarks, expected } = globalThis as unknown as State;
    const found = await landmarks(image);
    return Math.max(...found.map((value, i) => Math.abs(value - expected[i])));
  }, image);
}

test.each<[string, () => unknown]>([
  ["HTMLCanvasElement", () => (globalThis as unknown as State).good],
  [
    "HTMLCanvasElement with WebGL",
    async () => {
      const canvas = document.createElement("canvas");
      [canvas.width, canvas.height] = [640, 480];
      const gl = canvas.getContext("webgl2", { preserveDrawingBuffer: true, antialias: false })!;
      const texture = gl.createTexture();
      gl.bindTexture(gl.TEXTURE_2D, texture);
      gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, true);
      const { good } = globalThis as unknown as State;
      gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, good);
      const frame = gl.createFramebuffer();
      gl.bindFramebuffer(gl.READ_FRAMEBUFFER, frame);
      gl.framebufferTexture2D(gl.READ_FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
      gl.blitFramebuffer(0, 0, 640, 480, 0, 0, 640, 480, gl.COLOR_BUFFER_BIT, gl.NEAREST);
      return canvas;
    },
  ],
  [
    "HTMLImageElement",
    async () => {
      // Shown small: the size on the page does not count.
      const image = Object.assign(new Image(50, 20), { src: "/media/standing.png" });
      await image.decode();
      return image;
    },
  ],
  [
    "OffscreenCanvas",
    () => {
      const canvas = new OffscreenCanvas(640, 480);
      canvas.getContext("2d")!.drawImage((globalThis as unknown as State).good, 0, 0);
      return canvas;
    },
  ],
  ["ImageBitmap", () => createImageBitmap((globalThis as unknown as State).good)],
  [
    "ImageData",
    () => (globalThis as unknown as State).good.getContext("2d")!.getImageData(0, 0, 640, 480),
  ],
  ["VideoFrame", () => new VideoFrame((globalThis as unknown as State).good, { timestamp: 0 })],
])("%s: the numbers of its pixels", async (_, make) => {
  expect(await distance(make)).toBeLessThan(1e-6);
});

test("HTMLVideoElement: the numbers of its frame", async () => {
  // Chromium keeps no frame of a video that has never played.
  const distance = await page.evaluate(async () => {
    const { landmarks, expected } = globalThis as unknown as State;
    const video = Object.assign(document.createElement("video"), {
      muted: true,
      src: "/samples/jumping_jacks.mp4",
    });
    document.body.append(video);
    await video.play();
    video.pause();
    video.currentTime = 0;
    await new Promise((resolve) => (video.onseeked = resolve));
    const found = await landmarks(video);
    return Math.max(...found.map((value, i) => Math.abs(value - expected[i])));
  });
  // The PNG is the same frame, which another decoder has converted to RGB.
  expect(distance).toBeLessThan(3 / 640);
});

test("bitmaps and frames that were sent still belong to the page", async () => {
  const sizes = await page.evaluate(async () => {
    const { good, landmarks } = globalThis as unknown as State;
    const bitmap = await createImageBitmap(good);
    const frame = new VideoFrame(good, { timestamp: 0 });
    await landmarks(bitmap);
    await landmarks(frame);
    return [bitmap.width, frame.displayWidth];
  });
  expect(sizes).toEqual([640, 640]);
});

test("an image that changes after the call is seen as it was", async () => {
  const off = await page.evaluate(async () => {
    const { good, landmarks, expected } = globalThis as unknown as State;
    const canvas = new OffscreenCanvas(640, 480);
    const context = canvas.getContext("2d")!;
    context.drawImage(good, 0, 0);
    const found = landmarks(canvas);
    await new Promise((resolve) => setTimeout(resolve));
    context.clearRect(0, 0, 640, 480);
    return (await found).map((value, i) => Math.abs(value - expected[i]));
  });
  expect(Math.max(...off)).toBeLessThan(1e-6);
});
