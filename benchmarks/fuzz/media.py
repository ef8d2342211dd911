"""Images and videos, broken in many ways, run as `vitruvian run` does."""

from __future__ import annotations

import shutil
from functools import cache
from typing import TYPE_CHECKING

from vitruvian.jobs import batch
from vitruvian.jobs.drawing import Drawing
from vitruvian.jobs.plan import make_plan
from vitruvian.jobs.stopping import Stop
from vitruvian.jobs.summary import Summary
from vitruvian.media.options import InputOptions
from vitruvian.options import PoseOptions
from vitruvian.profile import Profile

from .bombs import bomb
from .checks import check_only, check_whole
from .fields import repaired, set_field
from .large import large_image
from .mutations import damage
from .networks import real_networks, replayed_networks
from .opened import OpenedFiles
from .playlists import playlist
from .verdict import BrokenPromiseError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from random import Random

    from .place import Place

# How an input is made, and how often.
_WAYS = {
    "valid": 3.0,
    "large": 0.4,
    "field": 30.0,
    "bytes": 35.0,
    "both": 10.0,
    "splice": 7.0,
    "bomb": 8.0,
    "playlist": 7.0,
}
# An image of more pixels may take more than the memory that is allowed here.
_INPUT_OPTIONS = InputOptions(max_pixels=50_000_000)
_VALID = {"valid", "large"}
_PATTERNS = ("fuzzed%d", "fuzzed%03d", "fuzzed*")  # FFmpeg's names for series of images
_SUFFIXES = (".mp4", ".mov", ".avi", ".mkv", ".ts", ".jpg", ".png", ".gif", ".heic", ".bin", "")


def run(rng: Random, place: Place) -> None:
    """Run a file and a valid neighbour, and check what they leave.

    Raises:
        Exception: the outcome of the input, if it is an error.
        BrokenPromiseError: a file is not whole, a temporary one is left, another file was opened, a
            valid file has failed, or the neighbour has.
    """
    way = rng.choices([*_WAYS], [*_WAYS.values()])[0]
    source, frames = _write(way, rng, place)
    neighbour = place.root / "neighbour.png"
    inputs = [str(source), str(neighbour)]
    rng.shuffle(inputs)
    opened = watched(place)
    opened.names()
    plan = make_plan(inputs, place.outputs)
    with real_networks() if rng.random() < 0.01 else replayed_networks():
        results = batch.run_all(
            plan.jobs,
            # Memory is limited without masks, which take more than the image.
            _options(rng, with_masks=way in {"valid", "bytes"}),
            _INPUT_OPTIONS,
            Profile(),
            Stop(),
            jobs=rng.choice((1, 2)),
            drawing=rng.choice((None, *[Drawing()] * 8, Drawing(by_id=True, trails=True))),
            show_progress=False,
        )
        outcomes = {job.source: outcome for job, outcome in results}
    others = opened.names() - {source.name}
    _check_outputs(outcomes.values(), place.outputs)
    if others:
        raise BrokenPromiseError(f"{', '.join(sorted(others))} was opened")
    outcome = outcomes[source]
    if not isinstance(outcomes[neighbour], Summary):
        raise BrokenPromiseError(f"its neighbour has failed: {outcomes[neighbour]!r}")
    if way in _VALID:
        _check_valid(outcome, frames if way == "valid" else 1)
    if isinstance(outcome, Exception):
        raise outcome


def _write(way: str, rng: Random, place: Place) -> tuple[Path, int]:
    """Write an input in place of the previous one, and note what it is.

    Returns:
        Its path, and the number of frames in the valid file of which it was made.
    """
    for path in (*place.inputs.glob("fuzzed*"), *place.outputs.glob("[fn]*")):
        path.unlink()  # if the previous worker died; its temporary files are swept by the program
    if not (place.root / "neighbour.png").exists():
        shutil.copy(place.seeds / "1" / "png.png", place.root / "neighbour.png")
    seeds = sorted(place.seeds.glob("*/*"))
    seed = rng.choice(seeds)
    name, suffix, data = seed.name, seed.suffix, seed.read_bytes()
    match way:
        case "field" | "both":
            for _ in range(rng.choice((1, 1, 2, 4))):
                data = repaired(set_field(data, rng))
        case "splice":
            other = rng.choice(seeds)
            name = f"{name} and {other.name}"
            joint = other.read_bytes()
            data = data[: rng.randint(0, len(data))] + joint[rng.randint(0, len(joint)) :]
        case "bomb" | "large":
            suffix, data = (bomb if way == "bomb" else large_image)(rng)
            name = suffix
        case "playlist":
            suffix, data = playlist(_name_of_other(rng, place), rng)
            name = suffix
    if way in {"bytes", "both"}:
        data = damage(data, rng, rng.choice((1, 1, 2, 3, 6)))
        data = repaired(data) if rng.random() < 0.5 else data
    stem = rng.choice(_PATTERNS) if way not in _VALID and rng.random() < 0.02 else "fuzzed"
    if way not in _VALID and rng.random() < 0.1:
        suffix = rng.choice(_SUFFIXES)
    place.note(f"{way} {name} as {stem}{suffix}")
    path = place.inputs / f"{stem}{suffix}"
    path.write_bytes(data)
    if way == "playlist" or stem in _PATTERNS:
        for other in (f"fuzzed1{suffix}", f"fuzzed001{suffix}", "fuzzed.sub"):
            shutil.copy(place.seeds / "1" / "png.png", place.inputs / other)
    return path, int(seed.parent.name)


def _name_of_other(rng: Random, place: Place) -> str:
    """Return a name, as a playlist may write it, of a file that must not be opened."""
    path = place.inputs / "canary" / "clip.mp4"
    return rng.choice((f"canary/{path.name}", str(path), f"file:{path}", f"file://{path}"))


@cache
def watched(place: Place) -> OpenedFiles:
    """Return the record of the files that are opened beside the input, or in a folder there."""
    folder = place.inputs / "canary"
    folder.mkdir(exist_ok=True)
    shutil.copy(place.seeds / "6" / "h264.mp4", folder / "clip.mp4")
    return OpenedFiles(place.inputs, folder)


def _options(rng: Random, *, with_masks: bool) -> PoseOptions:
    return PoseOptions(
        model_complexity="lite",
        enable_segmentation=rng.random() < 0.2 and with_masks,
        num_poses=rng.choice((1, 1, 1, 1, "all")),
        threads=1,
    )


def _check_valid(outcome: batch.Outcome, frames: int) -> None:
    """Check that a valid file was read to its end, as a still image or as a video.

    Raises:
        BrokenPromiseError: it was not.
    """
    if not isinstance(outcome, Summary) or outcome.error is not None:
        raise BrokenPromiseError(f"a valid file fails: {getattr(outcome, 'error', outcome)}")
    if (outcome.frames, outcome.is_image) != (frames, frames == 1):
        kind = "a still image" if outcome.is_image else "a video"
        raise BrokenPromiseError(f"{outcome.frames} frames are read as {kind}, instead of {frames}")


def _check_outputs(outcomes: Iterable[batch.Outcome], folder: Path) -> None:
    """Check the files of some outcomes, and remove them.

    Raises:
        BrokenPromiseError: a file is not whole, or there are others.
    """
    summaries = [outcome for outcome in outcomes if isinstance(outcome, Summary)]
    try:
        for summary in summaries:
            check_whole(summary)
        check_only(folder, [file for summary in summaries for file in summary.files])
    finally:
        for path in folder.iterdir():
            path.unlink()
