/** The keyboard. Index.html lists the same keys. */

import { change, flip } from "./controls.js";

/** What buttons and keys can do. */
export type Action = "camera" | "open" | "sample" | "pause" | "step" | "back" | "png" | "csv";

const ACTIONS: Record<string, Action> = {
  " ": "pause",
  "ArrowRight": "step",
  "ArrowLeft": "back",
  "c": "camera",
  "o": "open",
  "p": "png",
  "t": "csv",
};
const CHANGES: Record<string, () => void> = {
  "1": () => change("modelComplexity", "0"),
  "2": () => change("modelComplexity", "1"),
  "3": () => change("modelComplexity", "2"),
  "m": () => flip("selfieMode"),
  "s": () => flip("enableSegmentation"),
  "l": () => flip("showLandmarks"),
  "v": () => flip("showMotif"),
};

/** Listens to the keyboard. */
export function listenToKeys(act: (action: Action) => void): void {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (isMeantFor(event.target as HTMLElement, key)) return;
    if (key in ACTIONS) act(ACTIONS[key]);
    else if (key in CHANGES) CHANGES[key]();
    else return;
    event.preventDefault();
  });
}

/** Returns whether the element that has the focus needs the key itself. */
function isMeantFor(focused: HTMLElement, key: string): boolean {
  if (key === " ") return focused.matches("button, input, summary");
  if (key.startsWith("Arrow")) return focused.matches("input, #grid canvas");
  return false;
}
