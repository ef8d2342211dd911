"""Print how many frames differ from MediaPipe 0.10.21 in ten videos that are made from two.

    python -m benchmarks.derived_videos LEGACY_PYTHON VIDEO OTHER_VIDEO [--model NAME]...

LEGACY_PYTHON is a Python with mediapipe 0.10.21. The videos are mirrored, scaled, cropped,
reversed, thinned to another frame rate, and made noisy, always in the same way. Both programs read
the same PNG files and track the person with masks. A frame differs if one bit of one landmark,
world landmark, visibility or presence differs, or of the mask, which is compared at every fourth
pixel of every fourth frame.
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import click
import numpy as np
import PIL.Image

from vitruvian import Pose
from vitruvian.images.writer import write_image
from vitruvian.media.opening import open_source
from vitruvian.options import MODELS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from vitruvian.result import PoseResult
    from vitruvian.types import Image

REFERENCE = Path(__file__).with_name("reference.py")
FRAME_RATE = 1e6 / 33_333  # mp.solutions assigns these timestamps itself
SEED = 17

Streams: TypeAlias = "dict[str, np.ndarray]"
Frames: TypeAlias = "list[Image]"


def mirrored(frames: Frames) -> Frames:
    """Exchange left and right."""
    return [frame[:, ::-1] for frame in frames]


def scaled(frames: Frames) -> Frames:
    """Scale to a width and a height that are no multiples of each other."""
    height, width = frames[0].shape[:2]
    size = round(width * 0.61), round(height * 0.57)
    return [np.asarray(PIL.Image.fromarray(frame).resize(size)) for frame in frames]


def cropped(frames: Frames) -> Frames:
    """Cut off a part on each side, so that the body is cut off sometimes."""
    height, width = frames[0].shape[:2]
    left, top, right, bottom = np.random.default_rng(SEED).uniform(0.03, 0.2, 4)
    rows = slice(round(top * height), round((1 - bottom) * height))
    columns = slice(round(left * width), round((1 - right) * width))
    return [frame[rows, columns] for frame in frames]


def reversed_(frames: Frames) -> Frames:
    """Play backwards."""
    return frames[::-1]


def thinned(frames: Frames) -> Frames:
    """Keep every third frame, so that the person moves three times as fast."""
    return frames[::3]


def noisy(frames: Frames) -> Frames:
    """Add noise to each pixel."""
    rng = np.random.default_rng(SEED)
    noise = (rng.normal(0, 12, frame.shape) for frame in frames)
    return [
        np.rint(frame + added).clip(0, 255).astype(np.uint8)
        for frame, added in zip(frames, noise, strict=True)
    ]


# What is done to the first video and to the second.
RECIPES: tuple[list[list[Callable[[Frames], Frames]]], ...] = (
    [[mirrored], [scaled], [cropped], [reversed_, thinned], [noisy]],
    [[mirrored, cropped], [scaled, noisy], [reversed_, scaled], [thinned], [cropped, reversed_]],
)


class Derived(NamedTuple):
    """A video that was made: its name, and the PNG files of its frames."""

    name: str
    files: list[Path]


def derive(videos: tuple[Path, ...], folder: Path) -> Iterator[Derived]:
    """Make the ten videos, one after the other."""
    for video, recipes in zip(videos, RECIPES, strict=True):
        with open_source(video) as source:
            frames = [frame.image for frame in source]
        for steps in recipes:
            made = frames
            for step in steps:
                made = step(made)
            name = " ".join((video.stem, *(step.__name__.rstrip("_") for step in steps)))
            files = [folder / f"{name} {index:05d}.png" for index in range(len(made))]
            for file, frame in zip(files, made, strict=True):
                write_image(file, np.ascontiguousarray(frame))
            yield Derived(name, files)
            for file in files:
                file.unlink()


def reference(python: Path, complexity: int, files: list[Path]) -> Streams:
    """Return MediaPipe's streams for the frames of a video."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.npz"
        command = (python, REFERENCE, out, "video", complexity, "--masks", *files)
        subprocess.run([*map(str, command)], check=True, stderr=subprocess.DEVNULL)
        return dict(np.load(out))


def differs(ours: PoseResult, theirs: Streams) -> bool:
    """Return whether anything differs in one frame."""
    landmarks, world_landmarks = (
        theirs[name][ours.index] for name in ("landmarks", "world_landmarks")
    )
    if not len(ours):
        return not np.isnan(landmarks).all()
    equal = [
        np.array_equal(ours.pose_landmarks[0], landmarks[:, :3]),
        np.array_equal(ours.visibility[0], landmarks[:, 3]),
        np.array_equal(ours.presence[0], landmarks[:, 4]),
        np.array_equal(ours.pose_world_landmarks[0], world_landmarks[:, :3]),
    ]
    mask = theirs.get(f"mask{ours.index}")
    if mask is not None and ours.segmentation_masks is not None:
        equal.append(np.array_equal(ours.segmentation_masks[0, ::4, ::4], mask))
    return not all(equal)


def compare(python: Path, model: str, video: Derived) -> str:
    """Return the cells of a row: frames, frames with a person, frames that differ."""
    theirs = reference(python, MODELS.index(model), video.files)
    with Pose(
        False, model, enable_segmentation=True, search="frame", frame_rate=FRAME_RATE
    ) as pose:
        results = []
        for file in video.files:
            with open_source(file) as source:
                results.append(pose.process(next(iter(source)).image))
    different = [result.index for result in results if differs(result, theirs)]
    first = f", the first is {different[0]}" if different else ""
    found = sum(map(len, results))
    return f"{video.name} | {model} | {len(results)} | {found} | {len(different)}{first}"


@click.command(help=__doc__)
@click.argument("legacy_python", type=click.Path(exists=True, path_type=Path))
@click.argument("videos", nargs=2, type=click.Path(exists=True, path_type=Path))
@click.option("--model", "models", multiple=True, type=click.Choice(MODELS), default=MODELS)
def main(legacy_python: Path, videos: tuple[Path, ...], models: tuple[str, ...]) -> None:
    """Print the table that the module's docstring describes."""
    print("| video | model | frames | frames with a person | frames that differ |")
    print("|---" * 5 + "|")
    with tempfile.TemporaryDirectory() as folder:
        for video in derive(videos, Path(folder)):
            for model in models:
                print(f"| {compare(legacy_python, model, video)} |", flush=True)


main()
