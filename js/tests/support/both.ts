/** A page that has both packages: the reference as `Theirs`, and this one as `Ours`. */

import { DIST, NODE_MODULES } from "./paths.js";
import { serve, type StaticServer } from "./server.js";

const PAGE = `<!doctype html><link rel="icon" href="data:,"><body>
  <script src="/reference/pose.js"></script><script>var Theirs = Pose</script>
  <script src="/dist/pose.js"></script><script>var Ours = Pose</script>`;

/**
 * Serves the page at "/", and an empty one at "/empty".
 *
 * @param media the folder that is served as "/media".
 * @param isolated whether the page may use threads.
 */
export function serveBoth(media: string, isolated: boolean): Promise<StaticServer> {
  return serve({
    isolated,
    folders: {
      "/dist": DIST,
      "/reference": `${NODE_MODULES}/@mediapipe/pose`,
      "/media": media,
    },
    pages: { "/": PAGE, "/empty": `<!doctype html><link rel="icon" href="data:,"><body>` },
  });
}
