/** Loads LiteRT's WebAssembly module, the variant that is right for this browser. */

import { supportsFeature } from "@litertjs/core";
import type { FileLocator, WasmModule } from "@litertjs/wasm-utils";
import { EngineError } from "../errors.js";
import type { Runtime } from "./litert.js";

/** Where a variant of the module lies. */
export interface RuntimeFiles {
  readonly script: string;
  readonly wasm: string;
}

/**
 * Where the variants of the module lie.
 *
 * The one without threads is LiteRT's module for all browsers: it has the bits of `@mediapipe/pose`.
 * LiteRT's others multiply and add with one rounding (relaxed SIMD). That is faster for Heavy, slower
 * for Lite and Full, and in difficult frames the landmarks move.
 */
export interface RuntimeAddresses {
  readonly single: RuntimeFiles;
  readonly threaded: RuntimeFiles;
}

/** More threads gain little for networks of this size. */
const MAX_THREADS = 4;

export interface LoadedRuntime {
  readonly runtime: Runtime;
  /** The number of threads that a network may use. */
  readonly threads: number;
}

/**
 * Loads the module.
 *
 * @param runScript runs the classic script at an address in this realm.
 * @throws EngineError the browser has no WebAssembly, or the files cannot be loaded.
 */
export async function loadRuntime(
  addresses: RuntimeAddresses,
  runScript: (address: string) => Promise<void>,
): Promise<LoadedRuntime> {
  if (typeof WebAssembly === "undefined") {
    throw new EngineError(
      "This browser has no WebAssembly, which Pose needs: use another browser.",
    );
  }
  const threads = (await mayHaveThreads())
    ? Math.min(navigator.hardwareConcurrency, MAX_THREADS)
    : 1;
  const files = threads > 1 ? addresses.threaded : addresses.single;
  try {
    await runScript(files.script);
    const factory = (globalThis as { ModuleFactory?: ModuleFactory }).ModuleFactory!;
    const runtime = (await factory({
      locateFile: () => files.wasm,
      mainScriptUrlOrBlob: files.script,
      printErr: () => {}, // what LiteRT reports here is no error: those are thrown
    })) as Runtime;
    runtime.setupLogging();
    return { runtime, threads };
  } catch (error) {
    throw new EngineError(
      `LiteRT cannot be loaded from ${files.script}: ${String(error)}. Serve all files of the ` +
        "package from one folder.",
      { cause: error },
    );
  }
}

/** LiteRT's module for threads also needs relaxed SIMD. */
async function mayHaveThreads(): Promise<boolean> {
  if (!globalThis.crossOriginIsolated) return false;
  return (await supportsFeature("threads")) && (await supportsFeature("relaxedSimd"));
}

/** What LiteRT's script leaves in the global scope; it takes the options of Emscripten. */
type ModuleFactory = (
  options: FileLocator & { printErr: (line: string) => void },
) => Promise<WasmModule>;
