/** The 3D view and its functions for matrices, against `@mediapipe/control_utils_3d`. */

import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import type * as ControlUtils3d from "../../../src/companions/control_utils_3d.js";
import { openPair, type Pair } from "../../support/companions.js";

type Globals = typeof ControlUtils3d;

let pages: Pair;

beforeAll(async () => {
  // The reference draws with WebGL.
  pages = await openPair(
    "control_utils_3d",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
  );
});

afterAll(async () => {
  await pages.close();
});

test("matrices are multiplied, projected and taken apart as the reference does", async () => {
  const numbers = () => {
    const utils = globalThis as unknown as Globals;
    const projection = utils.makeProjectionMatrix(60, 0.1, 100, 1.5);
    const transform = [
      [0, 1, 0, 0.5],
      [-1, 0, 0, 0],
      [0, 0, 1, -4],
      [0, 0, 0, 1],
    ];
    const points = [
      { x: 0.1, y: 0.2, z: 0.3 },
      { x: -1, y: 2, z: 0.5 },
    ];
    return [
      projection,
      utils.makeProjectionMatrix(90, 1, 10),
      utils.convertToNDC(points, transform, projection),
      utils.convertToNDC([[1], [2], [3], [1]], transform, projection),
      utils.convertToNDC([], transform, projection),
      utils.landmarkToColumnVector(points[0]!),
      utils.columnVectorToLandmark([[1], [2], [3], [1]]),
      utils.matrixMultiply([[1, 2]], [[3], [4]]),
      utils.extractFromXYZUVArray([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    ];
  };
  expect(await pages.ours.evaluate(numbers)).toEqual(await pages.theirs.evaluate(numbers));
  const mismatch = () =>
    (globalThis as unknown as Globals).matrixMultiply([[1, 2]], [[3, 4]]).length;
  await expect(pages.ours.evaluate(mismatch)).rejects.toThrow("Row Column Mismatch");
});

test("a mesh viewer says that it is not there", async () => {
  const construct = () => Reflect.construct((globalThis as unknown as Globals).MeshViewer, []);
  await expect(pages.ours.evaluate(construct)).rejects.toThrow("MeshViewer is not in vitruvian");
});

const CASES: Record<string, ControlUtils3d.LandmarkGridConfig> = {
  "an unturned grid": { isRotating: false },
  "a grid turned by updates": { rotationSpeed: 0.3 },
  "a grid from behind": { rotationSpeed: 1.7 },
  "centered landmarks": { isRotating: false, centered: true },
  "fitted landmarks": { isRotating: false, fitToGrid: true, margin: 0.1 },
  "a wider grid": { isRotating: false, range: 3, numCellsPerAxis: 5, landmarkSize: 5 },
  "visible landmarks only": { isRotating: false, showHidden: false },
  "a narrow view": { isRotating: false, fovInDegrees: 50, minVisibility: 0.1 },
};

test.each(Object.entries(CASES))(
  "%s: landmarks are where the reference draws them",
  async (...of) => {
    const [, config] = of;
    const ours = await pages.ours.evaluate(ballsByColor, config);
    const theirs = await pages.theirs.evaluate(ballsByColor, config);
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
    expect(Object.keys(ours).length).toBeGreaterThanOrEqual(3);
    for (const [color, { x, y, area }] of Object.entries(theirs)) {
      // The reference's balls have eight corners and hard edges.
      expect(Math.hypot(ours[color]!.x - x, ours[color]!.y - y)).toBeLessThan(1);
      expect(Math.abs(ours[color]!.area / area - 1)).toBeLessThan(0.35);
    }
  },
);

/** Runs in a page: draws four landmarks, and returns where each colour of a landmark is, in pixels. */
async function ballsByColor(config: ControlUtils3d.LandmarkGridConfig) {
  const parent = document.body.appendChild(document.createElement("div"));
  parent.style.cssText = "width: 400px; height: 300px";
  const { LandmarkGrid } = globalThis as unknown as Globals;
  const definedColors = [
    { name: "orange", value: 0xff8800 },
    { name: "green", value: 0x00aa00 },
    { name: "pink", value: 0xff00aa },
  ];
  const grid = new LandmarkGrid(parent, { ...config, definedColors });
  const landmarks = [
    { x: 0.3, y: -0.45, z: -0.2, visibility: 0.9 },
    { x: -0.2, y: 0.35, z: 0.25, visibility: 0.7 },
    { x: 0.1, y: 0.15, z: 0.1, visibility: 0.2 },
    { x: 0.45, y: -0.05, z: -0.1, visibility: 0.95 },
  ];
  const connections = [{ color: "orange", list: [[0, 1], [1, 2]] }]; // prettier-ignore
  const nextFrame = () => new Promise(requestAnimationFrame);
  await nextFrame();
  grid.updateLandmarks(landmarks, connections, [
    { color: undefined, list: [0] },
    { color: "green", list: [1] },
    { color: "pink", list: [3] },
  ]);
  await nextFrame();
  // In the same frame as the drawing, before WebGL forgets it.
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [400, 300];
  const ctx = canvas.getContext("2d")!;
  ctx.drawImage(parent.querySelector("canvas")!, 0, 0, 400, 300);
  const { data } = ctx.getImageData(0, 0, 400, 300);
  parent.remove();
  const colors = {
    "0,255,255": "first",
    "0,170,0": "green",
    "255,0,170": "pink",
    "255,119,119": "occluded",
  };
  const balls: Record<string, { x: number; y: number; area: number }> = {};
  for (let i = 0; i < data.length; i += 4) {
    const color = colors[data.slice(i, i + 3).join() as keyof typeof colors];
    if (!color) continue;
    const ball = (balls[color] ??= { x: 0, y: 0, area: 0 });
    ball.area += 1;
    ball.x += (((i / 4) % 400) - ball.x) / ball.area;
    ball.y += (Math.floor(i / 4 / 400) - ball.y) / ball.area;
  }
  return balls;
}

test("the numbers at the axes are those of the reference", async () => {
  const words = await pages.theirs.evaluate(async () => {
    const parent = document.body.appendChild(document.createElement("div"));
    parent.style.cssText = "width: 400px; height: 300px";
    const { LandmarkGrid } = globalThis as unknown as Globals;
    const grid = new LandmarkGrid(parent, { centered: true, labelPrefix: "~", labelSuffix: " m" });
    grid.updateLandmarks([
      { x: 0.1, y: 0.2, z: 0.3 },
      { x: 0.4, y: 0.9, z: 0.5 },
    ]);
    return [...parent.querySelectorAll("span")].map((label) => label.textContent);
  });
  const drawn = await pages.ours.evaluate(async () => {
    const parent = document.body.appendChild(document.createElement("div"));
    parent.style.cssText = "width: 400px; height: 300px";
    const { LandmarkGrid } = globalThis as unknown as Globals;
    const grid = new LandmarkGrid(parent, { centered: true, labelPrefix: "~", labelSuffix: " m" });
    grid.updateLandmarks([
      { x: 0.1, y: 0.2, z: 0.3 },
      { x: 0.4, y: 0.9, z: 0.5 },
    ]);
    const texts: string[] = [];
    const ctx = parent.querySelector("canvas")!.getContext("2d")!;
    ctx.fillText = (text) => void texts.push(text);
    await new Promise(requestAnimationFrame);
    return texts.slice(-10);
  });
  expect(drawn.sort()).toEqual(words.sort());
});

test("a grid turns by dragging and by the arrow keys, and stands still when it is told to", async () => {
  const page = pages.ours;
  await page.evaluate(() => {
    const parent = document.body.appendChild(document.createElement("div"));
    parent.style.cssText = "width: 400px; height: 300px; position: fixed; top: 0";
    const { LandmarkGrid } = globalThis as unknown as Globals;
    Object.assign(globalThis, { grid: new LandmarkGrid(parent) });
  });
  await nextFrames(page);
  const before = await rotation(page);
  await page.mouse.move(200, 150);
  await page.mouse.down();
  await page.mouse.move(100, 150);
  await page.mouse.up();
  expect((await rotation(page)) - before).toBeCloseTo(Math.PI / 2, 5);
  await page.locator("canvas").last().focus();
  await page.keyboard.press("ArrowRight");
  const turned = await rotation(page);
  expect(turned - before).toBeLessThan(Math.PI / 2);
  await update(page);
  expect(await rotation(page)).toBeCloseTo(turned + 0.05, 5);
  await page.getByRole("button", { name: "Stop turning" }).last().click();
  await update(page);
  expect(await rotation(page)).toBeCloseTo(turned + 0.05, 5);
});

async function rotation(page: Page): Promise<number> {
  return page.evaluate(
    () => (globalThis as unknown as { grid: { rotation: number } }).grid.rotation,
  );
}

async function update(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { grid } = globalThis as unknown as { grid: InstanceType<Globals["LandmarkGrid"]> };
    grid.updateLandmarks([{ x: 0, y: 0, z: 0 }]);
  });
  await nextFrames(page);
}

async function nextFrames(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
  });
}
