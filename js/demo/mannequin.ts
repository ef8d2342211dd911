/** The mannequin of the welcome: it looks at the pointer, and shrugs at what did not work. */

import drawing from "./mannequin.svg?raw";
import { element } from "./page.js";

const figure = element("mannequin");
figure.innerHTML = drawing; // in the page, so that its style reaches the joints

/** Lets the mannequin shrug, or go on with its exercise. */
export function setMood(mood: "shrug" | "exercise"): void {
  figure.dataset["mood"] = mood;
}

/** Lets the eyes follow the pointer. */
export function watchPointer(): void {
  const face = figure.querySelector<SVGGElement>(".face")!;
  document.addEventListener("pointermove", ({ clientX, clientY }) => {
    const box = figure.getBoundingClientRect();
    if (!box.width) return;
    const dx = clientX - (box.left + box.width / 2);
    const dy = clientY - (box.top + box.height / 4);
    const distance = Math.hypot(dx, dy) || 1;
    const reach = Math.min(4, distance / 40);
    face.style.transform = `translate(${(dx / distance) * reach}px, ${(dy / distance) * reach}px)`;
  });
}
