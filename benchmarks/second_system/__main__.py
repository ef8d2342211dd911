"""Print the table of quality with our models, MoveNet's, and MediaPipe's own.

    python -m benchmarks.second_system ANNOTATIONS.json IMAGE_FOLDER OUT_FOLDER [LEGACY_PYTHON]

The annotations are COCO's person keypoints. MoveNet (Lightning, Thunder and MultiPose) runs in
Node.js on WebAssembly, and LEGACY_PYTHON is a Python with mediapipe 0.10.21, whose three models run
with `static_image_mode`. Every system reads the same PNG files, which are upright, because decoders
of JPEG differ in pixels and in what they do with orientations. OUT_FOLDER gets a file of COCO's
results for each system, and what `vitruvian evaluate` writes.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.second_system.node import HERE, install, write_images
from vitruvian.options import MODELS

MOVENET = {
    "MoveNet.Lightning": "lightning",
    "MoveNet.Thunder": "thunder",
    "MoveNet.MultiPose": "multipose",
}


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
