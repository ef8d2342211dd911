/** The camera, which Chromium fakes with a test pattern. */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type * as CameraUtils from "../../../src/companions/camera_utils.js";
import { openPair, type Pair } from "../../support/companions.js";

type Globals = typeof CameraUtils;

let pages: Pair;

beforeAll(async () => {
  pages = await openPair(
    "camera_utils",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
  );
});

afterAll(async () => {
  await pages.close();
});

test.each(["ours", "theirs"] as const)(
  "%s shows the camera at the size asked for",
  async (which) => {
    const sizes = await pages[which].evaluate(async () => {
      const { Camera } = globalThis as unknown as Globals;
      const sizes: string[] = [];
      for (const size of [{}, { width: 320, height: 240 }]) {
        const video = document.createElement("video");
        await new Promise<void>((resolve) => {
          const onFrame = async () => resolve();
          void new Camera(video, { onFrame, ...size }).start();
        });
        sizes.push(`${video.videoWidth}x${video.videoHeight}`);
        (video.srcObject as MediaStream).getTracks().forEach((track) => track.stop());
      }
      return sizes;
    });
    expect(sizes).toEqual(["640x480", "320x240"]);
  },
);

test("a frame is given out once, and only when the last one is done", async () => {
  const seen = await pages.ours.evaluate(async () => {
    const { Camera } = globalThis as unknown as Globals;
    const video = document.createElement("video");
    const times: number[] = [];
    let busy = 0;
    let mostBusy = 0;
    await new Promise<void>((resolve) => {
      const onFrame = async () => {
        mostBusy = Math.max(mostBusy, ++busy);
        times.push(video.currentTime);
        await new Promise((done) => setTimeout(done, 20));
        busy -= 1;
        if (times.length === 5) resolve();
      };
      void new Camera(video, { onFrame }).start();
    });
    return { mostBusy, times };
  });
  expect(seen.mostBusy).toBe(1);
  expect(new Set(seen.times).size).toBe(seen.times.length);
});

test("a frame that fails is reported, and the next one is given out", async () => {
  const messages: string[] = [];
  pages.ours.on("pageerror", (error) => messages.push(error.message));
  await pages.ours.evaluate(async () => {
    const { Camera } = globalThis as unknown as Globals;
    let count = 0;
    await new Promise<void>((resolve) => {
      const onFrame = async () => {
        count += 1;
        if (count === 3) resolve();
        throw new Error(`frame ${count} failed`);
      };
      void new Camera(document.createElement("video"), { onFrame }).start();
    });
  });
  expect(messages.slice(0, 2)).toEqual(["frame 1 failed", "frame 2 failed"]);
});

test("a stopped camera is off, and can be started again", async () => {
  const states = await pages.ours.evaluate(async () => {
    const { Camera } = globalThis as unknown as Globals;
    const video = document.createElement("video");
    let frameCount = 0;
    const camera = new Camera(video, {
      onFrame: async () => {
        frameCount += 1;
      },
    });
    const tracks = () => (video.srcObject as MediaStream).getTracks();
    const wait = () => new Promise((done) => setTimeout(done, 300));
    await camera.stop();
    await camera.start();
    await wait();
    const first = tracks();
    await camera.stop();
    const stoppedAt = frameCount;
    await wait();
    const whileStopped = frameCount - stoppedAt;
    await camera.start();
    await wait();
    const states = [first[0]!.readyState, whileStopped, tracks()[0]!.readyState];
    await camera.stop();
    return { states, frameCount: frameCount > stoppedAt };
  });
  expect(states).toEqual({ states: ["ended", 0, "live"], frameCount: true });
});

test.each(["ours", "theirs"] as const)(
  "%s tells the user of a camera that fails",
  async (which) => {
    const page = pages[which];
    const alerts: string[] = [];
    const listen = (page: Page) =>
      page.on("dialog", (dialog) => {
        alerts.push(dialog.message());
        void dialog.accept();
      });
    listen(page);
    const name = await page.evaluate(async () => {
      const refuse = () => Promise.reject(new DOMException("Permission denied", "NotAllowedError"));
      navigator.mediaDevices.getUserMedia = refuse;
      const { Camera } = globalThis as unknown as Globals;
      const camera = new Camera(document.createElement("video"), { onFrame: () => null });
      return camera.start().catch((error: DOMException) => error.name);
    });
    expect(name).toBe("NotAllowedError");
    expect(alerts).toEqual(["Failed to acquire camera feed: NotAllowedError: Permission denied"]);
  },
);
