/** The table of the demo against the one of the command line. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CSV_HEADER, Recording, shortest } from "../../demo/recording.js";
import { REPOSITORY } from "../support/paths.js";

const pythonSource = (path: string): string =>
  readFileSync(join(REPOSITORY, "src/vitruvian", path), "utf8");

const body = (x: number) =>
  Array.from({ length: 33 }, (_, i) => ({ x, y: i / 33, z: -x, visibility: 0.5 }));

function table(recording: Recording): string[][] {
  const text = recording.toCsv();
  expect(text.endsWith("\n")).toBe(true);
  return text
    .trimEnd()
    .split("\n")
    .map((line) => line.split(","));
}

test("the columns are the first ones of the command line", () => {
  const [, first] = /_FIRST_COLUMNS = \((.*), \*VALUE_COLUMNS\)/.exec(
    pythonSource("formats/csv.py"),
  )!;
  const [, values] = /^VALUE_COLUMNS = \((.*)\)$/m.exec(pythonSource("result.py"))!;
  const names = [...`${first}, ${values}`.matchAll(/"(\w+)"/g)].map(([, name]) => name);
  expect(CSV_HEADER).toBe(names.join(","));
});

test("the names of the landmarks are those of the command line", () => {
  const recording = new Recording();
  recording.add(0, body(0.5), body(0.1));
  const names = table(recording)
    .slice(1)
    .map((row) => row[4]);
  const enumeration = pythonSource("skeleton.py").matchAll(/^ {4}([A-Z_]+) = \d+$/gm);
  expect(names).toEqual([...enumeration].map(([, name]) => name.toLowerCase()));
});

test("a row has frame, time, person, landmark, and numbers that read back as the same float32", () => {
  const recording = new Recording();
  recording.add(1 / 3, body(0.1), body(1e-7));
  const row = table(recording)[3];
  expect(row.slice(0, 5)).toEqual(["0", "0.333333", "1", "2", "left_eye"]);
  expect(row.slice(5)).toEqual([
    "0.1",
    "0.060606062",
    "-0.1",
    "0.5",
    "",
    "1e-7",
    "0.060606062",
    "-1e-7",
  ]);
  for (const value of [Math.PI, 1 / 3, 1e-10, -12345.678, 0, 16777217]) {
    expect(Math.fround(Number(shortest(value)))).toBe(Math.fround(value));
  }
});

test("frames without a person have no rows, and the person who comes back has a new number", () => {
  const recording = new Recording();
  recording.add(0, body(0.1), body(0.1));
  recording.add(0.1);
  recording.add(0.2, body(0.1), body(0.1));
  const rows = table(recording).slice(1);
  expect(rows).toHaveLength(66);
  expect(rows[0].slice(0, 3)).toEqual(["0", "0", "1"]);
  expect(rows[65].slice(0, 3)).toEqual(["2", "0.2", "2"]);
  expect(recording.size).toBe(2);
});

test("a frame that is seen again replaces the one before, and frames are in order of time", () => {
  const recording = new Recording();
  for (const [timeS, x] of [[0.2, 0.2], [0.1, 0.1], [0.2, 0.9]]) recording.add(timeS, body(x), body(0)); // prettier-ignore
  const rows = table(recording).slice(1);
  expect(rows.map((row) => row[5])).toEqual([...Array(33).fill("0.1"), ...Array(33).fill("0.9")]);
  recording.clear();
  expect(recording.toCsv()).toBe(`${CSV_HEADER}\n`);
});
