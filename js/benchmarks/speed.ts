/**
 * Prints how many times faster `Pose` is than `@mediapipe/pose`, in one page, without a graphics
 * processor.
 *
 *     npm run benchmark:speed -- VIDEO [FRAMES]
 *
 * Both process the same canvases in blocks, in turn, so that the pace of the machine is the same. The
 * page is isolated for two threads and not for one. Milliseconds are medians over all frames.
 */

import { basename, dirname, resolve } from "node:path";
import { launch } from "../tests/support/browser.js";
import { DIST, NODE_MODULES } from "../tests/support/paths.js";
import { serve } from "../tests/support/server.js";

const BLOCKS = 4;
const [video, frames = "30"] = process.argv.slice(3);
if (video === undefined) throw new Error("Name a video.");

const browser = await launch();
console.log(
  `${basename(video)}, ${BLOCKS} blocks of ${frames} frames: ms of the reference, ours, ratio`,
);
for (const isolated of [false, true]) {
  const server = await serve({
    isolated,
    folders: {
      "/dist": DIST,
      "/reference": `${NODE_MODULES}/@mediapipe/pose`,
      "/media": dirname(resolve(video)),
    },
    pages: {
      "/": `<!doctype html><link rel="icon" href="data:,"><body>
        <script src="/reference/pose.js"></script><script>var Theirs = Pose</script>
        <script src="/dist/pose.js"></script><script>var Ours = Pose</script>`,
    },
  });
  for (const enableSegmentation of [false, true]) {
    for (const [modelComplexity, name] of ["Lite", "Full", "Heavy"].entries()) {
      const page = await browser.newPage();
      await page.goto(server.address);
      const { theirs, ours } = await page.evaluate(measureInPage, {
        video: `/media/${basename(video)}`,
        frames: Number(frames),
        blocks: BLOCKS,
        options: { modelComplexity, enableSegmentation },
      });
      await page.close();
      const threads = isolated ? "threads" : "one thread";
      const masks = enableSegmentation ? " with masks" : "";
      const times = `${theirs.toFixed(1)} ${ours.toFixed(1)}`;
      console.log(`${name}${masks}, ${threads}: ${times} ${(theirs / ours).toFixed(2)}`);
    }
  }
  await server.close();
}
await browser.close();

/** Runs in the page. */
async function measureInPage(given: {
  video: string;
  frames: number;
  blocks: number;
  options: object;
}): Promise<{ theirs: number; ours: number }> {
  const { Theirs, Ours } = globalThis as unknown as Record<string, new (config?: object) => any>;
  const theirs = new Theirs({ locateFile: (name: string) => `/reference/${name}` });
  const ours = new Ours();
  theirs.setOptions({ useCpuInference: true, ...given.options });
  ours.setOptions(given.options);
  for (const pose of [theirs, ours]) pose.onResults(() => {});

  const video = document.createElement("video");
  video.muted = true;
  video.src = given.video;
  await new Promise((resolve) => (video.onloadeddata = resolve));
  const canvases: HTMLCanvasElement[] = [];
  for (let i = 0; i < given.frames; i++) {
    video.currentTime = 2 + i / 30;
    await new Promise((resolve) => (video.onseeked = resolve));
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d")!.drawImage(video, 0, 0);
    canvases.push(canvas);
  }

  const times = new Map<unknown, number[]>([
    [theirs, []],
    [ours, []],
  ]);
  let at = 0;
  for (let block = 0; block <= given.blocks; block++) {
    for (const pose of [theirs, ours]) {
      for (const image of canvases) {
        const start = performance.now();
        await pose.send({ image }, (at += 33));
        if (block > 0) times.get(pose)!.push(performance.now() - start); // the first warms up
      }
    }
  }
  theirs.close();
  await ours.close();
  const median = (pose: unknown) => {
    const sorted = times.get(pose)!.sort((a, b) => a - b);
    return sorted[sorted.length >> 1];
  };
  return { theirs: median(theirs), ours: median(ours) };
}
