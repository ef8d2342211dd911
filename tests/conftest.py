"""Marks the slow tests in one place, so that `scripts/check` can leave them out.

`scripts/check` runs all tests that are not marked `slow`, and must end within 30 s on two cores. A
test that makes it slower belongs in this list, with the reason. `pytest --durations=20` shows which
test that is. `scripts/test` runs everything.
"""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parent

# Each key is a folder, a file or a test, from this folder on. Every test below it is slow.
SLOW = {
    "cli/": "each test starts the program, most of them with a video",
    "engines/test_choice.py::test_openvino_tells_nobody": "starts processes that load OpenVINO",
    "engines/test_choice.py::test_the_command": "the command starts the program with every engine",
    "media/test_video_reader.py::test_pictures_are_let_go_of_at_once": "reads hundreds of images",
    "mediapipe/test_programs.py": "each test starts a program that was written for MediaPipe",
    "test_benchmarks.py": "each test runs a benchmark",
    "test_pose.py::test_the_mannequin_is_found_where_it_is": "runs every model on a whole video",
    "tracking/test_identities.py": "tracks everyone in all clips",
    "weights/": "compares every network with its converted one, and fetches from servers",
}


def pytest_configure() -> None:
    for prefix in SLOW:
        path = TESTS / prefix.partition("::")[0]
        if not path.exists():
            raise pytest.UsageError(f"tests/conftest.py lists {prefix} as slow: it does not exist.")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        path = item.path.relative_to(TESTS).as_posix()
        _, *names = item.nodeid.split("::")
        if any("::".join((path, *names)).startswith(prefix) for prefix in SLOW):
            item.add_marker(pytest.mark.slow)
