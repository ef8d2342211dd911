/** What crops and masks are by definition; `browser/sampling.test.ts` has the reference's numbers. */

import { expect, test } from "vitest";
import { Cropper, paste, type Border } from "../../src/stages/crop.js";
import { imageFromCrop } from "../../src/stages/geometry.js";
import type { Image, Region } from "../../src/types.js";
import { painted } from "../support/fakes.js";

const SIZE = { width: 200, height: 120 };
const SIDE_PX = 64;

/** A square region whose centre and side are given in pixels. */
function square(xPx: number, yPx: number, sidePx: number, angleRad = 0): Region {
  const { width, height } = SIZE;
  return {
    centerX: xPx / width,
    centerY: yPx / height,
    width: sidePx / width,
    height: sidePx / height,
    angleRad,
  };
}

/** Cuts a crop, in bytes, and returns its pixels by column and row. */
async function cut(image: Image, region: Region, border: Border) {
  const crop = new Float32Array(SIDE_PX * SIDE_PX * 3);
  await new Cropper(SIDE_PX, border, [0, 255]).cut(image, imageFromCrop(region, SIZE), crop);
  return (x: number, y: number) =>
    [...crop.slice(3 * (y * SIDE_PX + x), 3 * (y * SIDE_PX + x) + 3)].map(Math.round);
}

const NOISE = painted(SIZE, (x, y) => [(x * 73 + y * 151) % 256, (x * y) % 256, (x * 7) % 256]);
const noiseAt = (x: number, y: number) => [(x * 73 + y * 151) % 256, (x * y) % 256, (x * 7) % 256];
const WHITE = painted(SIZE, () => [200, 200, 200]);

test("a region as large as its crop is cut unchanged", async () => {
  const pixel = await cut(NOISE, square(100, 60, SIDE_PX), "zero");
  for (const [x, y] of [
    [0, 0],
    [10, 50],
    [63, 63],
  ]) {
    expect(pixel(x, y)).toEqual(noiseAt(68 + x, 28 + y));
  }
});

test("a region rotated by 90 degrees rotates the pixels", async () => {
  const pixel = await cut(NOISE, square(100, 60, SIDE_PX, Math.PI / 2), "zero");
  // The direction of the angle in the image points up in the crop.
  expect(pixel(0, 0)).toEqual(noiseAt(131, 28));
  expect(pixel(63, 0)).toEqual(noiseAt(131, 91));
});

test.each([
  ["zero", 0],
  ["replicate", 200],
] as const)("with the border %s, pixels outside of the image are %i", async (border, value) => {
  const pixel = await cut(WHITE, square(-50, -50, 20), border);
  for (const at of [0, 30, 63]) expect(pixel(at, at)).toEqual([value, value, value]);
});

test("blue and red are told apart by the order in which pixels are stored", async () => {
  const bgr: Image = {
    ...SIZE,
    read: async (box) => ({ ...(await NOISE.read(box)), red: 2, blue: 0 }),
  };
  const [plain, swapped] = [NOISE, bgr].map((image) => cut(image, square(100, 60, 64), "zero"));
  expect((await swapped)(5, 9)).toEqual((await plain)(5, 9).reverse());
});

test("a position between two pixels is interpolated", async () => {
  const ramp = painted(SIZE, (x) => [2 * x, 2 * x, 2 * x]);
  const pixel = await cut(ramp, square(100, 60, 2 * SIDE_PX), "zero");
  // Two pixels of the image for each one of the crop: the mean of columns 36 and 37.
  expect(pixel(0, 32)[0]).toBe(73);
});

test.each([square(1e9, -1e9, 10), square(0, 0, 1e9, 1), square(100, 60, 1e-3)])(
  "an extreme region gives numbers",
  async (region) => {
    const pixel = await cut(WHITE, region, "replicate");
    expect([...pixel(0, 0), ...pixel(63, 63)].every(Number.isFinite)).toBe(true);
  },
);

/** Pastes a mask of ones, and returns its pixels by column and row of the image. */
function pasted(region: Region) {
  const ones = new Uint8ClampedArray(SIDE_PX ** 2).fill(255);
  const { box, values } = paste(ones, SIDE_PX, imageFromCrop(region, SIZE), SIZE);
  return (x: number, y: number) => {
    const [column, row] = [x - box.left, y - box.top];
    const isInside = column >= 0 && column < box.width && row >= 0 && row < box.height;
    return isInside ? values[row * box.width + column] : 0;
  };
}

test.each([
  square(100, 60, 40),
  square(100, 60, 40, 0.3),
  square(5, 115, 90, 2),
  square(-99, 60, 40, 1),
])("a pasted mask covers its region, and nothing else", (region) => {
  const at = pasted(region);
  const { centerX, centerY, width, angleRad } = region;
  const half = (width * SIZE.width) / 2;
  for (let y = 0; y < SIZE.height; y++) {
    for (let x = 0; x < SIZE.width; x++) {
      const [right, down] = [x + 0.5 - centerX * SIZE.width, y + 0.5 - centerY * SIZE.height];
      const u = Math.abs(right * Math.cos(angleRad) + down * Math.sin(angleRad));
      const v = Math.abs(down * Math.cos(angleRad) - right * Math.sin(angleRad));
      const outside = Math.max(u, v) - half;
      if (Math.abs(outside) > 1e-3) expect(at(x, y), `${x}, ${y}`).toBe(outside < 0 ? 255 : 0);
    }
  }
});
