/** The lines of docs/animation.md for three.js play a file of glTF that Python wrote. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch } from "../support/browser.js";
import { gltfFiles } from "../support/gltf.js";
import { NODE_MODULES, REPOSITORY } from "../support/paths.js";
import { serve, type StaticServer } from "../support/server.js";

const DOCUMENT = readFileSync(join(REPOSITORY, "docs/animation.md"), "utf8");
const LINES = /^```js\n([^]*?)^```/m.exec(DOCUMENT)![1]!;

const PAGE = `<!doctype html>
<script type="importmap">
  {"imports": {"three": "/three/build/three.module.js", "three/addons/": "/three/examples/jsm/"}}
</script>
<script type="module">
import { Scene, Vector3 } from "three";
const scene = new Scene();
${LINES}
window.placeOf = (name, seconds) => {
  mixer.setTime(seconds);
  scene.updateMatrixWorld(true);
  return scene.getObjectByName(name).getWorldPosition(new Vector3()).toArray();
};
window.sizeOf = (name, seconds) => {
  mixer.setTime(seconds);
  return scene.getObjectByName(name).scale.x;
};
</script>`;

declare global {
  interface Window {
    placeOf(name: string, seconds: number): [number, number, number];
    sizeOf(name: string, seconds: number): number;
  }
}

let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  browser = await launch();
  server = await serve({
    folders: { "/three": join(NODE_MODULES, "three"), "/dance": gltfFiles("played_gltf") },
    pages: { "/dance/": PAGE },
  });
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

test("people walk, and are not there while they are missing", async () => {
  const page = await browser.newPage();
  await page.goto(`${server.address}/dance/`);
  await page.waitForFunction(() => "sizeOf" in window);
  const [start, end] = await page.evaluate(() =>
    [0, 1.9].map((seconds) => window.placeOf("mixamorigHips_1", seconds)),
  );
  expect(end![0] - start![0]).toBeGreaterThan(1.5); // metres to the right
  expect(end![1]).toBeCloseTo(start![1], 1);
  const sizes = await page.evaluate(() =>
    [0, 0.5, 1, 1.5].map((seconds) => window.sizeOf("person1", seconds)),
  );
  expect(sizes).toEqual([0, 1, 0, 1]);
});
