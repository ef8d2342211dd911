/** The demo, as `vitruvian web` serves it. */

import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { launch } from "../support/browser.js";
import { sampleCamera, type SampleCamera } from "../support/camera.js";
import { PACKAGE } from "../support/paths.js";

let camera: SampleCamera;
let browser: Browser;
let server: ChildProcess;
let address: string;

beforeAll(async () => {
  camera = sampleCamera();
  browser = await launch(...camera.chromiumArguments);
  // It needs a `python` with vitruvian: `source scripts/environment dev`.
  server = spawn("python", ["-m", "vitruvian", "web", "--port", "0", "--no-open"], {
    stdio: ["ignore", "pipe", "inherit"],
    cwd: PACKAGE,
  });
  address = await new Promise((resolve, reject) => {
    server.once("error", reject);
    server.once("exit", (code) => reject(new Error(`vitruvian web ended with ${code}`)));
    server.stdout!.on("data", (text: Buffer) => {
      const [found] = /http:\S+/.exec(text.toString()) ?? [];
      if (found) resolve(found);
    });
  });
});

afterAll(async () => {
  await browser.close();
  server.kill();
  camera.remove();
});

const opened: Page[] = [];
const problems: string[] = [];

afterEach(async () => {
  for (const page of opened.splice(0)) await page.context().close();
  expect(problems.splice(0)).toEqual([]);
});

async function open(options: BrowserContextOptions = {}, prepare?: () => void): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  opened.push(page);
  page.on("pageerror", (error) => problems.push(error.message));
  if (prepare) await page.addInitScript(prepare);
  await page.goto(address);
  return page;
}

/** Opens the page with the sample, and waits until a person was found. */
async function openSample(options?: BrowserContextOptions): Promise<Page> {
  const page = await open(options);
  await page.getByRole("button", { name: "Try the sample" }).click();
  await found(page);
  return page;
}

async function found(page: Page): Promise<void> {
  await page
    .getByRole("status")
    .filter({ hasText: /There you are|Homo ad/ })
    .waitFor({ timeout: 90_000 });
}

async function download(page: Page, key: string): Promise<{ name: string; content: Buffer }> {
  const [saved] = await Promise.all([page.waitForEvent("download"), page.keyboard.press(key)]);
  return { name: saved.suggestedFilename(), content: readFileSync(await saved.path()) };
}

test("the sample is found, timed, and saved as a table and as an image", async () => {
  const page = await openSample();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await page.locator("#fps", { hasText: /^\d+$/ }).waitFor();
  const stages = await page.locator("#stages .name").allTextContents();
  expect(stages).toEqual(expect.arrayContaining(["Copy", "Landmarks", "Drawing", "In all"]));

  await page.keyboard.press("Space");
  const table = await download(page, "t");
  expect(table.name).toBe("jumping_jacks.csv");
  const [header, ...rows] = table.content.toString().trimEnd().split("\n");
  expect(header.split(",")[4]).toBe("name");
  expect(rows.length).toBeGreaterThanOrEqual(33);
  expect(rows.length % 33).toBe(0);
  const nose = rows[0].split(",");
  expect(nose[4]).toBe("nose");
  expect(Number(nose[5])).toBeCloseTo(0.5, 1); // the mannequin stands in the middle

  const image = await download(page, "p");
  expect(image.name).toBe("jumping_jacks.png");
  expect([image.content.readUInt32BE(16), image.content.readUInt32BE(20)]).toEqual([640, 480]);
});

test("a paused video goes on step by step, and every option acts on the frame that is shown", async () => {
  const page = await openSample();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Play" }).waitFor();
  const position = page.locator("#time");
  const before = await position.textContent();
  await page.keyboard.press("ArrowRight");
  await expect.poll(() => position.textContent()).not.toBe(before);
  await page.keyboard.press("ArrowLeft");
  await expect.poll(() => position.textContent()).toBe(before);

  await page.locator("#seek").fill("2"); // here all three models find the mannequin
  await expect.poll(() => position.textContent()).toBe("0:02.00");
  const drawn = () =>
    page.evaluate(() => document.querySelector<HTMLCanvasElement>("#view")!.toDataURL());
  /** Returns the drawing that stays, after those of keys that were pressed before. */
  const settled = async (): Promise<string> => {
    const first = await drawn();
    await page.waitForTimeout(300);
    return (await drawn()) === first ? first : settled();
  };
  for (const key of ["m", "s", "l", "v", "1", "3", "2"]) {
    const old = await settled();
    await page.keyboard.press(key);
    await expect.poll(drawn, { timeout: 20_000, message: `after the key ${key}` }).not.toBe(old);
  }
  const old = await settled();
  await page.getByText("Parchment").click();
  await expect.poll(drawn).not.toBe(old);
});

test("the camera is shown, and someone is found in it", async () => {
  const page = await open();
  await page.keyboard.press("c");
  await found(page);
  await expect.poll(() => page.getByRole("button", { name: "Step back" }).isVisible()).toBe(false);
});

test.each([
  ["NotAllowedError", "it is yours"],
  ["NotFoundError", "found no camera"],
  ["NotReadableError", "Another program"],
])("a camera that fails with %s gets kind words and a shrug", async (name, words) => {
  const page = await open(
    {},
    new Function(`
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("no", "${name}"));
  `) as () => void,
  );
  await page.getByRole("button", { name: "Use the camera" }).click();
  await page.locator("#invitation", { hasText: words }).waitFor();
  expect(await page.locator("#mannequin").getAttribute("data-mood")).toBe("shrug");
  expect(await page.getByRole("button", { name: "Try the sample" }).isVisible()).toBe(true);
});

test("an image can be dropped, and a file that is neither image nor video is refused", async () => {
  const page = await openSample();
  const drop = (type: string) =>
    page.evaluate(async (type) => {
      const view = document.querySelector<HTMLCanvasElement>("#view")!;
      const blob = await new Promise<Blob | null>((resolve) => view.toBlob(resolve));
      const file = new File([type === "image/png" ? blob! : "words"], "dropped.x", { type });
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(file);
      const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
    }, type);
  await drop("text/plain");
  await page.getByRole("status").filter({ hasText: "cannot show dropped.x" }).waitFor();
  await drop("image/png");
  await found(page);
  await expect.poll(() => page.getByRole("button", { name: "Pause" }).isVisible()).toBe(false);
  expect((await download(page, "p")).name).toBe("dropped.png");
});

test("on a phone nothing is wider than the screen, and buttons are large enough for a finger", async () => {
  const viewport = { width: 360, height: 740 };
  const page = await openSample({ viewport, hasTouch: true, isMobile: true });
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(360);
  const buttons = await page.locator("main button:visible:not(.controls)").all();
  expect(buttons.length).toBeGreaterThan(5);
  for (const button of buttons) {
    expect((await button.boundingBox())!.height).toBeGreaterThanOrEqual(40);
  }
});

test.each(["light", "dark"] as const)("text has enough contrast in the %s", async (colorScheme) => {
  const page = await open({ colorScheme });
  const contrasts = await page.evaluate(() => {
    const luminance = (name: string): number => {
      const probe = document.body.appendChild(document.createElement("i"));
      probe.style.color = `var(--${name})`;
      const parts = getComputedStyle(probe)
        .color.match(/\d+/g)!
        .map((part) => Number(part) / 255);
      const [r, g, b] = parts.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const contrast = (a: string, b: string): number => {
      const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
      return (high + 0.05) / (low + 0.05);
    };
    return {
      ink: contrast("ink", "sheet"),
      faded: contrast("faded", "sheet"),
      chalk: contrast("chalk", "on-chalk"),
    };
  });
  // WCAG 2.2, level AA.
  for (const [name, contrast] of Object.entries(contrasts)) {
    expect(contrast, name).toBeGreaterThanOrEqual(4.5);
  }
});

test("everything can be reached by keyboard, and shows that it has the focus", async () => {
  const page = await open();
  const reached: string[] = [];
  for (let i = 0; i < 20; i += 1) {
    await page.keyboard.press("Tab");
    reached.push(
      await page.evaluate(() => {
        const { activeElement: focused } = document;
        if (!focused || focused === document.body) return "";
        const outlined = focused.closest("label") ?? focused;
        const hasRing = [focused, outlined].some(
          (shown) => getComputedStyle(shown).outlineStyle !== "none",
        );
        return hasRing ? (focused.getAttribute("name") ?? focused.textContent!.trim()) : "no ring";
      }),
    );
  }
  expect(reached).toEqual(
    expect.arrayContaining([
      "Use the camera",
      "Try the sample",
      "modelComplexity",
      "selfieMode",
      "Keys",
    ]),
  );
  expect(reached).not.toContain("no ring");
});
