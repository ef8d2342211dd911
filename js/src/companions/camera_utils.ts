/** A camera that calls the page for each new frame, as `@mediapipe/camera_utils` does. */

export interface CameraOptions {
  /** Called for each new frame. The next call waits for the promise that it returns. */
  onFrame: () => Promise<void> | null;
  /** The camera towards the user, or the one away from the user: "user". */
  facingMode?: "user" | "environment";
  /** The width to ask the camera for, in pixels: 640. */
  width?: number;
  /** The height to ask the camera for, in pixels: 480. */
  height?: number;
}

const DEFAULTS = { facingMode: "user", width: 640, height: 480 };

/**
 * Shows the camera in a video element and calls `onFrame` for each of its frames.
 *
 * Frames that come while `onFrame` is busy are left out. If it fails, the page's error handlers
 * hear of it, and the camera goes on with the next frame.
 */
export class Camera {
  private readonly video: HTMLVideoElement;
  private readonly options: CameraOptions & typeof DEFAULTS;
  private stream: MediaStream | undefined;

  constructor(video: HTMLVideoElement, options: CameraOptions) {
    this.video = video;
    this.options = Object.assign({}, DEFAULTS, options);
  }

  /**
   * Asks the user for the camera, and begins to call `onFrame` once it shows something.
   *
   * @throws What `getUserMedia` throws, after telling the user in an alert, as the reference does.
   */
  async start(): Promise<void> {
    const { facingMode, width, height } = this.options;
    let stream: MediaStream;
    try {
      if (!navigator.mediaDevices?.getUserMedia) {
        throw new TypeError("this page has no camera: only pages from https or localhost have one");
      }
      const video = { facingMode, width, height };
      stream = await navigator.mediaDevices.getUserMedia({ video });
    } catch (error) {
      const message = `Failed to acquire camera feed: ${error}`;
      console.error(message);
      alert(message);
      throw error;
    }
    await this.stop(); // a second start replaces the first, so that there is one loop
    this.stream = stream;
    this.video.playsInline = true; // otherwise an iPhone shows the video in full screen
    this.video.srcObject = stream;
    this.video.onloadedmetadata = () => {
      void this.video.play();
      void this.callForEachFrame(stream);
    };
  }

  /** Switches the camera off. */
  async stop(): Promise<void> {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = undefined;
  }

  private async callForEachFrame(stream: MediaStream): Promise<void> {
    let seenAtS = -1;
    while (this.stream === stream) {
      if (!this.video.paused && this.video.currentTime !== seenAtS) {
        seenAtS = this.video.currentTime;
        try {
          await this.options.onFrame();
        } catch (error) {
          reportError(error);
        }
      }
      await new Promise(requestAnimationFrame);
    }
  }
}
