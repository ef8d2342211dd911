/** float32 arithmetic that rounds where MediaPipe rounds. The twin of stages/rounding.py. */

/** Rounds to float32. Every step of a computation that leads to a region is rounded by it. */
export const float32 = Math.fround;

/** Returns 1 / (1 + exp(-x)) with each step rounded to float32. */
export function sigmoid(value: number): number {
  return float32(1 / float32(1 + float32(Math.exp(-value))));
}
