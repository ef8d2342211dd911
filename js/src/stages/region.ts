/**
 * Alignment points → the circle around the body → the region that the landmark model sees.
 *
 * The two alignment points are the hips' midpoint and a point on the circle around the whole body.
 * They are keypoints 0 and 1 of a detection, or the two auxiliary landmarks of the previous frame.
 * The region is computed as in mediapipe/calculators/util/{alignment_points_to_rects,
 * detections_to_rects,rect_transformation}_calculator.cc. The twin of stages/region.py.
 */

import type { ImageSize, Region } from "../types.js";
import { arctan2, float32 } from "./rounding.js";

// The circle is enlarged so that a moving body stays inside the region
// (pose_detection_to_roi.pbtxt and pose_landmarks_to_roi.pbtxt, scale_x and scale_y).
const MARGIN = 1.25;
const RIGHT_ANGLE_RAD = float32(Math.PI / 2);
const TURN_RAD = 2 * Math.PI;

/** The circle around a body: the one that Leonardo drew around the Vitruvian man. */
export interface BodyCircle {
  readonly centerXPx: number;
  readonly centerYPx: number;
  readonly radiusPx: number;
  /** The incline of the body from upright, clockwise, in [-pi, pi). */
  readonly angleRad: number;
}

/** Two points: x and y of the first at 0, and of the second at `stride`. */
export interface AlignmentPoints {
  readonly values: Float32Array;
  readonly stride: 2 | 3;
}

/** Returns the circle of two alignment points in normalized coordinates. */
export function circleAround(points: AlignmentPoints, image: ImageSize): BodyCircle {
  const { values, stride } = points;
  const centerXPx = float32(values[0] * image.width);
  const centerYPx = float32(values[1] * image.height);
  const right = float32(float32(values[stride] * image.width) - centerXPx);
  const down = float32(float32(values[stride + 1] * image.height) - centerYPx);
  const inclineRad = arctan2(-down, right);
  const angleRad = float32(RIGHT_ANGLE_RAD - inclineRad);
  const turns = Math.floor((angleRad + Math.PI) / TURN_RAD);
  return {
    centerXPx,
    centerYPx,
    radiusPx: float32(Math.sqrt(float32(float32(right * right) + float32(down * down)))),
    angleRad: float32(angleRad - TURN_RAD * turns),
  };
}

/** Returns a body's square region, or null if the alignment points coincide or are not finite. */
export function regionAround(points: AlignmentPoints, image: ImageSize): Region | null {
  const circle = circleAround(points, image);
  // MediaPipe keeps the circle's box in normalized coordinates, and so rounds each side.
  const width = float32(float32(2 * circle.radiusPx) / image.width);
  const height = float32(float32(2 * circle.radiusPx) / image.height);
  if (!(width > 0 && width < Infinity)) return null;
  const sidePx = Math.max(float32(width * image.width), float32(height * image.height));
  return {
    centerX: float32(circle.centerXPx / image.width),
    centerY: float32(circle.centerYPx / image.height),
    width: float32(float32(sidePx / image.width) * MARGIN),
    height: float32(float32(sidePx / image.height) * MARGIN),
    angleRad: circle.angleRad,
  };
}

/** Returns the diameter of the circle around a body, by which the filters measure its speed. */
export function bodyDiameterPx(points: AlignmentPoints, image: ImageSize): number {
  const { radiusPx } = circleAround(points, image);
  const width = float32(float32(2 * radiusPx) / image.width);
  const height = float32(float32(2 * radiusPx) / image.height);
  return float32(float32(float32(width * image.width) + float32(height * image.height)) / 2);
}
