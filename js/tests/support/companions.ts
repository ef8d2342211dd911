/** Two pages in one Chromium: one with our companions, one with the reference's. */

import type { Browser, Page } from "playwright-core";
import { launch } from "./browser.js";
import { DIST, NODE_MODULES } from "./paths.js";
import { serve, type StaticServer } from "./server.js";

export interface Pair {
  ours: Page;
  theirs: Page;
  close(): Promise<void>;
}

/**
 * Opens both pages.
 *
 * @param name of the companion, such as "drawing_utils".
 * @param chromiumArguments further arguments of Chromium's command line.
 */
export async function openPair(name: string, ...chromiumArguments: string[]): Promise<Pair> {
  const browser: Browser = await launch(...chromiumArguments);
  const server: StaticServer = await serve({
    folders: { "/dist": DIST, "/reference": `${NODE_MODULES}/@mediapipe` },
    pages: {
      "/ours": page(`/dist/${name}.js`),
      "/theirs": page(`/reference/${name}/${name}.js`),
    },
  });
  const open = async (path: string): Promise<Page> => {
    const opened = await browser.newPage();
    await opened.goto(server.address + path);
    return opened;
  };
  return {
    ours: await open("/ours"),
    theirs: await open("/theirs"),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

function page(script: string): string {
  return `<!doctype html><body style="margin: 0"><script src="${script}"></script>`;
}
