/** Files of glTF as Python writes them, which this package only reads in tests. */

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { PACKAGE, REPOSITORY } from "./paths.js";

/** Makes the files in a folder, and returns it. It needs a `python` with Vitruvian. */
export function gltfFiles(name: string): string {
  const folder = join(PACKAGE, "build/tests", name);
  execFileSync("python", ["-m", "tests.support.gltf_files", folder], { cwd: REPOSITORY });
  return folder;
}
