/** What `import … from "vitruvian"` gives. */

export * from "./errors.js";
export * from "./pose.js";
