"""Draw the first table of benchmarks/README.md as docs/speed.png.

python -m benchmarks.plot
"""

from __future__ import annotations

import re
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")
import matplotlib.pyplot as plt

ROOT = Path(__file__).parents[1]
SCENES = ("video", "video with mask", "still images")
MEDIAPIPE_COLOR, VITRUVIAN_COLOR = "#b8bec9", "#ff8a00"
ROW = re.compile(
    r"\| (?P<scene>[\w, ]+) \| (?P<model>\w+) \| default "
    r"\| (?P<peer>[\d.]+) .*?\| (?P<ours>[\d.]+) \|"
)


def main() -> None:
    """Draw the figure."""
    table = (ROOT / "benchmarks" / "README.md").read_text().split("###")[1]
    rows = [match.groupdict() for match in ROW.finditer(table)]
    figure, axes = plt.subplots(1, len(SCENES), figsize=(9, 2.6), sharex=True)
    for axis, scene in zip(axes, SCENES, strict=True):
        chosen = [row for row in rows if row["scene"] == scene]
        for place, row in enumerate(chosen):
            for shift, name, color in (
                (-0.2, "peer", MEDIAPIPE_COLOR),
                (0.2, "ours", VITRUVIAN_COLOR),
            ):
                milliseconds = float(row[name])
                axis.barh(place + shift, milliseconds, 0.36, color=color)
                axis.text(
                    milliseconds + 0.7,
                    place + shift,
                    f"{milliseconds:.1f}",
                    va="center",
                    fontsize=8,
                )
        axis.set_yticks(range(len(chosen)), [row["model"].capitalize() for row in chosen])
        axis.invert_yaxis()
        axis.set_title(scene, fontsize=10)
        axis.spines[["top", "right", "bottom"]].set_visible(False)
        axis.tick_params(left=False, bottom=False, labelbottom=False)
        axis.set_xlim(0, 75)
    handles = [
        plt.Rectangle((0, 0), 1, 1, color=color) for color in (MEDIAPIPE_COLOR, VITRUVIAN_COLOR)
    ]
    names = ["MediaPipe, the faster of 0.10.21 and 1.2.2", "Vitruvian"]
    figure.legend(handles, names, loc="lower center", ncol=2, frameon=False, fontsize=9)
    figure.suptitle("milliseconds per frame", fontsize=9, color="#666666", y=1.0)
    figure.tight_layout(rect=(0, 0.08, 1, 1))
    figure.savefig(ROOT / "docs" / "speed.png", dpi=130)


main()
