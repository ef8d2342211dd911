/** What `send` is given, as far as Node can make it. The browser's tests send real images. */

import { afterEach, expect, test, vi } from "vitest";
import { FrameError } from "../src/errors.js";
import { capture } from "../src/image.js";

/** An object that says that it is of a class of the browser. */
function fake(name: string, properties: object): unknown {
  return { [Symbol.toStringTag]: name, ...properties };
}

afterEach(() => vi.unstubAllGlobals());

test.each([
  [null, "null"],
  [undefined, "undefined"],
  ["image.png", "of type String"],
  [7, "of type Number"],
  [{}, "of type Object"],
  [[1, 2, 3], "of type Array"],
  [fake("HTMLDivElement", {}), "of type HTMLDivElement"],
  [fake("constructor", {}), "of type constructor"],
])("%o is no image, and the error says what it is", async (source, words) => {
  await expect(capture(source)).rejects.toThrow(FrameError);
  await expect(capture(source)).rejects.toThrow(words);
});

test.each([
  ["HTMLImageElement", { complete: false, naturalWidth: 9, naturalHeight: 9 }, "event load"],
  ["HTMLImageElement", { complete: true, naturalWidth: 0, naturalHeight: 0 }, "event load"],
  [
    "HTMLVideoElement",
    { readyState: 1, HAVE_CURRENT_DATA: 2, videoWidth: 9, videoHeight: 9 },
    "loadeddata",
  ],
  ["HTMLCanvasElement", { width: 0, height: 9 }, "size"],
  ["OffscreenCanvas", { width: 9, height: 0 }, "size"],
  ["ImageBitmap", { width: 0, height: 0 }, "closed"],
  ["VideoFrame", { displayWidth: 0, displayHeight: 0 }, "closed"],
  ["ImageData", { width: NaN, height: 9 }, "pixels"],
])("a %s of %o has no pixels, and the error says what to do", async (name, properties, words) => {
  const source = fake(name, properties);
  await expect(capture(source)).rejects.toThrow(FrameError);
  await expect(capture(source)).rejects.toThrow(words);
});

test("an image that the browser cannot copy is a frame error with its cause", async () => {
  const cause = new Error("out of memory");
  vi.stubGlobal("createImageBitmap", async () => {
    throw cause;
  });
  await expect(capture(fake("ImageData", { width: 9, height: 9 }))).rejects.toMatchObject({
    name: "FrameError",
    cause,
  });
});
