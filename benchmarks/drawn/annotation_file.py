"""The annotations of a folder: a file that is valid at any time, and can be continued."""

from __future__ import annotations

import json
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from vitruvian.skeleton import COCO_17, LANDMARK_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME = "annotations.json"
_ASIDE = ".part"  # of the name of a file that is not complete


class AnnotationFile:
    """The annotations of the images in a folder, with an entry on each line.

    Args:
        folder: is made if it does not exist.
        recipe: what decides the images. A folder with the same recipe is continued.

    Raises:
        click.ClickException: the folder has files that are not of this recipe.
    """

    def __init__(self, folder: Path, recipe: dict[str, Any]) -> None:
        self.folder = folder
        self._recipe = recipe
        self._images: list[str] = []
        self._people: list[str] = []
        if folder.exists():
            self._continue()
        else:
            folder.mkdir(parents=True)

    @property
    def image_count(self) -> int:
        """How many images are annotated."""
        return len(self._images)

    def add(self, images: list[dict[str, Any]], people: list[dict[str, Any]]) -> None:
        """Add images, whose files have been written, with the people in them."""
        self._images += map(json.dumps, images)
        self._people += map(json.dumps, people)
        category = {
            "id": 1,
            "name": "person",
            "keypoints": [LANDMARK_NAMES[landmark] for landmark in COCO_17],
            "skeleton": [],
        }
        parts = {
            "info": json.dumps(self._recipe),
            "categories": json.dumps([category]),
            "images": _lines(self._images),
            "annotations": _lines(self._people),
        }
        text = ",\n".join(f'"{name}": {part}' for name, part in parts.items())
        self.write(NAME, f"{{{text}}}\n".encode())

    def write(self, name: str, content: bytes) -> None:
        """Write a file, which appears complete or not at all."""
        with self.aside(name) as path:
            path.write_bytes(content)

    @contextmanager
    def aside(self, name: str) -> Iterator[Path]:
        """Yield the path of a file beside its target, to which it is moved when it is complete."""
        path = self.folder / f"{name}{_ASIDE}"
        path.parent.mkdir(exist_ok=True)
        try:
            yield path
            path.replace(self.folder / name)
        finally:
            path.unlink(missing_ok=True)

    def _continue(self) -> None:
        """Read what an earlier run wrote."""
        file = self.folder / NAME
        if not file.exists():
            if any(path.suffix != _ASIDE for path in self.folder.iterdir()):
                raise click.ClickException(
                    f"{self.folder} has files that this program did not write: give a new folder."
                )
            return
        try:
            found = json.loads(file.read_bytes())
            recipe, images, people = found["info"], found["images"], found["annotations"]
        except (ValueError, KeyError, TypeError) as error:
            raise click.ClickException(
                f"{file} was not written by this program: give a new folder."
            ) from error
        if recipe != self._recipe:
            raise click.ClickException(
                f"{self.folder} has images of another recipe ({recipe}): give a new folder, or "
                "the same options to continue."
            )
        self._images, self._people = [*map(json.dumps, images)], [*map(json.dumps, people)]


def _lines(entries: list[str]) -> str:
    return "[\n" + ",\n".join(entries) + "\n]"
