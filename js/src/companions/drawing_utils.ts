/**
 * Landmarks, connections and rectangles on a canvas, as `@mediapipe/drawing_utils` draws them.
 *
 * Coordinates are normalized by the width and height of the canvas that the context belongs to.
 */

/** A normalized rectangle. `rotation` is clockwise, in degrees. */
export interface NormalizedRect {
  xCenter: number;
  yCenter: number;
  height: number;
  width: number;
  rotation: number;
}

/** A landmark in normalized coordinates. One without a visibility is always drawn. */
export interface NormalizedLandmark {
  x: number;
  y: number;
  z?: number;
  visibility?: number;
}

/** What is about to be drawn: its index, and the landmark, or both ends of the connection. */
export interface Data {
  index?: number;
  from?: NormalizedLandmark;
  to?: NormalizedLandmark;
}

/** Pairs of indices into a list of landmarks. */
export type LandmarkConnectionArray = Array<[number, number]>;

export type NormalizedLandmarkList = NormalizedLandmark[];

export type NormalizedLandmarkListList = NormalizedLandmarkList[];

export type Fn<I, O> = (input: I) => O;

type Paint = string | CanvasGradient | CanvasPattern;

/** A value for all that is drawn, or a function that chooses one for each. */
type Choice<Value> = Value | Fn<Data, Value>;

/** How to draw. Lengths are in pixels of the canvas. */
export interface DrawingOptions {
  /** Of lines and outlines: white. */
  color?: Choice<Paint>;
  /** Of areas: the same as `color`. If both are absent, the context's own. */
  fillColor?: Choice<Paint>;
  /** 4 */
  lineWidth?: Choice<number>;
  /** Of the circle around a landmark: 6. */
  radius?: Choice<number>;
  /** Landmarks with this visibility or less are not drawn: 0.5. */
  visibilityMin?: number;
}

const DEFAULTS = { color: "white", lineWidth: 4, radius: 6, visibilityMin: 0.5 };

/** Returns `x`, or the nearer of the two ends if it lies outside. Their order does not matter. */
export function clamp(x: number, x0: number, x1: number): number {
  return Math.max(Math.min(x0, x1), Math.min(Math.max(x0, x1), x));
}

/** Maps `x` from the range between x0 and x1 to that between y0 and y1, and keeps it inside. */
export function lerp(x: number, x0: number, x1: number, y0: number, y1: number): number {
  return clamp(y0 * (1 - (x - x0) / (x1 - x0)) + y1 * (1 - (x1 - x) / (x1 - x0)), y0, y1);
}

/** Draws a circle at each visible landmark. A function in `style` gets its index among these. */
export function drawLandmarks(
  ctx: CanvasRenderingContext2D,
  landmarks?: NormalizedLandmarkList,
  style?: DrawingOptions,
): void {
  if (!landmarks) return;
  const options = withDefaults(style);
  const { width, height } = ctx.canvas;
  ctx.save();
  let index = 0;
  for (const from of landmarks) {
    if (!from || !isVisible(from, options.visibilityMin)) continue;
    const data = { index, from };
    setStyle(ctx, options, data);
    const circle = new Path2D();
    circle.arc(from.x * width, from.y * height, chosen(options.radius, data), 0, 2 * Math.PI);
    ctx.fill(circle);
    ctx.stroke(circle);
    index += 1;
  }
  ctx.restore();
}

/** Draws a line for each connection of which both ends are visible. */
export function drawConnectors(
  ctx: CanvasRenderingContext2D,
  landmarks?: NormalizedLandmarkList,
  connections?: LandmarkConnectionArray,
  style?: DrawingOptions,
): void {
  if (!landmarks || !connections) return;
  const options = withDefaults(style);
  const { width, height } = ctx.canvas;
  ctx.save();
  for (const [index, [start, end]] of [...connections].entries()) {
    const from = landmarks[start];
    const to = landmarks[end];
    if (!from || !isVisible(from, options.visibilityMin)) continue;
    if (!to || !isVisible(to, options.visibilityMin)) continue;
    setStyle(ctx, options, { index, from, to });
    ctx.beginPath();
    ctx.moveTo(from.x * width, from.y * height);
    ctx.lineTo(to.x * width, to.y * height);
    ctx.stroke();
  }
  ctx.restore();
}

/** Draws a filled rectangle around its center, turned by its rotation. */
export function drawRectangle(
  ctx: CanvasRenderingContext2D,
  rect: NormalizedRect,
  style?: DrawingOptions,
): void {
  const { width, height } = ctx.canvas;
  ctx.save();
  setStyle(ctx, withDefaults(style), {});
  ctx.translate(rect.xCenter * width, rect.yCenter * height);
  ctx.rotate((rect.rotation * Math.PI) / 180);
  ctx.beginPath();
  ctx.rect(
    (-rect.width / 2) * width,
    (-rect.height / 2) * height,
    rect.width * width,
    rect.height * height,
  );
  // A gradient or a pattern turns with the rectangle, and keeps the canvas's coordinates.
  ctx.translate(-rect.xCenter * width, -rect.yCenter * height);
  ctx.stroke();
  ctx.fill();
  ctx.restore();
}

type Options = Required<DrawingOptions>;

function withDefaults(style?: DrawingOptions): Options {
  // An option that is given as undefined stays undefined, as in the reference: the context ignores
  // it and keeps the style that it has.
  return Object.assign({}, DEFAULTS, { fillColor: style?.color }, style) as Options;
}

function isVisible(landmark: NormalizedLandmark, visibilityMin: number): boolean {
  return landmark.visibility === undefined || landmark.visibility > visibilityMin;
}

function setStyle(ctx: CanvasRenderingContext2D, options: Options, data: Data): void {
  ctx.fillStyle = chosen(options.fillColor, data);
  ctx.strokeStyle = chosen(options.color, data);
  ctx.lineWidth = chosen(options.lineWidth, data);
}

function chosen<Value>(choice: Choice<Value>, data: Data): Value {
  return typeof choice === "function" ? (choice as Fn<Data, Value>)(data) : choice;
}
