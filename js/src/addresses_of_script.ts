/** Where the files of this package lie: beside the classic script. The other form of addresses.ts. */

import type { RuntimeAddresses } from "./engines/litert_runtime.js";
import { DETECTOR, LANDMARKERS } from "./weights/catalogue.js";

// Only known while the script runs for the first time.
const SCRIPT = (document.currentScript as HTMLScriptElement | null)?.src ?? document.baseURI;

export function workerAddress(): string {
  return beside("pose_worker.js");
}

export function runtimeAddresses(): RuntimeAddresses {
  const variant = (name: string) => ({
    script: beside(`litert_wasm${name}_internal.js`),
    wasm: beside(`litert_wasm${name}_internal.wasm`),
  });
  return { single: variant("_compat"), threaded: variant("_threaded") };
}

/** Returns the addresses of weights by the name of the file. */
export function weightsAddresses(): Record<string, string> {
  return Object.fromEntries([DETECTOR, ...LANDMARKERS].map(({ name }) => [name, beside(name)]));
}

function beside(name: string): string {
  return new URL(name, SCRIPT).href;
}
