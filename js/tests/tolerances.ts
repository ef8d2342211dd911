/** How close is close enough, and why. */

/**
 * A last digit of float32 near 1 is 1.2e-7. C libraries differ by one in the angle of a region, and
 * half a dozen operations follow.
 */
export const LAST_DIGIT = 1e-6;

/** The browser keeps masks in bytes, which are rounded; Python keeps them in float32. */
export const ROUNDED_BYTE = 0.5 + 1e-3;

/** Of the pixels of a mask, the share that the last digit of float32 rounds to another byte. */
export const ROUNDED_MASK_SHARE = 1e-3;

/** What the reference and this package may be apart, in one page, where its visibility is over 0.5. */
export interface Apart {
  /** Median and 99th percentile of the landmarks' distances, in pixels of the image. */
  readonly px: readonly [number, number];
  /** The same of the world landmarks, in millimetres. */
  readonly worldMm: readonly [number, number];
}

/**
 * Independent images. The networks' sums have the bits of the reference, but its sines come from
 * another C library, and a difficult image turns a last digit into 0.1 px.
 */
export const STILLS: Apart = { px: [0.01, 0.2], worldMm: [0.1, 2] };

/** A video: the smoothed landmarks of a frame decide where the next one is searched. */
export const VIDEO: Apart = { px: [0.05, 1], worldMm: [0.1, 2] };

/**
 * The mean difference of the pixels of masks, of 255, and the share that differ by 3 at most: a region
 * that is 0.1 px elsewhere moves the mask's rim.
 */
export const MASK_MEAN = 0.2;
export const MASK_WITHIN_3 = 0.999;
