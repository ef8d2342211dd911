/** Classes of the reference that this package does not have. */

/** Returns a class that says, when a page constructs it, that it is not in this package. */
export function unavailable(name: string): new (...args: unknown[]) => never {
  const UnavailableClass = class {
    constructor() {
      throw new Error(`${name} is not in vitruvian: build this part of the page without it.`);
    }
  };
  Object.defineProperty(UnavailableClass, "name", { value: name });
  return UnavailableClass as new (...args: unknown[]) => never;
}
