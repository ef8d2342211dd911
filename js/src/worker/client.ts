/** The page's side of the worker: starts it, asks it, ends it. */

import { ClosedError, EngineError, errorOfName } from "../errors.js";
import type { Answer, Frame, Reply, Request, Setup } from "./protocol.js";

/** Something that runs the worker's script, and how to end it. */
interface Host {
  readonly port: MessagePort;
  readonly end: () => void;
}

interface Pending {
  resolve(answer: Answer | null): void;
  reject(error: Error): void;
}

/** A running worker, or the main thread where workers are refused. */
export class WorkerClient {
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private end: (() => void) | null = null;
  private readonly host: Promise<MessagePort>;

  /** @param address where the worker's script lies. */
  constructor(address: string) {
    this.host = this.start(address);
    this.host.catch(() => {}); // each request reports it
  }

  /**
   * Asks the worker.
   *
   * @throws one of the errors of this package.
   */
  async request(setup: Setup, frame: Frame | null): Promise<Answer | null> {
    const port = await this.host;
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      const request: Request = { id, setup, frame };
      port.postMessage(request, frame === null ? [] : [frame.image]);
    });
  }

  /** Ends the worker. Requests that wait are refused. */
  close(): void {
    this.end?.();
    this.fail(new ClosedError("This Pose was closed: make a new one."));
  }

  private async start(address: string): Promise<MessagePort> {
    const failed = (error: Error) => this.fail(error);
    const host = await startWorker(address, failed).catch(() => startFrame(address));
    this.end = host.end;
    host.port.onmessage = ({ data }: MessageEvent<Reply | null>) => this.settle(data);
    return host.port;
  }

  private settle(reply: Reply | null): void {
    if (reply === null) return; // the frame's script is ready
    const pending = this.pending.get(reply.id);
    this.pending.delete(reply.id);
    if ("error" in reply) pending?.reject(errorOfName(reply.error.name, reply.error.message));
    else pending?.resolve(reply.answer);
  }

  private fail(error: Error): void {
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
  }
}

/** Starts a worker; fails if the page may have none. */
async function startWorker(address: string, onError: (error: Error) => void): Promise<Host> {
  const worker = newWorker(address);
  const { port1, port2 } = new MessageChannel();
  worker.postMessage(null, [port2]);
  await new Promise<void>((resolve, reject) => {
    port1.onmessage = () => resolve();
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new EngineError(`The worker ${address} cannot be started.`));
      onError(new EngineError(`The worker failed: ${event.message}.`));
    };
  });
  return { port: port1, end: () => worker.terminate() };
}

function newWorker(address: string): Worker {
  if (new URL(address).origin === location.origin) return new Worker(address);
  // A worker's script must be of the page's origin, but it may import others.
  const source = new Blob([`importScripts(${JSON.stringify(address)})`], {
    type: "text/javascript",
  });
  const url = URL.createObjectURL(source);
  try {
    return new Worker(url);
  } finally {
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }
}

/** Runs the script in a hidden frame of the page, and so on the page's thread. */
async function startFrame(address: string): Promise<Host> {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  document.documentElement.append(frame);
  const scope = frame.contentWindow!;
  const script = scope.document.createElement("script");
  script.src = address;
  await new Promise((resolve, reject) => {
    script.onload = resolve;
    script.onerror = () => {
      frame.remove();
      reject(new EngineError(`${address} cannot be loaded: serve it there.`));
    };
    scope.document.head.append(script);
  });
  const { port1, port2 } = new MessageChannel();
  scope.postMessage(null, "*", [port2]);
  return { port: port1, end: () => frame.remove() };
}
