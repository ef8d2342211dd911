/** A server of static files on 127.0.0.1, for tests and benchmarks. */

import { existsSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".mp4": "video/mp4",
};

/** Both headers are what browsers demand before a page may use threads. */
const ISOLATION = {
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Embedder-Policy": "require-corp",
};

/** Answers a request itself and returns true, or leaves it to the files. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface ServerOptions {
  /** Folders by the first part of the path, such as `{ "/dist": "/home/me/js/dist" }`. */
  folders: Record<string, string>;
  /** Pages by their path, such as `{ "/": "<!doctype html>…" }`. */
  pages?: Record<string, string>;
  /** Whether pages are cross-origin isolated, and so may use threads. */
  isolated?: boolean;
  /** Further headers of every answer. */
  headers?: Record<string, string>;
  /** Asked before everything else. */
  handler?: Handler;
}

export interface StaticServer {
  /** The address of the server's root, without a slash at its end. */
  readonly address: string;
  /** The paths that were asked for, in order. */
  readonly requests: string[];
  close(): Promise<void>;
}

/** Starts a server on a free port. */
export async function serve(options: ServerOptions): Promise<StaticServer> {
  const requests: string[] = [];
  const headers = {
    ...(options.isolated ? ISOLATION : {}),
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
    ...options.headers,
  };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    requests.push(path);
    if (options.handler?.(request, response)) return;
    const page = options.pages?.[path];
    if (page !== undefined) {
      response.writeHead(200, { ...headers, "Content-Type": TYPES[".html"] }).end(page);
      return;
    }
    const file = fileAt(path, options.folders);
    if (file === undefined) {
      response.writeHead(404, headers).end("not found");
      return;
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    sendFile(file, request.headers.range, response, {
      ...headers,
      "Accept-Ranges": "bytes",
      "Content-Type": type,
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers with a file, or with the range of it that is asked for, without which videos cannot seek. */
function sendFile(
  file: string,
  range: string | undefined,
  response: ServerResponse,
  headers: Record<string, string>,
): void {
  const content = readFileSync(file);
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? "") ?? [];
  if (first === undefined) {
    response.writeHead(200, { ...headers, "Content-Length": content.length }).end(content);
    return;
  }
  const part = content.subarray(Number(first), last ? Number(last) + 1 : undefined);
  if (part.length === 0) {
    response.writeHead(416, { ...headers, "Content-Range": `bytes */${content.length}` }).end();
    return;
  }
  const end = Number(first) + part.length - 1;
  response
    .writeHead(206, {
      ...headers,
      "Content-Length": part.length,
      "Content-Range": `bytes ${first}-${end}/${content.length}`,
    })
    .end(part);
}

function fileAt(path: string, folders: Record<string, string>): string | undefined {
  for (const [prefix, folder] of Object.entries(folders)) {
    if (!path.startsWith(`${prefix}/`)) continue;
    const file = join(folder, normalize(path.slice(prefix.length)));
    if (existsSync(file) && statSync(file).isFile()) return file;
  }
  return undefined;
}
