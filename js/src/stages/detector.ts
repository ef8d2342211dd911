/**
 * Image → detections: the BlazePose detector on a letterboxed image, anchors, suppression.
 *
 * Constants are those of mediapipe/modules/pose_detection/pose_detection_gpu.pbtxt. The twin of
 * stages/detector.py.
 */

import type { Engine, Network } from "../engines/protocol.js";
import type { Detection, Image } from "../types.js";
import { scoreHeads, type ScoreHead } from "../weights/score_heads.js";
import { TfliteFile } from "../weights/tflite.js";
import { Cropper } from "./crop.js";
import { WHOLE_IMAGE, imageFromCrop, regionFromSquare } from "./geometry.js";
import { float32, sigmoid } from "./rounding.js";

// Positions of the network's outputs: boxes and keypoints, scores.
const VALUES_OUTPUT = 0;
const SCORES_OUTPUT = 1;

export const INPUT_SIZE_PX = 224;
// Side of each grid of anchors, and the number of anchors in each of its cells: strides 8, 16, and
// 32 for three layers, with two anchors for each layer.
const GRIDS = [
  [28, 2],
  [14, 2],
  [7, 6],
] as const;
const VALUES = 12; // of an anchor: centre and size of the box, then x, y of four keypoints
const LOGIT_LIMIT = 100; // score_clipping_thresh
const MIN_OVERLAP = 0.3; // min_suppression_threshold

/** The detector's network without its last layer, which gives the scores, and that layer. */
export interface DetectorNetwork extends Network {
  readonly heads: readonly ScoreHead[];
}

/** Returns the network of a .tflite file. */
export function network(content: Uint8Array): DetectorNetwork {
  const values = new TfliteFile(content).outputs[VALUES_OUTPUT];
  const heads = scoreHeads(content, SCORES_OUTPUT);
  return { content, outputs: [values, ...heads.map(({ features }) => features)], heads };
}

/** Finds people in an image. */
export class Detector {
  private readonly crop = new Cropper(INPUT_SIZE_PX, "zero", [-1, 1]);
  private readonly anchors = anchors();

  /**
   * @param engine runs the network: (224, 224, 3) → (2254, 12) boxes and keypoints, and the features
   *   of each head.
   */
  constructor(
    private readonly engine: Engine,
    private readonly heads: readonly ScoreHead[],
  ) {}

  /**
   * Returns the people in an image, the best score first.
   *
   * @param minConfidence the minimum score of a detection, in [0, 1].
   */
  async detect(image: Image, minConfidence: number): Promise<Detection[]> {
    const matrix = imageFromCrop(WHOLE_IMAGE, image);
    const [values, ...features] = await this.engine.infer((input) =>
      this.crop.cut(image, matrix, input),
    );
    const logits = this.heads.flatMap((head, i) => scoreLogits(features[i], head));
    const found = suppress(decode(values, logits, this.anchors, minConfidence));
    for (const { points } of found) regionFromSquare(points, 2, WHOLE_IMAGE, image);
    return found;
  }
}

/** Returns the scores before the sigmoid, adding up one product after the other. */
function scoreLogits(features: Float32Array, { weights, bias }: ScoreHead): number[] {
  const size = weights.length / bias.length;
  const logits: number[] = [];
  for (let cell = 0; cell < features.length; cell += size) {
    for (let score = 0; score < bias.length; score++) {
      let sum = bias[score];
      for (let i = 0; i < size; i++) {
        sum = float32(sum + float32(features[cell + i] * weights[score * size + i]));
      }
      logits.push(sum);
    }
  }
  return logits;
}

/** Decodes the network's outputs: detections in the square, normalized by its side. */
function decode(
  values: Float32Array,
  logits: readonly number[],
  anchors: Float32Array,
  minConfidence: number,
): Detection[] {
  const detections: Detection[] = [];
  for (let anchor = 0; anchor < logits.length; anchor++) {
    const score = sigmoid(Math.min(Math.max(logits[anchor], -LOGIT_LIMIT), LOGIT_LIMIT));
    if (!(score >= minConfidence)) continue;
    const points = values
      .slice(anchor * VALUES, (anchor + 1) * VALUES)
      .map((value) => value / INPUT_SIZE_PX);
    const halfWidth = points[2] / 2;
    const halfHeight = points[3] / 2;
    if (!(halfWidth >= 0 && halfHeight >= 0)) continue; // a negative size or NaN
    const center = [points[0] + anchors[2 * anchor], points[1] + anchors[2 * anchor + 1]];
    const [x, y] = center.map(float32) as [number, number];
    for (let i = 4; i < VALUES; i++) points[i] += anchors[2 * anchor + (i % 2)];
    points.set([x - halfWidth, y - halfHeight, x + halfWidth, y + halfHeight]);
    detections.push({ score, points });
  }
  return detections;
}

/** Returns the centres of the anchors, (2254, 2), normalized by the input's side. */
function anchors(): Float32Array {
  const centers: number[] = [];
  for (const [side, anchorsPerCell] of GRIDS) {
    for (let cell = 0; cell < side * side; cell++) {
      const x = ((cell % side) + 0.5) / side;
      const y = (Math.floor(cell / side) + 0.5) / side;
      for (let i = 0; i < anchorsPerCell; i++) centers.push(x, y);
    }
  }
  return Float32Array.from(centers);
}

/**
 * Merges overlapping detections: the mean weighted by score, with the best score. The weighted mode
 * of mediapipe/calculators/util/non_max_suppression_calculator.cc.
 */
function suppress(detections: Detection[]): Detection[] {
  let rest = [...detections].sort((one, other) => other.score - one.score);
  const merged: Detection[] = [];
  for (let best = rest[0]; best !== undefined; best = rest[0]) {
    const points = new Float32Array(VALUES);
    let total = 0;
    const others: Detection[] = [];
    for (const detection of rest) {
      // The best overlaps with itself, even if its area is zero.
      if (detection !== best && !(overlap(detection, best) > MIN_OVERLAP)) {
        others.push(detection);
        continue;
      }
      for (let i = 0; i < VALUES; i++) points[i] += float32(detection.points[i] * detection.score);
      total = float32(total + detection.score);
    }
    merged.push({ score: best.score, points: points.map((value) => value / total) });
    rest = others;
  }
  return merged;
}

/** Returns the intersection over union of the boxes of two detections. */
function overlap({ points: a }: Detection, { points: b }: Detection): number {
  const extent = (axis: 0 | 1) =>
    Math.max(Math.min(a[axis + 2], b[axis + 2]) - Math.max(a[axis], b[axis]), 0);
  const area = (box: Float32Array) => (box[2] - box[0]) * (box[3] - box[1]);
  const shared = extent(0) * extent(1);
  const union = area(a) + area(b) - shared;
  return union > 0 ? shared / union : 0;
}
