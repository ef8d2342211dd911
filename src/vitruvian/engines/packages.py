"""The packages that pip installs for each engine and device."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vitruvian.options import Device, EngineName

PACKAGES: dict[EngineName, str] = {
    "litert": "ai-edge-litert",
    "onnxruntime": "onnxruntime",
    "openvino": "openvino",
}
# The builds of ONNX Runtime for these devices are packages of their own, which replace the package
# `onnxruntime`. The quotes are for shells, in which brackets have a meaning.
_OF_DEVICE: dict[Device, str] = {
    "cuda": "'onnxruntime-gpu[cuda,cudnn]'",
    "tensorrt": "'onnxruntime-gpu[cuda,cudnn]' tensorrt",
    "directml": "onnxruntime-directml",
}


def packages_of(name: EngineName, device: Device) -> str:
    """Return the packages of an engine for a device, as a shell takes them."""
    return _OF_DEVICE.get(device, PACKAGES[name])


def install_command(name: EngineName, device: Device) -> str:
    """Return the command that installs an engine for a device."""
    return f"pip install {packages_of(name, device)}"
