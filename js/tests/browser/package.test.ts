/** The package as users get it: packed, installed into an empty folder, checked, bundled, served. */

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch } from "../support/browser.js";
import { NODE_MODULES, PACKAGE, SAMPLES } from "../support/paths.js";
import { serve, type StaticServer } from "../support/server.js";

const folder = mkdtempSync(join(tmpdir(), "vitruvian-package-"));
const tarball = join(folder, "vitruvian-0.1.0.tgz");
const app = join(folder, "app");
const bin = (name: string): string => join(NODE_MODULES, ".bin", name);
const run = (command: string, of: string[], cwd = app): string =>
  execFileSync(command, of, { cwd, encoding: "utf8" });

// Every name that pages import, with its type.
const APP = `
import { Pose, POSE_CONNECTIONS, POSE_LANDMARKS, VERSION, type Options, type Results } from "vitruvian";
import { drawConnectors, drawLandmarks, drawRectangle, clamp, lerp } from "vitruvian/drawing_utils";
import { Camera } from "vitruvian/camera_utils";
import { LandmarkGrid } from "vitruvian/control_utils_3d";
import * as everything from "vitruvian";

const canvas = document.body.appendChild(document.createElement("canvas"));
const ctx = canvas.getContext("2d")!;
const grid = new LandmarkGrid(document.body, { isRotating: false });
const pose: Pose = new Pose();
const options: Options = { modelComplexity: 0, enableSegmentation: true };
pose.setOptions(options);
pose.onResults((results: Results) => {
  drawConnectors(ctx, results.poseLandmarks, POSE_CONNECTIONS, { color: "lime" });
  drawLandmarks(ctx, results.poseLandmarks, { radius: ({ from }) => lerp(from!.z!, -1, 1, 5, 1) });
  drawRectangle(ctx, { xCenter: 0.5, yCenter: 0.5, width: 1, height: 1, rotation: clamp(9, 0, 1) });
  grid.updateLandmarks(results.poseWorldLandmarks);
  const nose: number | undefined = results.poseLandmarks[POSE_LANDMARKS.NOSE].visibility;
  document.title = \`\${VERSION} \${nose! > 0.5} \${results.segmentationMask.width}\`;
});
const video = document.createElement("video");
video.muted = true;
video.src = "/samples/jumping_jacks.mp4";
video.onplaying = () => video.requestVideoFrameCallback(() => {
  pose.send({ image: video }).catch((error: Error) => (document.title = error.message));
});
void video.play();
export const camera = (): Camera => new everything.Camera(video, { onFrame: () => pose.send({ image: video }) });
`;

beforeAll(() => {
  run("npm", ["pack", "--silent", "--pack-destination", folder], PACKAGE);
  mkdirSync(app);
  writeFileSync(join(app, "package.json"), '{ "private": true, "type": "module" }');
  run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball]);
  writeFileSync(join(app, "app.ts"), APP);
  writeFileSync(
    join(app, "index.html"),
    '<!doctype html><title>waiting</title><body><script type="module" src="./app.ts"></script>',
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("publint accepts the package", () => {
  expect(run(bin("publint"), ["--strict", tarball])).toContain("All good!");
});

test("are-the-types-wrong accepts the package as an ES module", () => {
  const output = run(bin("attw"), [tarball, "--profile", "esm-only"]); // it fails if not
  expect(output).toContain('"vitruvian/drawing_utils"');
});

test.each(["bundler", "nodenext"])("the types hold in a strict program with %s", (resolution) => {
  const module = resolution === "bundler" ? "esnext" : "nodenext";
  const options = [
    "--strict",
    "--noEmit",
    "--target",
    "es2022",
    "--lib",
    "es2022,dom,dom.iterable",
  ];
  run(bin("tsc"), [...options, "--module", module, "--moduleResolution", resolution, "app.ts"]);
});

test("the package can be imported on a server, where there is no window", () => {
  const program =
    'const { Pose, Camera } = await import("vitruvian"); console.log(Pose.name, Camera.name)';
  expect(run("node", ["--input-type=module", "--eval", program]).trim()).toBe("Pose Camera");
});

test("a page built with Vite runs with the network cut", async () => {
  await build({ root: app, configFile: false, logLevel: "error", build: { target: "es2022" } });
  const [version, isVisible, width] = (await titleOf({ "": join(app, "dist") })).split(" ");
  expect(version).toMatch(/^0\.5\.\d+$/);
  expect([isVisible, width]).toEqual(["true", "640"]);
});

test("the folder of classic scripts, copied to a server, runs with the network cut", async () => {
  const page = `<!doctype html><title>waiting</title><body>
    <script src="/copied/pose.js"></script>
    <script src="/copied/drawing_utils.js"></script>
    <script>
      const pose = new Pose();
      pose.setOptions({ modelComplexity: 0 });
      pose.onResults((results) => {
        drawConnectors(document.createElement("canvas").getContext("2d"), results.poseLandmarks, POSE_CONNECTIONS);
        document.title = results.poseLandmarks.length + " landmarks";
      });
      const video = document.createElement("video");
      video.muted = true;
      video.src = "/samples/jumping_jacks.mp4";
      video.onplaying = () => video.requestVideoFrameCallback(() => pose.send({ image: video }));
      video.play();
    </script>`;
  const copied = join(app, "node_modules/vitruvian/dist");
  expect(await titleOf({ "/copied": copied }, { "/index.html": page })).toBe("33 landmarks");
});

/** Serves a page, and returns its title once it has changed. */
async function titleOf(
  folders: Record<string, string>,
  pages: Record<string, string> = {},
): Promise<string> {
  const server: StaticServer = await serve({ folders: { "/samples": SAMPLES, ...folders }, pages });
  // No name leads anywhere, so that only the server of the page can be reached.
  const browser: Browser = await launch("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1");
  try {
    const page = await browser.newPage();
    await page.goto(`${server.address}/index.html`);
    await page.waitForFunction(() => document.title !== "waiting", null, { timeout: 90_000 });
    return await page.title();
  } finally {
    await browser.close();
    await server.close();
  }
}
