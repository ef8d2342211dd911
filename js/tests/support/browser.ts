/** Chromium without a window, as tests and benchmarks start it. */

import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const EXECUTABLE = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const ARGUMENTS = ["--no-sandbox", "--disable-gpu"];

/**
 * Starts Chromium.
 *
 * @param more further arguments of its command line, such as a fake camera.
 */
export async function launch(...more: string[]): Promise<Browser> {
  if (!existsSync(EXECUTABLE)) {
    throw new Error(`There is no Chromium at ${EXECUTABLE}: install it, or name it in CHROMIUM.`);
  }
  return chromium.launch({ executablePath: EXECUTABLE, args: [...ARGUMENTS, ...more] });
}

/** The arguments that replace the camera by a video in the format Y4M, without a question. */
export function fakeCamera(y4mFile: string): string[] {
  return [
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    `--use-file-for-fake-video-capture=${y4mFile}`,
  ];
}
