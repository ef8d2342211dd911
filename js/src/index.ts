/** What `import … from "vitruvian"` gives. */

export * from "./errors.js";
export * from "./pose.js";
export {
  clamp,
  drawConnectors,
  drawLandmarks,
  drawRectangle,
  lerp,
  type Data,
  type DrawingOptions,
  type NormalizedRect,
} from "./companions/drawing_utils.js";
export { Camera, type CameraOptions } from "./companions/camera_utils.js";
export { LandmarkGrid, type LandmarkGridConfig } from "./companions/landmark_grid.js";
