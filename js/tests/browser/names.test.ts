/** The names that pages use, against those of `@mediapipe/pose` in one Chromium. */

import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch } from "../support/browser.js";
import { DIST, NODE_MODULES } from "../support/paths.js";
import { serve, type StaticServer } from "../support/server.js";

let browser: Browser;
let server: StaticServer;

beforeAll(async () => {
  browser = await launch();
  server = await serve({
    folders: { "/dist": DIST, "/reference": `${NODE_MODULES}/@mediapipe` },
    pages: {
      "/ours": `<!doctype html><script src="/dist/pose.js"></script>`,
      "/theirs": `<!doctype html><script src="/reference/pose/pose.js"></script>`,
    },
  });
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

async function constants(path: string): Promise<Record<string, unknown>> {
  const page = await browser.newPage();
  await page.goto(server.address + path);
  const names = await page.evaluate(() =>
    Object.fromEntries(
      Object.entries(globalThis).filter(([name]) => name.startsWith("POSE_") || name === "VERSION"),
    ),
  );
  await page.close();
  return names;
}

test("the classic script sets the constants of the reference", async () => {
  expect(await constants("/ours")).toEqual(await constants("/theirs"));
});
