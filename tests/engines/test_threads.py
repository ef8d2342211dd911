from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from vitruvian.engines import threads

if TYPE_CHECKING:
    from pathlib import Path


def test_there_are_no_more_threads_than_the_process_may_use(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(threads, "_CGROUPS", tmp_path)
    monkeypatch.setattr(threads, "_OWN_CGROUPS", tmp_path / "own")
    monkeypatch.setattr(threads, "_cores", lambda: 64)
    most = threads.choose()
    assert 1 < most < 64  # more are not useful
    monkeypatch.setattr(threads, "_cores", lambda: 1)
    assert threads.choose() == 1
    monkeypatch.setattr(threads, "_cores", lambda: 64)

    (tmp_path / "own").write_text("0::/outer/inner\n")
    (tmp_path / "outer" / "inner").mkdir(parents=True)
    (tmp_path / "outer" / "inner" / "cpu.max").write_text("max 100000\n")
    assert threads.choose() == most
    (tmp_path / "outer" / "cpu.max").write_text("250000 100000\n")
    assert threads.choose() == 2
    (tmp_path / "outer" / "inner" / "cpu.max").write_text("50000 100000\n")
    assert threads.choose() == 1

    (tmp_path / "own").write_text("3:memory:/\n2:cpu,cpuacct:/the/host\n")
    (tmp_path / "cpu").mkdir()
    (tmp_path / "cpu" / "cpu.cfs_period_us").write_text("100000\n")
    (tmp_path / "cpu" / "cpu.cfs_quota_us").write_text("-1\n")
    assert threads.choose() == most
    (tmp_path / "cpu" / "cpu.cfs_quota_us").write_text("200000\n")
    assert threads.choose() == 2


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="only Linux has it")
def test_threads_follow_the_affinity() -> None:
    program = (
        "import os; from vitruvian.engines import threads;"
        "os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); print(threads.choose())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "1\n"
