/** Colours that lie on images, so they are the same by day and by night. */

export const LEFT = "#ff8f5e";
export const RIGHT = "#6cc1ff";
export const BONE = "#fff3da";
export const GOLD = "#ffd479";
export const INK = "#5b3a1c";
export const PARCHMENT = { light: "#f2e3c0", dark: "#d8bd87" };
