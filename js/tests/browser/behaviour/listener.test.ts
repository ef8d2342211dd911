/** When the listener is called, what it gets, and how a `Pose` ends. */

import type { Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { Playground, SUCCESS, type InPage } from "../../support/playground.js";

let playground: Playground;
let page: Page;

beforeAll(async () => {
  playground = await Playground.open();
});

beforeEach(async () => {
  page = await playground.page();
});

afterEach(() => page.close());
afterAll(() => playground.close());

test("options that are not set have their defaults, Full without a mask among them", async () => {
  const keys = await page.evaluate(async () => {
    const { vitruvian, load } = globalThis as unknown as InPage;
    const pose = new vitruvian.Pose();
    let keys: string[] = [];
    pose.onResults((results) => void (keys = Object.keys(results)));
    await pose.send({ image: await load("standing.png") });
    await pose.close();
    return keys;
  });
  expect(keys.sort()).toEqual(["image", "poseLandmarks", "poseWorldLandmarks"]);
  const asked = playground.server.requests.filter((path) => path.endsWith(".tflite"));
  expect(asked).toEqual(["/dist/pose_landmark_full.tflite"]);
});

test("three calls without waiting give three results, in order", async () => {
  const widths = await page.evaluate(async () => {
    const { start, load } = globalThis as unknown as InPage;
    const { pose, results } = start();
    const all = await Promise.all(["standing.png", "black.png", "astronaut.png"].map(load));
    const sent = all.map((image) => pose.send({ image }));
    await Promise.all(sent);
    await pose.close();
    return results.map(({ image }) => image.width);
  });
  expect(widths).toEqual([640, 320, 512]);
});

test("what the listener returns is awaited before the next frame and by send", async () => {
  const events = await page.evaluate(async () => {
    const { start, load } = globalThis as unknown as InPage;
    const { pose } = start();
    const events: string[] = [];
    let frame = 0;
    pose.onResults(async () => {
      const name = String(frame++);
      events.push(`${name} begins`);
      await new Promise((resolve) => setTimeout(resolve, 100));
      events.push(`${name} ends`);
    });
    const image = await load("black.png");
    await Promise.all(
      [0, 1].map((i) => pose.send({ image }).then(() => events.push(`${i} is sent`))),
    );
    await pose.close();
    return events;
  });
  expect(events).toEqual([
    ...["0 begins", "0 ends", "0 is sent"],
    ...["1 begins", "1 ends", "1 is sent"],
  ]);
});

test("a failed call does not keep the next ones from being processed", async () => {
  const outcomes = await page.evaluate(async () => {
    const { start, load, outcome } = globalThis as unknown as InPage;
    const { pose, results } = start();
    const image = await load("standing.png");
    const sent = [image, null, image].map((image) => outcome(pose.send({ image: image as never })));
    const failed = (await Promise.all(sent)).map(({ failed }) => failed);
    return { failed, count: results.length };
  });
  expect(outcomes).toEqual({ failed: [false, true, false], count: 2 });
});

test("the mask is red, as opaque as the pixel belongs to the person", async () => {
  const seen = await page.evaluate(async () => {
    const { start, load } = globalThis as unknown as InPage;
    const { pose, results } = start();
    pose.setOptions({ enableSegmentation: true });
    await pose.send({ image: await load("standing.png") });
    const { segmentationMask: mask, poseLandmarks } = results[0];
    const context = new OffscreenCanvas(mask.width, mask.height).getContext("2d")!;
    context.drawImage(mask, 0, 0);
    const { x, y } = poseLandmarks[0];
    const colorAt = (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data];
    return {
      size: [mask.width, mask.height],
      nose: colorAt(Math.round(x * mask.width), Math.round(y * mask.height)),
      corner: colorAt(0, 0),
    };
  });
  expect(seen).toEqual({ size: [640, 480], nose: [255, 0, 0, 255], corner: [0, 0, 0, 0] });
});

test("the image of a result is the frame, and stays the page's", async () => {
  const seen = await page.evaluate(async () => {
    const { start, load } = globalThis as unknown as InPage;
    const { pose, results } = start();
    pose.setOptions({ selfieMode: true });
    const frame = await load("astronaut.png");
    await pose.send({ image: frame });
    await pose.send({ image: await load("black.png") });
    const { image } = results[0];
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d")!;
    context.drawImage(image, 0, 0);
    const column = (context: any, x: number) => [...context.getImageData(x, 0, 1, 512).data];
    await pose.close();
    return { ours: column(context, 500), mirrored: column(frame.getContext("2d"), 511 - 500) };
  });
  expect(seen.ours).toEqual(seen.mirrored);
});

test("without a listener, frames are processed all the same", async () => {
  const ended = await page.evaluate(async () => {
    const { vitruvian, load, outcome } = globalThis as unknown as InPage;
    const pose = new vitruvian.Pose();
    pose.setOptions({ modelComplexity: 0 });
    return outcome(pose.send({ image: await load("standing.png") }));
  });
  expect(ended).toEqual(SUCCESS);
});

test("initialize loads everything that the first frame needs", async () => {
  const before = await page.evaluate(async () => {
    const { start } = globalThis as unknown as InPage;
    const { pose } = start();
    Object.assign(globalThis, { pose });
    await pose.initialize();
    await pose.initialize();
  });
  expect(before).toBeUndefined();
  const { requests } = playground.server;
  const loaded = requests.length;
  await page.evaluate(async () => {
    const { pose, load } = globalThis as unknown as InPage & ReturnType<InPage["start"]>;
    await pose.send({ image: await load("standing.png") });
    await pose.close();
  });
  expect(requests.slice(loaded)).toEqual(["/media/standing.png"]);
});

test("close may be called twice, settles the calls that wait, and refuses later ones", async () => {
  const seen = await page.evaluate(async () => {
    const { start, load, outcome } = globalThis as unknown as InPage;
    const { pose, results } = start();
    const image = await load("standing.png");
    await pose.send({ image });
    const waiting = [1, 2, 3].map(() => outcome(pose.send({ image })));
    await pose.close();
    await pose.close();
    const later = [outcome(pose.send({ image })), outcome(pose.initialize())];
    const classes = (await Promise.all([...waiting, ...later])).map(({ classes }) => classes[0]);
    return { classes, count: results.length };
  });
  expect(seen).toEqual({ classes: new Array(5).fill("ClosedError"), count: 1 });
});

test("close ends a Pose that is still loading, or that never began", async () => {
  const classes = await page.evaluate(async () => {
    const { start, outcome } = globalThis as unknown as InPage;
    const { pose } = start();
    const loading = outcome(pose.initialize());
    await pose.close();
    await start().pose.close();
    return (await loading).classes[0];
  });
  expect(classes).toBe("ClosedError");
});

test("no worker survives close", async () => {
  await page.evaluate(async () => {
    const { start } = globalThis as unknown as InPage;
    Object.assign(globalThis, { pose: start().pose });
    await (globalThis as any).pose.initialize();
  });
  expect(page.workers().length).toBeGreaterThan(0);
  await page.evaluate(() => (globalThis as any).pose.close());
  await expect.poll(() => page.workers().length, { timeout: 10_000 }).toBe(0);
});

test("two Pose on one page do not meet", async () => {
  const seen = await page.evaluate(async () => {
    const { start, load } = globalThis as unknown as InPage;
    Object.assign(globalThis, { Module: "the page's own" });
    const image = await load("standing.png");
    const [one, other] = [start(), start()];
    other.pose.setOptions({ selfieMode: true, enableSegmentation: true });
    await Promise.all([one, other].map(({ pose }) => pose.send({ image })));
    await one.pose.close();
    await other.pose.send({ image });
    const x = [one, other].map(({ results }) => results.at(-1)!.poseLandmarks[0].x);
    const hasMask = [one, other].map(({ results }) => "segmentationMask" in results[0]);
    return { sum: x[0] + x[1], hasMask, module: (globalThis as any).Module };
  });
  expect(seen.sum).toBeCloseTo(1, 1);
  expect(seen).toMatchObject({ hasMask: [false, true], module: "the page's own" });
});
