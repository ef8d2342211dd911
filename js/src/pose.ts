/** The class `Pose`: checked options, one frame at a time, an end. */

import { runtimeAddresses, weightsAddresses, workerAddress } from "./addresses.js";
import { ClosedError, FrameError, ListenerError, OptionError } from "./errors.js";
import { capture, type InputImage } from "./image.js";
import { DEFAULTS, changed, type Options, type PoseOptions } from "./options.js";
import { shown } from "./printable.js";
import { Profile } from "./profile.js";
import { FrameClock } from "./tracking/clock.js";
import { DETECTOR, LANDMARKERS } from "./weights/catalogue.js";
import { WorkerClient } from "./worker/client.js";
import type { Answer, Found, Frame, Setup } from "./worker/protocol.js";

export {
  POSE_CONNECTIONS,
  POSE_LANDMARKS,
  POSE_LANDMARKS_LEFT,
  POSE_LANDMARKS_NEUTRAL,
  POSE_LANDMARKS_RIGHT,
  type LandmarkConnectionArray,
} from "./skeleton.js";
export type { InputImage, Options };
export { Profile };

/** The version whose behaviour this is: pages put it into the addresses of `locateFile`. */
export const VERSION = "0.5.1675469404";

/** What `send` takes. */
export interface InputMap {
  image: InputImage;
}

/** One landmark in normalized coordinates, from the top left corner of the image. */
export interface NormalizedLandmark {
  /** As a fraction of the image's width. */
  x: number;
  /** As a fraction of the image's height. */
  y: number;
  /** As a fraction of the image's width, from the hips' midpoint away from the camera. */
  z: number;
  /** In [0, 1]: the landmark is in the image and not occluded. */
  visibility?: number;
}

/** One landmark in metres from the hips' midpoint. */
export type Landmark = NormalizedLandmark;
export type NormalizedLandmarkList = NormalizedLandmark[];
export type LandmarkList = Landmark[];

/** What was found in one frame. Without a person, all but `image` are absent. */
export interface Results {
  /** The frame, to be drawn. */
  image: ImageBitmap;
  poseLandmarks: NormalizedLandmarkList;
  poseWorldLandmarks: LandmarkList;
  /** Red, and as opaque as the pixel belongs to the person; present if it was requested. */
  segmentationMask: ImageBitmap;
}

/** Receives the results. The next frame waits for what it returns. */
export type ResultsListener = (results: Results) => Promise<void> | void;

export interface PoseConfig {
  /**
   * Returns the address of a file of weights, by the name that `@mediapipe/pose` gives it. If the
   * right bytes do not lie there, those beside this package are used.
   */
  locateFile?: (path: string, prefix?: string) => string;
  /** Receives the milliseconds spent on "capture", "detect", "landmark" and "mask". */
  profile?: Profile;
}

/** Finds the most prominent person in images or in a video. */
export class Pose {
  private options: PoseOptions = DEFAULTS;
  private listener: ResultsListener | null = null;
  private stream = 0;
  private readonly clock = new FrameClock();
  private clockStream = 0;
  private worker: WorkerClient | null = null;
  private isClosed = false;
  private tail: Promise<unknown> = Promise.resolve();

  constructor(private readonly config: PoseConfig = {}) {}

  /**
   * Changes options. If a value differs from the one before, the next frame is searched and tracked as
   * the first frame of a video.
   *
   * @throws OptionError a value is not permitted; all options stay as they were.
   */
  setOptions(options: Options): void {
    this.options = changed(this.options, options);
  }

  /** Registers the one function that receives the results. */
  onResults(listener: ResultsListener): void {
    if (typeof listener !== "function") {
      throw new OptionError(`The listener is ${shown(listener)}: give a function.`);
    }
    this.listener = listener;
  }

  /** Loads what the first frame would load. */
  async initialize(): Promise<void> {
    const setup = this.setup();
    await this.inTurn(() => this.ask(setup, null));
  }

  /**
   * Processes a frame, and calls the listener once.
   *
   * @param at the frame's time in milliseconds, greater than that of the previous frame. By default
   *   `performance.now()`.
   * @throws FrameError, TimestampError, WeightsError, EngineError, ListenerError, ClosedError
   */
  async send(inputs: InputMap, at?: number): Promise<void> {
    const now = performance.now();
    const setup = this.setup();
    await this.inTurn(async () => {
      const profile = this.config.profile ?? new Profile();
      const source = await profile.measure("capture", () => capture(imageOf(inputs)));
      if (this.clockStream !== setup.stream) {
        this.clock.reset();
        this.clockStream = setup.stream;
      }
      const timestampUs = this.clock.timestampUs(at, now);
      const answer = await this.ask(setup, { source, timestampUs });
      this.clock.advance(timestampUs);
      profile.add(answer!.milliseconds);
      await this.tell(answer!);
    });
  }

  /** Forgets the person and the time: the next frame is the first of another video. */
  reset(): void {
    this.stream++;
  }

  /** Ends the worker. Frames that wait are refused. */
  async close(): Promise<void> {
    this.isClosed = true;
    this.worker?.close();
    this.worker = null;
  }

  /** Runs a task after all that were given before, whether or not they failed. */
  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    const turn = this.tail.then(() => {
      this.checkOpen();
      return task();
    });
    this.tail = turn.catch(() => {});
    return turn;
  }

  private ask(setup: Setup, frame: Frame | null): Promise<Answer | null> {
    this.checkOpen();
    this.worker ??= new WorkerClient(workerAddress(), () => (this.worker = null));
    return this.worker.request(setup, frame);
  }

  private async tell({ image, found }: Answer): Promise<void> {
    if (this.isClosed || this.listener === null) return;
    // Absent keys are as the reference has them, and its types do not say so.
    const results = { image, ...(found && resultsOf(found)) } as Results;
    try {
      await this.listener(results);
    } catch (error) {
      throw new ListenerError(`The listener of onResults failed: ${shown(error)}.`, {
        cause: error,
      });
    }
  }

  private setup(): Setup {
    this.checkOpen();
    const landmarker = LANDMARKERS[this.options.modelComplexity];
    return {
      options: this.options,
      stream: this.stream,
      runtime: runtimeAddresses(),
      weights: Object.fromEntries(
        [DETECTOR, landmarker].map(({ name }) => [name, this.addressesOf(name)]),
      ),
    };
  }

  private addressesOf(name: string): string[] {
    const ours = weightsAddresses()[name];
    const { locateFile } = this.config;
    if (locateFile === undefined) return [ours];
    return [new URL(locateFile(name, ""), document.baseURI).href, ours];
  }

  private checkOpen(): void {
    if (this.isClosed) throw new ClosedError("This Pose was closed: make a new one.");
  }
}

function imageOf(inputs: unknown): unknown {
  if (typeof inputs === "object" && inputs !== null && "image" in inputs) return inputs.image;
  throw new FrameError("There is no image: give { image }.");
}

function resultsOf({ landmarks, worldLandmarks, visibility, mask }: Found): Partial<Results> {
  return {
    poseLandmarks: landmarkList(landmarks, visibility),
    poseWorldLandmarks: landmarkList(worldLandmarks, visibility),
    ...(mask && { segmentationMask: mask }),
  };
}

function landmarkList(points: Float32Array, visibility: Float32Array): LandmarkList {
  return Array.from(visibility, (value, i) => ({
    x: points[3 * i],
    y: points[3 * i + 1],
    z: points[3 * i + 2],
    visibility: value,
  }));
}
