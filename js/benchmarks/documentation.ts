/**
 * Prints how many frames a second the documentation's page draws from a camera, with its mask.
 *
 *     npm run benchmark:documentation -- [--rounds 3] [--seconds 10]
 *
 * The camera plays the sample. Ours and the reference, on the CPU, have the page in turn, each in a
 * browser of its own, and are counted once they are warm. The ratio is that of the medians. It needs a
 * `python` with PyAV, which makes the camera.
 */

import { parseArgs } from "node:util";
import { launch } from "../tests/support/browser.js";
import { sampleCamera } from "../tests/support/camera.js";
import { documentationPage } from "../tests/support/documentation.js";
import { DIST, NODE_MODULES } from "../tests/support/paths.js";
import { serve } from "../tests/support/server.js";
import { median } from "./statistics.js";

const WARM_UP_FRAMES = 20;

const { values: given } = parseArgs({
  args: process.argv.slice(3),
  options: {
    rounds: { type: "string", default: "3" },
    seconds: { type: "string", default: "10" },
  },
});

const page = documentationPage((pack, file) => `/reference/${pack}/${file}`);
const PAGES = {
  reference: page.replace("setOptions({", "setOptions({ useCpuInference: true,"),
  vitruvian: page.replaceAll(/\/reference\/\w+\//g, "/dist/"),
};

/** Returns how many frames a page draws in a second, once it is warm. */
async function framesPerSecond(address: string, chromiumArguments: string[]): Promise<number> {
  // WebGL, which the reference draws with, runs on the CPU as well.
  const browser = await launch(...chromiumArguments, "--enable-unsafe-swiftshader");
  try {
    const tab = await browser.newPage();
    await tab.addInitScript(() => {
      // The page clears its canvas once for each frame.
      const { clearRect } = CanvasRenderingContext2D.prototype;
      const counted = Object.assign(globalThis, { frameCount: 0 });
      CanvasRenderingContext2D.prototype.clearRect = function (...of) {
        if (this.canvas.className === "output_canvas") counted.frameCount += 1;
        clearRect.apply(this, of);
      };
    });
    await tab.goto(address);
    const count = () => tab.evaluate(() => (globalThis as { frameCount?: number }).frameCount!);
    while ((await count()) < WARM_UP_FRAMES) await tab.waitForTimeout(200);
    const [startFrames, startMs] = [await count(), performance.now()];
    await tab.waitForTimeout(1000 * Number(given.seconds));
    return ((await count()) - startFrames) / ((performance.now() - startMs) / 1000);
  } finally {
    await browser.close();
  }
}

const camera = sampleCamera();
const server = await serve({
  folders: { "/dist": DIST, "/reference": `${NODE_MODULES}/@mediapipe` },
  pages: { "/reference": PAGES.reference, "/vitruvian": PAGES.vitruvian },
  isolated: true,
});
const rates: Record<string, number[]> = { reference: [], vitruvian: [] };
for (let round = 0; round < Number(given.rounds); round += 1) {
  for (const name of Object.keys(PAGES)) {
    const rate = await framesPerSecond(`${server.address}/${name}`, camera.chromiumArguments);
    rates[name].push(rate);
    console.log(`${name.padEnd(10)} ${rate.toFixed(1)} frames a second`);
  }
}
const ratio = median(rates.vitruvian) / median(rates.reference);
console.log(`ratio      ${ratio.toFixed(2)}`);
await server.close();
camera.remove();
