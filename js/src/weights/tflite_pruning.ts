/**
 * Removes from a .tflite file the operators that the wanted outputs do not need. The remaining ones
 * give the same numbers to the last bit. The twin of weights/tflite_pruning.py.
 */

import { TfliteFile, type Operator } from "./tflite.js";

/**
 * Returns a copy of a .tflite file without the operators that are not needed.
 *
 * @param tensors what becomes the list of outputs, in this order.
 */
export function pruned(content: Uint8Array, tensors: readonly number[]): Uint8Array {
  const file = new TfliteFile(content);
  return file.with(tensors, needed(file.operators, tensors));
}

/** Returns the operators that the wanted tensors depend on, in the order in which they run. */
function needed(operators: readonly Operator[], wanted: readonly number[]): Operator[] {
  const alive = new Set(wanted);
  const kept: Operator[] = [];
  for (const operator of [...operators].reverse()) {
    if (!operator.outputs.some((tensor) => alive.has(tensor))) continue;
    for (const tensor of operator.inputs) alive.add(tensor);
    kept.push(operator);
  }
  return kept.reverse();
}
