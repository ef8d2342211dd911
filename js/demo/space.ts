/** The body in three dimensions, which turns. */

import {
  LandmarkGrid,
  POSE_CONNECTIONS,
  POSE_LANDMARKS_LEFT,
  POSE_LANDMARKS_RIGHT,
  type LandmarkList,
} from "vitruvian";

const sides = {
  left: Object.values(POSE_LANDMARKS_LEFT),
  right: Object.values(POSE_LANDMARKS_RIGHT),
};
const BODY = POSE_CONNECTIONS.filter(([from, to]) => from > 10 && to > 10);
const isWithin = (side: number[], pair: number[]): boolean => pair.every((i) => side.includes(i));
const CONNECTIONS = [
  {
    color: "middle",
    list: BODY.filter((p) => !isWithin(sides.left, p) && !isWithin(sides.right, p)),
  },
  { color: "left", list: BODY.filter((pair) => isWithin(sides.left, pair)) },
  { color: "right", list: BODY.filter((pair) => isWithin(sides.right, pair)) },
];
const LANDMARKS = [
  { color: "left", list: sides.left },
  { color: "right", list: sides.right },
];
/** Thirty turns of the view a second are smooth enough, and leave time for the networks. */
const INTERVAL_MS = 1000 / 30;

export class Space {
  private grid: LandmarkGrid;
  private landmarks: LandmarkList = [];
  private isVisible = true;

  constructor(private readonly parent: HTMLElement) {
    this.grid = this.newGrid();
    const dark = matchMedia("(prefers-color-scheme: dark)");
    dark.addEventListener("change", () => (this.grid = this.newGrid()));
    new IntersectionObserver(([entry]) => (this.isVisible = entry.isIntersecting)).observe(parent);
    setInterval(() => {
      if (this.isVisible && !document.hidden) this.update();
    }, INTERVAL_MS);
  }

  /** Shows a body, or an empty room. */
  show(landmarks: LandmarkList = []): void {
    this.landmarks = landmarks;
  }

  private update(): void {
    this.grid.updateLandmarks(this.landmarks, this.landmarks.length ? CONNECTIONS : [], LANDMARKS);
  }

  private newGrid(): LandmarkGrid {
    this.parent.replaceChildren();
    const style = getComputedStyle(document.documentElement);
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const color = (name: string): number => colorNumber(style.getPropertyValue(`--${name}`));
    return new LandmarkGrid(this.parent, {
      backgroundColor: color("sheet"),
      axesColor: color("faded"),
      axesWidth: 1,
      landmarkColor: color("ink"),
      connectionWidth: 3,
      landmarkSize: 1.6,
      definedColors: [
        { name: "left", value: color("chalk") },
        { name: "right", value: color("indigo") },
        { name: "middle", value: color("ink") },
      ],
      numCellsPerAxis: 4,
      minVisibility: 0.4,
      range: 2.4,
      showHidden: false,
      isRotating: !isStill,
      rotationSpeed: 0.012,
      fovInDegrees: 62,
      labelSuffix: " m",
    });
  }
}

/** Returns the colour that a value of CSS has now, as 0xRRGGBB. */
function colorNumber(value: string): number {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.color = value;
  const [red, green, blue] = getComputedStyle(probe).color.match(/\d+/g)!.map(Number);
  probe.remove();
  return (red << 16) | (green << 8) | blue;
}
