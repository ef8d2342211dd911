/** From an address to verified weights. No address is trusted: the pinned bytes are. */

import { bytesToHex } from "@noble/hashes/utils.js";
import { sha256 } from "@noble/hashes/sha2.js";
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
  return bytesToHex(await sha256Of(content)) === file.sha256;
}

async function sha256Of(content: Uint8Array): Promise<Uint8Array> {
  // Browsers have it on pages over HTTPS and of this machine only.
  const subtle = crypto.subtle as SubtleCrypto | undefined;
  if (subtle === undefined) return sha256(content);
  return new Uint8Array(await subtle.digest("SHA-256", content as BufferSource));
}
