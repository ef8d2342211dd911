// Runs a TypeScript file, which Node 20 cannot do by itself: node scripts/run.mjs FILE [ARGUMENT]...
import { resolve } from "node:path";
import { runnerImport } from "vite";

await runnerImport(resolve(process.argv[2]), { logLevel: "warn" });
