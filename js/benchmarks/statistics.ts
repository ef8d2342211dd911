/** The median, by which all benchmarks summarise their times. */

/** Returns the value in the middle; of an even number of values, the greater of the two. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}
