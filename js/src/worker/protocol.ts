/** What the page and the worker tell each other. */

import type { RuntimeAddresses } from "../engines/litert_runtime.js";
import type { PoseOptions } from "../options.js";
import type { FrameSource } from "./frame_reader.js";

/** What the worker needs to know before it can process a frame. */
export interface Setup {
  readonly options: PoseOptions;
  /** Counts the streams of a `Pose`: `reset` begins another one. */
  readonly stream: number;
  readonly runtime: RuntimeAddresses;
  /** Where weights may lie: their addresses by the name of the file, the first to try first. */
  readonly weights: Readonly<Record<string, readonly string[]>>;
}

/** A frame to process. */
export interface Frame {
  readonly source: FrameSource;
  readonly timestampUs: number;
}

/** The page's question: load what is needed, and process a frame if there is one. */
export interface Request {
  readonly id: number;
  readonly setup: Setup;
  readonly frame: Frame | null;
}

/** What was found in a frame. */
export interface Found {
  /** (33, 3) */
  readonly landmarks: Float32Array;
  /** (33, 3) */
  readonly worldLandmarks: Float32Array;
  /** (33) */
  readonly visibility: Float32Array;
  readonly mask: ImageBitmap | null;
}

/** The answer to a request with a frame. */
export interface Answer {
  /** The frame, mirrored if that was requested. */
  readonly image: ImageBitmap;
  readonly found: Found | null;
  /** How long each stage took. */
  readonly milliseconds: Readonly<Record<string, number>>;
}

/** The worker's reply. */
export type Reply =
  | { readonly id: number; readonly answer: Answer | null }
  | { readonly id: number; readonly error: { readonly name: string; readonly message: string } };
