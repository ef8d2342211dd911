from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from vitruvian.profile import Profile

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Replace the clock by a time in seconds that the test sets."""
    now_s = [0.0]
    monkeypatch.setattr("time.perf_counter", lambda: now_s[0])
    return now_s


def test_stages_are_listed_with_their_share_of_the_elapsed_time(clock: list[float]) -> None:
    profile = Profile()
    with profile.measure_wall():
        for _ in range(2):
            with profile.measure("encode"):
                clock[0] += 1
        with profile.measure("infer"):
            clock[0] += 1
            with profile.measure("landmark"):
                clock[0] += 5
    assert profile.wall_s == 8
    assert profile.seconds == {"encode": 2, "infer": 6, "landmark": 5}
    head, *lines = str(profile).splitlines()
    assert head.split() == ["busy", "of", "8.00", "s"]
    assert [line.split() for line in lines] == [
        ["infer", "6.00", "s", "75.0%"],
        ["landmark", "5.00", "s", "62.5%"],
        ["encode", "2.00", "s", "25.0%"],
    ]
    assert lines[1].startswith("  landmark")


def test_stages_in_several_threads(clock: list[float]) -> None:
    profile = Profile()

    def pass_a_second() -> None:
        clock[0] += 1

    both = threading.Barrier(2, action=pass_a_second, timeout=10)

    def work(stage: str) -> None:
        with profile.measure(stage):
            both.wait()
            both.wait()

    threads = [threading.Thread(target=work, args=(stage,)) for stage in ("decode", "infer")]
    with profile.measure_wall():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert profile.wall_s == 2
    # One thread may start later, but neither stage is nested in the other.
    assert all(1 <= seconds <= 2 for seconds in profile.seconds.values())
    assert not any(line.startswith("  ") for line in str(profile).splitlines()[1:])


def test_iterating_measures_only_the_time_to_produce_the_items(clock: list[float]) -> None:
    def items() -> Iterator[int]:
        for item in range(3):
            clock[0] += 1
            yield item

    profile = Profile()
    for _ in profile.iterate("decode", items()):
        clock[0] += 10
    assert profile.seconds == {"decode": 3}
    assert str(Profile())
