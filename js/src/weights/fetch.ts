/** From an address to verified weights. No address is trusted: the pinned bytes are. */

import { WeightsError } from "../errors.js";
import type { WeightsFile } from "./catalogue.js";

/**
 * Returns the content of a file of weights, from the first address that has the pinned bytes.
 *
 * @throws WeightsError no address has them; the message has the reason of each.
 */
export async function fetchWeights(
  file: WeightsFile,
  addresses: readonly string[],
): Promise<Uint8Array> {
  const reasons: string[] = [];
  for (const address of addresses) {
    const content = await download(address);
    if (typeof content === "string") {
      reasons.push(`${address} ${content}`);
    } else if (await isPinned(content, file)) {
      if (reasons.length > 0) console.warn(`${reasons.join("; ")}: ${address} is used instead.`);
      return content;
    } else {
      reasons.push(`${address} has other bytes than the pinned ones`);
    }
  }
  throw new WeightsError(
    `${file.name} cannot be loaded: ${reasons.join("; ")}. Serve the file of the package there.`,
  );
}

/** Returns the content at an address, or the reason why there is none. */
async function download(address: string): Promise<Uint8Array | string> {
  try {
    const response = await fetch(address);
    if (!response.ok) return `answers ${response.status}`;
    return new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    return `cannot be reached (${String(error)})`;
  }
}

async function isPinned(content: Uint8Array, file: WeightsFile): Promise<boolean> {
  if (content.byteLength !== file.sizeBytes) return false;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content as BufferSource));
  const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return sha256 === file.sha256;
}
