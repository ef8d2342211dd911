"""How Rerun's viewer shows a recording: the video, the room, and a tab for each kind of angle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from vitruvian.analysis.angles import ANGLES_3D
from vitruvian.formats.rrd_frames import TIMELINE

if TYPE_CHECKING:
    from collections.abc import Iterator

VIDEO, ROOM, ANGLES = "video", "room", "angles"
_SIDES = ("left", "right")


def split_angle(name: str) -> tuple[str, str]:
    """Return the kind of one of `ANGLES_3D`, such as "knee_flexion", and its side or ""."""
    kind = name.removesuffix("_3d_deg")
    side, _, rest = kind.partition("_")
    return (rest, side) if side in _SIDES else (kind, "")


def blueprint(views: Any) -> Any:
    """Return the blueprint.

    Args:
        views: the module `rerun.blueprint`.
    """
    return views.Blueprint(
        views.Vertical(
            views.Horizontal(
                views.Spatial2DView(origin=VIDEO, name="video [px]"),
                views.Spatial3DView(origin=ROOM, name="room [m]"),
            ),
            views.Tabs(*_plots(views), active_tab="knee flexion [°]"),
            row_shares=[2, 1],
        ),
        views.TimePanel(timeline=TIMELINE, state="collapsed"),
        collapse_panels=True,
    )


def _plots(views: Any) -> Iterator[Any]:
    for kind in dict.fromkeys(split_angle(name)[0] for name in ANGLES_3D):
        name = f"{kind.replace('_', ' ')} [°]"
        yield views.TimeSeriesView(origin=f"{ANGLES}/{kind}", name=name)
