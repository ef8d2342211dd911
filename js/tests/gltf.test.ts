/** Khronos' validator is a package of npm, so the files of glTF that Python writes are judged here. */

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { validateBytes } from "gltf-validator";
import { expect, test } from "vitest";
import { gltfFiles } from "./support/gltf.js";

const FOLDER = gltfFiles("gltf");
const NAMES = ["dance", "equal_landmarks", "nobody", "one_frame", "random"];

test("there is a file of each kind", () => {
  expect(readdirSync(FOLDER).sort()).toEqual(NAMES.map((name) => `${name}.glb`));
});

test.each(NAMES)("%s.glb is valid, without a warning or a hint", async (name) => {
  const { issues } = await validateBytes(new Uint8Array(readFileSync(join(FOLDER, `${name}.glb`))));
  expect(issues.messages).toEqual([]);
});
