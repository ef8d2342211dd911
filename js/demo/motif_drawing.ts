/** Draws circle and square, and says it when a body fills one of them. */

import { GOLD, BONE, INK } from "./colors.js";
import { RADIUS_OF_SIDE, type Motif } from "./motif.js";

/** From here on a pose counts as struck. */
const STRUCK = 0.5;
const WORDS = { circle: "homo ad circulum", square: "homo ad quadratum" };

/** Returns which of the two the body fills, if any. */
export function struckPose({ circle, square }: Motif): "circle" | "square" | null {
  if (Math.max(circle, square) < STRUCK) return null;
  return circle > square ? "circle" : "square";
}

/**
 * Draws both around the body.
 *
 * @param unitPx the width of a thin line.
 * @param isOnParchment whether the ground is light.
 */
export function drawMotif(
  ctx: CanvasRenderingContext2D,
  motif: Motif,
  unitPx: number,
  isOnParchment: boolean,
): void {
  const { navel, radiusPx, angleRad } = motif;
  const sidePx = radiusPx / RADIUS_OF_SIDE;
  const struck = struckPose(motif);
  const circle = new Path2D();
  circle.arc(0, 0, radiusPx, 0, 2 * Math.PI);
  const square = new Path2D();
  square.rect(-sidePx / 2, radiusPx - sidePx, sidePx, sidePx);

  ctx.save();
  ctx.translate(navel.x, navel.y);
  ctx.rotate(angleRad);
  for (const [name, path] of Object.entries({ circle, square })) {
    const isStruck = name === struck;
    const line = isOnParchment ? INK : BONE;
    ctx.strokeStyle = isStruck && !isOnParchment ? GOLD : line;
    ctx.shadowColor = isOnParchment ? "transparent" : isStruck ? GOLD : "black";
    ctx.shadowBlur = (isStruck ? 16 : 4) * unitPx;
    ctx.lineWidth = (1.6 + 3 * motif[name as "circle" | "square"]) * unitPx;
    ctx.stroke(path);
  }
  if (struck) {
    ctx.scale(-1, 1); // from right to left, as Leonardo wrote
    ctx.font = `italic ${0.07 * sidePx}px "Iowan Old Style", Palatino, Georgia, serif`;
    ctx.textAlign = "center";
    ctx.textBaseline = "bottom";
    ctx.fillStyle = isOnParchment ? INK : GOLD;
    ctx.shadowColor = isOnParchment ? "transparent" : "black";
    ctx.shadowBlur = 6 * unitPx;
    ctx.fillText(WORDS[struck], 0, radiusPx - sidePx - 0.02 * sidePx);
  }
  ctx.restore();
}
