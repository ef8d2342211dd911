/**
 * Removes jitter with MediaPipe's filters and constants. Callers pass the timestamps.
 *
 * The constants are those of mediapipe/modules/pose_landmark/pose_landmark_filtering.pbtxt, whose
 * comments describe older values. The one-euro filter is that of Casiez, Roussel and Vogel, CHI
 * 2012. The twin of stages/smoothing.py.
 */

import type { ImageSize, Landmarks, Mask } from "../types.js";
import { float32 } from "./rounding.js";

const VISIBILITY_ALPHA = 0.1;
const DERIVATIVE_CUTOFF_HZ = 1;
const INITIAL_FREQUENCY_HZ = 30; // until the second frame
// min_allowed_object_scale of landmarks_smoothing_calculator.proto
const MIN_DIAMETER_PX = float32(1e-6);
const MASK_RATIO = 0.7; // pose_segmentation_filtering.pbtxt, combine_with_previous_ratio
const CERTAINTY = [-624.717, 291.309, -57.8051, -0.748699, 5.68842] as const;

/** Exponential smoothing, in float32. */
export class LowPassFilter {
  private last: Float32Array | null = null;

  /**
   * Returns alpha * values + (1 - alpha) * the previous result. The first product is rounded to
   * float32 before the second is added in float64, as in mediapipe/util/filtering/low_pass_filter.cc.
   *
   * @param alphaOf the weight in [0, 1] of the new value at an index.
   */
  apply(values: Float32Array, alphaOf: (index: number) => number): Float32Array {
    const { last } = this;
    const result = values.slice();
    if (last !== null) {
      for (let i = 0; i < result.length; i++) {
        const alpha = float32(alphaOf(i));
        result[i] = float32(alpha * values[i]) + (1 - alpha) * last[i];
      }
    }
    this.last = result;
    return result;
  }
}

/** Smooths slow values strongly and fast values weakly. */
export class OneEuroFilter {
  private readonly minCutoffHz: number;
  private values!: LowPassFilter;
  private derivative!: LowPassFilter;
  private last: { values: Float32Array; timestampS: number } | null = null;

  /**
   * @param minCutoffHz cutoff frequency for a value at rest.
   * @param beta increase of the cutoff frequency with speed.
   */
  constructor(
    minCutoffHz: number,
    private readonly beta: number,
  ) {
    this.minCutoffHz = float32(minCutoffHz); // as the graph's options keep it
    this.reset();
  }

  /** Forgets all values: the next ones are returned unchanged. */
  reset(): void {
    this.values = new LowPassFilter();
    this.derivative = new LowPassFilter();
    this.last = null;
  }

  /**
   * Returns the smoothed values.
   *
   * @param timestampS greater than in the previous call.
   * @param scale the speed of the values is multiplied by it.
   */
  apply(values: Float32Array, timestampS: number, scale = 1): Float32Array {
    const speed = new Float32Array(values.length);
    let frequencyHz = INITIAL_FREQUENCY_HZ;
    if (this.last !== null) {
      // The reference counts whole nanoseconds.
      const intervalNs = Math.max(Math.round((timestampS - this.last.timestampS) * 1e9), 1);
      frequencyHz = 1 / (intervalNs * 1e-9);
      for (let i = 0; i < values.length; i++) {
        speed[i] = (values[i] - this.last.values[i]) * scale * frequencyHz;
      }
    }
    this.last = { values: values.slice(), timestampS };
    const derivativeAlpha = alpha(DERIVATIVE_CUTOFF_HZ, frequencyHz);
    const derivative = this.derivative.apply(speed, () => derivativeAlpha);
    return this.values.apply(values, (i) =>
      alpha(this.minCutoffHz + this.beta * Math.abs(derivative[i]), frequencyHz),
    );
  }
}

/**
 * Returns the weight of new values for a cutoff frequency, computed as in
 * mediapipe/util/filtering/one_euro_filter.cc, with its order of operations.
 */
function alpha(cutoffHz: number, frequencyHz: number): number {
  const intervalS = 1 / frequencyHz;
  const timeConstantS = 1 / (2 * Math.PI * cutoffHz);
  return 1 / (1 + timeConstantS / intervalS);
}

/** The filters of one person in a video. */
export class PoseFilter {
  private readonly visibility = new LowPassFilter();
  private readonly landmarks = new OneEuroFilter(0.05, 80);
  private readonly worldLandmarks = new OneEuroFilter(0.1, 40);
  // These are smoothed more strongly, so that the region does not move while the body rests.
  private readonly auxiliary = new OneEuroFilter(0.01, 10);

  /** @param smoothLandmarks if false, only the auxiliary landmarks are smoothed. */
  constructor(private readonly smoothLandmarks: boolean) {}

  /**
   * Restarts the filters of landmarks, because the person is lost. As in MediaPipe, the filters of
   * visibility and world landmarks continue with the next person.
   */
  losePerson(): void {
    this.landmarks.reset();
    this.auxiliary.reset();
  }

  /**
   * Returns the smoothed landmarks.
   *
   * @param timestampS greater than in the previous call.
   * @param bodyDiameterPx of the circle around the body; speed is measured in diameters.
   */
  apply(
    person: Landmarks,
    timestampS: number,
    image: ImageSize,
    bodyDiameterPx: number,
  ): Landmarks {
    const scale = float32(1 / Math.max(bodyDiameterPx, MIN_DIAMETER_PX));
    const sizePx = [image.width, image.height, image.width];
    const inPixels = (points: Float32Array) => points.map((value, i) => value * sizePx[i % 3]);
    const normalized = (pointsPx: Float32Array) =>
      pointsPx.map((value, i) => value / sizePx[i % 3]);
    const smoothed = (filter: OneEuroFilter, points: Float32Array) =>
      normalized(filter.apply(inPixels(points), timestampS, scale));
    const auxiliary = smoothed(this.auxiliary, person.auxiliary);
    if (!this.smoothLandmarks) {
      // The reference converts them, too, which changes last digits.
      return { ...person, auxiliary, landmarks: normalized(inPixels(person.landmarks)) };
    }
    return {
      ...person,
      auxiliary,
      landmarks: smoothed(this.landmarks, person.landmarks),
      worldLandmarks: this.worldLandmarks.apply(person.worldLandmarks, timestampS),
      visibility: this.visibility.apply(person.visibility, () => VISIBILITY_ALPHA),
    };
  }
}

/**
 * The weight of the previous mask by the value of the new one, where the new one is uncertain.
 *
 * The polynomial is that of mediapipe/calculators/image/segmentation_smoothing_calculator.cc. It
 * approximates the squared entropy, in bits, of a pixel of the new mask.
 */
const PREVIOUS_WEIGHT = Float32Array.from({ length: 256 }, (_, value) => {
  const x = (value / 255 - 0.5) ** 2;
  const certainty = CERTAINTY.reduce((sum, coefficient) => (sum + coefficient) * x, 0);
  const weight = MASK_RATIO * (1 - Math.min(certainty, 1));
  return 255 * weight < 0.5 ? 0 : weight; // too little to change a byte: of most pixels, 0 and 255
});

/** Blends the previous mask into a new one, in place, where the new one is uncertain. */
export function blendInto({ box, values }: Mask, previous: Mask): void {
  const old = previous.box;
  for (let row = 0; row < box.height; row++) {
    const y = box.top + row;
    const hasOld = y >= old.top && y < old.top + old.height;
    const start = row * box.width;
    const oldStart = (y - old.top) * old.width + box.left - old.left;
    for (let column = 0; column < box.width; column++) {
      const value = values[start + column];
      const weight = PREVIOUS_WEIGHT[value];
      if (weight === 0) continue;
      const x = box.left + column;
      const isOld = hasOld && x >= old.left && x < old.left + old.width;
      const oldValue = isOld ? previous.values[oldStart + column] : 0;
      values[start + column] = value + (oldValue - value) * weight;
    }
  }
}
