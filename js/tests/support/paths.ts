/** Where things lie in this repository. */

import { fileURLToPath } from "node:url";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The folder of the package, `js`. */
export const PACKAGE = here("../..");
/** The whole repository. */
export const REPOSITORY = here("../../..");
/** What `npm run build` makes. */
export const DIST = here("../../dist");
export const NODE_MODULES = here("../../node_modules");
/** The repository's sample video and other files. */
export const SAMPLES = here("../../../samples");
