/** What `pose.js` makes global. */

/** The version whose behaviour this is: pages put it into the addresses of `locateFile`. */
export const VERSION = "0.5.1675469404";

export {
  POSE_CONNECTIONS,
  POSE_LANDMARKS,
  POSE_LANDMARKS_LEFT,
  POSE_LANDMARKS_NEUTRAL,
  POSE_LANDMARKS_RIGHT,
} from "./skeleton.js";
