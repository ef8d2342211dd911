"""OpenSim reads what is written for it, and its model agrees with our angles. It has 280 MB."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

import numpy as np
import pytest

from tests.support.opensim import models_or_skip, opensim_or_skip
from tests.support.projected import Walk, line, projected
from tests.tolerances import WRITTEN
from vitruvian.analysis.angles import angles_3d
from vitruvian.analysis.room import room_of
from vitruvian.formats.markers import MARKER_NAMES, MODEL_LANDMARKS
from vitruvian.recorded.blocks import Blocks

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.long

WAY = line((-1, 0.2, 5), (1, 0.2, 4), 30)
# The markers of the model are not at its joints, so angles between them differ by a constant.
OFFSET_DEG = 15


@pytest.fixture(scope="module")
def opensim() -> Any:
    return opensim_or_skip()


@pytest.fixture(scope="module")
def models() -> Path:
    return models_or_skip()


def test_opensim_reads_the_markers_and_their_gaps(opensim: Any, tmp_path: Path) -> None:
    way = WAY.copy()
    way[10:12] = np.nan
    recording = projected(Walk(1, way))
    recording.save(tmp_path / "walk_trc")
    (motion,) = room_of(Blocks.of(recording)).motions()
    table = opensim.TimeSeriesTableVec3(str(tmp_path / "walk_trc" / "walk_person1.trc"))
    flat = table.flatten()
    found_m = flat.getMatrix().to_numpy().reshape(30, 25, 3)
    np.testing.assert_allclose(found_m, motion.positions_m[:, MODEL_LANDMARKS], atol=WRITTEN)
    np.testing.assert_allclose(table.getIndependentColumn(), np.arange(30) / 30, atol=WRITTEN)
    assert [*table.getColumnLabels()] == [MARKER_NAMES[landmark] for landmark in MODEL_LANDMARKS]
    assert table.getTableMetaDataString("Units") == "m"
    data = opensim.MarkerData(str(tmp_path / "walk_trc" / "walk_person1.trc"))
    assert (data.getNumFrames(), data.getDataRate()) == (30, 30)


def test_both_readers_of_opensim_read_the_same_angles(opensim: Any, tmp_path: Path) -> None:
    recording = projected(Walk(1, WAY))
    recording.visibility[5:9, 29] = 0  # the left heel: there are numbers for the ankle all the same
    recording.save(tmp_path / "walk_mot")
    path = str(tmp_path / "walk_mot" / "walk_person1.mot")
    table, storage = opensim.TimeSeriesTable(path), opensim.Storage(path)
    assert storage.isInDegrees()
    assert (table.getNumRows(), storage.getSize()) == (30, 30)
    assert len(table.getColumnLabels()) == 12
    for name in table.getColumnLabels():
        column = opensim.ArrayDouble()
        storage.getDataColumn(name, column)
        of_storage = [column.get(row) for row in range(column.size())]
        np.testing.assert_array_equal(table.getDependentColumn(name).to_numpy(), of_storage)
        assert np.isfinite(of_storage).all()


def test_the_markers_are_those_of_the_model(models: Path) -> None:
    markers = ElementTree.parse(models / "Markers_BlazePose.xml").iter("Marker")  # noqa: S314 - of a package
    ours = {MARKER_NAMES[landmark] for landmark in MODEL_LANDMARKS}
    assert {marker.get("name") for marker in markers} == ours


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(
    ("coordinate", "angle", "sign"),
    [
        ("hip_flexion", "hip_flexion", 1),
        ("hip_adduction", "hip_abduction", -1),
        ("knee_angle", "knee_flexion", 1),
        ("ankle_angle", "ankle_dorsiflexion", 1),
        ("elbow_flex", "elbow_flexion", 1),
        ("wrist_flex", "wrist_flexion", 1),
    ],
)
def test_an_angle_follows_the_coordinate_of_the_model(
    opensim: Any, models: Path, side: str, coordinate: str, angle: str, sign: int
) -> None:
    model = opensim.Model(str(models / "Model_Pose2Sim_simple.osim"))
    model.set_MarkerSet(opensim.MarkerSet(str(models / "Markers_BlazePose.xml")))
    state = model.initSystem()
    found_deg = []
    for value_deg in (20, 30):
        model.getCoordinateSet().get(f"{coordinate}_{side[0]}").setValue(
            state, np.radians(value_deg)
        )
        model.realizePosition(state)
        in_model_m = np.zeros((33, 3))
        for landmark in MODEL_LANDMARKS:
            marker = model.getMarkerSet().get(MARKER_NAMES[landmark])
            in_model_m[landmark] = marker.getLocationInGround(state).to_numpy()
        front, up, right = in_model_m.T
        in_image_axes_m = np.stack((-right, -up, -front), axis=-1)  # the person faces the camera
        angles_deg = angles_3d(in_image_axes_m[np.newaxis], np.ones((1, 33)))
        found_deg.append(sign * angles_deg[f"{side}_{angle}_3d_deg"][0])
    assert np.abs(np.subtract(found_deg, (20, 30))).max() < OFFSET_DEG
    assert np.diff(found_deg) == pytest.approx(10, abs=1.5)
