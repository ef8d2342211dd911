/** The options of a `Pose`: their defaults and permitted values. */

import { OptionError } from "./errors.js";
import { shown } from "./printable.js";

/** The options that `setOptions` takes, with the names of `@mediapipe/pose`. */
export interface Options {
  /** Mirror the image before anything is found in it. By default false. */
  selfieMode?: boolean;
  /** The landmark model: 0 is Lite, 1 Full, 2 Heavy. By default 1. */
  modelComplexity?: 0 | 1 | 2;
  /** Remove the jitter of landmarks. By default true. */
  smoothLandmarks?: boolean;
  /** Also compute a segmentation mask. By default false. */
  enableSegmentation?: boolean;
  /** Blend each mask with the previous one. By default true. */
  smoothSegmentation?: boolean;
  /** The minimum score of a detection, in [0, 1]. By default 0.5. */
  minDetectionConfidence?: number;
  /** The score that the person must exceed to be tracked further, in [0, 1]. By default 0.5. */
  minTrackingConfidence?: number;
}

/** All options, with their values. */
export type PoseOptions = Readonly<Required<Options>>;

export const DEFAULTS: PoseOptions = {
  selfieMode: false,
  modelComplexity: 1,
  smoothLandmarks: true,
  enableSegmentation: false,
  smoothSegmentation: true,
  minDetectionConfidence: 0.5,
  minTrackingConfidence: 0.5,
};

type Check = (value: unknown, name: string) => boolean | number;

// The reference converts what it is given, so that "1" and 1 mean the same.
const numberOf = (value: unknown): number => (isPlain(value) ? Number(value) : NaN);
const isPlain = (value: unknown): boolean => ["number", "string", "boolean"].includes(typeof value);
const isTrue: Check = (value) => Boolean(value);
const confidence: Check = (value, name) => {
  const number = numberOf(value);
  if (number >= 0 && number <= 1) return number;
  throw new OptionError(`${name} is ${shown(value)}: give a number from 0 to 1.`);
};
const complexity: Check = (value, name) => {
  const number = numberOf(value);
  if ([0, 1, 2].includes(number)) return number;
  throw new OptionError(`${name} is ${shown(value)}: give 0, 1 or 2.`);
};

const CHECKS: Record<keyof Options, Check> = {
  selfieMode: isTrue,
  modelComplexity: complexity,
  smoothLandmarks: isTrue,
  enableSegmentation: isTrue,
  smoothSegmentation: isTrue,
  minDetectionConfidence: confidence,
  minTrackingConfidence: confidence,
};

/**
 * Returns options with some of them changed. Names that are not known here, such as
 * `useCpuInference`, have no effect, and a value that is undefined or null changes nothing.
 *
 * @throws OptionError a value is not permitted.
 */
export function changed(options: PoseOptions, changes: unknown): PoseOptions {
  if (typeof changes !== "object" || changes === null) {
    throw new OptionError(`The options are ${shown(changes)}: give an object.`);
  }
  const known = Object.entries(changes).filter(
    ([name, value]) => Object.hasOwn(CHECKS, name) && value !== undefined && value !== null,
  );
  const checked = known.map(([name, value]) => [name, CHECKS[name as keyof Options](value, name)]);
  return { ...options, ...Object.fromEntries(checked) };
}
