"""The joint angles of one person over time, as a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from vitruvian.draw.figures import drawing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from vitruvian.types import Float32, Float64

# Row by row. The arms are at the left, the legs at the right.
_PANELS = (
    ("Shoulder elevation", "{side}_shoulder_elevation_3d_deg"),
    ("Hip flexion", "{side}_hip_flexion_3d_deg"),
    ("Elbow flexion", "{side}_elbow_flexion_3d_deg"),
    ("Hip abduction", "{side}_hip_abduction_3d_deg"),
    ("Wrist flexion", "{side}_wrist_flexion_3d_deg"),
    ("Knee flexion", "{side}_knee_flexion_3d_deg"),
    ("Trunk lean", "trunk_lean_3d_deg"),
    ("Ankle dorsiflexion", "{side}_ankle_dorsiflexion_3d_deg"),
)
_SIDES = ("left", "right")
COLUMNS = tuple(dict.fromkeys(column.format(side=side) for _, column in _PANELS for side in _SIDES))
# The hues of the sides on annotated videos, darker, because the paper is white.
_COLORS = {"left": "#e07800", "right": "#0084c7", "both": "#444444"}
_SIZE_IN = (10.0, 9.0)
# Less would show the noise of a joint at rest as if it moved.
_LEAST_SPAN_DEG = 40.0
# A longer time between two frames than this multiple of the usual one is a gap.
_INTERVALS_OF_GAP = 1.5


def angle_plot(times_s: Float64, angles_deg: Mapping[str, Float32], person: int) -> Figure:
    """Return the figure of one person: a panel for each joint, a line for each side.

    Lines have gaps where an angle is not known, and where it passes 180°.

    Args:
        times_s: (R,) of the frames in which the person is.
        angles_deg: (R,) of each of `COLUMNS`, NaN where it is not known.
        person: the id, for the title.
    """
    from matplotlib import figure as figures  # noqa: PLC0415 - an extra, and slow to load
    from matplotlib.lines import Line2D  # noqa: PLC0415 - as above

    with drawing():
        figure = figures.Figure(figsize=_SIZE_IN, layout="constrained")
        rows = figure.subplots(len(_PANELS) // 2, 2, sharex=True)
        for axes, (title, column) in zip(rows.flat, _PANELS, strict=True):
            sides = _SIDES if "{side}" in column else ("both",)
            for side in sides:
                angle_deg = angles_deg[column.format(side=side)]
                _draw_line(axes, times_s, angle_deg.astype(np.float64), side)
            _lay_out(axes, title)
        for axes in rows[-1]:
            axes.set_xlabel("time, s")
        lines = [Line2D([], [], color=_COLORS[side], label=side) for side in _SIDES]
        figure.legend(handles=lines, loc="outside upper right", ncols=2, frameon=False)
        figure.suptitle(f"Joint angles of person {person}, in 3D", x=0.01, ha="left", fontsize=13)
        return figure


def _draw_line(axes: Axes, times_s: Float64, angle_deg: Float64, side: str) -> None:
    times_s, angle_deg = _with_gaps(times_s, angle_deg)
    is_known = ~np.isnan(angle_deg)
    has_neighbour = np.zeros_like(is_known)
    has_neighbour[1:] |= is_known[:-1]
    has_neighbour[:-1] |= is_known[1:]
    axes.plot(
        times_s,
        angle_deg,
        color=_COLORS[side],
        linewidth=1.5,
        marker=".",  # a line through one point is not seen
        markevery=np.flatnonzero(is_known & ~has_neighbour).tolist(),
    )


def _with_gaps(times_s: Float64, angle_deg: Float64) -> tuple[Float64, Float64]:
    """Return the same with a NaN in each gap."""
    steps_s, steps_deg = np.diff(times_s), np.diff(angle_deg)
    usual_s = np.median(steps_s) if len(steps_s) else 0.0
    is_gap = (steps_s > _INTERVALS_OF_GAP * usual_s) | (np.abs(steps_deg) > 180)
    gaps = np.flatnonzero(is_gap) + 1
    return np.insert(times_s, gaps, times_s[gaps]), np.insert(angle_deg, gaps, np.nan)


def _lay_out(axes: Axes, title: str) -> None:
    least, greatest = axes.get_ylim()
    missing = max(_LEAST_SPAN_DEG - (greatest - least), 0.0) / 2
    axes.set_ylim(least - missing, greatest + missing)
    axes.set_title(title, loc="left", fontsize=10, fontweight="bold")
    axes.yaxis.set_major_formatter("{x:g}°")
    axes.axhline(0, color="0.6", linewidth=0.8, zorder=0)
    axes.set_axisbelow(True)
    axes.grid(color="0.9")
    axes.margins(x=0.01)
    axes.spines[["top", "right"]].set_visible(False)
