"""One image: who is in it, what they do, and how it is drawn."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from .crowd import standing_apart
from .motion import POSES, still
from .people import any_person
from .picture.renderer import EXPOSURES
from .scene import LANDSCAPE, PORTRAIT, any_scene
from .truth import annotate

if TYPE_CHECKING:
    from .people import PosedPerson
    from .picture.renderer import Renderer

MAX_PEOPLE = 5
_ACTIVITIES = tuple(POSES)
# The parts of an image that have a random generator each, so that a change of one keeps the others.
_PEOPLE, _PLACE, _GRAIN = range(3)


@dataclass(frozen=True)
class Still:
    """An image as files and entries.

    Attributes:
        jpeg: the image.
        mask: a PNG file in which people are white.
        image: the entry of the image.
        people: the entries of the people.
    """

    jpeg: bytes
    mask: bytes
    image: dict[str, Any]
    people: list[dict[str, Any]]


def draw_still(seed: int, number: int, count: int, renderer: Renderer) -> Still:
    """Draw the image with this number, of as many people.

    Activities and poses take turns, so that any first images of a seed are balanced.
    """
    activity = _ACTIVITIES[number % len(_ACTIVITIES)]
    poses = POSES[activity]
    turn = number // len(_ACTIVITIES)
    names = [poses[(turn + 5 * other) % len(poses)] for other in range(count)]
    people = _people(np.random.default_rng((seed, number, _PEOPLE)), activity, names)
    rng = np.random.default_rng((seed, number, _PLACE))
    size_px = LANDSCAPE if rng.random() < 0.5 else PORTRAIT
    points_m = np.concatenate([person.skin_m for person in people])
    scene = any_scene(rng, points_m, size_px)
    shot = scene.shoot(renderer, people, EXPOSURES)
    pixels = scene.lens.develop(shot.light, np.random.default_rng((seed, number, _GRAIN)))
    name = f"{number:04d}_{activity}"
    image = {
        "id": number,
        "file_name": f"{name}.jpg",
        "width": size_px[0],
        "height": size_px[1],
        "activity": activity,
        "mask": f"masks/{name}.png",
        "camera": scene.camera.entry(),
    }
    entries = [
        {"id": MAX_PEOPLE * number + index, "image_id": number, "pose": pose, **entry}
        for index, (pose, entry) in enumerate(
            zip(names, annotate(scene.camera, people, scene.meshes, shot.owners), strict=True)
        )
    ]
    mask = io.BytesIO()
    Image.fromarray(np.where(shot.owners, 255, 0).astype(np.uint8)).save(mask, "PNG")
    return Still(scene.lens.jpeg(pixels), mask.getvalue(), image, entries)


def _people(rng: np.random.Generator, activity: str, names: list[str]) -> list[PosedPerson]:
    """Return people in these poses, who face any direction, most of them the camera."""
    posed = []
    for name in names:
        person = any_person(rng)
        pose = still(person.body, activity, name, rng)
        posed.append((person, pose))
    return standing_apart(rng, posed)
