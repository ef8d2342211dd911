/** A canvas in which a scene turns: by itself, by dragging, and with the arrow keys. */

import { Projector } from "./projector.js";

export interface ViewerWidgetConfig {
  /** As 0xRRGGBB; the background is half transparent: 0x000000. */
  backgroundColor?: number;
  /** The field of view from top to bottom: 75. */
  fovInDegrees?: number;
  /** Whether the scene turns with each update: true. */
  isRotating?: boolean;
  /** Radians for each update: 0.1. */
  rotationSpeed?: number;
}

const DEFAULTS = { backgroundColor: 0, fovInDegrees: 75, isRotating: true, rotationSpeed: 0.1 };

// The class names are those of the reference's style sheet, and `:where` lets the page's rules win.
const STYLE = `
:where(.viewer-widget-js) { position: relative; width: 100%; height: 100%; cursor: grab }
:where(.viewer-widget-js:active) { cursor: grabbing }
:where(.viewer-widget-js canvas) { display: block; touch-action: pan-y }
:where(.viewer-widget-js .controls) {
  position: absolute; bottom: 0; left: 0; padding: 4px; border: 0; background: none; cursor: pointer
}`;
const PAUSE_PATH = "M6 5h4v14H6zM14 5h4v14h-4z";
const PLAY_PATH = "M8 5v14l11-7z";
const SVG = "http://www.w3.org/2000/svg";
const KEY_STEP_RAD = Math.PI / 16;

export abstract class ViewerWidget<Config extends ViewerWidgetConfig = ViewerWidgetConfig> {
  /** The distance between the camera and the center of the scene, whose grid is 100 wide. */
  distance = 150;
  /** The camera's angle around the vertical axis, in radians. */
  rotation = 0;
  protected readonly config: Config & Required<ViewerWidgetConfig>;
  private readonly container = document.createElement("div");
  private readonly canvas = document.createElement("canvas");

  constructor(parent: HTMLElement, config: Config) {
    this.config = Object.assign({}, DEFAULTS, config);
    addStyleTo(parent);
    this.container.classList.add("viewer-widget-js");
    this.container.append(this.canvas, this.rotationButton());
    parent.append(this.container);
    this.fitTo(parent);
    window.addEventListener("resize", () => {
      if (!this.container.isConnected) return;
      this.fitTo(this.container);
      this.render();
    });
    this.turnByHand();
    this.requestFrame();
  }

  /** Draws the scene. */
  protected abstract draw(projector: Projector): void;

  setDistance(distance: number): void {
    this.distance = distance;
    this.render();
  }

  /** Draws the scene at the next frame of the screen, and turns it if it rotates. */
  protected requestFrame(): void {
    requestAnimationFrame(() => {
      if (this.config.isRotating) this.rotation += this.config.rotationSpeed;
      this.render();
    });
  }

  private render(): void {
    const canvas = this.canvas;
    const ctx = canvas.getContext("2d");
    if (!ctx || !canvas.width || !canvas.height) return;
    const pixelRatio = canvas.width / parseFloat(canvas.style.width);
    ctx.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
    const width = canvas.width / pixelRatio;
    const height = canvas.height / pixelRatio;
    ctx.clearRect(0, 0, width, height);
    ctx.globalAlpha = 0.5;
    ctx.fillStyle = hexColor(this.config.backgroundColor);
    ctx.fillRect(0, 0, width, height);
    ctx.globalAlpha = 1;
    const { rotation, distance } = this;
    const { fovInDegrees } = this.config;
    this.draw(new Projector(ctx, { width, height, rotation, distance, fovInDegrees }));
  }

  private fitTo(element: HTMLElement): void {
    const box = element.getBoundingClientRect();
    const [width, height] = [Math.floor(box.width), Math.floor(box.height)];
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    this.canvas.width = Math.round(width * devicePixelRatio);
    this.canvas.height = Math.round(height * devicePixelRatio);
  }

  private turnTo(rotation: number): void {
    this.rotation = rotation;
    this.render();
  }

  private turnByHand(): void {
    const canvas = this.canvas;
    canvas.tabIndex = 0;
    canvas.role = "img";
    canvas.ariaLabel = "Landmarks in 3D: drag or use the arrow keys to turn them";
    canvas.addEventListener("keydown", (event) => {
      const direction = { ArrowLeft: 1, ArrowRight: -1 }[event.key];
      if (!direction) return;
      event.preventDefault();
      this.turnTo(this.rotation + direction * KEY_STEP_RAD);
    });
    canvas.addEventListener("pointerdown", (start) => {
      const [startRotation, speed] = [this.rotation, this.config.rotationSpeed];
      const width = canvas.getBoundingClientRect().width;
      const turn = (event: PointerEvent) =>
        this.turnTo(startRotation + (2 * Math.PI * (start.clientX - event.clientX)) / width);
      const release = () => {
        this.config.rotationSpeed = speed;
        canvas.removeEventListener("pointermove", turn);
      };
      this.config.rotationSpeed = 0;
      canvas.setPointerCapture(start.pointerId);
      canvas.addEventListener("pointermove", turn);
      canvas.addEventListener("lostpointercapture", release, { once: true });
    });
  }

  private rotationButton(): HTMLButtonElement {
    const path = document.createElementNS(SVG, "path");
    const icon = document.createElementNS(SVG, "svg");
    const button = document.createElement("button");
    const show = () => {
      path.setAttribute("d", this.config.isRotating ? PAUSE_PATH : PLAY_PATH);
      button.ariaLabel = this.config.isRotating ? "Stop turning" : "Turn";
    };
    icon.setAttribute("width", "24");
    icon.setAttribute("height", "24");
    icon.setAttribute("fill", "#fff");
    icon.append(path);
    button.type = "button";
    button.classList.add("controls");
    button.append(icon);
    button.addEventListener("click", () => {
      this.config.isRotating = !this.config.isRotating;
      show();
    });
    show();
    return button;
  }
}

/** Returns 0xRRGGBB as a CSS colour. */
export function hexColor(color: number): string {
  return `#${color.toString(16).padStart(6, "0")}`;
}

function addStyleTo(parent: HTMLElement): void {
  const id = "viewer-widget-js-style";
  const { ownerDocument } = parent;
  if (ownerDocument.getElementById(id)) return;
  const style = ownerDocument.createElement("style");
  style.id = id;
  style.textContent = STYLE;
  ownerDocument.head.prepend(style);
}
