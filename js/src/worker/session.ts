/**
 * One `Pose` in the worker: networks → stages → tracker.
 *
 * The twin of networks.py, assembly.py and stream.py.
 */

import { LiteRtEngine } from "../engines/litert.js";
import { loadRuntime, type LoadedRuntime } from "../engines/litert_runtime.js";
import type { Engine, Network } from "../engines/protocol.js";
import * as detector from "../stages/detector.js";
import * as landmarker from "../stages/landmarker.js";
import { Profile } from "../profile.js";
import { ProminentPerson } from "../tracking/prominent_person.js";
import { SinglePersonTracker } from "../tracking/single.js";
import { DETECTOR, LANDMARKERS, type WeightsFile } from "../weights/catalogue.js";
import { fetchWeights } from "../weights/fetch.js";
import { FrameReader } from "./frame_reader.js";
import { Painter } from "./painter.js";
import type { Answer, Frame, Setup } from "./protocol.js";

/** The value that `make` returned for the last key; a new one is made for another key. */
class Kept<T> {
  private key: string | null = null;
  private value: T | null = null;

  async for(key: string, make: () => Promise<T>, discard: (old: T) => void = () => {}): Promise<T> {
    if (this.key !== key || this.value === null) {
      const value = await make();
      if (this.value !== null) discard(this.value);
      this.key = key;
      this.value = value;
    }
    return this.value;
  }
}

/** Processes the frames of one `Pose`, one at a time. */
export class Session {
  private runtime: Promise<LoadedRuntime> | null = null;
  private readonly detector = new Kept<detector.Detector>();
  private readonly landmarker = new Kept<landmarker.Landmarker>();
  private readonly tracker = new Kept<SinglePersonTracker>();
  /** Of the frame that is being processed. */
  private profile = new Profile();
  /** Settles when no network is being loaded. */
  private loaded: Promise<unknown> = Promise.resolve();
  private readonly reader = new FrameReader();
  private readonly painter = new Painter();

  /** @param runScript runs the classic script at an address in this realm. */
  constructor(private readonly runScript: (address: string) => Promise<void>) {}

  /** Loads what is needed and was not loaded before, and processes a frame if there is one. */
  async process(setup: Setup, frame: Frame | null): Promise<Answer | null> {
    const tracker = await this.prepare(setup);
    if (frame === null) return null;
    this.profile = new Profile();
    const { image, bitmap } = await this.reader.open(frame.source, setup.options.selfieMode);
    const person = await tracker.track(image, frame.timestampUs * 1e-6);
    const { mask } = person ?? {};
    const maskImage = mask
      ? await this.profile.measure("mask", () => this.painter.mask(mask, image))
      : null;
    return {
      image: bitmap(),
      found: person && { ...person, mask: maskImage },
      milliseconds: this.profile.milliseconds,
    };
  }

  private async prepare(setup: Setup): Promise<SinglePersonTracker> {
    const { options, stream } = setup;
    const { modelComplexity, enableSegmentation } = options;
    const loading = [
      this.detector.for("", async () => {
        const network = detector.network(await this.fetch(setup, DETECTOR));
        return new detector.Detector(await this.load(setup, network), network.heads);
      }),
      this.landmarker.for(
        `${modelComplexity} ${enableSegmentation}`,
        async () => {
          const content = await this.fetch(setup, LANDMARKERS[modelComplexity]);
          const network = landmarker.network(content, enableSegmentation);
          return new landmarker.Landmarker(await this.load(setup, network));
        },
        (old) => old.close(),
      ),
    ] as const;
    await Promise.allSettled(loading); // if one fails, the other still ends within this request
    const [detect, mark] = await Promise.all(loading);
    return this.tracker.for(JSON.stringify([options, stream]), async () => {
      const measure: Profile["measure"] = (stage, task) => this.profile.measure(stage, task);
      const finder = new ProminentPerson(
        { detect: (...of) => measure("detect", () => detect.detect(...of)) },
        { landmarks: (...of) => measure("landmark", () => mark.landmarks(...of)) },
        { detection: options.minDetectionConfidence, tracking: options.minTrackingConfidence },
      );
      return new SinglePersonTracker(finder, {
        landmarks: options.smoothLandmarks,
        segmentation: options.smoothSegmentation,
      });
    });
  }

  private fetch(setup: Setup, file: WeightsFile): Promise<Uint8Array> {
    // The runtime is loaded meanwhile.
    this.runtime ??= loadRuntime(setup.runtime, this.runScript);
    this.runtime.catch(() => (this.runtime = null)); // so that the next call tries again
    return fetchWeights(file, setup.weights[file.name]);
  }

  /** Loads networks one after the other, while the next one is fetched. */
  private load(setup: Setup, network: Network): Promise<Engine> {
    const engine = this.loaded.then(async () => {
      this.runtime ??= loadRuntime(setup.runtime, this.runScript);
      const { runtime, threads } = await this.runtime;
      return LiteRtEngine.load(runtime, network, threads);
    });
    this.loaded = engine.catch(() => {});
    return engine;
  }
}
