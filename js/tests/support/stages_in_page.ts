/**
 * The stages in the page's thread, on one image. `sampling.test.ts` builds this file for the page: in
 * the package the stages are in the worker, and nobody sees what they give each other.
 */

import { runtimeAddresses, weightsAddresses } from "../../src/addresses_of_script.js";
import { LiteRtEngine } from "../../src/engines/litert.js";
import { loadRuntime } from "../../src/engines/litert_runtime.js";
import type { Engine, Network } from "../../src/engines/protocol.js";
import * as detector from "../../src/stages/detector.js";
import * as landmarker from "../../src/stages/landmarker.js";
import { ProminentPerson } from "../../src/tracking/prominent_person.js";
import type { Mask } from "../../src/types.js";
import { DETECTOR, LANDMARKERS, type WeightsFile } from "../../src/weights/catalogue.js";
import { fetchWeights } from "../../src/weights/fetch.js";
import { FrameReader } from "../../src/worker/frame_reader.js";

/** What the stages made of an image. */
export interface Seen {
  /** The inputs of the detector and of the landmark model, RGB. */
  crops: Float32Array[];
  mask: Mask | null;
}

/** Runs the script at an address in this page. */
async function runScript(address: string): Promise<void> {
  const script = document.createElement("script");
  script.src = address;
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
  });
}

/** Finds the person in an image, with the Lite model and a mask. */
export async function see(image: HTMLImageElement): Promise<Seen> {
  const { runtime } = await loadRuntime(runtimeAddresses(), runScript);
  const content = (file: WeightsFile) => fetchWeights(file, [weightsAddresses()[file.name]]);
  const crops: Float32Array[] = [];
  const load = async (network: Network): Promise<Engine> => {
    const engine = await LiteRtEngine.load(runtime, network, 1);
    return {
      close: () => engine.close(),
      infer: (write) =>
        engine.infer(async (input) => {
          await write(input);
          crops.push(input.slice());
        }),
    };
  };
  const detects = detector.network(await content(DETECTOR));
  const marks = landmarker.network(await content(LANDMARKERS[0]), true);
  const finder = new ProminentPerson(
    new detector.Detector(await load(detects), detects.heads),
    new landmarker.Landmarker(await load(marks)),
    { detection: 0.5, tracking: 0.5 },
  );
  const frame = await new FrameReader().open(await createImageBitmap(image), false);
  const person = await finder.find(frame.image);
  return { crops, mask: person?.mask ?? null };
}
