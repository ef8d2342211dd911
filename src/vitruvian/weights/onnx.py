"""Writes a graph as an ONNX model with only the operators that the chosen outputs need.

TFLite lays images out as (N, H, W, C), ONNX as (N, C, H, W). Inside the ONNX model every image is
(N, C, H, W); inputs and outputs keep the layout of the .tflite file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.errors import WeightsError
from vitruvian.weights.graph import needed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from vitruvian.weights.graph import Graph, Operator
    from vitruvian.weights.onnx_builder import OnnxBuilder

WRITER_VERSION = 2  # to be raised with every change of what is written
_NCHW_FROM_NHWC, _NHWC_FROM_NCHW = (0, 3, 1, 2), (0, 2, 3, 1)
_NO_PADDING = np.zeros((2, 2), np.int64)  # ((top, bottom), (left, right))


def write(graph: Graph, outputs: Sequence[int], batch_size: int | None = None) -> bytes:
    """Return `graph` as the content of an .onnx file.

    Args:
        graph: the network.
        outputs: positions in `graph.outputs`. The model has only these outputs, in this order,
            named output0, output1 and so on; the inputs are named input0, input1 and so on.
        batch_size: the number of images that the model takes at once; None for any number.

    Raises:
        WeightsError: there is no such output, or an operator is used in a way that is not supported
            here.
    """
    # Building the classes of messages takes longer than finding a file that is already written.
    from vitruvian.weights.onnx_builder import OnnxBuilder  # noqa: PLC0415

    builder = OnnxBuilder(batch_size)
    try:
        wanted = [graph.outputs[position] for position in outputs]
        _Writer(graph, wanted, builder).write()
        return builder.serialized()
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise WeightsError(f"The network cannot be written as ONNX: {error!r}.") from error


class _Writer:
    """Adds a graph to a model. A tensor's name in the model is its position in `Graph.tensors`."""

    def __init__(self, graph: Graph, wanted: Sequence[int], builder: OnnxBuilder) -> None:
        self._inputs, self._outputs = graph.inputs, wanted
        self._tensors = graph.tensors
        self._operators = needed(graph.operators, wanted)
        self._builder = builder
        # PAD is not written if only convolutions read its output: they pad the image themselves.
        self._padding: dict[int, tuple[int, NDArray[np.int64]]] = {}
        self._read_by_others = set(wanted).union(
            *(operator.inputs for operator in self._operators if "CONV_2D" not in operator.kind)
        )

    def write(self) -> None:
        for position, tensor in enumerate(self._inputs):
            name = self._builder.add_input(f"input{position}", self._tensors[tensor].shape[1:])
            self._builder.add_node("Transpose", [name], str(tensor), perm=_NCHW_FROM_NHWC)
        for operator in self._operators:
            _WRITERS[operator.kind](self, operator)
        for position, tensor in enumerate(self._outputs):
            name = self._builder.add_node("Identity", [self._as_nhwc(tensor)], f"output{position}")
            self._builder.add_output(name, self._tensors[tensor].shape[1:])

    def _add_activated(
        self, operator: Operator, kind: str, inputs: Sequence[str], **attributes: Any
    ) -> None:
        """Add a node, and then the activation that TFLite fused with the operator."""
        output = str(operator.outputs[0])
        activation = _ACTIVATIONS[operator.options["FusedActivationFunction"]]
        if activation is None:
            self._builder.add_node(kind, inputs, output, **attributes)
            return
        name, limits = activation
        linear = self._builder.add_node(kind, inputs, f"{output}.linear", **attributes)
        constants = [
            self._builder.add_constant(f"limit{limit}", np.array(limit, np.float32))
            for limit in limits
        ]
        self._builder.add_node(name, [linear, *constants], output)

    def _data(self, tensor: int) -> NDArray[Any]:
        data = self._tensors[tensor].data
        if data is None:
            raise ValueError(f"tensor {tensor} is not constant")
        return data

    def _as_nhwc(self, tensor: int) -> str:
        if len(self._tensors[tensor].shape) != 4:
            return str(tensor)
        return self._builder.add_node(
            "Transpose", [str(tensor)], f"{tensor}.nhwc", perm=_NHWC_FROM_NCHW
        )

    def _write_convolution(self, operator: Operator) -> None:
        image, weights, bias = operator.inputs
        options = operator.options
        kernels = self._data(weights)
        if operator.kind == "CONV_2D":
            groups, stored = 1, kernels.transpose(0, 3, 1, 2)  # from (out, H, W, in)
        else:
            groups, stored = kernels.shape[3], kernels.transpose(3, 0, 1, 2)  # from (1, H, W, out)
        strides = (options["StrideH"], options["StrideW"])
        dilations = (options["DilationHFactor"], options["DilationWFactor"])
        padding = self._same_padding(operator, kernels.shape[1:3], strides, dilations)
        if image in self._padding:
            image, already = self._padding[image]
            padding = padding + already
        inputs = [
            str(image),
            self._builder.add_constant(str(weights), stored),
            self._builder.add_constant(str(bias), self._data(bias)),
        ]
        self._add_activated(
            operator, "Conv", inputs, group=groups, strides=strides, dilations=dilations,
            pads=padding.T.ravel(),
        )  # fmt: skip

    def _same_padding(
        self,
        operator: Operator,
        kernel: Sequence[int],
        strides: Sequence[int],
        dilations: Sequence[int],
    ) -> NDArray[np.int64]:
        """Return ((top, bottom), (left, right)).

        If TFLite's SAME pads an odd number of pixels, the larger half is at the bottom or right.
        """
        if _PADDINGS[operator.options["Padding"]] == "VALID":
            return _NO_PADDING
        sizes = self._tensors[operator.inputs[0]].shape[1:3]
        padding = []
        for size, extent, stride, dilation in zip(sizes, kernel, strides, dilations, strict=True):
            reach = (extent - 1) * dilation + 1
            total = max((-(-size // stride) - 1) * stride + reach - size, 0)
            padding.append((total // 2, total - total // 2))
        return np.array(padding, np.int64)

    def _write_max_pool(self, operator: Operator) -> None:
        options = operator.options
        kernel = (options["FilterHeight"], options["FilterWidth"])
        strides = (options["StrideH"], options["StrideW"])
        padding = self._same_padding(operator, kernel, strides, (1, 1))
        self._add_activated(
            operator, "MaxPool", [str(operator.inputs[0])], kernel_shape=kernel, strides=strides,
            pads=padding.T.ravel(),
        )  # fmt: skip

    def _write_pad(self, operator: Operator) -> None:
        image, amounts = operator.inputs
        output = operator.outputs[0]
        before_after = self._data(amounts).astype(np.int64)  # of (N, H, W, C)
        if output not in self._read_by_others and not before_after[[0, 3]].any():
            self._padding[output] = (image, before_after[1:3])
            return
        pads = before_after[list(_NCHW_FROM_NHWC)].T.ravel()
        self._builder.add_node(
            "Pad", [str(image), self._builder.add_constant(f"{output}.pads", pads)], str(output)
        )

    def _write_add(self, operator: Operator) -> None:
        self._add_activated(operator, "Add", [str(tensor) for tensor in operator.inputs])

    def _write_resize(self, operator: Operator) -> None:
        image, output = operator.inputs[0], operator.outputs[0]
        before = np.array(self._tensors[image].shape, np.float32)
        after = np.array(self._tensors[output].shape, np.float32)
        scales = self._builder.add_constant(
            f"{output}.scales", (after / before)[list(_NCHW_FROM_NHWC)]
        )
        if operator.options["AlignCorners"]:
            mode = "align_corners"
        else:
            mode = "half_pixel" if operator.options["HalfPixelCenters"] else "asymmetric"
        self._builder.add_node(
            "Resize", [str(image), "", scales], str(output), mode="linear",
            coordinate_transformation_mode=mode,
        )  # fmt: skip

    def _write_depth_to_space(self, operator: Operator) -> None:
        self._builder.add_node(
            "DepthToSpace", [str(operator.inputs[0])], str(operator.outputs[0]), mode="DCR",
            blocksize=operator.options["BlockSize"],
        )  # fmt: skip

    def _write_concatenation(self, operator: Operator) -> None:
        axis = operator.options["Axis"]
        if len(self._tensors[operator.outputs[0]].shape) == 4:
            axis = _NCHW_FROM_NHWC.index(axis)
        self._add_activated(
            operator, "Concat", [str(tensor) for tensor in operator.inputs], axis=axis
        )

    def _write_reshape(self, operator: Operator) -> None:
        image, output = operator.inputs[0], operator.outputs[0]
        shape = np.array((0, *self._tensors[output].shape[1:]), np.int64)  # 0: the batch stays
        inputs = [self._as_nhwc(image), self._builder.add_constant(f"{output}.shape", shape)]
        if len(shape) != 4:
            self._builder.add_node("Reshape", inputs, str(output))
        else:
            flat = self._builder.add_node("Reshape", inputs, f"{output}.nhwc")
            self._builder.add_node("Transpose", [flat], str(output), perm=_NCHW_FROM_NHWC)

    def _write_logistic(self, operator: Operator) -> None:
        self._builder.add_node("Sigmoid", [str(operator.inputs[0])], str(operator.outputs[0]))


_PADDINGS = ("SAME", "VALID")  # schema.Padding
# schema.ActivationFunctionType: the operator in ONNX, and its limits if it has any.
_ACTIVATIONS: dict[int, tuple[str, tuple[float, ...]] | None] = {
    0: None,
    1: ("Relu", ()),
    3: ("Clip", (0.0, 6.0)),
}
_WRITERS = {
    "ADD": _Writer._write_add,
    "CONCATENATION": _Writer._write_concatenation,
    "CONV_2D": _Writer._write_convolution,
    "DEPTHWISE_CONV_2D": _Writer._write_convolution,
    "DEPTH_TO_SPACE": _Writer._write_depth_to_space,
    "LOGISTIC": _Writer._write_logistic,
    "MAX_POOL_2D": _Writer._write_max_pool,
    "PAD": _Writer._write_pad,
    "RESHAPE": _Writer._write_reshape,
    "RESIZE_BILINEAR": _Writer._write_resize,
}
