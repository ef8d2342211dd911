/** The landmarks of all frames, as the first columns of the table that the command line writes. */

import { POSE_LANDMARKS, type NormalizedLandmark } from "vitruvian";

/** The columns of `vitruvian run`: src/vitruvian/formats/csv.py. */
export const CSV_HEADER =
  "frame,time_s,person,landmark,name,x,y,z,visibility,presence,world_x,world_y,world_z";

/** The oldest frames are forgotten after this many: half an hour of a camera, 60 MB. */
const LIMIT = 54_000;

/** The names of the landmarks, where the reference's keys for the corners of the mouth are slips. */
const NAMES = Object.entries(POSE_LANDMARKS)
  .sort(([, a], [, b]) => a - b)
  .map(
    ([key]) => ({ LEFT_RIGHT: "mouth_left", RIGHT_LEFT: "mouth_right" })[key] ?? key.toLowerCase(),
  );

interface Row {
  readonly person: number;
  /** (33, 7) x, y, z, visibility, world x, y, z. */
  readonly numbers: Float32Array;
}

/** Keeps one row of numbers for each landmark of each frame. */
export class Recording {
  /** By time in microseconds, null for a frame in which no one was found. */
  private frames = new Map<number, Row | null>();
  private person = 0;
  private wasFound = false;

  /** The number of frames in which a person was found. */
  get size(): number {
    let size = 0;
    for (const row of this.frames.values()) size += Number(row !== null);
    return size;
  }

  clear(): void {
    this.frames.clear();
    this.person = 0;
    this.wasFound = false;
  }

  /** Adds a frame, or replaces the one with the same time. */
  add(timeS: number, image?: NormalizedLandmark[], world?: NormalizedLandmark[]): void {
    const isFound = image !== undefined && world !== undefined;
    if (isFound && !this.wasFound) this.person += 1; // a person who comes back has a new number
    this.wasFound = isFound;
    const row = isFound ? { person: this.person, numbers: numbersOf(image, world) } : null;
    this.frames.set(Math.round(timeS * 1e6), row);
    if (this.frames.size > LIMIT) this.frames.delete(this.frames.keys().next().value!);
  }

  /**
   * Returns the table. Each number is the shortest that reads back as the same float32. The column
   * `presence` is empty, because the JavaScript API does not have this number.
   */
  toCsv(): string {
    const lines = [CSV_HEADER];
    const inOrder = [...this.frames].sort(([a], [b]) => a - b);
    for (const [frame, [timeUs, row]] of inOrder.entries()) {
      if (!row) continue;
      for (const [landmark, name] of NAMES.entries()) {
        const numbers = [...row.numbers.subarray(7 * landmark, 7 * landmark + 7)].map(shortest);
        const start = [frame, timeUs / 1e6, row.person, landmark, name];
        lines.push([...start, ...numbers.slice(0, 4), "", ...numbers.slice(4)].join());
      }
    }
    return `${lines.join("\n")}\n`;
  }
}

/** Returns the shortest decimal number that is the same float32. */
export function shortest(value: number): string {
  for (let digits = 1; digits < 9; digits += 1) {
    const text = value.toPrecision(digits);
    if (Math.fround(Number(text)) === Math.fround(value)) return String(Number(text));
  }
  return String(Number(value.toPrecision(9)));
}

function numbersOf(image: NormalizedLandmark[], world: NormalizedLandmark[]): Float32Array {
  return Float32Array.from(
    image.flatMap(({ x, y, z, visibility }, i) => [
      ...[x, y, z ?? NaN, visibility ?? NaN],
      ...[world[i].x, world[i].y, world[i].z ?? NaN],
    ]),
  );
}
