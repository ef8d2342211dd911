/**
 * Prints how much memory grows, after the first tenth, while one `Pose` processes many frames of
 * changing sizes, and while many are created, given one frame, and closed.
 *
 *     npm run benchmark:leaks -- [--frames 3000] [--poses 20]
 *
 * Memory is that of the page's process, with its workers and images, after garbage was collected. The
 * workers that run are counted before and after, while one `Pose` is open.
 */

import { parseArgs } from "node:util";
import { launch } from "../tests/support/browser.js";
import { Endurance } from "../tests/support/endurance.js";

const { values: given } = parseArgs({
  args: process.argv.slice(3),
  options: {
    frames: { type: "string", default: "3000" },
    poses: { type: "string", default: "20" },
  },
});

const browser = await launch();
const endurance = await Endurance.open(browser);
const frames = Number(given.frames);
await report("frames", frames, (count) => endurance.send(count));
const poses = Number(given.poses);
const openWorkers = await endurance.workers(Infinity);
await report("create, send, close", poses, (count) => endurance.createAndClose(count));
console.log(`workers before and after: ${openWorkers} and ${await endurance.workers(openWorkers)}`);
await endurance.close();
await browser.close();

/** Does a tenth, and the rest, and prints the memory after both. */
async function report(
  name: string,
  count: number,
  work: (count: number) => Promise<void>,
): Promise<void> {
  const tenth = Math.ceil(count / 10);
  await work(tenth);
  const first = await endurance.memoryBytes();
  await work(count - tenth);
  const last = await endurance.memoryBytes();
  const growth = (100 * (last / first - 1)).toFixed(1);
  console.log(`${count} × ${name}: ${mebibytes(first)} → ${mebibytes(last)} MiB (${growth} %)`);
}

function mebibytes(bytes: number): string {
  return (bytes / 2 ** 20).toFixed(1);
}
