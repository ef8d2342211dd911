/** Builds the package once before the tests in Chromium. */

import { execFileSync } from "node:child_process";
import { PACKAGE } from "./paths.js";

export function setup(): void {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: PACKAGE, stdio: "inherit" });
}
