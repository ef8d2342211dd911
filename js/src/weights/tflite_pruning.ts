/**
 * Removes from a .tflite file the operators that the wanted outputs do not need.
 *
 * The file is edited rather than written again: the lists of operators and outputs become shorter,
 * and all other bytes, weights included, stay where they are. So the remaining outputs are the same
 * to the last bit. The twin of weights/tflite_pruning.py.
 *
 * The format is FlatBuffers: a table starts with the distance back to its list of slots, and each
 * slot holds the distance from the table to the field, or 0 for a field that is not stored.
 */

// Slots of Model, SubGraph and Operator in tensorflow/lite/schema/schema.fbs.
const MODEL = { subgraphs: 8, signatures: 18 };
const SUBGRAPH = { outputs: 8, operators: 10 };
const OPERATOR = { inputs: 6, outputs: 8 };

/** A vector: where its first entry lies, and how many entries it has. */
interface Vector {
  readonly start: number;
  readonly length: number;
}

/** The bytes of a file, as tables. A table is the position at which it starts. */
class Tables {
  readonly root: number;
  private readonly view: DataView;

  constructor(content: Uint8Array) {
    this.view = new DataView(content.buffer, content.byteOffset, content.byteLength);
    this.root = this.followed(0);
  }

  vector(table: number, slot: number): Vector {
    const slots = table - this.view.getInt32(table, true);
    const isStored = slot < this.view.getUint16(slots, true);
    const offset = isStored ? this.view.getUint16(slots + slot, true) : 0;
    if (offset === 0) return { start: 0, length: 0 };
    const at = this.followed(table + offset);
    return { start: at + 4, length: this.view.getUint32(at, true) };
  }

  numbers({ start, length }: Vector): number[] {
    return Array.from({ length }, (_, i) => this.view.getInt32(start + 4 * i, true));
  }

  tables({ start, length }: Vector): number[] {
    return Array.from({ length }, (_, i) => this.followed(start + 4 * i));
  }

  /** Replaces a list of numbers, in place, by one that is not longer. */
  shortenNumbers({ start }: Vector, numbers: readonly number[]): void {
    if (start === 0) return; // a list that is empty need not be stored
    this.view.setUint32(start - 4, numbers.length, true);
    numbers.forEach((number, i) => this.view.setInt32(start + 4 * i, number, true));
  }

  /** Replaces a list of tables, in place, by one that is not longer. */
  shortenTables(vector: Vector, tables: readonly number[]): void {
    // A list refers to a table by the distance from the entry to the table.
    const distances = tables.map((table, i) => table - (vector.start + 4 * i));
    this.shortenNumbers(vector, distances);
  }

  private followed(at: number): number {
    return at + this.view.getUint32(at, true);
  }
}

/**
 * Returns a copy of a .tflite file without the operators that are not needed.
 *
 * @param outputs positions in the file's list of outputs. The result has only these outputs, in
 *   this order.
 */
export function pruned(content: Uint8Array, outputs: readonly number[]): Uint8Array {
  const copy = content.slice();
  const file = new Tables(copy);
  const graph = file.tables(file.vector(file.root, MODEL.subgraphs))[0];
  const listOfOutputs = file.vector(graph, SUBGRAPH.outputs);
  const listOfOperators = file.vector(graph, SUBGRAPH.operators);
  const all = file.numbers(listOfOutputs);
  const wanted = outputs.map((position) => all[position]);

  const alive = new Set(wanted);
  const kept: number[] = [];
  for (const operator of file.tables(listOfOperators).reverse()) {
    const results = file.numbers(file.vector(operator, OPERATOR.outputs));
    if (!results.some((tensor) => alive.has(tensor))) continue;
    for (const tensor of file.numbers(file.vector(operator, OPERATOR.inputs))) alive.add(tensor);
    kept.unshift(operator);
  }
  file.shortenTables(listOfOperators, kept);
  file.shortenNumbers(listOfOutputs, wanted);
  // They would still name the outputs that are removed.
  file.shortenTables(file.vector(file.root, MODEL.signatures), []);
  return copy;
}
