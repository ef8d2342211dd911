/** The page of MediaPipe's documentation, with the camera: only its addresses are others. */

import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch } from "../support/browser.js";
import { sampleCamera, type SampleCamera } from "../support/camera.js";
import { documentationPage } from "../support/documentation.js";
import { DIST, NODE_MODULES } from "../support/paths.js";
import { serve, type StaticServer } from "../support/server.js";

let camera: SampleCamera;
let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  camera = sampleCamera();
  browser = await launch(...camera.chromiumArguments);
  const page = documentationPage((pack, file) => `/cdn/${pack}/${file}`);
  server = await serve({
    folders: { "/dist": DIST, "/cdn": `${NODE_MODULES}/@mediapipe` },
    pages: {
      "/ours": page.replaceAll(/\/cdn\/\w+\//g, "/dist/"),
      // Only the script's address is ours: locateFile still points at the reference.
      "/mixed": page.replaceAll(/src="\/cdn\/\w+\//g, 'src="/dist/'),
    },
  });
});

afterAll(async () => {
  await browser.close();
  await server.close();
  camera.remove();
});

interface Drawn {
  /** The share of pixels that are a pure colour of the drawing. */
  green: number;
  red: number;
  /** The share of pixels that are neither transparent nor black. */
  image: number;
  /** The share of pixels of the grid that have the colour of a landmark. */
  balls: number;
}

/** Waits until the page has drawn a person, and measures what it drew. */
async function drawnBy(page: Page): Promise<Drawn> {
  await page.waitForFunction(
    () => {
      const canvas = document.querySelector<HTMLCanvasElement>(".output_canvas")!;
      const { data } = canvas.getContext("2d")!.getImageData(640, 360, 1, 1);
      return data[3] > 0;
    },
    null,
    { timeout: 60_000, polling: 200 },
  );
  return page.evaluate(() => {
    const share = (selector: string, test: (r: number, g: number, b: number) => boolean) => {
      const canvas = document.querySelector<HTMLCanvasElement>(selector)!;
      const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let i = 0; i < data.length; i += 4) {
        if (data[i + 3] === 255 && test(data[i], data[i + 1], data[i + 2])) count += 1;
      }
      return count / (data.length / 4);
    };
    return {
      green: share(".output_canvas", (r, g, b) => r === 0 && g === 255 && b === 0),
      red: share(".output_canvas", (r, g, b) => r === 255 && g === 0 && b === 0),
      image: share(".output_canvas", (r, g, b) => r + g + b > 0),
      balls: share(
        ".landmark-grid-container canvas",
        (r, g, b) => r === 170 && g === 170 && b === 170,
      ),
    };
  });
}

test.each(["/ours", "/mixed"])("%s draws image, mask, landmarks and grid", async (path) => {
  const page = await browser.newPage();
  const problems: string[] = [];
  const elsewhere: string[] = [];
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith("http") && origin !== server.address) elsewhere.push(request.url());
  });
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("dialog", (dialog) => {
    problems.push(dialog.message());
    void dialog.accept();
  });
  await page.goto(server.address + path);
  const { green, red, image, balls } = await drawnBy(page);
  await page.close();
  expect(problems).toEqual([]);
  expect(elsewhere, "requests to other servers").toEqual([]);
  // The mannequin covers a tenth of the image, in green; its landmarks are red.
  expect(green).toBeGreaterThan(0.02);
  expect(green).toBeLessThan(0.4);
  expect(red).toBeGreaterThan(0.002);
  expect(image).toBeGreaterThan(0.95);
  expect(balls).toBeGreaterThan(0.0005);
});
