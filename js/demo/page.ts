/** The elements of the page by their ids. */

/** Returns the element with that id, which index.html has. */
export function element<Type extends HTMLElement = HTMLElement>(id: string): Type {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no element with the id ${id}.`);
  return found as Type;
}

/** Tells the user something in one line. */
export function say(sentence: string): void {
  const status = element("status");
  // A screen reader reads out what is set, even if it is the same as before.
  if (status.textContent !== sentence) status.textContent = sentence;
}
