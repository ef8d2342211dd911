"""A folder of videos with their annotations."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import av
import numpy as np
from tqdm import tqdm

from .motion import CLIP_S, CLIPS
from .scene import LANDSCAPE
from .still import MAX_PEOPLE
from .stories import STORIES, STORY_S
from .takes import solo, told
from .truth import annotate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from .annotation_file import AnnotationFile
    from .picture.renderer import Renderer
    from .takes import Take

FRAME_RATE = 25
# The edges of a video are smoothed by its compression, so fewer exposures suffice than for images.
_EXPOSURES = 4
_QUALITY = "23"  # libx264's default
_TAKES, _GRAIN = range(2)
_ID_STEP = 1000  # more than the frames of a video


class Frame(NamedTuple):
    """One frame of a video.

    Attributes:
        pixels: (H, W, 3) uint8 RGB.
        image: its entry.
        people: the entries of the people in it.
    """

    pixels: NDArray[np.uint8]
    image: dict[str, Any]
    people: list[dict[str, Any]]


def draw_videos(
    file: AnnotationFile, count: int, seed: int, people: int, renderer: Renderer
) -> None:
    """Draw the videos that the folder does not have yet, and annotate each when it is written."""
    frames = round(FRAME_RATE * (CLIP_S if people == 1 else STORY_S))
    done = file.image_count // frames
    with tqdm(total=count * frames, initial=done * frames, unit=" frames") as progress:
        for number in range(done, count):
            images, annotated = [], []
            name, activity = _title(number, people)
            video = f"{number:03d}_{name.replace(' ', '_')}.mp4"
            with file.aside(video) as path, _encoder(path, LANDSCAPE) as write:
                for frame in _frames(_takes(seed, number, people, name), seed, number, renderer):
                    write(frame.pixels)
                    place = {"file_name": f"{video}/{frame.image['frame']:04d}", "video": video}
                    images.append({**frame.image, **place, "activity": activity})
                    annotated += frame.people
                    progress.update()
            file.add(images, annotated)


def _title(number: int, people: int) -> tuple[str, str]:
    """Return the name of a motion or a story, and its group in tables."""
    if people == 1:
        names = tuple(CLIPS)
        name = names[number % len(names)]
        return name, CLIPS[name]
    names = tuple(STORIES)
    name = names[number % len(names)]
    return name, name


def _takes(seed: int, number: int, people: int, name: str) -> list[Take]:
    rng = np.random.default_rng((seed, number, _TAKES))
    return solo(rng, name) if people == 1 else told(rng, name, people)


def _frames(takes: list[Take], seed: int, number: int, renderer: Renderer) -> Iterator[Frame]:
    """Yield each frame of a video."""
    frame = 0
    for take in takes:
        scene = take.scene
        for index in range(round(take.duration_s * FRAME_RATE)):
            people = take.people_at(index / FRAME_RATE)
            shot = scene.shoot(renderer, people, _EXPOSURES)
            grain = np.random.default_rng((seed, number, _GRAIN, frame))
            image_id = _ID_STEP * number + frame
            entry = {
                "id": image_id,
                "width": scene.camera.width_px,
                "height": scene.camera.height_px,
                "frame": frame,
                "timestamp_s": frame / FRAME_RATE,
                "camera": scene.camera.entry(),
            }
            found = annotate(scene.camera, people, scene.meshes, shot.owners)
            entries = [
                {
                    "id": MAX_PEOPLE * image_id + place,
                    "image_id": image_id,
                    "track_id": actor.track_id,
                    **person,
                }
                for place, (actor, person) in enumerate(zip(take.actors, found, strict=True))
            ]
            yield Frame(scene.lens.develop(shot.light, grain), entry, entries)
            frame += 1


@contextmanager
def _encoder(path: Path, size_px: tuple[int, int]) -> Iterator[Callable[[NDArray[np.uint8]], None]]:
    """Yield a function that adds an image, (H, W, 3) uint8 RGB, to a video of H.264."""
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("libx264", FRAME_RATE, {"crf": _QUALITY})
        stream.width, stream.height = size_px
        stream.pix_fmt = "yuv420p"

        def write(pixels: NDArray[np.uint8]) -> None:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(pixels)))

        yield write
        container.mux(stream.encode(None))
