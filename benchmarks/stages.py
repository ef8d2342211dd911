"""Print where the time of a frame goes, and how close that is to the limit of the machine.

    python -m benchmarks.stages [--engine NAME] [--size 1280x720] [--frames N] VIDEO

For each model, in video, with and without a mask, it prints medians per frame: the time of the
landmark network, and the time of Vitruvian's own code, which crops the region, reads the heatmaps,
runs the filters and makes the result. "Own code, warm" is the latter when recorded outputs replace
the network, so that the network's weights evict nothing from the processor's caches. The floor is
the time that the network's multiplications and additions would take at the speed of a large float32
matrix product, which is measured in the same run. The last row is the detector, which does not run
while a person is tracked.
"""

from __future__ import annotations

import statistics
import time
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np
import PIL.Image

from benchmarks.timed import Timed, timed_engines
from vitruvian import Pose
from vitruvian.media.opening import open_source
from vitruvian.options import MODELS
from vitruvian.weights import tflite
from vitruvian.weights.graph import needed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from vitruvian.engines.protocol import Network

WARM_UP_FRAMES = 10
MATRIX_SIDE = 2048


def operations(network: Network) -> float:
    """Count the multiplications and additions of the convolutions that the outputs need."""
    graph = tflite.read(network.tflite_path)
    wanted = [graph.outputs[position] for position in network.outputs]
    total = 0
    for operator in needed(graph.operators, wanted):
        if "CONV_2D" in operator.kind:
            weights = graph.tensors[operator.inputs[1]].shape
            # The weights of a depthwise convolution are (1, height, width, channels).
            per_output = weights[1] * weights[2] * (1 if "DEPTH" in operator.kind else weights[3])
            total += 2 * per_output * int(np.prod(graph.tensors[operator.outputs[0]].shape))
    return float(total)


def peak_operations_per_s() -> float:
    """Measure the operations per second of a matrix product."""
    left, right = np.random.default_rng(0).random((2, MATRIX_SIDE, MATRIX_SIDE), np.float32)
    product = np.empty_like(left)
    seconds = []
    for _ in range(5):
        start_s = time.perf_counter()
        np.matmul(left, right, out=product)
        seconds.append(time.perf_counter() - start_s)
    return 2 * MATRIX_SIDE**3 / min(seconds)


def own_ms(pose: Pose, network: Timed, images: list[NDArray[np.uint8]]) -> float:
    """Return the median milliseconds per frame that are not the network's."""
    pose.reset()
    own = []
    for image in images:
        calls = len(network.seconds)
        start_s = time.perf_counter()
        pose.process(image)
        took_s = time.perf_counter() - start_s
        if len(network.seconds) == calls + 1:
            own.append(took_s - network.seconds[-1])
    return 1e3 * statistics.median(own[WARM_UP_FRAMES:])


def frames(video: Path, size: tuple[int, int], count: int) -> Iterator[NDArray[np.uint8]]:
    """Yield the first frames of a video, scaled to a width and height in pixels."""
    with open_source(video) as source:
        for frame, _ in zip(source, range(count), strict=False):
            yield np.asarray(PIL.Image.fromarray(frame.image).resize(size))


@click.command(help=__doc__)
@click.argument("video", type=click.Path(exists=True, path_type=Path))
@click.option("--engine", help="One of `vitruvian engines`. [default: as Pose chooses]")
@click.option("--model", "models", multiple=True, type=click.Choice(MODELS), default=MODELS)
@click.option("--size", default="1280x720", show_default=True)
@click.option("--frames", "frame_count", default=120, show_default=True)
def main(
    video: Path, engine: str | None, models: tuple[str, ...], size: str, frame_count: int
) -> None:
    """Print the tables that the module's docstring describes."""
    width, height = map(int, size.split("x"))
    images = list(frames(video, (width, height), frame_count + WARM_UP_FRAMES))
    options = {"engine": engine} if engine else {}
    print(f"{video.name} at {size}, {len(images) - WARM_UP_FRAMES} frames\n")
    print(
        "| network | mask | network, ms | own code, ms | own code, warm, ms | GFLOP | floor, ms "
        "| network / floor |"
    )
    print("|---" * 8 + "|")
    for static, model, masks in (
        *((False, model, masks) for model in models for masks in (False, True)),
        (True, "lite", False),
    ):
        with timed_engines() as loaded:
            pose = Pose(static, model, enable_segmentation=masks, search="frame", **options)
        detector, landmarker = loaded
        network = detector if static else landmarker
        own = own_ms(pose, network, images)
        network_ms = 1e3 * statistics.median(network.seconds[WARM_UP_FRAMES:])
        # Not recorded before: while outputs are kept, each call allocates new memory.
        network.recorded = []
        own_ms(pose, network, images)
        network.replayed, network.recorded = iter(network.recorded), None
        warm = own_ms(pose, network, images)
        count = operations(network.network)
        floor_ms = 1e3 * count / peak_operations_per_s()
        name, parts = ("detector", "– | –") if static else (model, f"{own:.2f} | {warm:.2f}")
        print(
            f"| {name} | {'yes' if masks else 'no'} | {network_ms:.2f} | {parts} "
            f"| {count / 1e9:.2f} | {floor_ms:.2f} | {network_ms / floor_ms:.1f} |",
            flush=True,
        )
        pose.close()  # so that the next one loads networks of its own
    print(f"\nMatrix product of {MATRIX_SIDE}: {peak_operations_per_s() / 1e9:.0f} GFLOP/s")


main()
