/**
 * Prints how long `Pose` holds the page's thread while Heavy runs with its mask.
 *
 *     npm run benchmark:page-thread -- [VIDEO] [--frames 60]
 *
 * The browser itself reports every task of the page's thread that takes 50 ms or more ("longtask"),
 * from the making of the `Pose` to its end. The page sends a frame of VIDEO, by default of the sample,
 * from a canvas, and does nothing else. On a busy machine a task may also be long because it waits.
 */

import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { serveBoth } from "../tests/support/both.js";
import { launch } from "../tests/support/browser.js";
import { SAMPLES } from "../tests/support/paths.js";

const { values: given, positionals } = parseArgs({
  args: process.argv.slice(3),
  allowPositionals: true,
  options: { frames: { type: "string", default: "60" } },
});
const [video = join(SAMPLES, "jumping_jacks.mp4")] = positionals;

const server = await serveBoth(dirname(resolve(video)), true);
const browser = await launch();
const page = await browser.newPage();
await page.goto(server.address);
const longTasks = await page.evaluate(watchPage, {
  video: `/media/${basename(video)}`,
  frames: Number(given.frames),
});
const shown = longTasks.map((ms) => `${ms.toFixed(0)} ms`).join(", ") || "none";
console.log(`${basename(video)}, ${given.frames} frames of Heavy with masks: long tasks: ${shown}`);
await browser.close();
await server.close();

/** Runs in the page: returns the milliseconds of each long task. */
async function watchPage(of: { video: string; frames: number }): Promise<number[]> {
  const video = document.createElement("video");
  video.muted = true;
  video.src = of.video;
  video.currentTime = 2;
  await new Promise((resolve) => (video.onseeked = resolve));
  const image = document.createElement("canvas");
  image.width = video.videoWidth;
  image.height = video.videoHeight;
  image.getContext("2d")!.drawImage(video, 0, 0);

  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) => {
    longTasks.push(...list.getEntries().map(({ duration }) => duration));
  });
  await new Promise((resolve) => setTimeout(resolve, 500)); // what the page itself did is over
  observer.observe({ type: "longtask" });

  const { Ours } = globalThis as unknown as { Ours: new () => any };
  const pose = new Ours();
  pose.setOptions({ modelComplexity: 2, enableSegmentation: true });
  pose.onResults(() => {});
  for (let frame = 0; frame < of.frames; frame++) await pose.send({ image });
  await pose.close();
  await new Promise((resolve) => setTimeout(resolve, 500)); // reports come late
  return longTasks;
}
