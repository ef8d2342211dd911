/** What `@mediapipe/control_utils_3d` has for landmarks. Its viewer of meshes is not there. */

import { unavailable } from "./unavailable.js";

export { LandmarkGrid, type LandmarkGridConfig } from "./landmark_grid.js";
export { ViewerWidget, type ViewerWidgetConfig } from "./viewer_widget.js";
export {
  columnVectorToLandmark,
  convertToNDC,
  extractFromXYZUVArray,
  landmarkToColumnVector,
  makeProjectionMatrix,
  matrixMultiply,
  type ExtractionResultsXYZUV,
} from "./matrices.js";

export const MeshViewer = unavailable("MeshViewer");
