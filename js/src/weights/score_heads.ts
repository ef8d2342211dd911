/**
 * The last convolutions of the detector's scores, to be computed by the stage itself.
 *
 * They have two results a cell, and LiteRT adds up the products of so few in another order than the
 * LiteRT of `@mediapipe/pose` did. Their last digits weigh the detections that are merged, and so
 * move the region. Everything before them has the same bits in both.
 */

import { TfliteFile } from "./tflite.js";

/** A convolution of single cells. */
export interface ScoreHead {
  /** The tensor of its features, (cells, features). */
  readonly features: number;
  /** (scores a cell, features) */
  readonly weights: Float32Array;
  /** (scores a cell) */
  readonly bias: Float32Array;
}

/** Returns the heads whose scores, one after the other, are the output at that position. */
export function scoreHeads(content: Uint8Array, output: number): ScoreHead[] {
  const file = new TfliteFile(content);
  const maker = new Map(
    file.operators.flatMap((operator) => operator.outputs.map((tensor) => [tensor, operator])),
  );
  const inputsOf = (tensor: number) => maker.get(tensor)!.inputs;
  // The weights are stored as float16, and converted by an operator.
  const converted = (tensor: number) => file.constant(inputsOf(tensor)[0]);
  const concatenated = inputsOf(file.outputs[output]);
  return concatenated.map((reshaped) => {
    const [features, weights, bias] = inputsOf(inputsOf(reshaped)[0]);
    return { features, weights: converted(weights), bias: converted(bias) };
  });
}
