/** Frames a second, and the milliseconds of each stage. */

import { element } from "./page.js";

/** The stages of a profile, in the order of a frame's way through them. */
const STAGES = {
  "capture": "Copy",
  "detect": "Detector",
  "landmark": "Landmarks",
  "mask": "Mask",
  "draw": "Drawing",
  "whole frame": "In all",
};

/** A number is the median of this many frames, so that the first, which loads, does not count. */
const FRAMES = 15;
/** How often the numbers on the page change: often enough, and still readable. */
const INTERVAL_MS = 250;

export class Meter {
  private readonly lastMs = new Map<string, number[]>();
  private ends: number[] = [];
  private shownAtMs = 0;

  /** Forgets everything, for another source or other options. */
  reset(): void {
    this.lastMs.clear();
    this.ends = [];
    this.shownAtMs = 0;
  }

  /** Takes what a profile had before and after a frame, which has just been drawn. */
  add(beforeMs: Record<string, number>, afterMs: Record<string, number>): void {
    const now = performance.now();
    for (const stage of Object.keys(STAGES)) {
      const ms = (afterMs[stage] ?? 0) - (beforeMs[stage] ?? 0);
      this.lastMs.set(stage, [...(this.lastMs.get(stage) ?? []), ms].slice(-FRAMES));
    }
    this.ends = [...this.ends, now].slice(-2 * FRAMES);
    if (now - this.shownAtMs < INTERVAL_MS) return;
    this.shownAtMs = now;
    this.show();
  }

  private show(): void {
    const seconds = (this.ends.at(-1)! - this.ends[0]) / 1000;
    if (seconds > 0) element("fps").textContent = ((this.ends.length - 1) / seconds).toFixed(0);
    element("rate").hidden = !(seconds > 0);
    const medians = Object.entries(STAGES).flatMap(([stage, title]) => {
      // Stages that most frames do without, as the detector in a video, are left out.
      const ms = median(this.lastMs.get(stage)!);
      return ms > 0 ? [{ title, ms }] : [];
    });
    const longest = Math.max(...medians.map(({ ms }) => ms));
    const rows = medians.flatMap(({ title, ms }) => {
      const bar = document.createElement("div");
      bar.className = "bar";
      bar.style.width = `${(100 * ms) / longest}%`;
      return [cell(title, "name"), bar, cell(`${ms.toFixed(1)} ms`, "number")];
    });
    const stages = element("stages");
    stages.replaceChildren(...rows);
    stages.ariaLabel = medians
      .map(({ title, ms }) => `${title}: ${ms.toFixed(1)} milliseconds`)
      .join(", ");
  }
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function cell(text: string, className: string): HTMLElement {
  const made = document.createElement("span");
  made.className = className;
  made.textContent = text;
  return made;
}
