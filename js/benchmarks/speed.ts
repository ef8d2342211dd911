/**
 * Prints how many times faster `Pose` is than `@mediapipe/pose`, without a graphics processor.
 *
 *     npm run benchmark:speed -- [VIDEO] [--rows 1,4] [--models Lite,Heavy] [--frames 16] [--blocks 4]
 *
 * The first three rows of the table are those of VIDEO, and the other two those of the sample. Without
 * VIDEO there are only the other two. Each row is printed as soon as it is measured, so a run that was
 * interrupted continues with `--rows`.
 *
 * In one page, both process the same canvases in blocks, in turn, so that the pace of the machine is
 * the same for both. The first block of each warms up. A ratio is the median time of the reference by
 * ours. The page is isolated for threads, and not for one thread. The reference always uses one.
 */

import { basename, dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright-core";
import { serveBoth } from "../tests/support/both.js";
import { launch } from "../tests/support/browser.js";
import { SAMPLES } from "../tests/support/paths.js";
import { median } from "./statistics.js";

const MODELS = ["Lite", "Full", "Heavy"];
const START_S = 2; // where the person moves, in both videos

interface Row {
  readonly video: string;
  readonly isThreaded: boolean;
  readonly hasMasks: boolean;
}

const { values: given, positionals } = parseArgs({
  args: process.argv.slice(3),
  allowPositionals: true,
  options: {
    rows: { type: "string", default: "1,2,3,4,5" },
    models: { type: "string", default: MODELS.join(",") },
    frames: { type: "string", default: "16" },
    blocks: { type: "string", default: "4" },
  },
});
const [video] = positionals;
const sample = join(SAMPLES, "jumping_jacks.mp4");
const rows: (Row | null)[] = [
  video === undefined ? null : { video, isThreaded: true, hasMasks: false },
  video === undefined ? null : { video, isThreaded: false, hasMasks: false },
  video === undefined ? null : { video, isThreaded: true, hasMasks: true },
  { video: sample, isThreaded: true, hasMasks: false },
  { video: sample, isThreaded: false, hasMasks: false },
];
const wanted = given.rows.split(",").map((number) => rows[Number(number) - 1]);
const models = MODELS.filter((name) => given.models.split(",").includes(name));

const browser = await launch();
console.log(`| frames | threads | ${models.join(" | ")} |`);
console.log(`|---|---|${models.map(() => "---|").join("")}`);
for (const row of wanted) if (row) console.log(await measuredRow(browser, row));
await browser.close();

/** Returns a row of the table: in each cell the ratio, and both times. */
async function measuredRow(browser: Browser, row: Row): Promise<string> {
  const server = await serveBoth(dirname(resolve(row.video)), row.isThreaded);
  const page = await browser.newPage();
  await page.goto(server.address);
  const size = await page.evaluate(takeFrames, {
    video: `/media/${basename(row.video)}`,
    count: Number(given.frames),
    startS: START_S,
  });
  const cells: string[] = [];
  for (const model of models) cells.push(await measuredCell(page, row, MODELS.indexOf(model)));
  await page.close();
  await server.close();
  const frames = `${basename(row.video)}, ${size}${row.hasMasks ? ", with masks" : ""}`;
  return `| ${frames} | ${row.isThreaded ? "two" : "one"} | ${cells.join(" | ")} |`;
}

async function measuredCell(page: Page, row: Row, modelComplexity: number): Promise<string> {
  const { theirs, ours } = await page.evaluate(measureInTurn, {
    blocks: Number(given.blocks),
    options: { modelComplexity, enableSegmentation: row.hasMasks },
  });
  const [theirMs, ourMs] = [median(theirs), median(ours)];
  return `${(theirMs / ourMs).toFixed(2)} (${theirMs.toFixed(1)} / ${ourMs.toFixed(1)} ms)`;
}

/** Runs in the page: keeps frames of a video as canvases, and returns their size. */
async function takeFrames(of: { video: string; count: number; startS: number }): Promise<string> {
  const video = document.createElement("video");
  video.muted = true;
  video.src = of.video;
  await new Promise((resolve) => (video.onloadeddata = resolve));
  const frames: HTMLCanvasElement[] = [];
  for (let i = 0; i < of.count; i++) {
    video.currentTime = of.startS + (i + 0.5) / 30;
    await new Promise((resolve) => (video.onseeked = resolve));
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d")!.drawImage(video, 0, 0);
    frames.push(canvas);
  }
  Object.assign(globalThis, { frames });
  return `${video.videoWidth}×${video.videoHeight}`;
}

/** Runs in the page: the milliseconds of each frame, after the first block. */
async function measureInTurn(of: {
  blocks: number;
  options: object;
}): Promise<{ theirs: number[]; ours: number[] }> {
  const { Theirs, Ours, frames } = globalThis as unknown as {
    Theirs: new (config: object) => any;
    Ours: new () => any;
    frames: HTMLCanvasElement[];
  };
  const theirs = new Theirs({ locateFile: (name: string) => `/reference/${name}` });
  const ours = new Ours();
  theirs.setOptions({ useCpuInference: true, ...of.options });
  ours.setOptions(of.options);
  const times = { theirs: [] as number[], ours: [] as number[] };
  let at = 0;
  for (let block = 0; block <= of.blocks; block++) {
    for (const [name, pose] of Object.entries({ theirs, ours })) {
      pose.onResults(() => {});
      for (const image of frames) {
        const startMs = performance.now();
        await pose.send({ image }, (at += 33));
        if (block > 0) times[name as "theirs" | "ours"].push(performance.now() - startMs);
      }
    }
  }
  theirs.close();
  await ours.close();
  return times;
}
