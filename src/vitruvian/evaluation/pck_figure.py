"""The figure of MediaPipe's page: the PCK of each system in each group of images, as bars."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.draw.figures import drawing
from vitruvian.evaluation.annotation_file import EVERYTHING
from vitruvian.evaluation.report import pck_title
from vitruvian.printable import printable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from vitruvian.evaluation.scores import Evaluation
    from vitruvian.types import Float64

_HEIGHT_IN = 4.0
_BAR_IN = 0.42  # wide enough for the number on it
_GAP_BARS = 1.0  # between two groups
_MARGIN_IN = 1.0
_LEAST_WIDTH_IN = 6.4
_LEGEND_COLUMN_IN = 2.2
_SHADES = (
    0.12,
    0.92,
)  # of a colour map whose luminance grows evenly, so that grey tells them apart
_HATCHES = ("", "///")  # of neighbours, from so many systems on that their shades are near
_MOST_SHADES = 6


def pck_figure(evaluation: Evaluation) -> Figure:
    """Return the figure: a group of bars for each group of images, a colour for each system."""
    from matplotlib import figure as figures  # noqa: PLC0415 - an extra, and slow to load

    groups = evaluation.annotations.groups
    bars = len(groups) * (len(evaluation.systems) + _GAP_BARS)
    width_in = max(bars * _BAR_IN + _MARGIN_IN, _LEAST_WIDTH_IN)
    with drawing():
        figure = figures.Figure(figsize=(width_in, _HEIGHT_IN), layout="constrained")
        axes = figure.add_subplot()
        _draw_bars(axes, evaluation)
        axes.set_ylabel(f"{pck_title(evaluation)}, %")
        axes.set_ylim(0, 105)  # leaves room for the numbers on the bars
        axes.set_yticks(range(0, 101, 20))
        axes.set_axisbelow(True)
        axes.grid(axis="y", color="0.85")
        axes.tick_params(bottom=False)
        axes.spines[["top", "right", "left"]].set_visible(False)
        names = ["all images" if group == EVERYTHING else printable(group) for group in groups]
        axes.set_xticks(np.arange(len(groups)), names)
        columns = max(int(width_in / _LEGEND_COLUMN_IN), 1)
        figure.legend(loc="outside lower center", ncols=columns, frameon=False)
        return figure


def _draw_bars(axes: Axes, evaluation: Evaluation) -> None:
    from matplotlib import colormaps  # noqa: PLC0415 - as above

    count = len(evaluation.systems)
    width = 1 / (count + _GAP_BARS)
    shades = colormaps["viridis"](np.linspace(*_SHADES, max(count, 2)))
    for number, (name, system) in enumerate(evaluation.systems.items()):
        values: Float64 = np.array(
            [system.groups[group].metrics["pck"].value for group in evaluation.annotations.groups]
        )
        bars = axes.bar(
            np.arange(len(values)) + (number - (count - 1) / 2) * width,
            np.nan_to_num(values),
            width,
            label=printable(name),
            color=shades[number],
            edgecolor="white",
            hatch=_HATCHES[number % 2] if count > _MOST_SHADES else "",
            linewidth=0.5,
        )
        axes.bar_label(
            bars,
            ["–" if np.isnan(value) else f"{value:.1f}" for value in values],
            padding=1,
            fontsize=8,
        )
