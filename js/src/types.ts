/**
 * The data that flows between the stages: images, detections, regions and landmarks.
 *
 * Coordinates are normalized: x and z are fractions of the image's width, y of its height, from the
 * top left corner. They lie outside of [0, 1] for points beside the image. Points are stored one
 * after the other: x, y, z, x, y, z, … The twin of types.py.
 */

/** Width and height of an image in pixels. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** A rectangle of whole pixels. */
export interface Box extends ImageSize {
  readonly left: number;
  readonly top: number;
}

/** An image of which only what is needed is read. */
export interface Image extends ImageSize {
  /** Returns the pixels of a box, or of a larger one. The next call may overwrite them. */
  read(box: Box): Promise<Pixels>;
}

/** The pixels of a box of an image. */
export interface Pixels {
  readonly box: Box;
  /** Row by row, 4 bytes each. */
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  /** Where in a pixel its red and its blue lie; green is between them. */
  readonly red: 0 | 2;
  readonly blue: 2 | 0;
}

/**
 * A 2×3 matrix of float32 numbers, row by row: (x, y) → (m[0] x + m[1] y + m[2], m[3] x + m[4] y +
 * m[5]).
 */
export type Affine = readonly [number, number, number, number, number, number];

/** A rectangle of the image in which a body, rotated by -`angleRad`, stands upright. */
export interface Region {
  /** As a fraction of the image's width. */
  readonly centerX: number;
  /** As a fraction of the image's height. */
  readonly centerY: number;
  readonly width: number;
  readonly height: number;
  /** Clockwise, since y points down. */
  readonly angleRad: number;
}

/** A person that the detector found. Its coordinates are normalized. */
export interface Detection {
  readonly score: number;
  /**
   * (6, 2) x, y of the face's first and last corner, the hips' midpoint, a point on the circle
   * around the whole body, the shoulders' midpoint, and a point on the upper body's circle.
   */
  readonly points: Float32Array;
}

/** The output of the landmark model for the person in one region. */
export interface Landmarks {
  /** (33, 3) x, y, z in normalized coordinates; z is 0 at the hips' midpoint. */
  readonly landmarks: Float32Array;
  /** (2, 3) x, y, z of the two alignment points, in normalized coordinates. */
  readonly auxiliary: Float32Array;
  /** (33, 3) x, y, z in metres from the hips' midpoint, along the image's axes. */
  readonly worldLandmarks: Float32Array;
  /** (33) in [0, 1]: the landmark is in the image and not occluded. */
  readonly visibility: Float32Array;
  /** In [0, 1]: the region contains a person. */
  readonly score: number;
  /** The pixels of the person, if masks were requested. */
  readonly mask: Mask | null;
}

/** A mask of the image. Outside of its box it is 0. */
export interface Mask {
  readonly box: Box;
  /** (box.height, box.width) in 0 to 255: the pixel belongs to the person. */
  readonly values: Uint8ClampedArray;
}
