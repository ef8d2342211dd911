/** Lines, balls and labels in three dimensions, drawn on a flat canvas. */

/** x to the right, y up, z towards the camera of an unturned scene. */
export type Vector = readonly [x: number, y: number, z: number];

/** A camera that looks at the origin. */
interface Camera {
  width: number;
  height: number;
  /** The angle around the vertical axis, in radians. */
  rotation: number;
  distance: number;
  fovInDegrees: number;
}

export interface Line {
  from: Vector;
  to: Vector;
  color: string;
  width: number;
}

export interface Ball {
  center: Vector;
  radius: number;
  color: string;
}

// Nothing nearer to the camera than this is drawn.
const NEAR = 1;
const LABEL_FONT = "10px sans-serif";

export class Projector {
  private readonly ctx: CanvasRenderingContext2D;
  private readonly camera: Camera;
  private readonly focalLengthPx: number;

  constructor(ctx: CanvasRenderingContext2D, camera: Camera) {
    this.ctx = ctx;
    this.camera = camera;
    this.focalLengthPx = camera.height / 2 / Math.tan((camera.fovInDegrees * Math.PI) / 360);
  }

  /** The camera's position. */
  get position(): Vector {
    const { rotation, distance } = this.camera;
    return [Math.sin(rotation) * distance, 0, Math.cos(rotation) * distance];
  }

  /** Draws lines, and over them balls; of each kind the farther ones first. */
  drawByDepth(lines: Line[], balls: Ball[]): void {
    const depth = (...points: Vector[]): number =>
      points.reduce((sum, point) => sum + this.toCamera(point)[2], 0) / points.length;
    for (const line of byDepth(lines, ({ from, to }) => depth(from, to))) this.drawLine(line);
    for (const ball of byDepth(balls, ({ center }) => depth(center))) this.drawBall(ball);
  }

  drawLine({ from, to, color, width }: Line): void {
    const visible = beyondNearPlane(this.toCamera(from), this.toCamera(to));
    if (!visible) return;
    const ctx = this.ctx;
    ctx.beginPath();
    for (const point of visible) ctx.lineTo(...this.toScreen(point));
    ctx.strokeStyle = color;
    ctx.lineWidth = width;
    ctx.lineCap = "round";
    ctx.stroke();
  }

  drawBall({ center, radius, color }: Ball): void {
    const inCamera = this.toCamera(center);
    if (inCamera[2] < NEAR) return;
    const ctx = this.ctx;
    ctx.beginPath();
    const radiusPx = (radius * this.focalLengthPx) / inCamera[2];
    ctx.arc(...this.toScreen(inCamera), radiusPx, 0, 2 * Math.PI);
    ctx.fillStyle = color;
    ctx.fill();
  }

  /** Writes a text whose top left corner is at the position. */
  drawLabel(text: string, position: Vector, color: string): void {
    const inCamera = this.toCamera(position);
    if (inCamera[2] < NEAR) return;
    const ctx = this.ctx;
    ctx.font = LABEL_FONT;
    ctx.textBaseline = "top";
    ctx.fillStyle = color;
    ctx.fillText(text, ...this.toScreen(inCamera));
  }

  /** Returns a point as the camera sees it: x to the right, y up, z the distance. */
  private toCamera([x, y, z]: Vector): Vector {
    const { rotation, distance } = this.camera;
    const [sin, cos] = [Math.sin(rotation), Math.cos(rotation)];
    return [x * cos - z * sin, y, distance - x * sin - z * cos];
  }

  private toScreen([x, y, z]: Vector): [number, number] {
    const { width, height } = this.camera;
    const scale = this.focalLengthPx / z;
    return [width / 2 + x * scale, height / 2 - y * scale];
  }
}

/** Returns the part of a line that is far enough from the camera to be seen, if there is any. */
function beyondNearPlane(from: Vector, to: Vector): [Vector, Vector] | undefined {
  if (from[2] >= NEAR && to[2] >= NEAR) return [from, to];
  if (from[2] < NEAR && to[2] < NEAR) return undefined;
  const part = (NEAR - from[2]) / (to[2] - from[2]);
  const cut: Vector = [
    from[0] + part * (to[0] - from[0]),
    from[1] + part * (to[1] - from[1]),
    NEAR,
  ];
  return from[2] < NEAR ? [cut, to] : [from, cut];
}

function byDepth<Item>(items: Item[], depth: (item: Item) => number): Item[] {
  return [...items].sort((a, b) => depth(b) - depth(a));
}
