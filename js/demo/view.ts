/** Draws a result on the canvas: the image, the mask, circle and square, the landmarks. */

import {
  POSE_CONNECTIONS,
  POSE_LANDMARKS_LEFT,
  POSE_LANDMARKS_RIGHT,
  drawConnectors,
  drawLandmarks,
  lerp,
  type Results,
} from "vitruvian";
import { BONE, GOLD, LEFT, PARCHMENT, RIGHT } from "./colors.js";
import { glide, motifOf, type Motif } from "./motif.js";
import { drawMotif, struckPose } from "./motif_drawing.js";

/** What to draw. */
export interface Layers {
  landmarks: boolean;
  motif: boolean;
  /** What is behind the person, if there is a mask. */
  ground: "image" | "parchment";
}

/** How much of the way circle and square move with each frame. */
const GLIDE = 0.35;

const sides = {
  left: new Set<number>(Object.values(POSE_LANDMARKS_LEFT)),
  right: new Set<number>(Object.values(POSE_LANDMARKS_RIGHT)),
};

export class View {
  private readonly ctx: CanvasRenderingContext2D;
  private readonly cutout = document.createElement("canvas").getContext("2d")!;
  private motif: Motif | null = null;

  constructor(private readonly canvas: HTMLCanvasElement) {
    this.ctx = canvas.getContext("2d")!;
  }

  /** Forgets where the last person was. */
  reset(): void {
    this.motif = null;
  }

  /** Shows a source before anything was found in it. */
  show(source: HTMLVideoElement | HTMLImageElement): void {
    const isVideo = source instanceof HTMLVideoElement;
    this.canvas.width = isVideo ? source.videoWidth : source.naturalWidth;
    this.canvas.height = isVideo ? source.videoHeight : source.naturalHeight;
    this.ctx.drawImage(source, 0, 0);
  }

  /** Draws, and returns which of the two poses the person strikes, if any. */
  draw(
    { image, segmentationMask: mask, poseLandmarks: landmarks }: Results,
    layers: Layers,
  ): "circle" | "square" | null {
    const { canvas, ctx } = this;
    if (canvas.width !== image.width || canvas.height !== image.height) {
      canvas.width = image.width;
      canvas.height = image.height;
    }
    const isOnParchment = mask !== undefined && layers.ground === "parchment";
    if (isOnParchment) this.drawOnParchment(image, mask);
    else ctx.drawImage(image, 0, 0, canvas.width, canvas.height);
    if (mask && !isOnParchment) this.tint(mask);

    const motif = landmarks ? motifOf(landmarks, canvas) : null;
    this.motif = motif && glide(this.motif, motif, GLIDE);
    if (this.motif && layers.motif) drawMotif(ctx, this.motif, this.unitPx, isOnParchment);
    if (landmarks && layers.landmarks) this.drawSkeleton(landmarks);
    return this.motif && struckPose(this.motif);
  }

  /** Lays a golden veil over the person. */
  private tint(mask: CanvasImageSource): void {
    const { ctx } = this;
    const veil = this.cut(mask, (cutout) => {
      cutout.fillStyle = GOLD;
      cutout.fillRect(0, 0, cutout.canvas.width, cutout.canvas.height);
    });
    ctx.save();
    ctx.globalAlpha = 0.45;
    ctx.drawImage(veil, 0, 0);
    ctx.restore();
  }

  /** Draws the person in sepia, as on an old sheet. */
  private drawOnParchment(image: CanvasImageSource, mask: CanvasImageSource): void {
    const { ctx } = this;
    const { width, height } = ctx.canvas;
    const [x, y] = [width / 2, height / 2];
    const paper = ctx.createRadialGradient(x, y, 0, x, y, Math.hypot(x, y));
    paper.addColorStop(0.4, PARCHMENT.light);
    paper.addColorStop(1, PARCHMENT.dark);
    ctx.fillStyle = paper;
    ctx.fillRect(0, 0, width, height);
    const person = this.cut(mask, (cutout) => {
      cutout.filter = "sepia(0.75) contrast(1.1)";
      cutout.drawImage(image, 0, 0, width, height);
      cutout.filter = "none";
    });
    ctx.save();
    ctx.globalCompositeOperation = "multiply";
    ctx.drawImage(person, 0, 0);
    ctx.restore();
  }

  /** Paints on a canvas of its own, and keeps what the mask covers. */
  private cut(
    mask: CanvasImageSource,
    paint: (ctx: CanvasRenderingContext2D) => void,
  ): HTMLCanvasElement {
    const { cutout } = this;
    const { width, height } = this.canvas;
    cutout.canvas.width = width; // this also clears it
    cutout.canvas.height = height;
    cutout.drawImage(mask, 0, 0, width, height);
    cutout.globalCompositeOperation = "source-in";
    paint(cutout);
    return cutout.canvas;
  }

  private drawSkeleton(landmarks: Results["poseLandmarks"]): void {
    const { ctx, unitPx } = this;
    const isOn = (side: Set<number>, connection: number[]): boolean =>
      connection.every((index) => side.has(index));
    drawConnectors(ctx, landmarks, POSE_CONNECTIONS, { color: "#0008", lineWidth: 5 * unitPx });
    drawConnectors(ctx, landmarks, POSE_CONNECTIONS, {
      color: ({ index }) => {
        const connection = POSE_CONNECTIONS[index!];
        return isOn(sides.left, connection) ? LEFT : isOn(sides.right, connection) ? RIGHT : BONE;
      },
      lineWidth: 3 * unitPx,
    });
    drawLandmarks(ctx, landmarks, {
      color: "#000a",
      fillColor: ({ from }) => {
        const index = landmarks.indexOf(from as (typeof landmarks)[number]);
        return sides.left.has(index) ? LEFT : sides.right.has(index) ? RIGHT : BONE;
      },
      lineWidth: unitPx,
      radius: ({ from }) => lerp(from?.z ?? 0, -0.4, 0.4, 4.5 * unitPx, 2 * unitPx),
    });
  }

  /** The width of a thin line, which grows with the image. */
  private get unitPx(): number {
    return Math.max(this.canvas.width, this.canvas.height) / 800;
  }
}
