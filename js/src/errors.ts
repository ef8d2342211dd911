/**
 * The errors of this package. The twin of errors.py.
 *
 * VitruvianError
 * ├── OptionError      an option of the wrong type or outside its range
 * ├── FrameError       an image that cannot be read
 * ├── TimestampError   a timestamp that is not greater than the previous one
 * ├── ClosedError      the use of a `Pose` after `close`
 * ├── ListenerError    the listener of the results failed
 * ├── WeightsError     weights that cannot be fetched, or whose checksum is wrong
 * └── EngineError      a runtime that cannot load or run a network
 *
 * A message is one sentence: what was wrong, with which input, and what to do.
 */

/** The base class of all errors of this package. */
export class VitruvianError extends Error {
  override name = "VitruvianError";
}

/** An option of the wrong type or outside its range. */
export class OptionError extends VitruvianError {
  override name = "OptionError";
}

/** An image that cannot be read. */
export class FrameError extends VitruvianError {
  override name = "FrameError";
}

/** A timestamp that is not greater than the previous one. */
export class TimestampError extends VitruvianError {
  override name = "TimestampError";
}

/** The use of a `Pose` after `close`. */
export class ClosedError extends VitruvianError {
  override name = "ClosedError";
}

/** The listener of the results failed; `cause` is what it threw. */
export class ListenerError extends VitruvianError {
  override name = "ListenerError";
}

/** Weights that cannot be fetched, or whose checksum is wrong. */
export class WeightsError extends VitruvianError {
  override name = "WeightsError";
}

/** A runtime that cannot load or run a network. */
export class EngineError extends VitruvianError {
  override name = "EngineError";
}

const ERRORS = {
  OptionError,
  FrameError,
  TimestampError,
  ClosedError,
  ListenerError,
  WeightsError,
  EngineError,
} satisfies Record<string, typeof VitruvianError>;

/** Returns the error of a class of this package that has the name; else an EngineError. */
export function errorOfName(name: string, message: string): VitruvianError {
  const known = Object.hasOwn(ERRORS, name) ? ERRORS[name as keyof typeof ERRORS] : null;
  return known ? new known(message) : new EngineError(`The worker failed: ${name}: ${message}.`);
}
