/**
 * Image and region → landmarks, world landmarks, mask, and the score of the person.
 *
 * Constants are those of mediapipe/modules/pose_landmark/*.pbtxt. The twin of stages/landmarker.py.
 */

import type { Engine, Network } from "../engines/protocol.js";
import type { Image, Landmarks, Region } from "../types.js";
import { TfliteFile } from "../weights/tflite.js";
import { Cropper, paste } from "./crop.js";
import { imageFromCrop, imageFromRegion, regionFromSquare, rotate } from "./geometry.js";
import { float32, sigmoid } from "./rounding.js";

/** Positions of the network's outputs: landmarks, score, heatmaps, world landmarks. */
const OUTPUTS = [0, 1, 3, 4] as const;
const MASK_OUTPUT = 2;

export const INPUT_SIZE_PX = 256;
const POSE = 33; // landmarks of the pose, before the two auxiliary ones
const USED = 35; // of the network's 39; MediaPipe does not use the last four either
const VALUES = 5; // of a landmark: x, y, z, visibility, presence
const HEATMAP_SIDE = 64;
const HEATMAP_CHANNELS = 39;
// refine_landmarks_from_heatmap_calculator in the graph. Python's MediaPipe uses 9 instead.
const HEATMAP_WINDOW_CELLS = 7;
const MIN_HEATMAP_CONFIDENCE = 0.5; // default of RefineLandmarksFromHeatmapCalculator

/** Returns the network of a .tflite file. Without the mask, the Lite model takes half the time. */
export function network(content: Uint8Array, withMask: boolean): Network {
  const { outputs } = new TfliteFile(content);
  const positions = withMask ? [...OUTPUTS, MASK_OUTPUT] : OUTPUTS;
  return { content, outputs: positions.map((position) => outputs[position]) };
}

/** Finds the landmarks of the person in a given region. */
export class Landmarker {
  private readonly crop = new Cropper(INPUT_SIZE_PX, "replicate", [0, 1]);

  /**
   * @param engine runs the network: (256, 256, 3) → (195), (1), (64, 64, 39), (117), and (256, 256)
   *   with a mask.
   */
  constructor(private readonly engine: Engine) {}

  /** Frees the network's memory. */
  close(): void {
    this.engine.close();
  }

  /** Returns the landmarks of the person in a region. */
  async landmarks(image: Image, region: Region): Promise<Landmarks> {
    const matrix = imageFromCrop(region, image);
    const results = await this.engine.infer((input) => this.crop.cut(image, matrix, input));
    const [values, scores, heatmaps, worldValues, maskLogits] = results as [
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array,
      Float32Array | undefined,
    ];
    const points = new Float32Array(USED * 3);
    const visibility = new Float32Array(POSE);
    for (let i = 0; i < USED; i++) {
      for (let axis = 0; axis < 3; axis++) {
        points[3 * i + axis] = values[VALUES * i + axis] / INPUT_SIZE_PX;
      }
      if (i < POSE) visibility[i] = sigmoid(values[VALUES * i + 3]);
    }
    refine(points, heatmaps);
    regionFromSquare(points, 3, region, image);
    imageFromRegion(points, region);
    const worldLandmarks = worldValues.slice(0, POSE * 3);
    rotate(worldLandmarks, region.angleRad);
    return {
      landmarks: points.slice(0, POSE * 3),
      auxiliary: points.slice(POSE * 3),
      worldLandmarks,
      visibility,
      score: scores[0],
      mask: maskLogits ? paste(maskOf(maskLogits), INPUT_SIZE_PX, matrix, image) : null,
    };
  }
}

/**
 * Moves each point (N, 3), in place, to the centre of mass of the heatmap in a window around it.
 *
 * A point outside of the heatmap, or where the heatmap is weak, stays. Computed as in
 * mediapipe/calculators/util/refine_landmarks_from_heatmap_calculator.cc.
 *
 * @param points x, y normalized by the crop's side.
 * @param heatmaps (64, 64, 39) before the sigmoid.
 */
export function refine(points: Float32Array, heatmaps: Float32Array): void {
  const reach = (HEATMAP_WINDOW_CELLS - 1) / 2;
  const inMap = (cell: number) => cell >= 0 && cell < HEATMAP_SIDE;
  const clamp = (cell: number) => Math.min(Math.max(cell, 0), HEATMAP_SIDE - 1);
  for (let landmark = 0; landmark < points.length / 3; landmark++) {
    const column = Math.trunc(points[3 * landmark] * HEATMAP_SIDE);
    const row = Math.trunc(points[3 * landmark + 1] * HEATMAP_SIDE);
    if (!inMap(column) || !inMap(row)) continue;
    let total = 0;
    let momentX = 0;
    let momentY = 0;
    let strongest = 0;
    for (let y = clamp(row - reach); y <= clamp(row + reach); y++) {
      for (let x = clamp(column - reach); x <= clamp(column + reach); x++) {
        const at = (y * HEATMAP_SIDE + x) * HEATMAP_CHANNELS + landmark;
        const confidence = sigmoid(heatmaps[at]);
        total = float32(total + confidence);
        momentX = float32(momentX + float32(x * confidence));
        momentY = float32(momentY + float32(y * confidence));
        strongest = Math.max(strongest, confidence);
      }
    }
    if (strongest < MIN_HEATMAP_CONFIDENCE) continue;
    points[3 * landmark] = float32(momentX / HEATMAP_SIDE) / total;
    points[3 * landmark + 1] = float32(momentY / HEATMAP_SIDE) / total;
  }
}

/** At 7, the sigmoid is 0.9991, and of 255 it is rounded to 255. */
const CERTAIN_LOGIT = 7;

/** Returns the mask in the crop. The reference keeps it in bytes. */
function maskOf(logits: Float32Array): Uint8ClampedArray {
  const mask = new Uint8ClampedArray(logits.length);
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i];
    if (logit > CERTAIN_LOGIT) mask[i] = 255;
    else if (logit > -CERTAIN_LOGIT) mask[i] = 255 / (1 + Math.exp(-logit));
  }
  return mask;
}
