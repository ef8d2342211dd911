/** The form with the options, and what its values mean. */

import type { Options } from "vitruvian";
import { element } from "./page.js";
import type { Layers } from "./view.js";

const form = element<HTMLFormElement>("options");
const input = (name: string): HTMLInputElement => form.elements.namedItem(name) as HTMLInputElement;

/** Returns the options of `Pose` as the form has them. */
export function poseOptions(): Options {
  return {
    modelComplexity: Number(input("modelComplexity").value) as 0 | 1 | 2,
    smoothLandmarks: input("smoothLandmarks").checked,
    selfieMode: input("selfieMode").checked,
    enableSegmentation: input("enableSegmentation").checked,
    smoothSegmentation: input("smoothSegmentation").checked,
    minDetectionConfidence: Number(input("minDetectionConfidence").value),
    minTrackingConfidence: Number(input("minTrackingConfidence").value),
  };
}

/** Returns what to draw. */
export function layers(): Layers {
  return {
    landmarks: input("showLandmarks").checked,
    motif: input("showMotif").checked,
    ground: input("ground").value as Layers["ground"],
  };
}

/** Changes an option as if the user had clicked on it. */
export function change(name: string, value: string | boolean): void {
  if (typeof value === "boolean") input(name).checked = value;
  else input(name).value = value;
  form.dispatchEvent(new Event("input"));
}

/** Switches an option as if the user had clicked on it. */
export function flip(name: string): void {
  change(name, !input(name).checked);
}

/** Calls a function after each change. */
export function onChange(listener: () => void): void {
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    showNumbers();
    listener();
  });
  showNumbers();
}

function showNumbers(): void {
  for (const slider of form.querySelectorAll<HTMLInputElement>("input[type=range]")) {
    const output = slider.parentElement!.querySelector("output")!;
    output.value = Number(slider.value).toFixed(2);
  }
}
