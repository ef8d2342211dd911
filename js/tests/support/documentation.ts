/**
 * A page as MediaPipe's documentation shows it (docs/solutions/pose.md): the same scripts, elements,
 * options and calls, with the mask as a green background and the world landmarks in a grid.
 *
 * @param addressOf returns where a file of a package lies, such as ("pose", "pose.js").
 */
export function documentationPage(addressOf: (pack: string, file: string) => string): string {
  const script = (pack: string): string =>
    `<script src="${addressOf(pack, `${pack}.js`)}" crossorigin="anonymous"></script>`;
  return `<!doctype html>
<html>
<head>
  <meta charset="utf-8">
  ${["camera_utils", "control_utils", "control_utils_3d", "drawing_utils", "pose"].map(script).join("\n  ")}
</head>
<body>
  <div class="container">
    <video class="input_video"></video>
    <canvas class="output_canvas" width="1280px" height="720px"></canvas>
    <div class="landmark-grid-container"></div>
  </div>
  <script type="module">
    const byClass = (name) => document.getElementsByClassName(name)[0];
    const video = byClass("input_video");
    const canvas = byClass("output_canvas");
    const ctx = canvas.getContext("2d");
    const grid = new LandmarkGrid(byClass("landmark-grid-container"));

    const show = (results) => {
      if (!results.poseLandmarks) {
        grid.updateLandmarks([]);
        return;
      }
      const whole = [0, 0, canvas.width, canvas.height];
      ctx.save();
      ctx.clearRect(...whole);
      ctx.drawImage(results.segmentationMask, ...whole);
      ctx.globalCompositeOperation = "source-in";
      ctx.fillStyle = "#00FF00";
      ctx.fillRect(...whole);
      ctx.globalCompositeOperation = "destination-atop";
      ctx.drawImage(results.image, ...whole);
      ctx.globalCompositeOperation = "source-over";
      drawConnectors(ctx, results.poseLandmarks, POSE_CONNECTIONS, { color: "#00FF00", lineWidth: 4 });
      drawLandmarks(ctx, results.poseLandmarks, { color: "#FF0000", lineWidth: 2 });
      ctx.restore();
      grid.updateLandmarks(results.poseWorldLandmarks);
    };

    const pose = new Pose({ locateFile: (file) => "${addressOf("pose", "")}" + file });
    pose.setOptions({
      modelComplexity: 1,
      smoothLandmarks: true,
      enableSegmentation: true,
      smoothSegmentation: true,
      minDetectionConfidence: 0.5,
      minTrackingConfidence: 0.5,
    });
    pose.onResults(show);
    const camera = new Camera(video, {
      onFrame: async () => {
        await pose.send({ image: video });
      },
      width: 1280,
      height: 720,
    });
    camera.start();
  </script>
</body>
</html>`;
}
