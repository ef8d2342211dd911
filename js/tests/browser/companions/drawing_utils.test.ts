/** Our drawings against those of `@mediapipe/drawing_utils`, pixel by pixel. */

import { afterAll, beforeAll, expect, test } from "vitest";
import type * as DrawingUtils from "../../../src/companions/drawing_utils.js";
import { openPair, type Pair } from "../../support/companions.js";

/** What the script makes global. */
type Globals = typeof DrawingUtils;
type Drawing = (utils: Globals, ctx: CanvasRenderingContext2D) => void;

let pages: Pair;

beforeAll(async () => {
  pages = await openPair("drawing_utils");
});

afterAll(async () => {
  await pages.close();
});

// Each runs in the page, so it contains all that it needs.
const DRAWINGS: Record<string, Drawing> = {
  "landmarks without a style": (utils, ctx) => {
    ctx.fillStyle = "purple";
    utils.drawLandmarks(ctx, [
      { x: 0.2, y: 0.3 },
      { x: 0.7, y: 0.6 },
    ]);
  },
  "only visible landmarks": (utils, ctx) => {
    const landmarks = [0, 0.49, 0.5, 0.51, 1].map((visibility, i) => ({
      x: 0.1 + i * 0.2,
      y: 0.5,
      visibility,
    }));
    utils.drawLandmarks(ctx, landmarks, { color: "red" });
    utils.drawLandmarks(ctx, landmarks, { color: "blue", visibilityMin: 0.1, radius: 3 });
  },
  "landmarks with a style for each": (utils, ctx) => {
    const landmarks = [0.9, 0.1, 0.8, 0.7].map((visibility, i) => ({
      x: 0.2 * (i + 1),
      y: 0.5,
      z: i / 10,
      visibility,
    }));
    utils.drawLandmarks(ctx, landmarks, {
      color: (data) => `rgb(${data.index! * 80}, 0, 200)`,
      fillColor: (data) => `rgb(0, ${data.from!.visibility! * 255}, 0)`,
      lineWidth: (data) => 1 + data.index!,
      radius: (data) => utils.lerp(data.from!.z!, 0, 0.3, 10, 3),
    });
  },
  "no landmarks": (utils, ctx) => {
    utils.drawLandmarks(ctx);
    utils.drawLandmarks(ctx, []);
    utils.drawConnectors(ctx, undefined, [[0, 1]]);
    utils.drawConnectors(ctx, [{ x: 0, y: 0 }]);
  },
  "landmarks with gaps": (utils, ctx) => {
    const landmarks = [{ x: 0.1, y: 0.1 }, , { x: 0.9, y: 0.8 }] as never;
    utils.drawLandmarks(ctx, landmarks, { color: "teal" });
    utils.drawConnectors(
      ctx,
      landmarks,
      [
        [0, 2],
        [0, 1],
        [2, 7],
      ],
      { color: "teal" },
    );
  },
  "connections": (utils, ctx) => {
    const landmarks = [0.9, 0.9, 0.2, 0.9].map((visibility, i) => ({
      x: 0.1 + i * 0.25,
      y: 0.2 + 0.5 * (i % 2),
      visibility,
    }));
    const connections = [
      [0, 1],
      [1, 2],
      [2, 3],
      [3, 0],
    ] as Array<[number, number]>;
    utils.drawConnectors(ctx, landmarks, connections);
    utils.drawConnectors(ctx, landmarks, connections, {
      color: (data) => (data.index === 3 ? "lime" : "navy"),
      lineWidth: (data) => 2 + 4 * data.to!.x,
      visibilityMin: 0.1,
    });
  },
  "rectangles": (utils, ctx) => {
    const gradient = ctx.createLinearGradient(0, 0, 320, 240);
    gradient.addColorStop(0, "yellow");
    gradient.addColorStop(1, "crimson");
    const rect = { xCenter: 0.4, yCenter: 0.6, width: 0.3, height: 0.4, rotation: 20 };
    utils.drawRectangle(ctx, rect, { color: "black", fillColor: gradient, lineWidth: 3 });
    utils.drawRectangle(ctx, { ...rect, xCenter: 0.8, rotation: 0 });
    ctx.fillRect(0, 0, 5, 5); // shows whether the context was left as it had been
  },
};

test.each(Object.entries(DRAWINGS))("%s are drawn as the reference draws them", async (_, draw) => {
  const ours = await pages.ours.evaluate(pixelsOf, `(${draw.toString()})`);
  const theirs = await pages.theirs.evaluate(pixelsOf, `(${draw.toString()})`);
  expect(ours).toBe(theirs);
});

test("the drawings are not empty", async () => {
  const blank = await pages.ours.evaluate(pixelsOf, "(() => {})");
  for (const [name, draw] of Object.entries(DRAWINGS)) {
    const pixels = await pages.ours.evaluate(pixelsOf, `(${draw.toString()})`);
    expect(pixels === blank, name).toBe(name === "no landmarks");
  }
});

test("numbers are clamped and interpolated as the reference does", async () => {
  const numbers = () => {
    const utils = globalThis as unknown as Globals;
    const values = [-2, -0.5, 0, 0.25, 1, 3];
    return values.flatMap((x) => [
      utils.clamp(x, 0, 1),
      utils.clamp(x, 2, -1),
      utils.lerp(x, 0, 1, 10, 20),
      utils.lerp(x, 1, -1, 5, -5),
    ]);
  };
  const ours = await pages.ours.evaluate(numbers);
  expect(ours).toEqual(await pages.theirs.evaluate(numbers));
  expect(ours).toContain(12.5);
});

/** Runs in a page: returns all pixels of a canvas on which the function has drawn. */
function pixelsOf(draw: string): string {
  const canvas = document.createElement("canvas");
  canvas.width = 320;
  canvas.height = 240;
  const ctx = canvas.getContext("2d")!;
  ctx.strokeStyle = "orange";
  (0, eval)(draw)(globalThis, ctx);
  return ctx.getImageData(0, 0, 320, 240).data.join();
}
