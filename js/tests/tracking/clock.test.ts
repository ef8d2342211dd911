import { expect, test } from "vitest";
import { TimestampError } from "../../src/errors.js";
import { FrameClock } from "../../src/tracking/clock.js";

/** A clock after a frame at 1000 ms. */
function clock(): FrameClock {
  const one = new FrameClock();
  one.advance(one.timestampUs(1000, 0));
  return one;
}

test("a timestamp in milliseconds becomes whole microseconds", () => {
  expect(new FrameClock().timestampUs(33.3339, 0)).toBe(33333);
  expect(new FrameClock().timestampUs(-5, 0)).toBe(-5000);
});

test.each([1000, 999.9, 0, 1000.0001])("the timestamp %f after 1000 is refused", (atMs) => {
  const one = clock();
  expect(() => one.timestampUs(atMs, 0)).toThrow(TimestampError);
  expect(() => one.timestampUs(atMs, 0)).toThrow("at 1000 ms");
  expect(one.timestampUs(1000.001, 0)).toBe(1_000_001);
});

test.each([NaN, Infinity, -Infinity, "7", true, {}, 1n])("%s is no timestamp", (at) => {
  expect(() => clock().timestampUs(at, 0)).toThrow(TimestampError);
});

test.each([undefined, null])(
  "a frame at %s is now, or later if a frame was later than now",
  (at) => {
    expect(clock().timestampUs(at, 2000)).toBe(2_000_000);
    expect(clock().timestampUs(at, 500)).toBe(1_000_001);
  },
);

test("a frame that fails does not advance the clock", () => {
  const one = clock();
  one.timestampUs(5000, 0);
  expect(one.timestampUs(2000, 0)).toBe(2_000_000);
});

test("reset begins another stream", () => {
  const one = clock();
  one.reset();
  expect(one.timestampUs(1, 0)).toBe(1000);
});
