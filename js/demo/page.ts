/** The elements of the page by their ids. */

/** Returns the element with that id, which index.html has. */
export function element<Type extends HTMLElement = HTMLElement>(id: string): Type {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no element with the id ${id}.`);
  return found as Type;
}

/** How long a notice stays, at least. */
const NOTICE_MS = 4000;
let noticedAtMs = -Infinity;

/** Tells the user something that must be read. */
export function notice(sentence: string): void {
  noticedAtMs = performance.now();
  show(sentence);
}

/** Tells the user what is to be seen, unless there is a notice to read. */
export function remark(sentence: string): void {
  if (performance.now() - noticedAtMs > NOTICE_MS) show(sentence);
}

/** Lets the next remark replace the notice. */
export function forgetNotice(): void {
  noticedAtMs = -Infinity;
}

function show(sentence: string): void {
  const status = element("status");
  // A screen reader reads out what is set, even if it is the same as before.
  if (status.textContent !== sentence) status.textContent = sentence;
}
