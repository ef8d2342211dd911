/** Frames a second, and the milliseconds of each stage. */

import { element } from "./page.js";

/** A number is the mean of about this many frames. */
const FRAMES = 15;
/** How often the numbers on the page change: often enough, and still readable. */
const INTERVAL_MS = 250;

export class Meter {
  private readonly meansMs = new Map<string, number>();
  private ends: number[] = [];
  private shownAtMs = 0;

  /** Forgets everything, for another source or other options. */
  reset(): void {
    this.meansMs.clear();
    this.ends = [];
    this.shownAtMs = 0;
  }

  /** Takes the milliseconds of the stages of one frame, which has just been drawn. */
  add(stagesMs: Record<string, number>): void {
    const now = performance.now();
    for (const [stage, ms] of Object.entries(stagesMs)) {
      const mean = this.meansMs.get(stage) ?? ms;
      this.meansMs.set(stage, mean + (ms - mean) / FRAMES);
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
    const longest = Math.max(...this.meansMs.values());
    const rows = [...this.meansMs].flatMap(([stage, ms]) => {
      const bar = document.createElement("div");
      bar.className = "bar";
      bar.style.width = `${(100 * ms) / longest}%`;
      return [cell(stage, "name"), bar, cell(`${ms.toFixed(1)} ms`, "number")];
    });
    element("stages").replaceChildren(...rows);
    element("stages").ariaLabel = [...this.meansMs]
      .map(([stage, ms]) => `${stage}: ${ms.toFixed(1)} milliseconds`)
      .join(", ");
  }
}

function cell(text: string, className: string): HTMLElement {
  const made = document.createElement("span");
  made.className = className;
  made.textContent = text;
  return made;
}
