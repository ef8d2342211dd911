import { createHash } from "node:crypto";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { WeightsError } from "../../src/errors.js";
import { fetchWeights } from "../../src/weights/fetch.js";

const CONTENT = new TextEncoder().encode("the right bytes");
const FILE = {
  name: "some.tflite",
  sizeBytes: CONTENT.length,
  sha256: createHash("sha256").update(CONTENT).digest("hex"),
};
const OTHER_BYTES = new TextEncoder().encode("THE RIGHT BYTES"); // as many

/** What lies at each address; nothing can be reached elsewhere. */
const SERVER: Record<string, () => Response> = {
  "/right": () => new Response(CONTENT),
  "/wrong": () => new Response(OTHER_BYTES),
  "/short": () => new Response(CONTENT.slice(1)),
  "/page": () => new Response("<!doctype html>"),
  "/missing": () => new Response("not found", { status: 404 }),
};
const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.spyOn(console, "warn").mockImplementation(() => {});
  vi.stubGlobal("fetch", async (address: string) => {
    asked.push(address);
    if (!(address in SERVER)) throw new TypeError("Failed to fetch");
    return SERVER[address]();
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test("the first address that has the pinned bytes is used, in silence", async () => {
  expect(await fetchWeights(FILE, ["/right", "/other"])).toEqual(CONTENT);
  expect(asked).toEqual(["/right"]);
  expect(console.warn).not.toHaveBeenCalled();
});

test.each(["/wrong", "/short", "/page", "/missing", "/unreachable"])(
  "what lies at %s is refused, the next address is used, and the console says so",
  async (address) => {
    expect(await fetchWeights(FILE, [address, "/right"])).toEqual(CONTENT);
    expect(console.warn).toHaveBeenCalledOnce();
    expect(vi.mocked(console.warn).mock.calls[0][0]).toContain(address);
  },
);

test("the error has the reason of each address", async () => {
  const failed = fetchWeights(FILE, ["/missing", "/wrong", "/unreachable"]);
  await expect(failed).rejects.toThrow(WeightsError);
  await expect(failed).rejects.toThrow(
    /some\.tflite.*\/missing answers 404.*\/wrong has other bytes.*\/unreachable cannot be reached/,
  );
});
