"""Markers of OpenSim, a file a person: `<name>_person1.trc`.

Format: OpenSim's documentation, "Marker (.trc) Files". Rows are frames, at a constant rate, with
the positions of the markers in metres: x right in the image, y up, z to the camera.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vitruvian.formats.constant_rate import room_at_constant_rate
from vitruvian.formats.markers import MARKER_NAMES, MODEL_LANDMARKS
from vitruvian.formats.person_files import person_path
from vitruvian.printable import printable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from vitruvian.analysis.room import Room, RoomMotion
    from vitruvian.recorded.blocks import Blocks


def write(blocks: Blocks, folder: Path, name: str) -> None:
    """Write a recording: a file for each person, from the first to the last frame of the person.

    Positions are rounded to micrometres. Where the person was lost, they are NaN: a reader that
    splits a row at white space would shift what comes after an empty cell. All landmarks but 25 and
    their visibility are lost.

    Args:
        blocks: the recording.
        folder: an empty folder.
        name: how the names of the files begin.

    Raises:
        RecordingError: as `room_of`.
    """
    room = room_at_constant_rate(blocks, "trc")
    for motion in room.motions():
        path = person_path(folder, name, motion.id, ".trc")
        with path.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(_header(path.name, room, motion))
            file.writelines(_rows(room, motion))


def _header(file_name: str, room: Room, motion: RoomMotion) -> Iterator[str]:
    markers = [MARKER_NAMES[landmark] for landmark in MODEL_LANDMARKS]
    rate, frames = f"{room.rate_hz:.9g}", len(motion.hips_m)
    known = {
        "DataRate": rate,
        "CameraRate": rate,
        "NumFrames": frames,
        "NumMarkers": len(markers),
        "Units": "m",
        "OrigDataRate": rate,
        "OrigDataStartFrame": motion.first_row + 1,
        "OrigNumFrames": frames,
    }
    yield f"PathFileType\t4\t(X/Y/Z)\t{printable(file_name)}\n"
    yield "\t".join(known) + "\n"
    yield "\t".join(map(str, known.values())) + "\n"
    # The name of a marker stands over its x, with empty cells over y and z.
    yield "\t".join(["Frame#", "Time", *(f"{marker}\t\t" for marker in markers)]) + "\n"
    columns = [f"{axis}{number}" for number in range(1, len(markers) + 1) for axis in "XYZ"]
    yield "\t".join(["", "", *columns]) + "\n"
    yield "\n"


def _rows(room: Room, motion: RoomMotion) -> Iterator[str]:
    cells = "\t%.6f" * (3 * len(MODEL_LANDMARKS))
    rows = zip(room.times_s(motion).tolist(), motion.positions_m, strict=True)
    for frame, (time_s, positions_m) in enumerate(rows, motion.first_row + 1):
        values = positions_m[MODEL_LANDMARKS, :].ravel().tolist()
        # Python writes "nan", and OpenSim's own files have "NaN".
        yield f"{frame}\t{time_s:.6f}{(cells % tuple(values)).replace('nan', 'NaN')}\n"
