"""Print how far a model's landmarks are from the truth, to show where their definitions differ.

    vitruvian run OUT/*.jpg -o FOUND --static-image-mode --model-complexity heavy --search frame
    python -m benchmarks.drawn.definitions OUT FOUND

For each visible landmark, it prints the median offset along two directions on the body and the
median distance, in lengths of the torso. People who were not found count nowhere.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np

from .annotation_file import NAME
from .body.definitions import median_offsets, table

if TYPE_CHECKING:
    from numpy.typing import NDArray

_LANDMARKS = 33


@click.command(help=__doc__)
@click.argument("out", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("found", type=click.Path(exists=True, file_okay=False, path_type=Path))
def main(out: Path, found: Path) -> None:
    """Print what the module's docstring describes."""
    annotated = json.loads((out / NAME).read_bytes())
    images = {image["id"]: image for image in annotated["images"]}
    truth_px, found_px, counted = [], [], []
    for person in annotated["annotations"]:
        image = images[person["image_id"]]
        landmarks = _landmarks(found / f"{Path(image['file_name']).stem}.csv")
        if landmarks is not None:
            truth_px.append(person["landmarks"])
            found_px.append(landmarks * (image["width"], image["height"]))
            counted.append(person["visibility"])
    if not truth_px:
        raise click.ClickException(
            f"{found} has no result of an image of {out}: run the command of --help first."
        )
    print(table(median_offsets(np.array(truth_px), np.array(found_px), np.array(counted, bool))))
    print(f"{len(truth_px)} of {len(annotated['annotations'])} people")


def _landmarks(path: Path) -> NDArray[np.float64] | None:
    """Return the normalized x and y of the person in a CSV file, (33, 2), or None."""
    if not path.exists():
        return None
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    points = np.array([(float(row["x"]), float(row["y"])) for row in rows])
    return points if len(points) == _LANDMARKS else None


if __name__ == "__main__":
    sys.exit(main())
