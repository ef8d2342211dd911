import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as detector from "../../src/stages/detector.js";
import * as landmarker from "../../src/stages/landmarker.js";
import { DETECTOR, LANDMARKERS } from "../../src/weights/catalogue.js";
import { scoreHeads } from "../../src/weights/score_heads.js";
import { TfliteFile } from "../../src/weights/tflite.js";
import { pruned } from "../../src/weights/tflite_pruning.js";
import { NODE_MODULES } from "../support/paths.js";

const contentOf = ({ name }: { name: string }): Uint8Array =>
  new Uint8Array(readFileSync(join(NODE_MODULES, "@mediapipe/pose", name)));

const LITE = contentOf(LANDMARKERS[0]);

test.each(LANDMARKERS)("$name has five outputs, which its operators compute in order", (file) => {
  const { outputs, operators } = new TfliteFile(contentOf(file));
  expect(outputs).toHaveLength(5);
  const made = operators.flatMap((operator) => operator.outputs);
  expect(new Set(made).size).toBe(made.length);
  expect(made).toEqual(expect.arrayContaining(outputs));
});

test.each([...LANDMARKERS, DETECTOR])("$name is pruned to what its outputs need", (file) => {
  const content = contentOf(file);
  const network =
    file === DETECTOR ? detector.network(content) : landmarker.network(content, false);
  const [whole, part] = [new TfliteFile(content), new TfliteFile(pruned(content, network.outputs))];
  expect(part.outputs).toEqual(network.outputs);
  expect(part.operators.length).toBeLessThan(whole.operators.length);
  const kept = new Set(part.operators.map(({ table }) => table));
  const made = new Set(part.operators.flatMap(({ outputs }) => outputs));
  // Nothing that is needed was removed, and nothing that is not needed was kept.
  for (const { table, inputs, outputs } of whole.operators) {
    if (kept.has(table)) continue;
    for (const tensor of outputs) {
      expect(part.outputs).not.toContain(tensor);
      for (const other of part.operators) expect(other.inputs).not.toContain(tensor);
    }
    expect(inputs.length).toBeGreaterThan(0);
  }
  const used = new Set([...part.outputs, ...part.operators.flatMap(({ inputs }) => inputs)]);
  for (const { outputs } of part.operators) {
    expect(outputs.some((tensor) => used.has(tensor))).toBe(true);
  }
  expect(part.outputs.every((tensor) => made.has(tensor))).toBe(true);
});

test("pruning keeps all weights in place, and the original as it was", () => {
  const before = LITE.slice();
  const { outputs } = landmarker.network(LITE, false);
  const after = pruned(LITE, outputs);
  expect(Buffer.compare(LITE, before)).toBe(0);
  let changed = 0;
  for (let i = 0; i < LITE.length; i++) if (LITE[i] !== after[i]) changed++;
  expect(changed).toBeGreaterThan(0);
  expect(changed).toBeLessThan(10_000); // of 2.8 MB: lists of operators and outputs
});

test("a mask is the last output, if it is requested", () => {
  const { outputs } = new TfliteFile(LITE);
  const [landmarks, score, mask, heatmaps, world] = outputs;
  expect(landmarker.network(LITE, true).outputs).toEqual([landmarks, score, heatmaps, world, mask]);
  expect(landmarker.network(LITE, false).outputs).toEqual([landmarks, score, heatmaps, world]);
});

test("the detector's heads give the scores of all anchors", () => {
  const heads = scoreHeads(contentOf(DETECTOR), 1);
  expect(heads.length).toBeGreaterThan(0);
  for (const { weights, bias } of heads) {
    expect(weights.length % bias.length).toBe(0);
    expect([...weights, ...bias].every(Number.isFinite)).toBe(true);
    expect(weights.some((weight) => weight !== 0)).toBe(true);
  }
});

test.each([0, 7, 100, 1000, 200_000])("a file that ends after %i bytes is refused", (length) => {
  expect(() => pruned(LITE.slice(0, length), [0])).toThrow(RangeError);
});
