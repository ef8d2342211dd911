/** What `import … from "vitruvian"` gives. */

export * from "./pose.js";
