/** How close is close enough, and why. */

/**
 * A last digit of float32 near 1 is 1.2e-7. C libraries differ by one in the angle of a region, and
 * half a dozen operations follow.
 */
export const LAST_DIGIT = 1e-6;

/** The browser keeps masks in bytes, which are rounded; Python keeps them in float32. */
export const ROUNDED_BYTE = 0.5 + 1e-3;
