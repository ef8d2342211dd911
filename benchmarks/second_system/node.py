"""What models in Node.js need: packages, and the images of an annotation file as PNG files."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from vitruvian.images.writer import write_image
from vitruvian.media.opening import open_source

HERE = Path(__file__).parent


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
