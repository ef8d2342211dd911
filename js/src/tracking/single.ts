/**
 * Tracks one person, as MediaPipe does: region → landmarks → smoothing → the next region. The twin
 * of tracking/single.py.
 */

import type { Image, ImageSize, Landmarks } from "../types.js";
import { Follower, type Smoothing } from "./follower.js";
import type { ProminentPerson } from "./prominent_person.js";

/** Finds the most prominent person of a video, and follows that person until it is lost. */
export class SinglePersonTracker {
  private follower: Follower;
  private imageSize: ImageSize | null = null;

  constructor(
    private readonly finder: Pick<ProminentPerson, "find" | "landmarks">,
    private readonly smoothing: Smoothing,
  ) {
    this.follower = new Follower(smoothing);
  }

  /**
   * Returns the person in the next frame, or null if there is none.
   *
   * @param timestampS greater than in the previous call.
   */
  async track(image: Image, timestampS: number): Promise<Landmarks | null> {
    const { width, height } = image;
    if (width !== this.imageSize?.width || height !== this.imageSize.height) {
      this.follower = new Follower(this.smoothing); // another camera, another scene
      this.imageSize = { width, height };
    }

    // The previous landmarks say where to look. Without them, the person is searched.
    const { region } = this.follower;
    const found =
      region === null ? await this.finder.find(image) : await this.finder.landmarks(image, region);
    if (found === null) {
      this.follower.losePerson();
      return null;
    }

    // The smoothed landmarks also give the region of the next frame.
    return this.follower.follow(found, timestampS, this.imageSize);
  }
}
