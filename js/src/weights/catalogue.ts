/** The weights that are pinned: their names, sizes and hashes. The twin of weights/catalogue.py. */

/** One file of weights. Its name is the one that `@mediapipe/pose` asks `locateFile` for. */
export interface WeightsFile {
  readonly name: string;
  readonly sizeBytes: number;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** The detector: the .tflite file of the browser, another one than Python's, with the same answers. */
export const DETECTOR: WeightsFile = {
  name: "pose_solution_packed_assets.data",
  sizeBytes: 2_962_288,
  sha256: "a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85",
};

/** The landmark models by `modelComplexity`: the files that Python pins. */
export const LANDMARKERS: readonly WeightsFile[] = [
  {
    name: "pose_landmark_lite.tflite",
    sizeBytes: 2_819_824,
    sha256: "f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61",
  },
  {
    name: "pose_landmark_full.tflite",
    sizeBytes: 6_440_512,
    sha256: "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f",
  },
  {
    name: "pose_landmark_heavy.tflite",
    sizeBytes: 27_709_200,
    sha256: "59e42d71bcd44cbdbabc419f0ff76686595fd265419566bd4009ef703ea8e1fe",
  },
];
