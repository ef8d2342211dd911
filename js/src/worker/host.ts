/** Where the worker's script runs: in a worker, or on the page's thread where workers are refused. */

import { EngineError } from "../errors.js";

/** Something that runs the worker's script. */
export interface Host {
  /** To talk with the script. */
  readonly port: MessagePort;
  readonly end: () => void;
}

/**
 * Starts the script.
 *
 * @param address where it lies.
 * @param onError told if the script fails later, outside of a request.
 * @throws EngineError it cannot be loaded.
 */
export async function startHost(address: string, onError: (error: Error) => void): Promise<Host> {
  try {
    return await startWorker(address, onError);
  } catch {
    return startFrame(address); // the page may have no worker, or the script is not there
  }
}

async function startWorker(address: string, onError: (error: Error) => void): Promise<Host> {
  const worker = newWorker(address);
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(null, [port2]);
  await new Promise((resolve, reject) => {
    port1.onmessage = resolve; // the script is ready
    worker.onerror = reject;
  });
  worker.onerror = (event) => {
    event.preventDefault();
    onError(new EngineError(`The worker failed: ${event.message}.`));
  };
  return { port: port1, end: () => worker.terminate() };
}

/** A worker's script must be of the page's origin, but it may import others. */
function newWorker(address: string): Worker {
  if (new URL(address).origin === location.origin) return new Worker(address);
  const source = `importScripts(${JSON.stringify(address)})`;
  const url = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  try {
    return new Worker(url);
  } finally {
    // The worker has the script when the call returns, but older browsers fetch it later.
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }
}

/** Runs the script in an invisible frame, which has a global scope of its own on the page's thread. */
async function startFrame(address: string): Promise<Host> {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  document.documentElement.append(frame);
  const scope = frame.contentWindow!;
  const script = scope.document.createElement("script");
  script.src = address;
  const { port1, port2 } = new MessageChannel();
  try {
    await new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = reject;
      scope.document.head.append(script);
    });
    scope.postMessage(null, "*", [port2]);
    await new Promise((resolve) => (port1.onmessage = resolve));
  } catch {
    frame.remove();
    throw new EngineError(`${address} cannot be loaded: serve all files of the package there.`);
  }
  return { port: port1, end: () => frame.remove() };
}
