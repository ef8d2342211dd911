import { expect, test } from "vitest";
import { INPUT_SIZE_PX, Landmarker, refine } from "../../src/stages/landmarker.js";
import { FakeEngine, black, painted } from "../support/fakes.js";
import { imageSize, readNumbers } from "../support/numbers.js";

const SIDE = 64;
const CHANNELS = 39;
const INPUT_LENGTH = INPUT_SIZE_PX ** 2 * 3;
const UPRIGHT = { centerX: 0.5, centerY: 0.5, width: 1, height: 1, angleRad: 0 };
const SQUARE = { width: 256, height: 256 };

/** A fake that finds all landmarks at the crop's centre, with z = 10. */
function engine(mask?: Float32Array): FakeEngine {
  const values = Float32Array.from({ length: 195 }, (_, i) => [128, 128, 10, 1, 2][i % 5]);
  const heatmaps = new Float32Array(SIDE * SIDE * CHANNELS).fill(-50);
  const world = new Float32Array(117).fill(0.1);
  const outputs = [values, Float32Array.of(0.9), heatmaps, world];
  return new FakeEngine(INPUT_LENGTH, mask ? [...outputs, mask] : outputs);
}

test("refinement, projection and sigmoids give Python's landmarks to the last bit", async () => {
  for (const { size, region, found, ...given } of readNumbers().landmarks) {
    const heatmaps = new Float32Array(SIDE * SIDE * CHANNELS).fill(given.weak);
    for (const [row, column, landmark, logit] of given.cells) {
      heatmaps[(row * SIDE + column) * CHANNELS + landmark] = logit;
    }
    const outputs = [given.values, given.score, heatmaps, given.world];
    const fake = new FakeEngine(
      INPUT_LENGTH,
      outputs.map((numbers) => Float32Array.from(numbers)),
    );
    const ours = await new Landmarker(fake).landmarks(black(imageSize(size)), region);
    expect([...ours.landmarks]).toEqual(found.landmarks);
    expect([...ours.auxiliary]).toEqual(found.auxiliary);
    expect([...ours.worldLandmarks]).toEqual(found.worldLandmarks);
    expect([...ours.visibility]).toEqual(found.visibility);
    expect(ours.score).toBe(found.score);
    expect(ours.mask).toBeNull();
  }
});

test("the network gets the crop, scaled to 0 to 1", async () => {
  const fake = engine();
  const image = painted(SQUARE, (x, y) => [x, y, 255]);
  await new Landmarker(fake).landmarks(image, UPRIGHT);
  const pixel = (x: number, y: number) =>
    fake.input.slice(3 * (256 * y + x), 3 * (256 * y + x) + 3);
  for (const [x, y] of [
    [0, 0],
    [10, 200],
    [255, 255],
  ]) {
    const [r, g, b] = pixel(x, y);
    expect(r).toBeCloseTo(x / 255, 3);
    expect(g).toBeCloseTo(y / 255, 3);
    expect(b).toBeCloseTo(1, 6);
  }
});

/** Returns where a landmark at x, y of the crop is moved to by [row, column, logit]. */
function refined(x: number, y: number, ...cells: [number, number, number][]): [number, number] {
  const heatmaps = new Float32Array(SIDE * SIDE * CHANNELS).fill(-50);
  for (const [row, column, logit] of cells) {
    heatmaps[(row * SIDE + column) * CHANNELS] = logit;
  }
  const points = Float32Array.of(x / 256, y / 256, 0);
  refine(points, heatmaps);
  return [points[0] * 256, points[1] * 256];
}

test("a strong heatmap moves the landmark to its cell", () => {
  const [x, y] = refined(128, 128, [33, 30, 20]);
  expect([x, y].map(Math.round)).toEqual([120, 132]);
});

test("two cells are weighted by their confidence", () => {
  const [x] = refined(128, 128, [32, 30, 20], [32, 34, 0]);
  expect(x).toBeCloseTo((4 * (30 * 1 + 34 * 0.5)) / 1.5, 3);
});

test("a weak heatmap does not move the landmark", () => {
  expect(refined(130, 131, [32, 30, -0.1])).toEqual([130, 131]);
});

test("the window has 7 cells", () => {
  expect(refined(128, 128, [32, 28, 20])).toEqual([128, 128]);
  expect(refined(128, 128, [32, 36, 20])).toEqual([128, 128]);
  expect(refined(128, 128, [32, 29, 20])[0]).toBeCloseTo(116, 3);
  expect(refined(128, 128, [35, 32, 20])[1]).toBeCloseTo(140, 3);
});

test("the window is cut off at the edge of the heatmap", () => {
  const [left, top] = refined(1, 1, [0, 0, 20]);
  expect([left, top].map(Math.abs).every((px) => px < 1e-3)).toBe(true);
  const [, bottom] = refined(-1, 255, [63, 0, 20]);
  expect(bottom).toBeCloseTo(252, 3);
});

test.each([-5, 256, 1e6, NaN])("a landmark at %f, outside of the heatmap, stays", (outside) => {
  const [x, y] = refined(outside, 128, [32, 0, 20], [32, 63, 20]);
  expect(y).toBe(128);
  expect(x).toBe(Math.fround(outside / 256) * 256);
});

test("a mask lies in its region, and is 0 outside of it", async () => {
  const certain = new Float32Array(256 * 256).fill(20);
  const region = { ...UPRIGHT, centerX: 0.25, width: 0.5, height: 0.5 };
  const { mask } = await new Landmarker(engine(certain)).landmarks(black(SQUARE), region);
  const { box, values } = mask!;
  const at = (x: number, y: number) => values[(y - box.top) * box.width + x - box.left];
  expect(box.left).toBe(0);
  expect(box.left + box.width).toBeLessThan(132);
  for (const [x, y, value] of [
    [0, 64, 255],
    [127, 191, 255],
    [128, 128, 0],
    [64, 192, 0],
    [64, 63, 0],
  ]) {
    expect(at(x, y)).toBe(value);
  }
});

test("a mask is the sigmoid of its logits, rounded to bytes", async () => {
  const logits = new Float32Array(256 * 256).fill(-20);
  logits.fill(1, 256 * 100, 256 * 110);
  const { mask } = await new Landmarker(engine(logits)).landmarks(black(SQUARE), UPRIGHT);
  const { box, values } = mask!;
  expect([box.left, box.width]).toEqual([0, 256]);
  const rows = Array.from({ length: box.height }, (_, row) => values[256 * row + 7]);
  const [first, last] = [100 - box.top, 110 - box.top];
  expect(rows.slice(first, last)).toEqual(Array(10).fill(Math.round(255 / (1 + Math.exp(-1)))));
  expect([...rows.slice(0, first), ...rows.slice(last)].every((value) => value === 0)).toBe(true);
});
