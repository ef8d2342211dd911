/**
 * Tracks one person, as MediaPipe does: region → landmarks → smoothing → the next region. The twin
 * of tracking/single.py, with the difference that a frame of another size belongs to the same video:
 * the browser's MediaPipe keeps regions in normalized coordinates, and goes on.
 */

import type { Image, Landmarks } from "../types.js";
import { Follower, type Smoothing } from "./follower.js";
import type { ProminentPerson } from "./prominent_person.js";

/** Finds the most prominent person of a video, and follows that person until it is lost. */
export class SinglePersonTracker {
  private readonly follower: Follower;

  constructor(
    private readonly finder: Pick<ProminentPerson, "find" | "landmarks">,
    smoothing: Smoothing,
  ) {
    this.follower = new Follower(smoothing);
  }

  /**
   * Returns the person in the next frame, or null if there is none.
   *
   * @param timestampS greater than in the previous call.
   */
  async track(image: Image, timestampS: number): Promise<Landmarks | null> {
    // The previous landmarks say where to look. Without them, the person is searched.
    const { region } = this.follower;
    const found =
      region === null ? await this.finder.find(image) : await this.finder.landmarks(image, region);
    if (found === null) {
      this.follower.losePerson();
      return null;
    }

    // The smoothed landmarks also give the region of the next frame.
    return this.follower.follow(found, timestampS, image);
  }
}
