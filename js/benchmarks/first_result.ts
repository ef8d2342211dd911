/**
 * Prints how long a page waits for its first result, ours and the reference's.
 *
 *     npm run benchmark:first-result -- [--models Lite,Full,Heavy] [--rounds 5]
 *
 * Each time is that of a browser that was just started: from adding the address of `pose.js` to the
 * page, until the listener has the result of a frame of the sample. Files come from this machine.
 * Both are measured in turn. A ratio is our median time by the reference's.
 */

import { parseArgs } from "node:util";
import { serveBoth } from "../tests/support/both.js";
import { launch } from "../tests/support/browser.js";
import { SAMPLES } from "../tests/support/paths.js";
import { median } from "./statistics.js";

const MODELS = ["Lite", "Full", "Heavy"];
const FOLDERS = { theirs: "/reference", ours: "/dist" };

const { values: given } = parseArgs({
  args: process.argv.slice(3),
  options: {
    models: { type: "string", default: MODELS.join(",") },
    rounds: { type: "string", default: "5" },
  },
});

console.log("| model | threads | the reference's first result, ms | ours, ms | ratio |");
console.log("|---|---|---|---|---|");
for (const isThreaded of [true, false]) {
  const server = await serveBoth(SAMPLES, isThreaded);
  for (const model of MODELS.filter((name) => given.models.split(",").includes(name))) {
    const times = { theirs: [] as number[], ours: [] as number[] };
    for (let round = 0; round < Number(given.rounds); round++) {
      for (const [name, folder] of Object.entries(FOLDERS)) {
        const browser = await launch();
        const page = await browser.newPage();
        await page.goto(`${server.address}/empty`);
        const modelComplexity = MODELS.indexOf(model);
        const ms = await page.evaluate(firstResult, { folder, modelComplexity });
        times[name as keyof typeof FOLDERS].push(ms);
        await browser.close();
      }
    }
    const [theirMs, ourMs] = [median(times.theirs), median(times.ours)];
    const cells = [theirMs.toFixed(0), ourMs.toFixed(0), (ourMs / theirMs).toFixed(2)];
    console.log(`| ${model} | ${isThreaded ? "two" : "one"} | ${cells.join(" | ")} |`);
  }
  await server.close();
}

/** Runs in the page: returns the milliseconds until the first result. */
async function firstResult(of: { folder: string; modelComplexity: number }): Promise<number> {
  const video = document.createElement("video");
  video.src = "/media/jumping_jacks.mp4";
  video.currentTime = 2; // at its beginning nobody is found
  await new Promise((resolve) => (video.onseeked = resolve));
  const image = document.createElement("canvas");
  image.width = video.videoWidth;
  image.height = video.videoHeight;
  image.getContext("2d")!.drawImage(video, 0, 0);

  const startMs = performance.now();
  const script = document.createElement("script");
  script.src = `${of.folder}/pose.js`;
  document.head.append(script);
  await new Promise((resolve) => (script.onload = resolve));
  const { Pose } = globalThis as unknown as { Pose: new (config: object) => any };
  const pose = new Pose({ locateFile: (name: string) => `${of.folder}/${name}` });
  pose.setOptions({
    modelComplexity: of.modelComplexity,
    minDetectionConfidence: 0.1, // so that all models find the mannequin in this one frame
    minTrackingConfidence: 0,
  });
  // The reference alone has this option.
  if (of.folder === "/reference") pose.setOptions({ useCpuInference: true });
  const first = new Promise((resolve) => pose.onResults(resolve));
  await pose.send({ image });
  const { poseLandmarks } = (await first) as { poseLandmarks?: object };
  if (!poseLandmarks) throw new Error("There is nobody in the frame.");
  return performance.now() - startMs;
}
