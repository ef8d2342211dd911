/**
 * The crops that the networks get, and the mask in the image, against those of the reference. It cuts
 * crops with a graphics processor, and reads them back for networks that run on the CPU.
 */

import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "vite";
import { launch } from "../support/browser.js";
import { IMAGES } from "../support/images.js";
import { DIST, NODE_MODULES, PACKAGE } from "../support/paths.js";
import { serve, type StaticServer } from "../support/server.js";
import type * as Stages from "../support/stages_in_page.js";
import { LAST_DIGIT, ROUNDED_MASK_SHARE } from "../tolerances.js";

let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  browser = await launch();
  const built = await build({
    configFile: false,
    logLevel: "warn",
    build: {
      write: false,
      lib: {
        entry: join(PACKAGE, "tests/support/stages_in_page.ts"),
        formats: ["iife"],
        name: "stages",
      },
    },
  });
  const [{ output }] = built as unknown as [{ output: [{ code: string }] }];
  server = await serve({
    folders: {
      "/dist": DIST,
      "/reference": `${NODE_MODULES}/@mediapipe/pose`,
      "/media": IMAGES,
    },
    pages: {
      "/theirs": `<!doctype html><script src="/reference/pose.js"></script>`,
      "/ours": `<!doctype html><script src="/dist/stages.js"></script>`,
    },
    handler: ({ url }, response) => {
      if (url !== "/dist/stages.js") return false;
      response.writeHead(200, { "Content-Type": "text/javascript" }).end(output[0].code);
      return true;
    },
  });
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

/** What both see: the detector's crop and the landmark model's, RGB, and the mask in the image. */
interface Seen {
  crops: Float32Array[];
  mask: Uint8ClampedArray;
}

async function open(path: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(server.address + path);
  return page;
}

async function theirs(image: string): Promise<Seen> {
  const page = await open("/theirs");
  const seen = await page.evaluate(async (address) => {
    const crops: Float32Array[] = [];
    const { readPixels } = WebGL2RenderingContext.prototype;
    WebGL2RenderingContext.prototype.readPixels = function (...given: unknown[]) {
      readPixels.apply(this, given as Parameters<typeof readPixels>);
      const [, , width, height, , , memory, start] = given as any[];
      crops.push(memory.slice(start, start + 4 * width * height));
    };
    const { Pose } = globalThis as any;
    const pose = new Pose({ locateFile: (name: string) => `/reference/${name}` });
    pose.setOptions({ useCpuInference: true, modelComplexity: 0, enableSegmentation: true });
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d")!;
    pose.onResults(({ segmentationMask }: { segmentationMask: HTMLCanvasElement }) => {
      [canvas.width, canvas.height] = [segmentationMask.width, segmentationMask.height];
      context.drawImage(segmentationMask, 0, 0);
    });
    const element = new Image();
    element.src = address;
    await element.decode();
    await pose.send({ image: element }, 1000);
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    return { crops, mask: data.filter((_, i) => i % 4 === 3) };
  }, image);
  await page.close();
  const rgb = (rgba: Float32Array) => rgba.filter((_, i) => i % 4 !== 3);
  return { ...seen, crops: seen.crops.map(rgb) };
}

async function ours(image: string): Promise<Seen> {
  const page = await open("/ours");
  const seen = await page.evaluate(async (address) => {
    const element = new Image();
    element.src = address;
    await element.decode();
    const { crops, mask } = (await (globalThis as any).stages.see(element)) as Stages.Seen;
    return { crops, ...mask!, size: [element.naturalWidth, element.naturalHeight] };
  }, image);
  await page.close();
  const [width, height] = seen.size;
  const mask = new Uint8ClampedArray(width * height);
  const { box, values } = seen;
  for (let row = 0; row < box.height; row++) {
    const line = values.subarray(row * box.width, (row + 1) * box.width);
    mask.set(line, (box.top + row) * width + box.left);
  }
  return { crops: seen.crops, mask };
}

/** The largest difference of two lists, and the share of numbers that differ. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): { max: number; share: number } {
  expect(a.length).toBe(b.length);
  let max = 0;
  let count = 0;
  for (let i = 0; i < a.length; i++) {
    if (a[i] !== b[i]) count++;
    max = Math.max(max, Math.abs(a[i] - b[i]));
  }
  return { max, share: count / a.length };
}

test.each(["lying.png", "astronaut_tilted.png", "large.png"])(
  "the crops and the mask of %s are those of the reference",
  async (name) => {
    const [reference, result] = [await theirs(`/media/${name}`), await ours(`/media/${name}`)];
    expect(reference.crops.map(({ length }) => length)).toEqual([224 * 224 * 3, 256 * 256 * 3]);
    reference.crops.forEach((crop, i) => {
      expect(difference(crop, result.crops[i]).max).toBeLessThan(LAST_DIGIT);
    });
    const mask = difference(reference.mask, result.mask);
    expect(mask.max).toBeLessThanOrEqual(1);
    expect(mask.share).toBeLessThan(ROUNDED_MASK_SHARE);
    expect(reference.mask.some((value) => value > 200)).toBe(true);
  },
);
