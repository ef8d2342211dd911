"""Marks the slow tests in one place, so that `scripts/check` can leave them out.

`scripts/check` runs all tests that are not marked `slow`, and must end within 30 s on two cores. If
it takes longer, `scripts/check --durations=20` shows which tests to add to this list.
`scripts/test` runs everything.
"""

from __future__ import annotations

from pathlib import Path

import pytest

TESTS = Path(__file__).parent

# The start of a path from this folder on, or of `path::test`, with the reason.
SLOW = {
    "analysis/test_repetitions.py::test_the_sample": "runs the network on a whole video",
    "cli/test_angles.py": "each test starts the program",
    "cli/test_convert_and_draw.py": "each test starts the program, most of them with a video",
    "cli/test_engines.py": "each test starts the program several times",
    "cli/test_evaluate": "each test runs a network on three images",
    "cli/test_models.py": "each test starts the program several times",
    "cli/test_run": "each test starts the program, most of them with a video",
    "cli/test_smoothing.py": "each test starts the program, most of them with a video",
    "cli/test_streams.py": "each test starts the program",
    "draw/test_angle_plot.py::test_plots_of_any_length": "draws with matplotlib",
    "drawn/test_clips.py": "poses a body in each frame of all clips",
    "drawn/test_dataset.py": "draws images on the processor",
    "drawn/test_hashes.py": "draws images on the processor",
    "drawn/test_stills.py": "poses two hundred people",
    "drawn/test_stories.py": "moves whole bodies",
    "drawn/test_videos.py": "draws videos on the processor",
    "engines/test_litert_greeting.py": "each test starts a program",
    "examples/": "each test runs a program, a server or a notebook",
    "video/test_sound.py": "encodes and decodes many videos with sound",
    "video/test_reader.py": "decodes many videos",
    "video/test_tone_mapping.py": "FFmpeg takes seconds for the tables of a tone mapping",
    "video/test_pixel_limit.py::test_a_frame_is_refused": "starts programs",
    "formats/test_writers.py::test_run_and_convert": "runs the network on a whole video",
    "jobs/test_angles.py::test_each_person": "draws with matplotlib",
    "jobs/test_flat_memory.py": "makes the results of thousands of frames",
    "formats/test_bad_predictions.py::test_any_damaged": "damages each value of many files",
    "mediapipe/": "runs the networks and whole programs for the drop-in, which nothing imports",
    "test_benchmarks.py": "each test runs a benchmark",
    "test_fuzz.py": "tries many inputs, and waits for processes that hang",
    "test_page_commands.py": "runs the network on a video, and encodes another",
    "test_pages.py::test_each_snippet_runs": "most snippets process a video",
    "test_pose.py::test_the_mannequin_is_found_where_it_is": "runs every model on a whole video",
    "test_pose_sharing.py::test_a_forked_process_may": "runs the networks in five processes",
    "test_typing.py": "runs mypy",
    "tracking/test_identities.py": "tracks the people of all clips",
    "weights/": "compares each network with its converted one, and downloads from local servers",
}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    used = set()
    for item in items:
        path = item.path.relative_to(TESTS).as_posix()
        name = "::".join((path, *item.nodeid.split("::")[1:]))
        for start in SLOW:
            if name.startswith(start):
                used.add(start)
                item.add_marker(pytest.mark.slow)
    # Only where all tests are collected, not those of one folder.
    if config.args_source is pytest.Config.ArgsSource.TESTPATHS and (unused := SLOW.keys() - used):
        raise pytest.UsageError(
            f"tests/conftest.py lists {', '.join(sorted(unused))} as slow, but no test has such a "
            "path: correct or remove the entry."
        )
