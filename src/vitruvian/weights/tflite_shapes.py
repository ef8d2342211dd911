"""The shape that each operator gives, from its inputs and options.

Operators are used here as the networks of MediaPipe Pose use them. The functions raise ValueError
for any other use, and for sizes that do not fit each other.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from vitruvian.weights.graph import Operator, Tensor

_MAX_STEP = 64  # strides, dilations, windows and blocks; the pinned networks have 5 at most
_PADDINGS = {0: "SAME", 1: "VALID"}  # schema.Padding


def require(condition: object, problem: str) -> None:
    """Raise ValueError with the problem unless the condition is true."""
    if not condition:
        raise ValueError(problem)


def output_shape(operator: Operator, inputs: Sequence[Tensor]) -> tuple[int, ...]:
    """Return the shape of the operator's output.

    Raises:
        ValueError: the inputs and options do not fit each other.
    """
    return _SHAPES[operator.kind](operator, inputs)


def window(operator: Operator, inputs: Sequence[Tensor]) -> tuple[int, int]:
    """Return the height and width of what the operator reads for one pixel of its output."""
    if "CONV_2D" in operator.kind:
        height, width = inputs[1].shape[1:3]
        return height, width
    options = operator.options
    return options.get("FilterHeight", 1), options.get("FilterWidth", 1)


def _same(operator: Operator, inputs: Sequence[Tensor]) -> tuple[int, ...]:
    require(
        all(tensor.shape == inputs[0].shape for tensor in inputs),
        f"the inputs of {operator.kind} have different shapes",
    )
    return inputs[0].shape


def _convolution(operator: Operator, inputs: Sequence[Tensor]) -> tuple[int, ...]:
    image, kernels, bias = inputs
    require(len(kernels.shape) == 4, f"the kernels have the shape {kernels.shape}")
    if operator.kind == "CONV_2D":
        channels, depth = kernels.shape[0], kernels.shape[3]
    else:
        channels = depth = kernels.shape[3]
        require(
            kernels.shape[0] == operator.options["DepthMultiplier"] == 1,
            "a depthwise convolution has several kernels for a channel",
        )
    require(
        image.shape[3:] == (depth,) and bias.shape == (channels,),
        f"kernels of shape {kernels.shape} do not fit the shapes {image.shape} and {bias.shape}",
    )
    return _slid(operator, inputs, channels)


def _max_pool(operator: Operator, inputs: Sequence[Tensor]) -> tuple[int, ...]:
    require(len(inputs[0].shape) == 4, "the input of MAX_POOL_2D is not an image")
    return _slid(operator, inputs, inputs[0].shape[3])


def _slid(operator: Operator, inputs: Sequence[Tensor], channels: int) -> tuple[int, ...]:
    """Return the shape of what an operator gives that slides a window over its first input."""
    options, shape = operator.options, inputs[0].shape
    is_same = _PADDINGS[options["Padding"]] == "SAME"
    sizes = []
    for size, extent, axis in zip(shape[1:3], window(operator, inputs), "HW", strict=True):
        stride = options[f"Stride{axis}"]
        dilation = options.get(f"Dilation{axis}Factor", 1)
        require(
            all(1 <= step <= _MAX_STEP for step in (extent, stride, dilation)),
            f"{operator.kind} has a window of {extent}, a stride of {stride} and a dilation of "
            f"{dilation} pixels",
        )
        reach = 1 if is_same else (extent - 1) * dilation + 1
        sizes.append((size - reach) // stride + 1)
    return (shape[0], *sizes, channels)


def _pad(_: Operator, inputs: Sequence[Tensor]) -> tuple[int, ...]:
    image, amounts = inputs
    require(
        amounts.shape == (len(image.shape), 2) and min(_integers(amounts)) >= 0,
        "the amounts of PAD are wrong",
    )
    added = zip(_integers(amounts)[::2], _integers(amounts)[1::2], strict=True)
    return tuple(size + sum(more) for size, more in zip(image.shape, added, strict=True))


def _resize(operator: Operator, inputs: Sequence[Tensor]) -> tuple[int, ...]:
    image, size = inputs
    options = operator.options
    require(
        len(image.shape) == 4
        and size.shape == (2,)
        and not (options["AlignCorners"] and options["HalfPixelCenters"]),
        "RESIZE_BILINEAR is used in an unknown way",
    )
    return (image.shape[0], *_integers(size), image.shape[3])


def _depth_to_space(operator: Operator, inputs: Sequence[Tensor]) -> tuple[int, ...]:
    block, shape = operator.options["BlockSize"], inputs[0].shape
    require(
        len(shape) == 4 and 2 <= block <= _MAX_STEP and shape[3] % block**2 == 0,
        f"blocks of {block} do not fit the shape {shape}",
    )
    images, height, width, depth = shape
    return images, height * block, width * block, depth // block**2


def _concatenation(operator: Operator, inputs: Sequence[Tensor]) -> tuple[int, ...]:
    axis, first = operator.options["Axis"], inputs[0].shape
    require(0 <= axis < len(first), f"there is no axis {axis} in the shape {first}")
    require(not operator.options["FusedActivationFunction"], "CONCATENATION has an activation")

    def others(shape: tuple[int, ...]) -> tuple[int, ...]:
        return (*shape[:axis], *shape[axis + 1 :])

    require(
        all(others(tensor.shape) == others(first) for tensor in inputs),
        "the inputs of CONCATENATION have different shapes",
    )
    return (*first[:axis], sum(tensor.shape[axis] for tensor in inputs), *first[axis + 1 :])


def _reshape(_: Operator, inputs: Sequence[Tensor]) -> tuple[int, ...]:
    image, wanted = inputs
    shape, count = _integers(wanted), math.prod(image.shape)
    known = -math.prod(shape)
    if shape.count(-1) == 1 and known > 0:  # -1 stands for the size that is left
        shape[shape.index(-1)] = count // known
    require(
        len(wanted.shape) == 1 and min(shape) >= 1 and math.prod(shape) == count,
        f"RESHAPE cannot give {shape} from {image.shape}",
    )
    return tuple(shape)


def _integers(tensor: Tensor) -> list[int]:
    """Return the values of a constant tensor of integers, of which there have to be any."""
    values: list[int] = [] if tensor.data is None else tensor.data.ravel().tolist()
    require(values, "a list of sizes is empty")
    return values


_SHAPES: dict[str, Callable[[Operator, Sequence[Tensor]], tuple[int, ...]]] = {
    "ADD": _same,
    "CONCATENATION": _concatenation,
    "CONV_2D": _convolution,
    "DENSIFY": _same,
    "DEPTHWISE_CONV_2D": _convolution,
    "DEPTH_TO_SPACE": _depth_to_space,
    "DEQUANTIZE": _same,
    "LOGISTIC": _same,
    "MAX_POOL_2D": _max_pool,
    "PAD": _pad,
    "RESHAPE": _reshape,
    "RESIZE_BILINEAR": _resize,
}
