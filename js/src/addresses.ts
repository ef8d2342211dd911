/**
 * Where the files of this package lie: beside its modules. Each is named in full, because bundlers
 * look for exactly this expression, and then take the file along. In classic scripts,
 * `addresses_of_script.ts` takes the place of this file.
 */

import type { RuntimeAddresses } from "./engines/litert_runtime.js";

export function workerAddress(): string {
  return new URL("./pose_worker.js", import.meta.url).href;
}

export function runtimeAddresses(): RuntimeAddresses {
  return {
    single: {
      script: new URL("./litert_wasm_compat_internal.js", import.meta.url).href,
      wasm: new URL("./litert_wasm_compat_internal.wasm", import.meta.url).href,
    },
    threaded: {
      script: new URL("./litert_wasm_threaded_internal.js", import.meta.url).href,
      wasm: new URL("./litert_wasm_threaded_internal.wasm", import.meta.url).href,
    },
  };
}

/** Returns the addresses of weights by the name of the file. */
export function weightsAddresses(): Record<string, string> {
  return {
    "pose_solution_packed_assets.data": new URL(
      "./pose_solution_packed_assets.data",
      import.meta.url,
    ).href,
    "pose_landmark_lite.tflite": new URL("./pose_landmark_lite.tflite", import.meta.url).href,
    "pose_landmark_full.tflite": new URL("./pose_landmark_full.tflite", import.meta.url).href,
    "pose_landmark_heavy.tflite": new URL("./pose_landmark_heavy.tflite", import.meta.url).href,
  };
}
