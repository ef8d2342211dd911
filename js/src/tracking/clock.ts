/** Checks that the timestamps of one stream of frames increase. The twin of tracking/clock.py. */

import { TimestampError } from "../errors.js";
import { shown } from "../printable.js";

/** The timestamp of the last frame. */
export class FrameClock {
  private lastUs = -Infinity;

  /** Begins another stream. */
  reset(): void {
    this.lastUs = -Infinity;
  }

  /**
   * Returns a frame's timestamp in whole microseconds, in which MediaPipe counts.
   *
   * @param atMs in milliseconds, as the page gives it. Undefined or null is `nowMs`, or later if
   *   that is not after the last frame.
   * @throws TimestampError it is no finite number, or not later than the last frame.
   */
  timestampUs(atMs: unknown, nowMs: number): number {
    if (atMs === undefined || atMs === null) {
      return Math.max(Math.trunc(nowMs * 1000), this.lastUs + 1);
    }
    if (typeof atMs !== "number" || !Number.isFinite(atMs)) {
      throw new TimestampError(`The timestamp is ${shown(atMs)}: give a number of milliseconds.`);
    }
    const timestampUs = Math.trunc(atMs * 1000);
    if (!(timestampUs > this.lastUs)) {
      throw new TimestampError(
        `The frame at ${atMs} ms is not later than the previous one, at ${this.lastUs / 1000} ms: ` +
          "give each frame a greater timestamp, or call reset() before another video.",
      );
    }
    return timestampUs;
  }

  /** Notes the timestamp of a frame that was processed. */
  advance(timestampUs: number): void {
    this.lastUs = timestampUs;
  }
}
