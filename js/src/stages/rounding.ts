/**
 * float32 arithmetic that rounds exactly where MediaPipe rounds.
 *
 * The landmark model reacts to the last bits of its input: a region that is off by 0.0001 px moves
 * the landmarks of a difficult frame by 0.1 px, and with them the next region. Everything that leads
 * to a region is therefore computed to the last bit as the reference computes it. The twin of
 * stages/rounding.py.
 */

/** Rounds to float32. Every step of a computation that leads to a region is rounded by it. */
export const float32 = Math.fround;

/** Returns 1 / (1 + exp(-x)) with each step rounded to float32. */
export function sigmoid(value: number): number {
  return float32(1 / float32(1 + float32(Math.exp(-value))));
}

// musl's atan2f, of the C library in MediaPipe's WebAssembly module, is off by up to one last digit.
// It reduces a tangent to a small one beside an angle with a known tangent, which is kept in two
// parts: high + low.
const ATAN_HALF = [4.6364760399e-1, 5.012158244e-9].map(float32);
const ATAN_ONE = [7.8539812565e-1, 3.7748947079e-8].map(float32);
const ATAN_ONE_AND_A_HALF = [9.8279368877e-1, 3.447321717e-8].map(float32);
const ATAN_INFINITY = [1.5707962513, 7.5497894159e-8].map(float32);
const PI = float32(Math.PI);
const PI_LOW = float32(-8.7422776573e-8);
const POLYNOMIAL = [
  3.3333328366e-1, -1.9999158382e-1, 1.4253635705e-1, -1.0648017377e-1, 6.1687607318e-2,
].map(float32);

/** Returns the angle of a vector (x, y) of float32 numbers, in (-pi, pi]. */
export function arctan2(y: number, x: number): number {
  if (x === 0 || y === 0) return float32(Math.atan2(y, x));
  const angle = arctan(float32(Math.abs(float32(y / x))));
  const unsigned = x > 0 ? angle : float32(PI - float32(angle - PI_LOW));
  return y > 0 ? unsigned : -unsigned;
}

/** Returns the arctangent of a float32 number that is not negative. */
function arctan(tangent: number): number {
  if (tangent < 7 / 16) return float32(tangent - float32(tangent * oddTerms(tangent)));
  let rest: number;
  let [high, low] = ATAN_INFINITY;
  if (tangent < 11 / 16) {
    rest = float32(float32(2 * tangent - 1) / float32(2 + tangent));
    [high, low] = ATAN_HALF;
  } else if (tangent < 19 / 16) {
    rest = float32(float32(tangent - 1) / float32(tangent + 1));
    [high, low] = ATAN_ONE;
  } else if (tangent < 39 / 16) {
    rest = float32(float32(tangent - 1.5) / float32(1 + float32(1.5 * tangent)));
    [high, low] = ATAN_ONE_AND_A_HALF;
  } else {
    rest = float32(-1 / tangent);
  }
  return float32(high - float32(float32(float32(rest * oddTerms(rest)) - low) - rest));
}

/** Returns 1 - atan(x) / x for a small x. */
function oddTerms(x: number): number {
  const [a, b, c, d, e] = POLYNOMIAL;
  const z = float32(x * x);
  const w = float32(z * z);
  const odd = float32(z * float32(a + float32(w * float32(c + float32(w * e)))));
  const even = float32(w * float32(b + float32(w * d)));
  return float32(odd + even);
}
