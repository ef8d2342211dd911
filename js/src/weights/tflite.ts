/**
 * Reads a .tflite file where it lies, as far as it is needed here. The twin of weights/tflite.py.
 *
 * The format is FlatBuffers: a table starts with the distance back to its list of slots, and each
 * slot holds the distance from the table to the field, or 0 for a field that is not stored. A table
 * is known by the position at which it starts.
 */

// Slots of Model, SubGraph, Operator, Tensor and Buffer in tensorflow/lite/schema/schema.fbs.
const MODEL = { subgraphs: 8, buffers: 12, signatures: 18 };
const SUBGRAPH = { tensors: 4, outputs: 8, operators: 10 };
const OPERATOR = { inputs: 6, outputs: 8 };
const TENSOR = { buffer: 8 };
const BUFFER = { data: 4 };

/** One operation of the graph. Tensors are known by their position in the list of all tensors. */
export interface Operator {
  readonly table: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** A vector: where its first entry lies, and how many entries it has. */
interface Vector {
  readonly start: number;
  readonly length: number;
}

/** The first subgraph of a .tflite file. */
export class TfliteFile {
  private readonly view: DataView;
  private readonly model: number;
  private readonly graph: number;

  constructor(private readonly content: Uint8Array) {
    this.view = new DataView(content.buffer, content.byteOffset, content.byteLength);
    this.model = this.followed(0);
    this.graph = this.tables(this.vector(this.model, MODEL.subgraphs))[0];
  }

  /** The tensors that are the outputs. */
  get outputs(): number[] {
    return this.numbers(this.vector(this.graph, SUBGRAPH.outputs));
  }

  /** All operators, in the order in which they run. */
  get operators(): Operator[] {
    return this.tables(this.vector(this.graph, SUBGRAPH.operators)).map((table) => ({
      table,
      inputs: this.numbers(this.vector(table, OPERATOR.inputs)),
      outputs: this.numbers(this.vector(table, OPERATOR.outputs)),
    }));
  }

  /** Returns the numbers of a constant tensor of float16. */
  constant(tensor: number): Float32Array {
    const table = this.tables(this.vector(this.graph, SUBGRAPH.tensors))[tensor];
    const position = this.view.getUint32(this.field(table, TENSOR.buffer), true);
    const buffer = this.tables(this.vector(this.model, MODEL.buffers))[position];
    const { start, length } = this.vector(buffer, BUFFER.data);
    return Float32Array.from({ length: length / 2 }, (_, i) =>
      fromFloat16(this.view.getUint16(start + 2 * i, true)),
    );
  }

  /**
   * Returns a copy with other outputs and fewer operators. Shorter lists of operators take the place
   * of longer ones, the list of outputs is added at the end, and all other bytes, weights included,
   * stay where they are.
   */
  with(outputs: readonly number[], operators: readonly Operator[]): Uint8Array {
    const end = Math.ceil(this.content.byteLength / 4) * 4;
    const copy = new Uint8Array(end + 4 * (1 + outputs.length));
    copy.set(this.content);
    const view = new DataView(copy.buffer);
    const list = (start: number, numbers: readonly number[]) =>
      [numbers.length, ...numbers].forEach((number, i) =>
        view.setInt32(start - 4 + 4 * i, number, true),
      );
    // A list refers to a table by the distance from the entry to the table.
    const { start } = this.vector(this.graph, SUBGRAPH.operators);
    const distances = operators.map(({ table }, i) => table - (start + 4 * i));
    list(start, distances);
    list(end + 4, outputs);
    const field = this.field(this.graph, SUBGRAPH.outputs);
    view.setUint32(field, end - field, true);
    // Signatures would still name the outputs that are removed.
    const signatures = this.vector(this.model, MODEL.signatures);
    if (signatures.start > 0) list(signatures.start, []);
    return copy;
  }

  /** Returns where a field lies, or 0 if it is not stored. */
  private field(table: number, slot: number): number {
    const slots = table - this.view.getInt32(table, true);
    const isStored = slot < this.view.getUint16(slots, true);
    const offset = isStored ? this.view.getUint16(slots + slot, true) : 0;
    return offset === 0 ? 0 : table + offset;
  }

  private vector(table: number, slot: number): Vector {
    const field = this.field(table, slot);
    if (field === 0) return { start: 0, length: 0 };
    const at = this.followed(field);
    return { start: at + 4, length: this.view.getUint32(at, true) };
  }

  private numbers({ start, length }: Vector): number[] {
    return Array.from({ length }, (_, i) => this.view.getInt32(start + 4 * i, true));
  }

  private tables({ start, length }: Vector): number[] {
    return Array.from({ length }, (_, i) => this.followed(start + 4 * i));
  }

  private followed(at: number): number {
    return at + this.view.getUint32(at, true);
  }
}

function fromFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = (bits & 0x3ff) / 1024;
  if (exponent === 0) return sign * fraction * 2 ** -14;
  return sign * (1 + fraction) * 2 ** (exponent - 15);
}
