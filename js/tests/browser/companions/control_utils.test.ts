/** The script of the control panel, which sets names and builds nothing. */

import { afterAll, beforeAll, expect, test } from "vitest";
import { openPair, type Pair } from "../../support/companions.js";

let pages: Pair;

beforeAll(async () => {
  pages = await openPair("control_utils");
});

afterAll(async () => {
  await pages.close();
});

const NAMES = [
  "ControlPanel",
  "DropDownControl",
  "FPS",
  "Slider",
  "SourcePicker",
  "StaticText",
  "Toggle",
];

test("the names of the reference are there", async () => {
  const kinds = (names: string[]) =>
    names.map((name) => typeof (globalThis as unknown as Record<string, unknown>)[name]);
  expect(await pages.ours.evaluate(kinds, NAMES)).toEqual(NAMES.map(() => "function"));
  expect(await pages.theirs.evaluate(kinds, NAMES)).toEqual(NAMES.map(() => "function"));
});

test("one line in the console says that there is no control panel", async () => {
  const lines: string[] = [];
  pages.ours.on("console", (message) => lines.push(message.text()));
  await pages.ours.reload();
  expect(lines).toEqual([
    "vitruvian has no ControlPanel: pages that build one need @mediapipe/control_utils.",
  ]);
});

test.each(NAMES)("a page that constructs %s is told that it is not there", async (name) => {
  const construct = (name: string) =>
    Reflect.construct((globalThis as unknown as Record<string, Function>)[name]!, []);
  await expect(pages.ours.evaluate(construct, name)).rejects.toThrow(`${name} is not in vitruvian`);
});
