/** Where `@mediapipe/pose` dies: that one call fails with one sentence, and the next one succeeds. */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Playground, SUCCESS, type InPage, type Outcome } from "../../support/playground.js";

let playground: Playground;
let page: Page;

beforeAll(async () => {
  playground = await Playground.open();
  playground.handler = ({ url }) => url === "/never.png"; // which is never answered
  page = await playground.page();
  await page.evaluate(async () => {
    const { start, load } = globalThis as unknown as InPage;
    Object.assign(globalThis, { ...start(), good: await load("standing.png") });
  });
});

afterAll(() => playground.close());

type State = InPage & ReturnType<InPage["start"]> & { good: HTMLCanvasElement };

/** Expects an error of the package's class with one sentence, and that the next frame succeeds. */
async function expectFailure(outcome: Outcome, error: string, words: RegExp): Promise<void> {
  expect(outcome.classes).toEqual([error, "VitruvianError", "Error"]);
  expect(outcome.message).toMatch(words);
  expect(outcome.message).toMatch(/^[A-Za-z][^\n]{10,400}[^.]\.$/);
  const next = await page.evaluate(async () => {
    const { pose, results, good, outcome } = globalThis as unknown as State;
    results.length = 0;
    const ended = await outcome(pose.send({ image: good }));
    return { ended, landmarks: results.map(({ poseLandmarks }) => poseLandmarks?.length) };
  });
  expect(next).toEqual({ ended: SUCCESS, landmarks: [33] });
}

const ELSEWHERE = "localhost"; // another origin than 127.0.0.1, with the same server

test.each<[string, () => unknown, RegExp]>([
  ["null", () => null, /null/],
  ["undefined", () => undefined, /undefined/],
  ["a string", () => "image.png", /String/],
  ["a number", () => 7, /Number/],
  ["an object", () => ({}), /Object/],
  ["another element", () => document.createElement("div"), /HTMLDivElement/],
  ["an image without an address", () => new Image(), /HTMLImageElement.*load/],
  [
    "an image that is not loaded yet",
    () => Object.assign(new Image(), { src: "/never.png" }),
    /HTMLImageElement.*load/,
  ],
  [
    "an image that does not exist",
    async () => {
      const image = Object.assign(new Image(), { src: "/media/missing.png" });
      await new Promise((resolve) => (image.onerror = resolve));
      return image;
    },
    /HTMLImageElement/,
  ],
  ["a video without data", () => document.createElement("video"), /HTMLVideoElement.*loadeddata/],
  [
    "a canvas without pixels",
    () => Object.assign(document.createElement("canvas"), { width: 0 }),
    /HTMLCanvasElement/,
  ],
  ["an OffscreenCanvas without pixels", () => new OffscreenCanvas(0, 10), /OffscreenCanvas/],
  [
    "a bitmap that was closed",
    async () => {
      const bitmap = await createImageBitmap(new ImageData(9, 9));
      bitmap.close();
      return bitmap;
    },
    /ImageBitmap.*closed/,
  ],
  [
    "a frame of a video that was closed",
    () => {
      const { good } = globalThis as unknown as State;
      const frame = new VideoFrame(good, { timestamp: 0 });
      frame.close();
      return frame;
    },
    /VideoFrame.*closed/,
  ],
])("%s is a frame error", async (_, make, words) => {
  const image = await page.evaluateHandle(make);
  const ended = await page.evaluate(async (image) => {
    const { pose, outcome } = globalThis as unknown as State;
    return outcome(pose.send({ image: image as never }));
  }, image);
  await expectFailure(ended, "FrameError", words);
});

test.each<[string, boolean]>([
  ["a canvas", true],
  ["an image", false],
])("%s with pixels of another server is a frame error", async (_, isCanvas) => {
  const address = playground.server.address.replace("127.0.0.1", ELSEWHERE);
  const ended = await page.evaluate(
    async ([address, isCanvas]) => {
      const { pose, outcome } = globalThis as unknown as State;
      const image = Object.assign(new Image(), { src: `${address}/media/standing.png` });
      await image.decode();
      const canvas = document.createElement("canvas");
      canvas.getContext("2d")!.drawImage(image, 0, 0);
      return outcome(pose.send({ image: isCanvas ? canvas : image }));
    },
    [address, isCanvas] as const,
  );
  await expectFailure(ended, "FrameError", /Access-Control-Allow-Origin/);
});

test.each([null, undefined, {}, 7])("send(%o) is a frame error", async (inputs) => {
  const ended = await page.evaluate(async (inputs) => {
    const { pose, outcome } = globalThis as unknown as State;
    return outcome(pose.send(inputs as never));
  }, inputs);
  await expectFailure(ended, "FrameError", /give \{ image \}/);
});

test.each([
  ["equal", 2e6],
  ["older", 1e6],
  ["NaN", NaN],
  ["infinite", Infinity],
])("a timestamp that is %s is a timestamp error", async (_, at) => {
  const ended = await page.evaluate(async (at) => {
    const { pose, good, outcome } = globalThis as unknown as State;
    await pose.send({ image: good }, 2e6).catch(() => {});
    const ended = await outcome(pose.send({ image: good }, at));
    return ended;
  }, at);
  await expectFailure(ended, "TimestampError", /timestamp/);
});

test.each<[object, RegExp]>([
  [{ modelComplexity: 7 }, /modelComplexity is 7/],
  [{ minDetectionConfidence: 5 }, /minDetectionConfidence is 5/],
  [{ minTrackingConfidence: NaN }, /minTrackingConfidence is NaN/],
])("the options %o are an option error, and all options stay", async (options, words) => {
  const ended = await page.evaluate(async (options) => {
    const { pose, outcome } = globalThis as unknown as State;
    const given = { ...options, enableSegmentation: true };
    return outcome((async () => pose.setOptions(given))());
  }, options);
  await expectFailure(ended, "OptionError", words);
  const hasMask = await page.evaluate(
    () => "segmentationMask" in (globalThis as unknown as State).results[0],
  );
  expect(hasMask).toBe(false);
});

test.each<[string, () => unknown]>([
  [
    "throws",
    () => () => {
      throw new Error("the page's own mistake");
    },
  ],
  ["rejects", () => async () => Promise.reject(new Error("the page's own mistake"))],
])("a listener that %s is a listener error with its cause", async (_, make) => {
  const listener = await page.evaluateHandle(make);
  const { ended, cause } = await page.evaluate(async (listener) => {
    const { pose, results, good, outcome } = globalThis as unknown as State;
    pose.onResults(listener as never);
    let cause = "";
    const sent = pose.send({ image: good }).catch((error: Error) => {
      cause = (error.cause as Error).message;
      throw error;
    });
    const ended = await outcome(sent);
    pose.onResults((result) => void results.push(result));
    return { ended, cause };
  }, listener);
  expect(cause).toBe("the page's own mistake");
  await expectFailure(ended, "ListenerError", /the page's own mistake/);
});

test("a listener that is no function is an option error", async () => {
  const ended = await page.evaluate(async () => {
    const { pose, outcome } = globalThis as unknown as State;
    return outcome((async () => pose.onResults(null as never))());
  });
  await expectFailure(ended, "OptionError", /listener/);
});
