/** What `@mediapipe/control_utils_3d` has for landmarks. Its viewer of meshes is not there. */

import { unavailable } from "./unavailable";

export { LandmarkGrid, type LandmarkGridConfig } from "./landmark_grid";
export { ViewerWidget, type ViewerWidgetConfig } from "./viewer_widget";
export {
  columnVectorToLandmark,
  convertToNDC,
  extractFromXYZUVArray,
  landmarkToColumnVector,
  makeProjectionMatrix,
  matrixMultiply,
  type ExtractionResultsXYZUV,
} from "./matrices";

export const MeshViewer = unavailable("MeshViewer");
