"""Write the hashes of the first images of the seeds that are reported into hashes.json.

    python -m benchmarks.drawn.hashes

The truth is the same on every machine, because it is computed without OpenGL and then rounded. The
pixels depend on the versions that the file names.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
import numpy as np
import PIL

from .picture.renderer import Renderer
from .still import draw_still

if TYPE_CHECKING:
    from .still import Still

FILE = Path(__file__).with_name("hashes.json")
_SEEDS = 1, 2, 3
_IMAGES = 3
# What is counted in drawn pixels is no part of the truth that is the same everywhere.
_DRAWN = {"area", "bbox"}


def versions(renderer: Renderer) -> dict[str, str]:
    """Return what the pixels depend on."""
    return {"renderer": renderer.name, "numpy": np.__version__, "pillow": PIL.__version__}


def hashes(still: Still) -> dict[str, str]:
    """Return the SHA-256 of the truth, of the image and of the mask."""
    people = [{k: v for k, v in person.items() if k not in _DRAWN} for person in still.people]
    truth = json.dumps([still.image, people], sort_keys=True).encode()
    contents = {"truth": truth, "image": still.jpeg, "mask": still.mask}
    return {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}


@click.command(help=__doc__)
def main() -> None:
    """Write what the module's docstring describes."""
    renderer = Renderer()
    seeds: dict[str, Any] = {
        str(seed): [hashes(draw_still(seed, number, 1, renderer)) for number in range(_IMAGES)]
        for seed in _SEEDS
    }
    FILE.write_text(json.dumps({**versions(renderer), "seeds": seeds}, indent=1) + "\n")


if __name__ == "__main__":
    sys.exit(main())
