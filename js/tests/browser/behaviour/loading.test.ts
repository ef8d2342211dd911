/** Where the files come from, and what happens if one is missing, damaged, or may not run. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { DIST } from "../../support/paths.js";
import { Playground, SUCCESS, type InPage, type Outcome } from "../../support/playground.js";

let playground: Playground;
let page: Page;

beforeAll(async () => {
  playground = await Playground.open();
});

beforeEach(async () => {
  playground.handler = () => false;
  page = await playground.page();
  playground.server.requests.length = 0;
});

afterAll(() => playground.close());

/** Sends one frame to a `Pose` that the page keeps, and returns how that ended. */
async function send(page: Page, folder?: string): Promise<Outcome & { landmarks: number }> {
  return page.evaluate(async (folder) => {
    const state = globalThis as unknown as InPage & { kept?: ReturnType<InPage["start"]> };
    const config = folder === undefined ? {} : { locateFile: (name: string) => folder + name };
    state.kept ??= state.start(config);
    const { pose, results } = state.kept;
    const ended = await state.outcome(pose.send({ image: await state.load("standing.png") }));
    return { ...ended, landmarks: results.at(-1)?.poseLandmarks?.length ?? 0 };
  }, folder);
}

const GOOD = { ...SUCCESS, landmarks: 33 };
const weightsAsked = () =>
  playground.server.requests.filter((path) => /\.(tflite|data)$/.test(path)).sort();

test("without locateFile, files come from beside the package", async () => {
  expect(await send(page)).toEqual(GOOD);
  expect(weightsAsked()).toEqual([
    "/dist/pose_landmark_lite.tflite",
    "/dist/pose_solution_packed_assets.data",
  ]);
});

test("a locateFile that points at @mediapipe/pose gets the weights from there", async () => {
  expect(await send(page, "/reference/")).toEqual(GOOD);
  expect(weightsAsked()).toEqual([
    "/reference/pose_landmark_lite.tflite",
    "/reference/pose_solution_packed_assets.data",
  ]);
});

test("a locateFile that points nowhere is said in the console, and ours are taken", async () => {
  const warnings: string[] = [];
  page.on("console", (message) => warnings.push(message.text()));
  expect(await send(page, "/nowhere/")).toEqual(GOOD);
  expect(weightsAsked()).toContain("/nowhere/pose_landmark_lite.tflite");
  expect(weightsAsked()).toContain("/dist/pose_landmark_lite.tflite");
  const said = warnings.filter((text) => text.includes("/nowhere/") && text.includes("instead"));
  expect(said).toHaveLength(2);
});

/** Answers requests for a file with a status and other bytes. */
function spoil(file: string, status: number, content: string): void {
  playground.handler = ({ url }, response) => {
    if (!url!.endsWith(file)) return false;
    response
      .writeHead(status, {
        "Content-Type": file.endsWith(".js") ? "text/javascript" : "application/octet-stream",
      })
      .end(content);
    return true;
  };
}

test.each([
  ["pose_landmark_lite.tflite", 404, "", "WeightsError", /lite\.tflite.*answers 404/],
  ["pose_landmark_lite.tflite", 200, "damaged", "WeightsError", /lite\.tflite.*other bytes/],
  ["pose_solution_packed_assets.data", 500, "", "WeightsError", /assets\.data.*answers 500/],
  ["litert_wasm_compat_internal.wasm", 404, "", "EngineError", /LiteRT cannot be loaded/],
  ["litert_wasm_compat_internal.wasm", 200, "damaged", "EngineError", /LiteRT cannot be loaded/],
  ["litert_wasm_compat_internal.js", 404, "", "EngineError", /LiteRT cannot be loaded/],
  ["pose_worker.js", 404, "", "EngineError", /pose_worker\.js cannot be loaded/],
] as const)("%s: %i, %s; then it is there again", async (file, status, content, error, words) => {
  spoil(file, status, content);
  const { classes, message } = await send(page);
  expect(classes).toEqual([error, "VitruvianError", "Error"]);
  expect(message).toMatch(words);
  playground.handler = () => false;
  expect(await send(page)).toEqual(GOOD);
});

test("a model that cannot be loaded leaves the one before", async () => {
  expect(await send(page)).toEqual(GOOD);
  spoil("pose_landmark_heavy.tflite", 404, "");
  await page.evaluate(() => (globalThis as any).kept.pose.setOptions({ modelComplexity: 2 }));
  expect((await send(page)).classes[0]).toBe("WeightsError");
  await page.evaluate(() => (globalThis as any).kept.pose.setOptions({ modelComplexity: 0 }));
  expect(await send(page)).toEqual(GOOD);
});

test("where workers are refused, the page's own thread gives the same numbers", async () => {
  const landmarks = (page: Page) =>
    page.evaluate(() => {
      const { results } = (globalThis as any).kept;
      return results[0].poseLandmarks.map(({ x, y, z }: Record<string, number>) => [x, y, z]);
    });
  await send(page);
  const strict = await Playground.open({ "Content-Security-Policy": "worker-src 'none'" });
  try {
    const refusing = await strict.page();
    expect(await send(refusing)).toEqual(GOOD);
    expect(refusing.workers()).toEqual([]);
    expect(await landmarks(refusing)).toEqual(await landmarks(page));
    await refusing.evaluate(() => (globalThis as any).kept.pose.close());
    expect(await refusing.locator("iframe").count()).toBe(0);
  } finally {
    await strict.close();
  }
});

test("without WebAssembly, each call fails with one sentence", async () => {
  const script = readFileSync(join(DIST, "pose_worker.js"), "utf8");
  spoil("pose_worker.js", 200, `delete globalThis.WebAssembly; ${script}`);
  for (let call = 0; call < 2; call++) {
    const { classes, message } = await send(page);
    expect(classes).toEqual(["EngineError", "VitruvianError", "Error"]);
    expect(message).toMatch(/no WebAssembly.*use another browser\.$/);
  }
});
