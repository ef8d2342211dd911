/** A page with this package and a few names that tests of its behaviour use. */

import type { Browser, Page } from "playwright-core";
import type * as Vitruvian from "../../src/index.js";
import { launch } from "./browser.js";
import { IMAGES } from "./images.js";
import { DIST, NODE_MODULES, SAMPLES } from "./paths.js";
import { serve, type Handler, type StaticServer } from "./server.js";

/** What the page has: all names of the package, and these. */
export interface InPage {
  vitruvian: typeof Vitruvian;
  /** Loads one of the images of `make_images.py` into a canvas. */
  load(name: string): Promise<HTMLCanvasElement>;
  /** Makes a `Pose` with the Lite model, whose results are kept. */
  start(config?: Vitruvian.PoseConfig): { pose: Vitruvian.Pose; results: Vitruvian.Results[] };
  /** Waits until a promise is settled. */
  outcome(promise: unknown): Promise<Outcome>;
}

/** How a call ended: for a failure, with the classes of its error, from the most special one on. */
export interface Outcome {
  failed: boolean;
  classes: string[];
  message: string;
}

export const SUCCESS: Outcome = { failed: false, classes: [], message: "" };

const SCRIPT = `
  import * as vitruvian from "/dist/index.mjs";

  async function load(name) {
    const image = new Image();
    image.src = "/media/" + name;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
    canvas.getContext("2d").drawImage(image, 0, 0);
    return canvas;
  }

  function start(config) {
    const pose = new vitruvian.Pose(config);
    const results = [];
    pose.setOptions({ modelComplexity: 0 });
    pose.onResults((result) => void results.push(result));
    return { pose, results };
  }

  async function outcome(promise) {
    try {
      await promise;
      return { failed: false, classes: [], message: "" };
    } catch (error) {
      const classes = [];
      for (let of = error; of.constructor !== Object; of = Object.getPrototypeOf(of)) {
        if (Object.hasOwn(of, "constructor")) classes.push(of.constructor.name);
      }
      return { failed: true, classes, message: error.message };
    }
  }

  Object.assign(globalThis, { vitruvian, load, start, outcome });
`;

/** A running browser with the page. */
export class Playground {
  /** Asked for every file before the server looks for it. */
  handler: Handler = () => false;
  server!: StaticServer;

  private constructor(readonly browser: Browser) {}

  /**
   * Starts Chromium and the server.
   *
   * @param headers of every answer.
   */
  static async open(headers: Record<string, string> = {}): Promise<Playground> {
    const playground = new Playground(await launch());
    playground.server = await serve({
      folders: {
        "/dist": DIST,
        "/media": IMAGES,
        "/reference": `${NODE_MODULES}/@mediapipe/pose`,
        "/samples": SAMPLES,
      },
      pages: {
        "/": `<!doctype html><link rel="icon" href="data:,"><script type="module">${SCRIPT}</script>`,
      },
      headers,
      handler: (...of) => playground.handler(...of),
    });
    return playground;
  }

  /** Opens the page. */
  async page(): Promise<Page> {
    const page = await this.browser.newPage();
    await page.goto(this.server.address);
    await page.waitForFunction(() => "start" in globalThis);
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
  }
}
