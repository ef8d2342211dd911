/** The page's side of the worker: starts it, asks it, ends it. */

import { ClosedError, EngineError, errorOfName } from "../errors.js";
import { startHost, type Host } from "./host.js";
import type { Answer, Frame, Reply, Request, Setup } from "./protocol.js";

interface Pending {
  readonly request: Request;
  resolve(answer: Answer | null): void;
  reject(error: Error): void;
}

/** A running worker, or the main thread where workers are refused. */
export class WorkerClient {
  private readonly pending = new Map<number, Pending>();
  private lastId = 0;
  private host: Host | null = null;
  private isClosed = false;

  /**
   * @param address where the worker's script lies.
   * @param onFailure told that the worker cannot be used any more.
   */
  constructor(
    address: string,
    private readonly onFailure: () => void,
  ) {
    startHost(address, (error) => this.fail(error)).then(
      (host) => this.use(host),
      (error: Error) => this.fail(error),
    );
  }

  /**
   * Asks the worker.
   *
   * @throws one of the errors of this package.
   */
  request(setup: Setup, frame: Frame | null): Promise<Answer | null> {
    return new Promise((resolve, reject) => {
      const id = ++this.lastId;
      const pending = { request: { id, setup, frame }, resolve, reject };
      this.pending.set(id, pending);
      if (this.host !== null) this.post(this.host, pending);
    });
  }

  /** Ends the worker. Requests that wait are refused. */
  close(): void {
    this.isClosed = true;
    this.host?.end();
    this.refuseAll(new ClosedError("This Pose was closed: make a new one."));
  }

  private use(host: Host): void {
    if (this.isClosed) {
      host.end();
      return;
    }
    this.host = host;
    host.port.onmessage = ({ data }: MessageEvent<Reply>) => this.settle(data);
    for (const pending of this.pending.values()) this.post(host, pending);
  }

  private post({ port }: Host, { request, reject }: Pending): void {
    try {
      port.postMessage(request, request.frame === null ? [] : [request.frame.source]);
    } catch (error) {
      this.pending.delete(request.id);
      reject(
        errorOfName(
          "FrameError",
          `The image may not be read (${String(error)}): serve it ` +
            "from the page's own origin, or with the header Access-Control-Allow-Origin.",
        ),
      );
    }
  }

  private settle(reply: Reply): void {
    const pending = this.pending.get(reply.id);
    this.pending.delete(reply.id);
    if ("error" in reply) pending?.reject(errorOfName(reply.error.name, reply.error.message));
    else pending?.resolve(reply.answer);
  }

  private fail(error: Error): void {
    this.host?.end();
    this.refuseAll(error instanceof EngineError ? error : new EngineError(String(error)));
    this.onFailure();
  }

  private refuseAll(error: Error): void {
    for (const { reject } of this.pending.values()) reject(error);
    this.pending.clear();
  }
}
