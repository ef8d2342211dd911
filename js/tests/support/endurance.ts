/** A page that sends many frames, and makes many `Pose`, while its workers and memory are counted. */

import { readFileSync } from "node:fs";
import type { Browser, Page } from "playwright-core";
import { DIST, SAMPLES } from "./paths.js";
import { serve, type StaticServer } from "./server.js";

const PAGE = `<!doctype html><link rel="icon" href="data:,"><body>
  <script src="/dist/pose.js"></script>`;

/** Sizes of frames, in turn: of phones, webcams, and odd ones. */
const SIZES = [
  [640, 480],
  [480, 640],
  [1280, 720],
  [321, 243],
  [1768, 994],
  [64, 64],
];

/** Chromium frees the memory of workers up to four seconds after it has ended them. */
const MS_TO_FREE = 6000;

/** A page with `Pose`, at work. */
export class Endurance {
  private constructor(
    private readonly browser: Browser,
    private readonly server: StaticServer,
    private readonly page: Page,
  ) {}

  /** Opens the page. It is isolated, so that the workers of LiteRT's threads are counted as well. */
  static async open(browser: Browser): Promise<Endurance> {
    const server = await serve({
      isolated: true,
      folders: { "/dist": DIST, "/samples": SAMPLES },
      pages: { "/": PAGE },
    });
    const page = await browser.newPage();
    await page.goto(server.address);
    await page.evaluate(takeFrames, SIZES);
    return new Endurance(browser, server, page);
  }

  /** Sends frames of changing sizes to one `Pose` with masks, which stays open. */
  async send(count: number): Promise<void> {
    await this.page.evaluate(sendInPage, count);
  }

  /** Creates a `Pose`, sends a frame, and closes it, so many times. */
  async createAndClose(times: number): Promise<void> {
    await this.page.evaluate(createInPage, times);
  }

  /**
   * Returns how many workers of the page run, those of LiteRT's threads included, as soon as they are
   * no more than wanted, or after ten seconds.
   */
  async workers(wanted: number): Promise<number> {
    const count = () => this.page.workers().length;
    for (let i = 0; i < 100 && count() > wanted; i++) await this.page.waitForTimeout(100);
    return count();
  }

  /**
   * Returns the memory of the page and its workers after garbage was collected: that of their
   * process, as Linux counts it (proportional set size).
   */
  async memoryBytes(): Promise<number> {
    await this.page.waitForTimeout(MS_TO_FREE);
    const page = await this.page.context().newCDPSession(this.page);
    await page.send("HeapProfiler.collectGarbage");
    await page.detach();
    const browser = await this.browser.newBrowserCDPSession();
    const { processInfo } = await browser.send("SystemInfo.getProcessInfo");
    await browser.detach();
    const renderers = processInfo.filter(({ type }) => type === "renderer");
    return Math.max(...renderers.map(({ id }) => memoryOfProcess(id)));
  }

  async close(): Promise<void> {
    await this.page.close();
    await this.server.close();
  }
}

function memoryOfProcess(id: number): number {
  const summary = readFileSync(`/proc/${id}/smaps_rollup`, "utf8");
  const [, kibibytes] = /^Pss:\s*(\d+) kB$/m.exec(summary)!;
  return 1024 * Number(kibibytes);
}

/** Runs in the page. */
async function takeFrames(sizes: number[][]): Promise<void> {
  const video = document.createElement("video");
  video.muted = true;
  video.src = "/samples/jumping_jacks.mp4";
  video.currentTime = 2;
  await new Promise((resolve) => (video.onseeked = resolve));
  const frames = sizes.map(([width, height]) => {
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width, height });
    canvas.getContext("2d")!.drawImage(video, 0, 0, width, height);
    return canvas;
  });
  Object.assign(globalThis, { frames, pose: null });
}

/** Runs in the page. */
async function sendInPage(count: number): Promise<void> {
  const here = globalThis as unknown as { Pose: new () => any; pose: any; frames: unknown[] };
  if (here.pose === null) {
    here.pose = new here.Pose();
    here.pose.setOptions({ modelComplexity: 0, enableSegmentation: true });
    here.pose.onResults(() => {});
  }
  for (let i = 0; i < count; i++) {
    await here.pose.send({ image: here.frames[i % here.frames.length] });
  }
}

/** Runs in the page. */
async function createInPage(times: number): Promise<void> {
  const { Pose, frames } = globalThis as unknown as { Pose: new () => any; frames: unknown[] };
  for (let i = 0; i < times; i++) {
    const pose = new Pose();
    pose.setOptions({ modelComplexity: 0 });
    pose.onResults(() => {});
    await pose.send({ image: frames[0] });
    await pose.close();
  }
}
