"""Images and videos, broken in many ways, run as `vitruvian run` does."""

from __future__ import annotations

import shutil
from functools import cache
from typing import TYPE_CHECKING

from vitruvian.inputs.options import InputOptions
from vitruvian.jobs import batch
from vitruvian.jobs.drawing import Drawing
from vitruvian.jobs.plan import make_plan
from vitruvian.jobs.settings import Settings
from vitruvian.jobs.stopping import Stop
from vitruvian.jobs.summary import Outcome, Summary
from vitruvian.options import PoseOptions
from vitruvian.profile import Profile

from . import media_files
from .checks import check_only, check_whole
from .networks import real_networks, replayed_networks
from .opened import OpenedFiles
from .verdict import BrokenPromiseError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from random import Random

    from .place import Place

# An image of more pixels may take more than the memory that is allowed here.
_INPUT_OPTIONS = InputOptions(max_pixels=50_000_000)


def run(rng: Random, place: Place) -> None:
    """Run a file and a valid neighbour, and check what they leave.

    Raises:
        Exception: the outcome of the input, if it is an error.
        BrokenPromiseError: a file is not whole, a temporary one is left, another file was opened, a
            valid file has failed, or the neighbour has.
    """
    for path in place.outputs.glob("[fn]*"):
        path.unlink()  # if the previous worker died; its temporary files are swept by the program
    source, made = media_files.write(rng, place)
    neighbour = place.root / "neighbour.png"
    shutil.copy(place.seeds / "1" / "png.png", neighbour)
    inputs = [str(source), str(neighbour)]
    rng.shuffle(inputs)
    opened = watched(place)
    opened.names()
    plan = make_plan(inputs, place.outputs)
    with real_networks() if rng.random() < 0.01 else replayed_networks():
        results = batch.run_all(
            plan.jobs,
            Settings(
                _options(rng, with_masks=made.is_small and rng.random() < 0.1),
                _INPUT_OPTIONS,
                rng.choice((None, *[Drawing()] * 8, Drawing(by_id=True, trails=True))),
            ),
            Profile(),
            Stop(),
            jobs=rng.choice((1, 2)),
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
    if made.frames is not None:
        _check_valid(outcome, made.frames)
    if isinstance(outcome, Exception):
        raise outcome


@cache
def watched(place: Place) -> OpenedFiles:
    """Return the record of the files that are opened beside the input, or in another folder."""
    place.other.parent.mkdir(exist_ok=True)
    shutil.copy(place.seeds / "6" / "h264.mp4", place.other)
    return OpenedFiles(place.inputs, place.other.parent)


def _options(rng: Random, *, with_masks: bool) -> PoseOptions:
    """Return options. The memory of large frames is limited without masks only."""
    return PoseOptions(
        model_complexity="lite",
        enable_segmentation=with_masks,
        num_poses=rng.choice((1, 1, 1, 1, "all")),
        threads=1,
    )


def _check_valid(outcome: Outcome, frames: int) -> None:
    """Check that a valid file was read to its end, as a still image or as a video.

    Raises:
        BrokenPromiseError: it was not.
    """
    if not isinstance(outcome, Summary) or outcome.error is not None:
        raise BrokenPromiseError(f"a valid file fails: {getattr(outcome, 'error', outcome)}")
    if (outcome.frames, outcome.is_image) != (frames, frames == 1):
        kind = "a still image" if outcome.is_image else "a video"
        raise BrokenPromiseError(f"{outcome.frames} frames are read as {kind}, instead of {frames}")


def _check_outputs(outcomes: Iterable[Outcome], folder: Path) -> None:
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
