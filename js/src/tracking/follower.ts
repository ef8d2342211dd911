/** One person from frame to frame: the region of the next frame, and the filters. The twin of tracking/follower.py. */

import { bodyDiameterPx, regionAround } from "../stages/region.js";
import { PoseFilter, blendInto } from "../stages/smoothing.js";
import type { ImageSize, Landmarks, Mask, Region } from "../types.js";

/** What is smoothed. */
export interface Smoothing {
  /** Whether to remove the jitter of landmarks. */
  readonly landmarks: boolean;
  /** Whether to blend each mask with the previous one. */
  readonly segmentation: boolean;
}

/** Smooths the landmarks and masks of one person, and computes the region of the next frame. */
export class Follower {
  /** The region of the next frame; null if the person is lost. */
  region: Region | null = null;
  private readonly filters: PoseFilter;
  private mask: Mask | null = null;
  private maskSize: ImageSize | null = null;

  constructor(private readonly smoothing: Smoothing) {
    this.filters = new PoseFilter(smoothing.landmarks);
  }

  /**
   * Returns the smoothed landmarks, and updates `region`.
   *
   * @param timestampS greater than in the previous call.
   * @param image the size of the image.
   */
  follow(found: Landmarks, timestampS: number, image: ImageSize): Landmarks {
    const diameterPx = bodyDiameterPx({ values: found.auxiliary, stride: 3 }, image);
    const landmarks = this.filters.apply(found, timestampS, image, diameterPx);
    this.region = regionAround({ values: landmarks.auxiliary, stride: 3 }, image);
    if (landmarks.mask !== null && this.smoothing.segmentation) {
      const { width, height } = image;
      // Pixels of another size are elsewhere. The reference stretches the previous mask instead.
      const isAlike = width === this.maskSize?.width && height === this.maskSize.height;
      if (this.mask !== null && isAlike) blendInto(landmarks.mask, this.mask);
      this.mask = landmarks.mask;
      this.maskSize = { width, height };
    }
    return landmarks;
  }

  /**
   * Marks the person as lost, so that `region` is null until the next call of `follow`.
   *
   * As in MediaPipe, the filters of landmarks restart then, and the mask and the other filters
   * continue.
   */
  losePerson(): void {
    this.region = null;
    this.filters.losePerson();
  }
}
