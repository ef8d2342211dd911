"""What the plots of angles show: read from matplotlib's objects, and drawn once."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np
import PIL.Image
import pytest

from vitruvian.draw.angle_plot import COLUMNS, angle_plot
from vitruvian.draw.figures import png_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

KNEE = "left_knee_flexion_3d_deg"


def plotted(times_s: np.ndarray, **angles_deg: np.ndarray) -> Figure:
    """Return the figure of a person, all of whose angles are 0 except for those that are given."""
    zeros = {name: np.zeros(len(times_s), np.float32) for name in COLUMNS}
    return angle_plot(times_s, {**zeros, **angles_deg}, 3)


def knee_of(figure: Figure) -> Axes:
    return next(axes for axes in figure.axes if axes.get_title("left") == "Knee flexion")


def test_each_joint_has_a_panel_with_both_sides() -> None:
    times_s = np.arange(60) / 30
    knee = np.linspace(0, 90, 60, dtype=np.float32)
    figure = plotted(times_s, **{KNEE: knee})
    assert len(figure.axes) == 8
    left, right, _ = knee_of(figure).lines  # and the line at 0
    np.testing.assert_array_equal(left.get_xdata(), times_s)
    np.testing.assert_array_equal(left.get_ydata(), knee)
    assert left.get_color() != right.get_color()
    assert figure.get_suptitle() == "Joint angles of person 3, in 3D"
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["left", "right"]


def test_gaps_are_gaps() -> None:
    times_s = np.delete(np.arange(60), np.arange(20, 30)) / 30  # the person is lost
    knee = np.full(50, 30, np.float32)
    knee[5:8] = np.nan  # a landmark is hidden
    (line, *_) = knee_of(plotted(times_s, **{KNEE: knee})).lines
    drawn_s, drawn_deg = line.get_data()
    assert np.flatnonzero(np.isnan(drawn_deg)).tolist() == [5, 6, 7, 20]
    assert (np.diff(drawn_s) >= 0).all()


def test_a_line_does_not_cross_the_panel_where_the_angle_passes_180() -> None:
    hip = np.array([150, 178, -175, -150, 178], np.float32)
    figure = plotted(np.arange(5) / 30, left_hip_flexion_3d_deg=hip)
    axes = next(axes for axes in figure.axes if axes.get_title("left") == "Hip flexion")
    drawn_deg = axes.lines[0].get_ydata()
    assert np.flatnonzero(np.isnan(drawn_deg)).tolist() == [2, 5]


def test_a_single_frame_is_a_point_and_a_small_movement_looks_small() -> None:
    knee = np.array([10, np.nan, 12, np.nan, 11, 11], np.float32)
    axes = knee_of(plotted(np.arange(6) / 30, **{KNEE: knee}))
    assert axes.lines[0].get_markevery() == [0, 2]
    least, greatest = axes.get_ylim()
    assert greatest - least >= 40


@pytest.mark.parametrize("frames", [1, 4000])
def test_plots_of_any_length_can_be_drawn(frames: int) -> None:
    random = np.random.default_rng(0)
    knee = random.normal(40, 30, frames).astype(np.float32)
    nothing = np.full(frames, np.nan, np.float32)
    figure = plotted(np.arange(frames) / 30, **{KNEE: knee, "trunk_lean_3d_deg": nothing})
    with PIL.Image.open(BytesIO(png_of(figure))) as image:
        assert image.size == (1500, 1350)
        assert len(np.unique(image.convert("L"))) > 10
