/**
 * Prints how far `Pose` is from `@mediapipe/pose`, for all three models.
 *
 *     npm run benchmark:exactness -- FOLDER [stills | video] [masks]
 *
 * FOLDER has images, such as the frames of a video as PNG, in the order of their names.
 */

import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { launch } from "../tests/support/browser.js";
import { Judge, type Distances } from "../tests/support/judge.js";

const [folder, ...words] = process.argv.slice(3);
if (folder === undefined) throw new Error("Name a folder of images.");
const isStills = !words.includes("video");
const enableSegmentation = words.includes("masks");
const files = readdirSync(folder)
  .filter((name) => /\.(png|jpe?g)$/i.test(name))
  .sort();

const shown = ({ median, p99, max }: Distances, unit: string) =>
  `${median.toFixed(4)} / ${p99.toFixed(4)} / ${max.toFixed(4)} ${unit}`;

console.log(`${files.length} ${isStills ? "stills" : "frames of a video"}: median / p99 / max`);
const browser = await launch();
for (const [modelComplexity, name] of ["Lite", "Full", "Heavy"].entries()) {
  const judge = await Judge.open(browser, { "/media": resolve(folder) });
  const result = await judge.compare({
    sources: files.map((file) => `/media/${file}`),
    options: { modelComplexity: modelComplexity as 0 | 1 | 2, enableSegmentation },
    isStills,
  });
  await judge.close();
  const masks = enableSegmentation
    ? `, masks ${result.maskMean.toFixed(4)} of 255, ${(100 * result.maskWithin3).toFixed(3)} % within 3`
    : "";
  const unlike = result.unlike.length > 0 ? `, unlike: ${result.unlike.join(" ")}` : ", all alike";
  console.log(
    `${name}: found in ${result.found}${unlike}; ${shown(result.px, "px")}, ` +
      `${shown(result.worldMm, "mm")}${masks}`,
  );
}
await browser.close();
