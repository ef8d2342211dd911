/** Engines and images for tests of the stages. */

import type { Engine } from "../../src/engines/protocol.js";
import type { Box, Image, ImageSize } from "../../src/types.js";

/** Gives the same outputs for every image, and keeps the last input. */
export class FakeEngine implements Engine {
  input: Float32Array = new Float32Array();
  isClosed = false;

  constructor(
    private readonly inputLength: number,
    private readonly outputs: Float32Array[],
  ) {}

  async infer(write: (input: Float32Array) => Promise<void>): Promise<Float32Array[]> {
    this.input = new Float32Array(this.inputLength);
    await write(this.input);
    return this.outputs;
  }

  close(): void {
    this.isClosed = true;
  }
}

/** The red, green and blue of the pixel in a column and a row. */
export type Paint = (x: number, y: number) => readonly [number, number, number];

/** An image whose pixels are computed where they are read. */
export function painted({ width, height }: ImageSize, paint: Paint): Image {
  return {
    width,
    height,
    read: async (box: Box) => {
      const pixels = new Uint8ClampedArray(4 * box.width * box.height);
      for (let i = 0; i < pixels.length / 4; i++) {
        const x = box.left + (i % box.width);
        const y = box.top + Math.floor(i / box.width);
        pixels.set([...paint(x, y), 255], 4 * i);
      }
      return { box, pixels, red: 0, blue: 2 };
    },
  };
}

/** A black image, of which every box has one pixel's worth of memory. */
export function black({ width, height }: ImageSize): Image {
  const read = async () => ({
    box: { left: 0, top: 0, width: 1, height: 1 },
    pixels: new Uint8ClampedArray(4),
    red: 0 as const,
    blue: 2 as const,
  });
  return { width, height, read };
}

/** The landmarks of a person, all of whose numbers are the same. */
export function uniformPerson(value: number, visibility: number) {
  return {
    landmarks: new Float32Array(99).fill(value),
    auxiliary: new Float32Array(6).fill(value),
    worldLandmarks: new Float32Array(99).fill(value),
    visibility: new Float32Array(33).fill(visibility),
    score: 1,
    mask: null,
  };
}
