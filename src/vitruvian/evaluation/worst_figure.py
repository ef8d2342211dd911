"""The images in which systems did worst, with the annotated people and those who were found."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import PIL.Image

from vitruvian.draw.figures import drawing
from vitruvian.evaluation.report import pck_title
from vitruvian.printable import printable
from vitruvian.skeleton import COCO_17, CONNECTIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from vitruvian.evaluation.annotations import AnnotatedImage
    from vitruvian.evaluation.scores import Evaluation, ImageScores
    from vitruvian.types import Float64, Image

WORST = 12  # images
_COLUMNS = 4
_TILE_IN = (3.2, 3.2)
_HEADER_IN = 0.4
_TILE_PX = 640  # the longer side of what is drawn; tiles are smaller
_MARGIN = 0.1  # around the people, as a part of the longer side of what they cover
_LONGEST_NAME = 40
_TRUTH, _ANSWER, _OUTLINE = "white", "#ff8a00", "black"  # which are also three shades of grey
_WIDTH_PT = {_TRUTH: 2.4, _ANSWER: 1.3}

# Between COCO's keypoints: those of the 33 landmarks, of which the face has none.
_LIMBS = [(0, 1), (1, 3), (0, 2), (2, 4)] + [
    (COCO_17.index(a), COCO_17.index(b)) for a, b in CONNECTIONS if {a, b} <= {*COCO_17[5:]}
]


class Case(NamedTuple):
    """What one system reached in one image."""

    system: str
    scores: ImageScores


def worst_cases(evaluation: Evaluation) -> list[Case]:
    """Return the images with the least similarity to the truth, each with its worst system."""
    cases = [
        Case(name, scores)
        for name, system in evaluation.systems.items()
        for scores in system.images
        if scores.people
    ]
    cases.sort(key=lambda case: (case.scores.oks, np.nan_to_num(case.scores.pck)))
    worst: dict[int, Case] = {}
    for case in cases:
        worst.setdefault(case.scores.number, case)
    return [*worst.values()][:WORST]


def worst_figure(evaluation: Evaluation, read: Callable[[AnnotatedImage], Image | None]) -> Figure:
    """Return a sheet of the worst cases.

    Args:
        evaluation: the scores.
        read: returns the pixels of an image, or None to draw on grey.
    """
    from matplotlib import figure as figures  # noqa: PLC0415 - an extra, and slow to load
    from matplotlib.lines import Line2D  # noqa: PLC0415 - as above

    cases = worst_cases(evaluation)
    rows = max(math.ceil(len(cases) / _COLUMNS), 1)
    size_in = (_COLUMNS * _TILE_IN[0], rows * _TILE_IN[1] + _HEADER_IN)
    with drawing():
        figure = figures.Figure(figsize=size_in, layout="constrained", facecolor="0.92")
        tiles = figure.subplots(rows, _COLUMNS, squeeze=False).ravel()
        for tile in tiles:
            tile.set_axis_off()
        for tile, case in zip(tiles, cases, strict=False):
            _draw_case(tile, evaluation, case, read)
        handles = [
            Line2D([], [], color=color, linewidth=2 * _WIDTH_PT[color], label=label)
            for color, label in ((_TRUTH, "annotated"), (_ANSWER, "found"))
        ]
        figure.legend(handles=handles, loc="outside upper center", ncols=2, facecolor="0.5")
        return figure


def _draw_case(
    tile: Axes, evaluation: Evaluation, case: Case, read: Callable[[AnnotatedImage], Image | None]
) -> None:
    number = case.scores.number
    image = evaluation.annotations.images[number]
    truth_px = [person.keypoints_px for person in image.people if person.counts]
    found_px = [
        person.keypoints for person in evaluation.systems[case.system].results.people[number]
    ]
    left, top, right, bottom = _part_px(image, [*truth_px, *found_px])
    pixels = read(image)
    if pixels is None:
        shown = np.full((1, 1, 3), 160, np.uint8)
    else:
        shown = _shrunk(pixels[top:bottom, left:right])
    del pixels  # it may take 600 MB
    tile.imshow(shown, extent=(left - 0.5, right - 0.5, bottom - 0.5, top - 0.5))
    for people_px, color in ((truth_px, _TRUTH), (found_px, _ANSWER)):
        for points_px in people_px:
            _draw_person(tile, points_px, color)
    tile.set_xlim(left - 0.5, right - 0.5)
    tile.set_ylim(bottom - 0.5, top - 0.5)
    caption = (_shortened(image.file_name), _shortened(case.system), _scores(evaluation, case))
    tile.set_title("\n".join(caption), fontsize=8)


def _scores(evaluation: Evaluation, case: Case) -> str:
    scores = case.scores
    pck = "–" if math.isnan(scores.pck) else f"{scores.pck:.1f}"
    text = f"OKS {scores.oks:.2f}, {pck_title(evaluation)} {pck}"
    return text if scores.found else f"{text}, nobody found"


def _shortened(name: str) -> str:
    name = printable(name)
    return name if len(name) <= _LONGEST_NAME else f"…{name[-_LONGEST_NAME:]}"


def _part_px(image: AnnotatedImage, people_px: Sequence[Float64]) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of the part of an image in which people are."""
    points_px = np.concatenate(
        [
            *people_px,
            *(
                person.box_px.reshape(2, 2).cumsum(axis=0)
                for person in image.people
                if person.counts
            ),
        ]
    )
    points_px = points_px[~np.isnan(points_px).any(axis=1)].clip(0, image.size)
    low, high = points_px.min(axis=0), points_px.max(axis=0)
    margin = max(_MARGIN * (high - low).max(), 1)
    left, top = np.floor((low - margin).clip(0)).astype(int).tolist()
    right, bottom = np.ceil((high + margin).clip(max=image.size)).astype(int).tolist()
    return min(left, right - 1), min(top, bottom - 1), right, bottom


def _shrunk(pixels: Image) -> Image:
    height, width = pixels.shape[:2]
    scale = min(_TILE_PX / max(height, width), 1)
    size = max(round(width * scale), 1), max(round(height * scale), 1)
    return np.asarray(PIL.Image.fromarray(pixels).resize(size, PIL.Image.Resampling.BOX))


def _draw_person(tile: Axes, points_px: Float64, color: str) -> None:
    from matplotlib.patheffects import Stroke  # noqa: PLC0415 - as above

    width_pt = _WIDTH_PT[color]
    outline = [
        Stroke(linewidth=width_pt + 1.2, foreground=_OUTLINE),
        Stroke(linewidth=width_pt, foreground=color),
    ]
    for limb in _LIMBS:
        # A limb with an end that is NaN is not drawn.
        tile.plot(
            *points_px[[*limb]].T,
            color=color,
            linewidth=width_pt,
            path_effects=outline,
            solid_capstyle="round",
        )
    tile.plot(
        *points_px.T,
        "o",
        color=color,
        markersize=1.6 * width_pt,
        markeredgecolor=_OUTLINE,
        markeredgewidth=0.5,
    )
