/** The demo: sources → player → Pose → view, and everything that the user can turn. */

import { Pose, Profile, type Results } from "vitruvian";
import { layers, onChange, poseOptions } from "./controls.js";
import { listenToKeys, type Action } from "./keys.js";
import { setMood, watchPointer } from "./mannequin.js";
import { Meter } from "./meter.js";
import { element, forgetNotice, notice, remark } from "./page.js";
import { Player, type Frame } from "./player.js";
import { Recording } from "./recording.js";
import { png, save } from "./save.js";
import { SourceError, openCamera, openFile, openSample, type Source } from "./sources.js";
import { Space } from "./space.js";
import { View } from "./view.js";

const canvas = element<HTMLCanvasElement>("view");
const seek = element<HTMLInputElement>("seek");
const file = element<HTMLInputElement>("file");
const view = new View(canvas);
const space = new Space(element("grid"));
const meter = new Meter();
const recording = new Recording();
const player = new Player(look, showPlayer);
const profile = new Profile();
const pose = new Pose({ locateFile: (name) => `vitruvian/${name}`, profile });

let sourceName = "vitruvian";
let timeS = 0;
let latest: Results | null = null;

const REMARKS = {
  none: "No one in sight. Step back a little, or come closer?",
  found: "There you are. Now stretch your arms, and fill the square.",
  circle: "Homo ad circulum! Leonardo nods.",
  square: "Homo ad quadratum! As wide as tall.",
};

pose.setOptions(poseOptions());
pose.onResults((results) => {
  latest?.image.close();
  latest?.segmentationMask?.close();
  latest = results;
  recording.add(timeS, results.poseLandmarks, results.poseWorldLandmarks);
  return profile.measure("draw", draw);
});

/** Looks at a frame, and shows what was found. */
async function look(frame: Frame): Promise<void> {
  if (frame.isFirst) {
    pose.reset();
    view.reset();
  }
  timeS = frame.timeS;
  const before = { ...profile.milliseconds };
  try {
    await profile.measure("whole frame", () => pose.send({ image: frame.image }, 1000 * timeS));
    meter.add(before, profile.milliseconds);
  } catch (error) {
    notice((error as Error).message);
  }
}

function draw(): void {
  if (!latest) return;
  const { poseLandmarks, poseWorldLandmarks } = latest;
  const struck = view.draw(latest, layers());
  space.show(poseWorldLandmarks);
  remark(poseLandmarks ? REMARKS[struck ?? "found"] : REMARKS.none);
}

async function open(opening: Promise<Source>): Promise<void> {
  forgetNotice();
  remark("One moment …");
  let source: Source;
  try {
    source = await opening;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    notice(error.message);
    element("invitation").textContent = error.message;
    setMood("shrug");
    return;
  }
  sourceName = source.name;
  recording.clear();
  meter.reset();
  element("welcome").hidden = true;
  for (const id of ["view", "transport", "sources"]) element(id).hidden = false;
  setMood("exercise");
  view.show(source.element);
  remark("Fetching the networks …");
  player.open(source);
}

/** Shows what the player does. */
function showPlayer(): void {
  const { position, isPaused, kind } = player;
  const button = element("pause");
  button.querySelector("span")!.textContent = isPaused ? "Play" : "Pause";
  button.ariaLabel = isPaused ? "Play" : "Pause";
  button
    .querySelector("path")!
    .setAttribute("d", isPaused ? "M7 5v14l12-7z" : "M6 5h4v14H6zM14 5h4v14h-4z");
  for (const action of ["pause", "step", "back"]) {
    const isUseless = kind === "image" || (action === "back" && kind === "camera");
    document.querySelector<HTMLButtonElement>(`[data-action=${action}]`)!.hidden = isUseless;
  }
  seek.hidden = element("time").hidden = !position;
  if (!position) return;
  seek.max = String(position.durationS);
  seek.value = String(position.timeS);
  const minutes = Math.floor(position.timeS / 60);
  element("time").textContent = `${minutes}:${(position.timeS % 60).toFixed(2).padStart(5, "0")}`;
}

const ACTIONS: Record<Action, () => unknown> = {
  camera: () => open(openCamera()),
  open: () => file.click(),
  sample: () => open(openSample()),
  pause: () => player.toggle(),
  step: () => player.step(1),
  back: () => player.step(-1),
  png: async () => {
    if (player.kind) save(await png(canvas), `${sourceName}.png`);
  },
  csv: () => {
    if (!player.kind) return;
    save(new Blob([recording.toCsv()], { type: "text/csv" }), `${sourceName}.csv`);
    notice(`Saved ${recording.size} frames with a person.`);
  },
};

function act(action: Action): void {
  void ACTIONS[action]();
}

document.addEventListener("click", ({ target }) => {
  const button = (target as Element).closest<HTMLElement>("[data-action]");
  if (button) act(button.dataset["action"] as Action);
});
listenToKeys(act);
watchPointer();

seek.addEventListener("input", () => void player.seek(Number(seek.value)));
file.addEventListener("change", () => {
  const chosen = file.files?.[0];
  if (chosen) void open(openFile(chosen, chosen.name));
  file.value = ""; // so that the same file can be chosen again
});

onChange(() => {
  pose.setOptions(poseOptions());
  meter.reset();
  draw();
  void player.again();
});

document.addEventListener("dragover", (event) => {
  event.preventDefault();
  document.body.classList.add("dropping");
});
document.addEventListener("dragleave", ({ relatedTarget }) => {
  if (!relatedTarget) document.body.classList.remove("dropping");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  const dropped = event.dataTransfer?.files[0];
  if (dropped) void open(openFile(dropped, dropped.name));
});

element("setup").textContent = crossOriginIsolated
  ? "In a worker, with several threads."
  : "In a worker, with one thread: this server sends no isolation headers.";
