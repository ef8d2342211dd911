/** Positions in an image, for each pixel of a crop, as a graphics processor computes them. */

import type { Affine } from "../types.js";
import { float32 } from "./rounding.js";

/** A run of pixels in a row: the position of a pixel is (u + us[column], v + vs[column]). */
export interface Span {
  readonly row: number;
  readonly first: number;
  readonly end: number;
  readonly u: number;
  readonly v: number;
  readonly us: Float32Array;
  readonly vs: Float32Array;
}

/**
 * Walks over the pixels of a square as a graphics processor does.
 *
 * The square is two triangles. In each, a position is a corner's, plus so much for each row, plus so
 * much for each column, in float32. Exact positions would be off by 0.0001 px, and that moves the
 * landmarks of a difficult frame by 1 px: so they have every rounding of Chromium's own renderer
 * (SwiftShader, SetupRoutine.cpp and PixelRoutine.cpp).
 */
export class Raster {
  private readonly us: Float32Array;
  private readonly vs: Float32Array;

  constructor(private readonly sizePx: number) {
    this.us = new Float32Array(sizePx);
    this.vs = new Float32Array(sizePx);
  }

  /** @param matrix maps points of the square, normalized by its side, to positions. */
  *spans(matrix: Affine): Generator<Span> {
    const { sizePx, us, vs } = this;
    const [a, b, c, d, e, f] = matrix;
    const corner = (x: 0 | 1, y: 0 | 1) => ({
      u: float32(float32(float32(a * x) + float32(b * y)) + c),
      v: float32(float32(float32(d * x) + float32(e * y)) + f),
    });
    const topLeft = corner(0, 0);
    const topRight = corner(1, 0);
    const bottomLeft = corner(0, 1);
    const bottomRight = corner(1, 1);
    const perPixel = float32(sizePx * float32(1 / (sizePx * sizePx)));
    const step = (from: number, to: number) =>
      float32(float32(to * perPixel) - float32(from * perPixel));

    for (const isUpper of [true, false]) {
      // The corner from which positions are counted, and those towards which they change.
      const origin = isUpper ? bottomLeft : topRight;
      const [originX, originY] = isUpper ? [0, sizePx] : [sizePx, 0];
      const [left, right] = isUpper ? [topLeft, topRight] : [bottomLeft, bottomRight];
      const [above, below] = isUpper ? [topLeft, bottomLeft] : [topRight, bottomRight];
      const uPerColumn = step(left.u, right.u);
      const vPerColumn = step(left.v, right.v);
      const uPerRow = step(above.u, below.u);
      const vPerRow = step(above.v, below.v);
      for (let column = 0; column < sizePx; column++) {
        us[column] = (column + 0.5 - originX) * uPerColumn;
        vs[column] = (column + 0.5 - originX) * vPerColumn;
      }
      for (let row = 0; row < sizePx; row++) {
        const rows = row + 0.5 - originY;
        // The diagonal from bottom left to top right belongs to the lower triangle.
        const diagonal = sizePx - 1 - row;
        yield {
          row,
          first: isUpper ? 0 : diagonal,
          end: isUpper ? diagonal : sizePx,
          u: float32(origin.u + float32(rows * uPerRow)),
          v: float32(origin.v + float32(rows * vPerRow)),
          us,
          vs,
        };
      }
    }
  }
}
