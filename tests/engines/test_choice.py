"""What every engine must do alike."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import cv2
import numpy as np
import onnxruntime
import pytest

from tests.support import golden
from tests.tolerances import NETWORK_WORST, REDUCED_PRECISION
from vitruvian.engines import choice as engines
from vitruvian.engines import onnxruntime as onnxruntime_engine
from vitruvian.engines import protocol, threads
from vitruvian.engines.protocol import Network, Setup
from vitruvian.errors import EngineError, OptionError, WeightsError
from vitruvian.options import ENGINES
from vitruvian.weights import cache, onnx_file

if TYPE_CHECKING:
    from pathlib import Path

VALUES = np.arange(256, dtype=np.float32) / 255


def lite(*outputs: int) -> Network:
    return Network(cache.pull("pose_landmark_lite"), outputs, VALUES)


@pytest.mark.parametrize("name", ENGINES)
def test_outputs_come_in_the_order_asked_for_with_the_batch_first(name: str) -> None:
    engine = engines.load(name, lite(4, 0))
    images = np.random.default_rng(0).integers(0, 256, (3, 256, 256, 3), np.uint8)
    together = engine.infer(images)
    assert [output.shape for output in together] == [(3, 117), (3, 195)]
    for index, image in enumerate(images):
        for alone, batch in zip(engine.infer(image[np.newaxis]), together, strict=True):
            assert alone[0] == pytest.approx(batch[index], rel=1e-3, abs=1e-2)


def test_engines_agree() -> None:
    images = cv2.resize(golden.stills()[0], (256, 256))[np.newaxis]
    by_name = [engines.load(name, lite(*range(5))).infer(images) for name in ENGINES]
    for outputs in zip(*by_name, strict=True):
        for output in outputs[1:]:
            difference = np.abs(output - outputs[0]).max()
            assert difference <= NETWORK_WORST * max(np.abs(outputs[0]).max(), 1)


@pytest.mark.parametrize("count", [0, 1, 8, 9, 100])
def test_batches_are_small_and_in_order(count: int) -> None:
    batches = list(protocol.batches(range(count)))
    assert [item for batch in batches for item in batch] == list(range(count))
    assert all(0 < len(batch) <= 8 for batch in batches)


@pytest.mark.parametrize("name", ENGINES)
def test_results_are_kept_by_the_next_call(name: str) -> None:
    engine = engines.load(name, lite(0))
    first = engine.infer(np.zeros((1, 256, 256, 3), np.uint8))[0]
    before = first.copy()
    engine.infer(np.ones((1, 256, 256, 3), np.uint8))
    assert np.array_equal(first, before)


def test_the_exact_engine_gives_the_same_bits_with_any_number_of_threads() -> None:
    images = np.random.default_rng(0).integers(0, 256, (1, 256, 256, 3), np.uint8)
    one, three = (
        engines.load(engines.EXACT, lite(*range(5)), Setup(threads=count)).infer(images)
        for count in (1, 3)
    )
    for ours, theirs in zip(one, three, strict=True):
        assert np.array_equal(ours, theirs)


@pytest.mark.parametrize("precision", ["float16", "bfloat16"])
def test_a_precision_is_used_or_refused(precision: str) -> None:
    setup = Setup(precision=precision)
    for name in ("litert", "onnxruntime"):
        with pytest.raises(OptionError, match=f"{precision}.*{name}.*float32 only"):
            engines.load(name, lite(0), setup)
    images = cv2.resize(golden.stills()[0], (256, 256))[np.newaxis]
    (full,) = engines.load("openvino", lite(0)).infer(images)
    try:
        (reduced,) = engines.load("openvino", lite(0), setup).infer(images)
    except OptionError as error:  # it depends on the processor
        assert "instead" in str(error)  # noqa: PT017
    else:
        assert not np.array_equal(reduced, full)
        assert np.abs(reduced - full).max() < REDUCED_PRECISION * np.abs(full).max()


@pytest.mark.parametrize("name", ENGINES)
def test_what_cannot_be_loaded_or_run(name: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.tflite"
    path.write_bytes(b"broken")
    with pytest.raises((EngineError, WeightsError), match=r"broken\.tflite"):
        engines.load(name, Network(path, (0,), VALUES))
    engine = engines.load(name, lite(0))
    with pytest.raises(EngineError, match=r"9, 9, 3\)"):
        engine.infer(np.zeros((1, 9, 9, 3), np.uint8))


def test_a_broken_cached_file_names_itself() -> None:
    path = onnx_file.converted(lite().tflite_path, (2, 1))
    path.write_bytes(b"broken")
    with pytest.raises(EngineError, match="delete the file"):
        engines.load("onnxruntime", lite(2, 1))
    path.unlink()


def test_an_engine_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(OptionError, match="litert, onnxruntime"):
        engines.load("abacus", lite(0))
    monkeypatch.setitem(sys.modules, "vitruvian.engines.onnxruntime", None)
    with pytest.raises(EngineError, match="pip install onnxruntime"):
        engines.load("onnxruntime", lite(0))


def test_a_device_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = "coreml" if sys.platform == "win32" else "directml"
    with pytest.raises(EngineError, match=r"ONNX Runtime has no \w+ here: .*onnxruntime"):
        engines.load("onnxruntime", lite(0), Setup(device=absent))
    with pytest.raises(OptionError, match="litert does not run on"):
        engines.load("litert", lite(0), Setup(device="cuda"))
    # One that is built in, but whose driver or library is missing: the runtime takes the processor.
    on_cpu = onnxruntime.InferenceSession(
        onnx_file.converted(lite().tflite_path, (0,)), providers=["CPUExecutionProvider"]
    )
    provider = "CUDAExecutionProvider"
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: [provider])
    monkeypatch.setattr(onnxruntime_engine, "_session", lambda *_: on_cpu)
    with pytest.raises(EngineError, match=f"cannot use its {provider}"):
        engines.load("onnxruntime", lite(0), Setup(device="cuda"))


@pytest.mark.parametrize(
    "options",
    [
        {"device": "abacus"},
        {"precision": "float8"},
        {"threads": 0},
        {"threads": 257},
        {"threads": 1.5},
        {"threads": True},
    ],
)
def test_setups_that_make_no_sense(options: dict[str, object]) -> None:
    with pytest.raises(OptionError, match=next(iter(options))):
        Setup(**options)


def test_which_engine_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_is_intel", lambda: False)
    assert engines.choose()[0] == engines.EXACT
    assert engines.choose(device="cuda")[0] == "onnxruntime"
    monkeypatch.setattr(engines, "_is_intel", lambda: True)
    assert engines.choose()[0] == "openvino"
    assert engines.choose("litert")[0] == "litert"
    monkeypatch.setattr(engines, "installed", lambda: ("litert",))
    assert engines.choose()[0] == engines.EXACT


def test_threads_are_no_more_than_the_process_may_use(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(threads, "_CGROUPS", tmp_path)
    monkeypatch.setattr(threads, "_OWN_CGROUPS", tmp_path / "own")
    monkeypatch.setattr(threads, "_cores", lambda: 64)
    many = threads.choose()
    assert 1 < many < 64  # more do not pay
    monkeypatch.setattr(threads, "_cores", lambda: 1)
    assert threads.choose() == 1
    monkeypatch.setattr(threads, "_cores", lambda: 64)

    (tmp_path / "own").write_text("0::/outer/inner\n")
    (tmp_path / "outer" / "inner").mkdir(parents=True)
    (tmp_path / "outer" / "inner" / "cpu.max").write_text("max 100000\n")
    assert threads.choose() == many
    (tmp_path / "outer" / "cpu.max").write_text("250000 100000\n")
    assert threads.choose() == 2
    (tmp_path / "outer" / "inner" / "cpu.max").write_text("50000 100000\n")
    assert threads.choose() == 1

    (tmp_path / "own").write_text("3:memory:/\n2:cpu,cpuacct:/the/host\n")
    (tmp_path / "cpu").mkdir()
    (tmp_path / "cpu" / "cpu.cfs_period_us").write_text("100000\n")
    (tmp_path / "cpu" / "cpu.cfs_quota_us").write_text("-1\n")
    assert threads.choose() == many
    (tmp_path / "cpu" / "cpu.cfs_quota_us").write_text("200000\n")
    assert threads.choose() == 2


@pytest.mark.skipif(not hasattr(os, "sched_setaffinity"), reason="Linux has it")
def test_threads_follow_the_affinity() -> None:
    program = (
        "import os; from vitruvian.engines import threads;"
        "os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); print(threads.choose())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout == "1\n"


_SILENT = """
import sys, threading
said = []
sys.addaudithook(lambda event, arguments: said.append(event))
import numpy as np
from vitruvian.engines import choice as engines
from vitruvian.engines.protocol import Network
from vitruvian.weights import cache
network = Network(
    cache.pull("pose_landmark_lite"), (0,), np.arange(256, dtype=np.float32) / 255
)
engines.load("openvino", network).infer(np.zeros((1, 256, 256, 3), np.uint8))
assert "openvino" in sys.modules
assert not [name for name in sys.modules if "openvino_telemetry" in name]
sent = ("socket.", "urllib.", "http.", "subprocess.", "os.fork", "os.posix_spawn", "os.system")
assert not [event for event in said if event.startswith(sent)], set(said)
assert threading.active_count() == 1
import openvino_telemetry  # is there for whoever asks
"""


def test_openvino_tells_nobody(tmp_path: Path) -> None:
    homes = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path), "LOCALAPPDATA": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", _SILENT],
        env={**os.environ, **homes, "VITRUVIAN_HOME": str(cache.home())},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    assert not list(tmp_path.iterdir())


def test_the_command_compares_the_engines() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "error", "-m", "vitruvian", "engines", "--threads", "1"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stderr == ""
    header, *rows = done.stdout.splitlines()[:4]
    assert header.split() == ["detector", "lite", "full", "heavy"]
    assert [row[2:].split()[0] for row in rows] == list(ENGINES)
    chosen, _ = engines.choose()
    assert [row[2:].split()[0] for row in rows if row.startswith("*")] == [chosen]
    for row in rows:
        assert all(float(number) > 0 for number in row[2:].split()[1:])
    assert "1 thread." in done.stdout


def test_the_command_line_is_quiet_and_takes_an_engine(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "person.png"), golden.stills()[0][..., ::-1])
    for name in ENGINES:
        command = ("run", "person.png", "--engine", name, "--threads", "1", "--no-annotate")
        done = subprocess.run(
            [sys.executable, "-W", "error", "-m", "vitruvian", *command],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stderr == ""
        assert len((tmp_path / "person.csv").read_text().splitlines()) == 1 + 33
    refused = subprocess.run(
        [sys.executable, "-m", "vitruvian", *command[:2], "--device", "cuda", "--engine", "litert"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 2
    assert "does not run on" in refused.stderr
    assert "Traceback" not in refused.stderr
