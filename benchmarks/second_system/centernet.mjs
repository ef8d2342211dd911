// Finds people in images and writes COCO's results for boxes.
//
//     node centernet.mjs IMAGES.json OUT.json
//
// IMAGES.json is a list of {image_id, path} with the paths of PNG files. The detector is CenterNet on
// MobileNetV3, which was trained on COCO.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";

import { load, readImage, tf } from "./files.mjs";

const require = createRequire(import.meta.url);
const { loadGraphModel } = require("@tensorflow/tfjs-converter");

const SHA256 = "1b635a15009071f506f9f2b3519b31c072c534888989f30d269ffd44734ef7ef";
const SIDE = 512; // of the input, into which an image is stretched
const PERSON = 0; // the first of COCO's 80 classes
const MIN_SCORE = 0.1;

const model = await loadGraphModel({ load: async () => load("centernet", SHA256) });
const [images, out] = process.argv.slice(2);
const results = [];
for (const { image_id, path } of JSON.parse(readFileSync(images, "utf8"))) {
  const image = readImage(path);
  const [height, width] = image.shape;
  const output = tf.tidy(() => {
    const input = tf.image.resizeBilinear(tf.expandDims(tf.cast(image, "float32")), [SIDE, SIDE]);
    return model.execute(input, ["tower_0/detections"]);
  });
  const [detections] = await output.array();
  tf.dispose([image, output]);
  for (const [left, top, right, bottom, score, type] of detections) {
    if (type !== PERSON || score < MIN_SCORE) continue;
    const [x, y] = [(left * width) / SIDE, (top * height) / SIDE];
    const bbox = [x, y, (right * width) / SIDE - x, (bottom * height) / SIDE - y];
    results.push({ image_id, category_id: 1, bbox, score });
  }
}
writeFileSync(out, JSON.stringify(results));
