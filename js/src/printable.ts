/** Values that come from outside, made safe to print. The twin of printable.py. */

/** The longest text of a value in a message. */
const MAX_LENGTH = 200;

/** Returns the text of a value for a message, or its type if it has no text. */
export function shown(value: unknown): string {
  try {
    const text = String(value);
    return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
  } catch {
    return `a value of the type ${typeof value}`; // its own code threw, or it has no toString
  }
}
