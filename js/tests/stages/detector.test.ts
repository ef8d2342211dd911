import { expect, test } from "vitest";
import { Detector, INPUT_SIZE_PX } from "../../src/stages/detector.js";
import { FakeEngine, black, painted } from "../support/fakes.js";
import { imageSize, readNumbers } from "../support/numbers.js";

const ANCHORS = 2254;
const VALUES = 12;
const INPUT_LENGTH = INPUT_SIZE_PX ** 2 * 3;
/** A last layer that gives its one feature as the score. */
const IDENTITY = { features: 0, weights: Float32Array.of(1), bias: Float32Array.of(0) };
/** The anchor in the middle of the 14 × 14 grid. */
const MIDDLE = 28 * 28 * 2 + (7 * 14 + 7) * 2;
const MIDDLE_PX = (7.5 / 14) * 224;
const SQUARE = { width: 224, height: 224 };

/** A fake that finds people: [anchor, logit, x offset in pixels], in boxes of 40 × 20 pixels. */
function engine(...people: [number, number, number][]): FakeEngine {
  const values = new Float32Array(ANCHORS * VALUES);
  const logits = new Float32Array(ANCHORS).fill(-200);
  for (const [anchor, logit, shiftPx] of people) {
    values.set([shiftPx, 0, 40, 20, shiftPx, 0, shiftPx, -50, 0, 0, 0, 0], anchor * VALUES);
    logits[anchor] = logit;
  }
  return new FakeEngine(INPUT_LENGTH, [values, logits]);
}

const detect = (fake: FakeEngine, minConfidence = 0.5) =>
  new Detector(fake, [IDENTITY]).detect(black(SQUARE), minConfidence);

test("anchors, decoding and suppression give Python's detections to the last bit", async () => {
  const { detections } = readNumbers();
  for (const { size, minConfidence, ...expected } of detections) {
    const values = new Float32Array(ANCHORS * VALUES);
    for (let anchor = 0; anchor < ANCHORS; anchor++) {
      values[anchor * VALUES + 2] = expected.widthOfOthers;
    }
    const logits = new Float32Array(ANCHORS).fill(-200);
    expected.rows.forEach((row, i) => {
      values.set(expected.values.slice(i * VALUES, (i + 1) * VALUES), row * VALUES);
      logits[row] = expected.logits[i];
    });
    const fake = new FakeEngine(INPUT_LENGTH, [values, logits]);
    const image = black(imageSize(size));
    const found = await new Detector(fake, [IDENTITY]).detect(image, minConfidence);
    expect(found.map(({ score }) => score)).toEqual(expected.scores);
    expect(found.flatMap(({ points }) => [...points])).toEqual(expected.points);
    expect(found.length).toBeGreaterThan(10);
    expect(found.length).toBeLessThan(expected.rows.length); // so some were merged
  }
});

test("the image is letterboxed with black, and scaled to -1 to 1", async () => {
  const fake = engine();
  const white = painted({ width: 200, height: 100 }, () => [255, 255, 255]);
  await new Detector(fake, [IDENTITY]).detect(white, 0.5);
  const row = (y: number) => [...fake.input.slice(y * 224 * 3, (y + 1) * 224 * 3)];
  for (const y of [0, 55, 168, 223]) expect(new Set(row(y))).toEqual(new Set([-1]));
  for (const y of [56, 167]) expect(new Set(row(y))).toEqual(new Set([1]));
});

test("several heads with several scores a cell are joined, one after the other", async () => {
  const values = new Float32Array(4 * VALUES);
  for (let i = 0; i < 4; i++) values.set([500 * i, 0, 40, 20], i * VALUES);
  // Two cells of two features with one score, then one cell of two features with two scores.
  const heads = [
    { features: 0, weights: Float32Array.of(1, 2), bias: Float32Array.of(0.5) },
    { features: 0, weights: Float32Array.of(1, 0, 0, 1), bias: Float32Array.of(0, 1) },
  ];
  const features = [Float32Array.of(1, 1, -1, 1), Float32Array.of(0.25, 0.5)];
  const found = await new Detector(
    new FakeEngine(INPUT_LENGTH, [values, ...features]),
    heads,
  ).detect(black(SQUARE), 0);
  const scores = [3.5, 1.5, 0.25, 1.5].sort((a, b) => b - a).map((x) => 1 / (1 + Math.exp(-x)));
  scores.forEach((score, i) => expect(found[i].score).toBeCloseTo(score, 6));
});

test("nothing is detected in an image without people", async () => {
  expect(await detect(engine())).toEqual([]);
});

test("overlapping boxes are averaged by score", async () => {
  const found = await detect(engine([MIDDLE, 50, 0], [MIDDLE + 1, 0, 9]));
  expect(found).toHaveLength(1);
  expect(found[0].score).toBe(1);
  expect(found[0].points[4] * 224).toBeCloseTo(MIDDLE_PX + (9 * 0.5) / 1.5, 4);
});

test("people who are apart are not merged, and the best score is first", async () => {
  const found = await detect(engine([0, 1, 0], [MIDDLE, 3, 0]));
  expect(found).toHaveLength(2);
  expect(found[0].score).toBeGreaterThan(found[1].score);
  expect(found[0].points[4] * 224).toBeCloseTo(MIDDLE_PX, 4);
});

test.each([
  [0.7, 1],
  [0.8, 0],
  [1, 0],
])("of a score of 0.73, a minimum confidence of %f leaves %i", async (confidence, count) => {
  expect(await detect(engine([MIDDLE, 1, 0]), confidence)).toHaveLength(count);
});

test("boxes of negative size, and values that are no numbers, are left out", async () => {
  const fake = engine([MIDDLE, 1, 0]);
  const [values] = await fake.infer(async () => {});
  for (let anchor = 0; anchor < ANCHORS; anchor++) {
    if (anchor !== MIDDLE) values[anchor * VALUES + 2] = anchor % 2 ? NaN : -1;
  }
  expect(await detect(fake, 0)).toHaveLength(1);
});

test("scores beyond the range of exp do not overflow", async () => {
  expect((await detect(engine([MIDDLE, 1e30, 0])))[0].score).toBe(1);
});
