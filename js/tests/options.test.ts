import { expect, test } from "vitest";
import { OptionError, VitruvianError } from "../src/errors.js";
import { DEFAULTS, changed } from "../src/options.js";

test("the defaults are those of the documentation", () => {
  expect(DEFAULTS).toEqual({
    selfieMode: false,
    modelComplexity: 1,
    smoothLandmarks: true,
    enableSegmentation: false,
    smoothSegmentation: true,
    minDetectionConfidence: 0.5,
    minTrackingConfidence: 0.5,
  });
});

test("options that are not given stay", () => {
  const some = changed(DEFAULTS, { modelComplexity: 2, selfieMode: true });
  expect(changed(some, { selfieMode: false })).toEqual({ ...DEFAULTS, modelComplexity: 2 });
});

test("undefined, null and unknown names change nothing", () => {
  const given = {
    modelComplexity: undefined,
    selfieMode: null,
    useCpuInference: true,
    __proto__: { modelComplexity: 2 },
    constructor: 1,
  };
  expect(changed(DEFAULTS, given)).toEqual(DEFAULTS);
});

test("values are converted as by the reference", () => {
  const given = { modelComplexity: "2", minDetectionConfidence: "0.25", enableSegmentation: 1 };
  expect(changed(DEFAULTS, given)).toEqual({
    ...DEFAULTS,
    modelComplexity: 2,
    minDetectionConfidence: 0.25,
    enableSegmentation: true,
  });
});

test.each([
  ["modelComplexity", 7],
  ["modelComplexity", 1.5],
  ["modelComplexity", -1],
  ["modelComplexity", NaN],
  ["modelComplexity", "heavy"],
  ["minDetectionConfidence", 5],
  ["minDetectionConfidence", -0.1],
  ["minDetectionConfidence", NaN],
  ["minTrackingConfidence", Infinity],
  ["minTrackingConfidence", "much"],
  ["minTrackingConfidence", {}],
  ["minTrackingConfidence", [1]],
  ["minTrackingConfidence", Symbol("much")],
  ["minTrackingConfidence", Object.create(null)],
])("%s cannot be %s", (name, value) => {
  expect(() => changed(DEFAULTS, { [name]: value })).toThrow(OptionError);
  expect(() => changed(DEFAULTS, { [name]: value })).toThrow(name);
});

test.each([null, undefined, 7, "lite"])("%s are no options", (given) => {
  expect(() => changed(DEFAULTS, given)).toThrow(OptionError);
});

test("an option error is an error of this package and of the language", () => {
  expect(new OptionError("")).toBeInstanceOf(VitruvianError);
  expect(new OptionError("")).toBeInstanceOf(Error);
});
