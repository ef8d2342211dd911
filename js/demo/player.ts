/** Hands the frames of a source on, one at a time: playing, paused, or step by step. */

import type { Source } from "./sources.js";

export interface Frame {
  readonly image: HTMLVideoElement | HTMLImageElement;
  /** From the start of the source. */
  readonly timeS: number;
  /** Whether the frame does not follow the last one: a new source, a jump, another pass. */
  readonly isFirst: boolean;
}

/** Until a video has shown its frame rate. */
const DEFAULT_FRAME_S = 1 / 30;

export class Player {
  private source: Source | null = null;
  private isPausedByUser = false;
  private lastTimeS = Infinity;
  private frameS = DEFAULT_FRAME_S;
  private openedAtMs = 0;
  private work: Promise<void> = Promise.resolve();

  /**
   * @param look at a frame. The next frame waits for it.
   * @param changed is called after the player started, paused or moved.
   */
  constructor(
    private readonly look: (frame: Frame) => Promise<void>,
    private readonly changed: () => void,
  ) {}

  get isPaused(): boolean {
    return this.isPausedByUser;
  }

  get kind(): Source["kind"] | null {
    return this.source?.kind ?? null;
  }

  /** The position and the length in seconds, if the source is a video. */
  get position(): { timeS: number; durationS: number } | null {
    const video = this.video;
    if (this.source?.kind !== "video" || !video) return null;
    return { timeS: video.currentTime, durationS: video.duration };
  }

  /** Plays a source instead of the one before. */
  open(source: Source): void {
    this.source?.close();
    this.source = source;
    this.isPausedByUser = false;
    this.lastTimeS = Infinity;
    this.frameS = DEFAULT_FRAME_S;
    this.openedAtMs = performance.now();
    if (source.kind === "image") void this.again();
    else void this.play(source);
    this.changed();
  }

  async toggle(): Promise<void> {
    const video = this.video;
    if (!video) return;
    this.isPausedByUser = !this.isPausedByUser;
    if (this.source?.kind === "video") await (this.isPausedByUser ? video.pause() : video.play());
    this.changed();
  }

  /** Pauses, and shows the next frame, or the one before. */
  async step(direction: 1 | -1): Promise<void> {
    const video = this.video;
    if (!video) return;
    if (!this.isPausedByUser) await this.toggle();
    if (this.source?.kind === "video") await this.seek(video.currentTime + direction * this.frameS);
    else await this.again();
  }

  /** Shows the frame at that time of a video. */
  async seek(timeS: number): Promise<void> {
    const video = this.video;
    if (this.source?.kind !== "video" || !video) return;
    const seeked = new Promise((resolve) =>
      video.addEventListener("seeked", resolve, { once: true }),
    );
    video.currentTime = Math.min(Math.max(timeS, 0), video.duration - this.frameS / 2);
    await seeked;
    if (this.isPausedByUser) await this.show();
    this.changed();
  }

  /** Looks at the same frame again, as if it were the first. */
  async again(): Promise<void> {
    if (!this.source || !(this.isPausedByUser || this.source.kind === "image")) return;
    this.lastTimeS = Infinity;
    await this.show();
  }

  private get video(): HTMLVideoElement | null {
    const shown = this.source?.element;
    return shown instanceof HTMLVideoElement ? shown : null;
  }

  private async play(source: Source): Promise<void> {
    const video = source.element as HTMLVideoElement;
    this.measureFrames(source, video);
    await video.play();
    // Until it has shown a frame, some browsers refuse to read the video.
    await new Promise((resolve) => onNextFrame(video, resolve));
    let shownS = -1;
    while (this.source === source) {
      if (!this.isPausedByUser && video.currentTime !== shownS) {
        shownS = video.currentTime;
        await this.show();
        this.changed();
      }
      await new Promise(requestAnimationFrame);
    }
  }

  /** Hands the current frame on, after those that are being looked at. */
  private show(): Promise<void> {
    const next = this.work.then(async () => {
      if (!this.source) return;
      const { kind, element } = this.source;
      const timeS =
        kind === "video"
          ? (element as HTMLVideoElement).currentTime
          : (performance.now() - this.openedAtMs) / 1000;
      const isFirst = timeS <= this.lastTimeS;
      this.lastTimeS = timeS;
      await this.look({ image: element, timeS, isFirst });
    });
    this.work = next;
    return next;
  }

  /** Learns how long a frame of the video lasts, which no property says. */
  private measureFrames(source: Source, video: HTMLVideoElement): void {
    let previousS = NaN;
    const measure = (mediaTimeS: number): void => {
      const differenceS = mediaTimeS - previousS;
      if (differenceS > 0.004) this.frameS = Math.min(this.frameS, differenceS);
      previousS = mediaTimeS;
      if (this.source === source) onNextFrame(video, measure);
    };
    onNextFrame(video, measure);
  }
}

/** Calls a function when the video shows its next frame, with the time of that frame. */
function onNextFrame(video: HTMLVideoElement, listener: (mediaTimeS: number) => void): void {
  if ("requestVideoFrameCallback" in video) {
    video.requestVideoFrameCallback((_, { mediaTime }) => listener(mediaTime));
  } else {
    requestAnimationFrame(() => listener((video as HTMLVideoElement).currentTime));
  }
}
