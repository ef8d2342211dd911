// Runs MoveNet on images and writes COCO's results for keypoints.
//
//     node movenet.mjs lightning|thunder|multipose IMAGES.json OUT.json
//
// IMAGES.json is a list of {image_id, path} with the paths of PNG files. Each image is independent: the
// models for one person would otherwise look near the person of the image before.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

import { load, readImage } from "./files.mjs";

const require = createRequire(import.meta.url);
const { createDetector, SupportedModels } = require("@tensorflow-models/pose-detection");

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

const [name, images, out] = process.argv.slice(2);
const { type, sha256 } = MODELS[name];
const detector = await createDetector(SupportedModels.MoveNet, {
  modelUrl: { load: async () => load(`movenet-${name}`, sha256) },
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
