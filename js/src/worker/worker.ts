/**
 * The script that computes. It runs in a worker, or in an `iframe` of the page where workers are
 * refused: in both it has a global scope of its own, so that LiteRT's global names meet no others.
 */

import type { Answer, Reply, Request } from "./protocol.js";
import { Session } from "./session.js";

declare const importScripts: ((address: string) => void) | undefined;

/** Runs a classic script in this global scope. */
async function runScript(address: string): Promise<void> {
  if (typeof importScripts === "function") {
    importScripts(address);
    return;
  }
  const script = document.createElement("script");
  script.src = address;
  script.crossOrigin = "anonymous";
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => reject(new Error("the script cannot be loaded"));
    document.head.append(script);
  });
}

function serve(port: MessagePort): void {
  const session = new Session(runScript);
  port.onmessage = async ({ data }: MessageEvent<Request>) => {
    const { id, setup, frame } = data;
    try {
      const answer = await session.process(setup, frame);
      port.postMessage({ id, answer } satisfies Reply, bitmapsOf(answer));
    } catch (error) {
      const { name, message } = error as Error;
      port.postMessage({ id, error: { name, message } } satisfies Reply);
    }
  };
  port.postMessage(null); // ready
}

function bitmapsOf(answer: Answer | null): ImageBitmap[] {
  if (answer === null) return [];
  const mask = answer.found?.mask;
  return mask ? [answer.image, mask] : [answer.image];
}

addEventListener("message", ({ ports: [port] }: MessageEvent) => {
  if (port) serve(port);
});
