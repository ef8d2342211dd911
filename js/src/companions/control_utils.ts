/**
 * The names of `@mediapipe/control_utils`, so that a page that loads this script and builds no
 * control panel with it runs on.
 */

import { unavailable } from "./unavailable.js";

export const ControlPanel = unavailable("ControlPanel");
export const StaticText = unavailable("StaticText");
export const Toggle = unavailable("Toggle");
export const Slider = unavailable("Slider");
export const DropDownControl = unavailable("DropDownControl");
export const SourcePicker = unavailable("SourcePicker");
export const FPS = unavailable("FPS");

console.info("vitruvian has no ControlPanel: pages that build one need @mediapipe/control_utils.");
