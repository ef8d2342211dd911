from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from vitruvian.weights import cache

if TYPE_CHECKING:
    from pathlib import Path

_PROGRAM = """
import sys, threading
events = []
sys.addaudithook(lambda event, arguments: events.append(event))
from vitruvian.engines import choice as engines
from vitruvian.engines.protocol import Network
from vitruvian.weights import cache
network = Network(cache.pull("pose_landmark_lite"), (0,))
engines.load("openvino", network).infer(1, lambda _, image: image.fill(0), lambda _, outputs: None)
assert "openvino" in sys.modules
assert not [name for name in sys.modules if "openvino_telemetry" in name]
sent = ("socket.", "urllib.", "http.", "subprocess.", "os.fork", "os.posix_spawn", "os.system")
assert not [event for event in events if event.startswith(sent)], set(events)
assert threading.active_count() == 1
import openvino_telemetry  # others can still import it
"""


def test_openvino_sends_no_telemetry(tmp_path: Path) -> None:
    homes = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _PROGRAM],
        env={**os.environ, **homes, "VITRUVIAN_HOME": str(cache.home())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert not list(tmp_path.iterdir())
