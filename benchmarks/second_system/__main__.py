"""Print the table of quality with our models, MoveNet's, and MediaPipe's own.

    python -m benchmarks.second_system ANNOTATIONS.json IMAGE_FOLDER OUT_FOLDER [LEGACY_PYTHON]

The annotations are COCO's person keypoints. MoveNet (Lightning, Thunder and MultiPose) runs in
Node.js on WebAssembly, and LEGACY_PYTHON is a Python with mediapipe 0.10.21, whose three models run
with `static_image_mode`. Every system reads the same PNG files, which are upright, because decoders
of JPEG differ in pixels and in what they do with orientations. OUT_FOLDER gets a file of COCO's
results for each system, and what `vitruvian evaluate` writes.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from vitruvian.images.writer import write_image
from vitruvian.media.opening import open_source
from vitruvian.options import MODELS

HERE = Path(__file__).parent
MOVENET = {
    "MoveNet.Lightning": "lightning",
    "MoveNet.Thunder": "thunder",
    "MoveNet.MultiPose": "multipose",
}


def write_images(annotations: Path, images: Path, folder: Path) -> Path:
    """Write the images as PNG files into a folder, and a list of {image_id, path}."""
    entries = []
    for number, image in enumerate(json.loads(annotations.read_text())["images"]):
        path = folder / f"{number}.png"
        with open_source(images / image["file_name"]) as frames:
            write_image(path, next(iter(frames)).image)
        entries.append({"image_id": image["id"], "path": str(path)})
    listed = folder / "images.json"
    listed.write_text(json.dumps(entries))
    return listed


def install() -> None:
    """Install the packages for Node.js, unless they are there."""
    if not (HERE / "node_modules").exists():
        subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], check=True, cwd=HERE)


def run_systems(images: Path, out: Path, legacy_python: str) -> dict[str, Path]:
    """Run each system and return its file of results by its name in the table."""
    install()
    commands = {name: ["node", HERE / "movenet.mjs", model] for name, model in MOVENET.items()}
    if legacy_python:
        script = HERE / "mediapipe_pose.py"
        commands |= {
            f"MediaPipe.{model.capitalize()}": [legacy_python, script, str(complexity)]
            for complexity, model in enumerate(MODELS)
        }
    results = {name: out / f"{name}.json" for name in commands}
    for name, command in commands.items():
        print(f"{name} runs.", file=sys.stderr)
        subprocess.run([*command, images, results[name]], check=True)
    return results


def main(annotations: str, images: str, out: str, legacy_python: str = "") -> None:
    """Print the table that the module's docstring describes."""
    Path(out).mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        listed = write_images(Path(annotations), Path(images), Path(folder))
        results = run_systems(listed, Path(out), legacy_python)
    options = [f"--results={name}={path}" for name, path in results.items()]
    evaluate = [sys.executable, "-m", "vitruvian", "evaluate", annotations, "--images", images]
    subprocess.run([*evaluate, "-o", out, "--published", *options], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
