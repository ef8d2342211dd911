"""Which engine is used, and how it is loaded. An engine is imported only when it is loaded."""

from __future__ import annotations

import importlib.util
import platform
from pathlib import Path
from typing import TYPE_CHECKING

from vitruvian.engines.packages import PACKAGES, install_command, packages_of
from vitruvian.engines.protocol import Setup
from vitruvian.errors import EngineError, OptionError
from vitruvian.options import ENGINES, EngineName

if TYPE_CHECKING:
    from vitruvian.engines.protocol import Engine, Network
    from vitruvian.options import Device

# MediaPipe runs on LiteRT, so this engine gives MediaPipe's numbers to the last bit.
EXACT: EngineName = "litert"


def installed() -> tuple[EngineName, ...]:
    """Return the names of the engines whose packages are installed."""
    return tuple(
        name for name, package in PACKAGES.items()
        if importlib.util.find_spec(package.replace("-", "_"))
    )  # fmt: skip


def choose(name: EngineName | None = None, device: Device = "cpu") -> tuple[EngineName, str]:
    """Return the name of the engine to use, and the reason in a few words.

    Args:
        name: one of `options.ENGINES`, which is then the engine; None for the best one.
        device: one of `options.DEVICES`.

    Raises:
        OptionError: there is no engine of that name, or it does not run on the device.
    """
    if name is not None:
        if name not in ENGINES:
            raise OptionError(f"engine is {name!r}: give one of {', '.join(ENGINES)}.")
        if device != "cpu" and name != "onnxruntime":
            raise OptionError(
                f"The engine {name} does not run on the device {device!r}: use onnxruntime, or "
                "leave the engine out."
            )
        return name, "it was asked for"
    if device != "cpu":
        return "onnxruntime", f"it runs on {device}"
    if _is_intel() and "openvino" in installed():
        return "openvino", "it is installed, and the processor is Intel's"
    return EXACT, "its numbers are MediaPipe's"


def load(name: EngineName, network: Network, setup: Setup | None = None) -> Engine:
    """Load a network into an engine.

    Args:
        name: one of `options.ENGINES`.
        network: the network.
        setup: how the engine computes; None for the defaults.

    Raises:
        OptionError: there is no engine of that name, or it does not support the device or the
            precision.
        WeightsError: the network's file is broken, or does not have these outputs.
        EngineError: the runtime is not installed or cannot be imported, cannot use the device, or
            cannot load the network.
    """
    setup = setup or Setup()
    choose(name, setup.device)
    try:
        if name == "litert":
            from vitruvian.engines.litert import LiteRtEngine  # noqa: PLC0415

            return LiteRtEngine(network, setup)
        if name == "openvino":
            from vitruvian.engines.openvino import OpenVinoEngine  # noqa: PLC0415

            return OpenVinoEngine(network, setup)
        from vitruvian.engines.onnxruntime import OnnxRuntimeEngine  # noqa: PLC0415

        return OnnxRuntimeEngine(network, setup)
    except ImportError as error:
        if name in installed():
            raise EngineError(
                f"The engine {name} cannot be imported: {error}. "
                f"Reinstall {packages_of(name, setup.device)}."
            ) from error
        purpose = "" if setup.device == "cpu" else f" for the device {setup.device!r}"
        raise EngineError(
            f"The engine {name} is not installed{purpose}: "
            f"run {install_command(name, setup.device)}."
        ) from error


def _is_intel() -> bool:
    try:
        vendor = Path("/proc/cpuinfo").read_text(errors="replace")
    except OSError:
        vendor = platform.processor()  # on Windows: "Intel64 Family 6 Model 154 …, GenuineIntel"
    return "GenuineIntel" in vendor
