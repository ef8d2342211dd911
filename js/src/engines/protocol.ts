/** What a network is made from, and the one method by which stages run it. */

/** A network that an engine can load. */
export interface Network {
  /** The content of the .tflite file. */
  readonly content: Uint8Array;
  /**
   * The tensors to compute, by their position in the file's list of tensors. Operators that only
   * other tensors need are left out.
   */
  readonly outputs: readonly number[];
}

/** A network that is loaded and ready to run. */
export interface Engine {
  /**
   * Runs the network.
   *
   * @param write writes the network's input into the memory that it is given.
   * @returns the outputs in the order of `Network.outputs`, valid until the next call.
   * @throws EngineError the runtime failed.
   */
  infer(write: (input: Float32Array) => Promise<void>): Promise<Float32Array[]>;
  /** Frees the network's memory. */
  close(): void;
}
