/** Builds the package and the demo once before the tests in Chromium. */

import { execFileSync } from "node:child_process";
import { PACKAGE } from "./paths.js";

export function setup(): void {
  for (const what of ["build", "demo"]) {
    execFileSync("npm", ["run", "--silent", what], { cwd: PACKAGE, stdio: "inherit" });
  }
}
