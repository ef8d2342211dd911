/** Where images come from: the camera, a file, the sample. */

/** Something to look at. */
export interface Source {
  readonly kind: "camera" | "video" | "image";
  readonly element: HTMLVideoElement | HTMLImageElement;
  /** For the names of files that are saved. */
  readonly name: string;
  close(): void;
}

/** A source that cannot be opened. Its message is for the user. */
export class SourceError extends Error {}

/** Opens the user's camera. */
export async function openCamera(): Promise<Source> {
  let stream: MediaStream;
  try {
    if (!navigator.mediaDevices) throw new DOMException("no camera on this page", "SecurityError");
    const video = { facingMode: "user", width: { ideal: 1280 }, height: { ideal: 720 } };
    stream = await navigator.mediaDevices.getUserMedia({ video });
  } catch (error) {
    throw new SourceError(excuse((error as DOMException).name));
  }
  const video = newVideo();
  video.srcObject = stream;
  await firstFrame(video);
  const close = (): void => {
    stream.getTracks().forEach((track) => track.stop());
    video.remove();
  };
  return { kind: "camera", element: video, name: "camera", close };
}

/** Opens an image or a video that the user chose or dropped. */
export async function openFile(file: Blob, name: string): Promise<Source> {
  const address = URL.createObjectURL(file);
  try {
    return await (file.type.startsWith("image/") ? openImage : openVideo)(address, stem(name));
  } catch {
    URL.revokeObjectURL(address);
    throw new SourceError(
      `This browser cannot show ${name}. Try an image, or a video in MP4 or WebM.`,
    );
  }
}

/** Opens the sample: a mannequin that does jumping jacks. */
export async function openSample(): Promise<Source> {
  const name = "jumping_jacks.mp4";
  const answer = await fetch(new URL(`./${name}`, document.baseURI));
  if (!answer.ok) throw new SourceError("The sample video is not beside this page.");
  return openFile(await answer.blob(), name);
}

async function openImage(address: string, name: string): Promise<Source> {
  const image = new Image();
  image.src = address;
  await image.decode();
  return { kind: "image", element: image, name, close: () => URL.revokeObjectURL(address) };
}

async function openVideo(address: string, name: string): Promise<Source> {
  const video = newVideo();
  video.loop = true;
  video.src = address;
  await firstFrame(video);
  const close = (): void => {
    video.removeAttribute("src");
    video.load();
    video.remove();
    URL.revokeObjectURL(address);
  };
  return { kind: "video", element: video, name, close };
}

function newVideo(): HTMLVideoElement {
  const video = document.createElement("video");
  video.muted = true; // browsers play nothing loud that was not asked for
  video.playsInline = true;
  // Chromium soon drops the frame of a paused video outside of the page.
  video.className = "unseen";
  video.ariaHidden = "true";
  document.body.append(video);
  return video;
}

async function firstFrame(video: HTMLVideoElement): Promise<void> {
  try {
    await new Promise((resolve, reject) => {
      video.onloadeddata = resolve;
      video.onerror = reject;
    });
    if (!video.videoWidth) throw new Error("a video without images");
  } catch (error) {
    video.remove();
    throw error;
  }
}

/** Returns kind words for a camera that cannot be used. */
function excuse(reason: string): string {
  const instead = "Drop an image or a video here instead, or try the sample.";
  switch (reason) {
    case "NotAllowedError":
      return `No camera, and that is fine: it is yours. ${instead}`;
    case "NotFoundError":
    case "OverconstrainedError":
      return `I found no camera on this device. ${instead}`;
    case "NotReadableError":
    case "AbortError":
      return `Another program seems to hold the camera. Close it and try again, or drop a file here.`;
    case "SecurityError":
      return `Browsers lend the camera to https and localhost only. ${instead}`;
    default:
      return `The camera did not start. ${instead}`;
  }
}

function stem(name: string): string {
  return name.replace(/\.[^.]*$/, "") || "image";
}
