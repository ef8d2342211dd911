/**
 * Frames a second of the documentation's page, with the camera and its mask, ours and the
 * reference's in turn: node scripts/run.mjs benchmarks/documentation.ts
 */

import { launch } from "../tests/support/browser.js";
import { sampleCamera } from "../tests/support/camera.js";
import { documentationPage } from "../tests/support/documentation.js";
import { DIST, NODE_MODULES } from "../tests/support/paths.js";
import { serve } from "../tests/support/server.js";

const ROUNDS = 3;
const WARM_UP_FRAMES = 20;
const SECONDS = 10;

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
    await tab.waitForTimeout(1000 * SECONDS);
    return ((await count()) - startFrames) / ((performance.now() - startMs) / 1000);
  } finally {
    await browser.close();
  }
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

const camera = sampleCamera();
const server = await serve({
  folders: { "/dist": DIST, "/reference": `${NODE_MODULES}/@mediapipe` },
  pages: { "/reference": PAGES.reference, "/vitruvian": PAGES.vitruvian },
  isolated: true,
});
const rates: Record<string, number[]> = { reference: [], vitruvian: [] };
for (let round = 0; round < ROUNDS; round += 1) {
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
