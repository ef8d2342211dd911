/**
 * LiteRT.js, formerly TensorFlow Lite: the runtime of `@mediapipe/pose`, and so its numbers.
 *
 * The engine calls the functions of LiteRT's WebAssembly module. The classes of `@litertjs/core`
 * around them would ask for a graphics processor that is not used here, and copy every input and
 * output.
 */

import type { LiteRt } from "@litertjs/core";
import { EngineError } from "../errors.js";
import { pruned } from "../weights/tflite_pruning.js";
import type { Engine, Network } from "./protocol.js";

/** LiteRT's WebAssembly module. */
export type Runtime = LiteRt["liteRtWasm"];

type TensorBuffer = ReturnType<Runtime["LiteRtTensorBuffer"]["createManaged"]>;

/** Something in the memory of the module, which does not collect garbage. */
interface Deletable {
  delete(): void;
}

/** Runs a .tflite file on the CPU. */
export class LiteRtEngine implements Engine {
  private readonly owned: Deletable[];
  private readonly input: TensorBuffer;
  private outputs: TensorBuffer[] = [];

  private constructor(
    private readonly runtime: Runtime,
    private readonly model: Awaited<ReturnType<Runtime["compileModel"]>>,
    input: TensorBuffer,
    owned: Deletable[],
  ) {
    this.input = input;
    this.owned = [...owned, model, input];
  }

  /**
   * Loads a network.
   *
   * @param threads 1, or more with the module for threads.
   * @throws EngineError the runtime cannot load it.
   */
  static async load(runtime: Runtime, network: Network, threads: number): Promise<LiteRtEngine> {
    const content = pruned(network.content, network.outputs);
    try {
      const environment = runtime.LiteRtEnvironment.create(null);
      const address = runtime._malloc(content.byteLength);
      runtime.HEAPU8.set(content, address);
      const file = runtime.loadModel(environment, address, content.byteLength);
      const options = {
        environment,
        accelerator: "wasm" as const,
        cpuOptions: { numThreads: threads },
        gpuOptions: {},
        webNNOptions: {},
      };
      const model = await runtime.compileModel(environment, file, options);
      const type = file.getInputTensorType(0, 0);
      const input = runtime.LiteRtTensorBuffer.createManaged(
        environment,
        runtime.LiteRtTensorBufferType.HOST_MEMORY,
        type,
        type.bytes(),
      );
      type.delete();
      const bytes = { delete: () => runtime._free(address) };
      return new LiteRtEngine(runtime, model, input, [environment, bytes, file]);
    } catch (error) {
      throw new EngineError(`LiteRT cannot load a network: ${String(error)}.`, { cause: error });
    }
  }

  async infer(write: (input: Float32Array) => Promise<void>): Promise<Float32Array[]> {
    this.freeOutputs();
    await write(this.locked(this.input, this.runtime.LiteRtTensorBufferLockMode.WRITE));
    try {
      this.outputs = await this.model.run(0, [this.input]);
    } catch (error) {
      throw new EngineError(`LiteRT cannot run a network: ${String(error)}.`, { cause: error });
    }
    return this.outputs.map((output) =>
      this.locked(output, this.runtime.LiteRtTensorBufferLockMode.READ),
    );
  }

  close(): void {
    this.freeOutputs();
    for (const part of this.owned.reverse()) part.delete();
  }

  private freeOutputs(): void {
    for (const output of this.outputs) output.delete();
    this.outputs = [];
  }

  /** Returns a tensor's numbers, in the module's memory. Only processors other than the CPU wait for locks. */
  private locked(buffer: TensorBuffer, mode: Parameters<TensorBuffer["lock"]>[0]): Float32Array {
    const address = buffer.lock(mode);
    buffer.unlock();
    return new Float32Array(this.runtime.HEAPU8.buffer, address, buffer.packedSize() / 4);
  }
}
