"""Fit a model of OpenSim to the markers in a TRC file, and print how far the markers are from it.

The arguments are the file that "vitruvian convert --format trc" wrote, a folder for the angles, and
the start and the end in seconds of a part without gaps, if there are gaps. It needs "pip install
opensim", and for the model "pip install --no-deps pose2sim".
"""

import sys
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import opensim

import vitruvian

SETUP = distribution("pose2sim").locate_file("Pose2Sim/OpenSim_Setup")
opensim.Logger.removeFileSink()  # it writes opensim.log into the current folder
opensim.Logger.setLevelString("Error")  # not that drawings of the bones are missing


def fit(markers: Path, folder: Path, start_s: float = 0, end_s: float = np.inf) -> float:
    """Scale the model, move it with the markers, and return their RMS distance in metres."""
    scaling = opensim.ScaleTool(f"{SETUP}/Scaling_Setup_Pose2Sim_Blazepose.xml")
    scaling.setPathToSubject("")  # all names of files are whole paths
    scaling.getGenericModelMaker().setModelFileName(f"{SETUP}/Model_Pose2Sim_simple.osim")
    scaling.getGenericModelMaker().setMarkerSetFileName(f"{SETUP}/Markers_BlazePose.xml")
    times_s = opensim.ArrayDouble(start_s, 2)
    times_s.set(1, end_s)
    scaling.getModelScaler().setTimeRange(times_s)
    scaling.getModelScaler().setMarkerFileName(str(markers.resolve()))
    scaling.getModelScaler().setOutputModelFileName(f"{folder}/scaled.osim")
    scaling.run()
    kinematics = opensim.InverseKinematicsTool(f"{SETUP}/IK_Setup_Pose2Sim_Blazepose.xml")
    kinematics.set_model_file(f"{folder}/scaled.osim")
    kinematics.setMarkerDataFileName(str(markers.resolve()))
    kinematics.setStartTime(start_s)
    kinematics.setEndTime(end_s)
    kinematics.setResultsDir(str(folder))
    kinematics.setOutputMotionFileName(f"{folder}/ik.mot")
    kinematics.run()
    errors = opensim.TimeSeriesTable(f"{folder}/_ik_marker_errors.sto")
    return float(np.sqrt(np.mean(errors.getDependentColumn("marker_error_RMS").to_numpy() ** 2)))


def main(markers: str = "", folder: str = "opensim", *start_and_end_s: str) -> None:
    """Print the distance, and where the angles are."""
    out = Path(folder).resolve()
    out.mkdir(parents=True, exist_ok=True)
    if not markers:
        recording = vitruvian.Recording.of("samples/jumping_jacks.mp4", smooth_landmarks=False)
        recording.smoothed().save(out / "sample_trc")
        markers = f"{out}/sample_trc/sample_person1.trc"
    rms_m = fit(Path(markers), out, *map(float, start_and_end_s))
    print(f"The markers are {100 * rms_m:.1f} cm (RMS) from the model, whose angles are in {out}.")


if __name__ == "__main__":
    main(*sys.argv[1:])
