/**
 * The most prominent person in an image, as MediaPipe finds one: detector → region → landmarks. The
 * twin of tracking/prominent_person.py.
 */

import type { Detector } from "../stages/detector.js";
import type { Landmarker } from "../stages/landmarker.js";
import { regionAround } from "../stages/region.js";
import type { Image, Landmarks, Region } from "../types.js";

/** What counts as a person. */
export interface Confidence {
  /** The minimum score of a detection. */
  readonly detection: number;
  /** The score of the landmark model that a person must exceed. */
  readonly tracking: number;
}

const HIPS = 4; // where x and y of the hips' midpoint lie among the points of a detection

/** Finds the person with the best score of the detector. */
export class ProminentPerson {
  constructor(
    private readonly detector: Pick<Detector, "detect">,
    private readonly landmarker: Pick<Landmarker, "landmarks">,
    private readonly minConfidence: Confidence,
  ) {}

  /** Returns the person in an image, or null. */
  async find(image: Image): Promise<Landmarks | null> {
    const [best] = await this.detector.detect(image, this.minConfidence.detection);
    if (best === undefined) return null;
    const region = regionAround({ values: best.points.subarray(HIPS), stride: 2 }, image);
    return region === null ? null : this.landmarks(image, region);
  }

  /** Returns the landmarks of the person in a region; null if there is none. */
  async landmarks(image: Image, region: Region): Promise<Landmarks | null> {
    const landmarks = await this.landmarker.landmarks(image, region);
    return landmarks.score > this.minConfidence.tracking ? landmarks : null;
  }
}
