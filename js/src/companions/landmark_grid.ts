/** Landmarks and their connections in a cube that turns, as `@mediapipe/control_utils_3d` has it. */

import type { NormalizedLandmark } from "./drawing_utils.js";
import type { Ball, Line, Projector, Vector } from "./projector.js";
import { HALF, SIZE, edgesOfWall, labels, wall, type Label } from "./room.js";
import { ViewerWidget, hexColor, type ViewerWidgetConfig } from "./viewer_widget.js";

/** Colours are 0xRRGGBB, lengths are in the units of the landmarks unless they say otherwise. */
export interface LandmarkGridConfig extends ViewerWidgetConfig {
  axesColor?: number;
  /** In pixels. */
  axesWidth?: number;
  /** Whether the middle of the landmarks is shown at the middle of the grid: false. */
  centered?: boolean;
  connectionColor?: number;
  /** In pixels. */
  connectionWidth?: number;
  /** Names of colours, for `updateLandmarks`. */
  definedColors?: Array<{ name: string; value: number }>;
  /** Whether the grid's range grows and shrinks in steps with the landmarks: false. */
  fitToGrid?: boolean;
  labelPrefix?: string;
  labelSuffix?: string;
  landmarkColor?: number;
  /** The radius, in hundredths of the grid. */
  landmarkSize?: number;
  /** With `fitToGrid`, how much of the grid stays free on each side, as a fraction: 0. */
  margin?: number;
  /** Landmarks with this visibility or less count as occluded: 0.65. */
  minVisibility?: number;
  nonvisibleLandmarkColor?: number;
  numCellsPerAxis?: number;
  /** The width of the grid: 1. */
  range?: number;
  /** Whether occluded landmarks are drawn, in their own colour: true. */
  showHidden?: boolean;
}

type Connection = number[];
type ColorMap<Item> = Array<{ color: string | undefined; list: Item[] }>;

const DEFAULTS = {
  axesColor: 0xffffff,
  axesWidth: 2,
  centered: false,
  connectionColor: 0x00ffff,
  connectionWidth: 3,
  definedColors: [],
  fitToGrid: false,
  labelPrefix: "",
  labelSuffix: "",
  landmarkColor: 0xaaaaaa,
  landmarkSize: 3,
  margin: 0,
  minVisibility: 0.65,
  nonvisibleLandmarkColor: 0xff7777,
  numCellsPerAxis: 3,
  range: 1,
  rotationSpeed: 0.05,
  showHidden: true,
} satisfies LandmarkGridConfig;

// Of landmarks and connections whose colour has no name in `definedColors`.
const UNNAMED_COLOR = "#ffffff";
// The steps by which `fitToGrid` changes the range.
const RANGE_STEP = 0.5;

export class LandmarkGrid extends ViewerWidget<LandmarkGridConfig & typeof DEFAULTS> {
  private readonly labels: Label[];
  private readonly namedColors: Map<string, string>;
  private lines: Line[] = [];
  private balls: Ball[] = [];
  private labelOrigin: Vector = [0, 0, 0];
  private labelScale = 1;

  constructor(parent: HTMLElement, config: LandmarkGridConfig = {}) {
    super(parent, Object.assign({}, DEFAULTS, config));
    this.labels = labels(this.config.numCellsPerAxis, this.config.range);
    this.namedColors = new Map(
      this.config.definedColors.map(
        ({ name, value }: { name: string; value: number }) => [name, hexColor(value)] as const,
      ),
    );
  }

  /**
   * Shows landmarks, and turns the grid a little if it rotates.
   *
   * @param landmarks In metres or normalized; y points down and z away from the camera.
   * @param colorConnections Pairs of indices, or lists of pairs with the names of their colours.
   * @param colorLandmarks Lists of indices with the names of their colours.
   */
  updateLandmarks(
    landmarks: NormalizedLandmark[],
    colorConnections: Connection[] | ColorMap<Connection> = [],
    colorLandmarks: ColorMap<number> = [],
  ): void {
    const vectors = this.placed(landmarks);
    const isShown = (index: number) =>
      landmarks[index] !== undefined &&
      (this.config.showHidden || this.isVisible(landmarks[index]));
    this.lines = byColor(colorConnections).flatMap(({ color, list }) =>
      list
        .filter(([start, end]) => isShown(start) && isShown(end))
        .map(([start, end]) => ({
          from: vectors[start],
          to: vectors[end],
          color: this.named(color),
          width: this.config.connectionWidth,
        })),
    );
    const colors = landmarks.map((landmark) =>
      hexColor(
        this.isVisible(landmark) ? this.config.landmarkColor : this.config.nonvisibleLandmarkColor,
      ),
    );
    for (const { color, list } of colorLandmarks) {
      for (const index of list ?? landmarks.keys()) {
        if (landmarks[index] && this.isVisible(landmarks[index])) {
          colors[index] = this.named(color);
        }
      }
    }
    this.balls = vectors
      .map((center, i) => ({ center, radius: this.config.landmarkSize, color: colors[i] }))
      .filter((_, index) => isShown(index));
    this.requestFrame();
  }

  protected override draw(projector: Projector): void {
    const { axesColor, axesWidth, numCellsPerAxis, labelPrefix, labelSuffix } = this.config;
    // The camera may be behind a wall, which then lies in front of the landmarks.
    const isInFront = projector.position.map((coordinate) => coordinate < -HALF);
    const drawWalls = (areInFront: boolean): void => {
      for (const axis of [0, 1, 2].filter((axis) => isInFront[axis] === areInFront)) {
        const edges = edgesOfWall(axis, hexColor(axesColor), axesWidth);
        for (const line of [...wall(axis, numCellsPerAxis), ...edges]) projector.drawLine(line);
      }
    };
    drawWalls(false);
    projector.drawByDepth(this.lines, this.balls);
    drawWalls(true);
    for (const { position, axis, value } of this.labels) {
      // As in the reference: with `centered`, the origin is subtracted, not added.
      const shown = (value - this.labelOrigin[axis]) / this.labelScale;
      const text = `${labelPrefix}${shown.toPrecision(2)}${labelSuffix}`;
      projector.drawLabel(text, position, hexColor(axesColor));
    }
  }

  /** Returns the landmarks in the space of the grid: y up, z towards the camera. */
  private placed(landmarks: NormalizedLandmark[]): Vector[] {
    const { centered, fitToGrid, range } = this.config;
    let points = landmarks.map(({ x, y, z }): Vector => [x, y, z ?? 0]);
    const visible = points.filter((_, i) => this.isVisible(landmarks[i]));
    // What is centered and fitted: the visible landmarks, or all if none is visible.
    const isAllCounted = visible.length === 0;
    if (centered && points.length > 0) {
      const origin = middle(isAllCounted ? points : visible);
      points = points.map((point) => minus(point, origin));
      this.labelOrigin = origin;
    }
    this.labelScale = 1;
    if (fitToGrid && points.length > 0) {
      const counted = points.filter((_, i) => isAllCounted || this.isVisible(landmarks[i]));
      this.labelScale = this.fittingScale(counted);
    }
    const scale = (this.labelScale * SIZE) / range;
    return points.map(([x, y, z]): Vector => [x * scale, -y * scale, -z * scale]);
  }

  /** Returns the factor for which the range, a multiple of its step, holds all points. */
  private fittingScale(points: Vector[]): number {
    const { range, margin } = this.config;
    const largest = Math.max(...points.flat().map(Math.abs));
    const needed = largest / (range / 2) / (1 - 2 * margin);
    const steps = Math.ceil(((needed - 1) * (range / 2)) / RANGE_STEP);
    return 1 / ((steps * RANGE_STEP) / (range / 2) + 1);
  }

  private isVisible({ visibility }: NormalizedLandmark): boolean {
    return visibility === undefined || visibility > this.config.minVisibility;
  }

  private named(name: string | undefined): string {
    if (!name) return hexColor(this.config.connectionColor);
    return this.namedColors.get(name) ?? UNNAMED_COLOR;
  }
}

function byColor(connections: Connection[] | ColorMap<Connection>): ColorMap<Connection> {
  const isMap = connections.length > 0 && "color" in connections[0];
  return isMap
    ? (connections as ColorMap<Connection>)
    : [{ color: undefined, list: connections as Connection[] }];
}

function middle(points: Vector[]): Vector {
  return [0, 1, 2].map((axis) => {
    const values = points.map((point) => point[axis]);
    return (Math.max(...values) + Math.min(...values)) / 2;
  }) as unknown as Vector;
}

function minus(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}
