"""Find boxes around people with CenterNet, for `python -m benchmarks.people --boxes`.

    python -m benchmarks.second_system.boxes ANNOTATIONS.json IMAGE_FOLDER OUT.json

CenterNet runs in Node.js on WebAssembly. OUT.json has COCO's results for boxes: any other detector
that writes them can be compared in its place.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.second_system.node import HERE, install, write_images


def main(annotations: str, images: str, out: str) -> None:
    """Write the file that the module's docstring describes."""
    install()
    with tempfile.TemporaryDirectory() as folder:
        listed = write_images(Path(annotations), Path(images), Path(folder))
        subprocess.run(["node", HERE / "centernet.mjs", listed, out], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
