"""Writes a graph as ONNX: for any batch size or one, and only what the outputs asked for need.

TFLite lays images out as (N, H, W, C), ONNX as (N, C, H, W). Inside the written graph every
image is (N, C, H, W); inputs and outputs keep the layout of the .tflite file.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from vitruvian.errors import WeightsError
from vitruvian.files import written_aside
from vitruvian.weights import tflite

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

WRITER_VERSION = 2  # raised with every change of what is written
_OPSET = 13  # has every operator in the form used here; runtimes read it since 2020
_IR_VERSION = 7  # goes with it
_FLOAT, _INT64 = 1, 7  # TensorProto.DataType
_NCHW_FROM_NHWC, _NHWC_FROM_NCHW = (0, 3, 1, 2), (0, 2, 3, 1)
_NO_PADDING = np.zeros((2, 2), np.int64)  # ((top, bottom), (left, right))


def converted(tflite_path: Path, outputs: Sequence[int], batch_size: int | None = None) -> Path:
    """Path of the .onnx file that computes the outputs at these positions, written if missing.

    It lies beside the .tflite file. Its name holds the hash of the weights and the version of
    this writer, so that neither a new file nor a new writer ever meets an old result.

    Args:
        tflite_path: the weights.
        outputs: positions in the .tflite file's list of outputs.
        batch_size: how many images it takes at once; None for any number.
    """
    weights_hash = hashlib.sha256(tflite_path.read_bytes()).hexdigest()[:16]
    chosen = "".join(map(str, outputs))
    path = tflite_path.with_name(
        f"{tflite_path.stem}.{weights_hash}.outputs{chosen}.batch{batch_size or 'N'}"
        f".v{WRITER_VERSION}.onnx"
    )
    if not path.exists():
        content = write(tflite.read(tflite_path), outputs, batch_size)
        with written_aside(path) as aside:
            aside.write_bytes(content)
    return path


def write(graph: tflite.Graph, outputs: Sequence[int], batch_size: int | None = None) -> bytes:
    """Serialise `graph`, pruned to its outputs at the given positions, in that order.

    The inputs are called input0…, the outputs output0….

    Raises:
        WeightsError: there is no such output, or an operator is used in a way not known here.
    """
    try:
        wanted = [graph.outputs[position] for position in outputs]
        return _Writer(graph, wanted, batch_size).content()
    except (IndexError, KeyError, TypeError, ValueError) as error:
        raise WeightsError(f"The network cannot be written as ONNX: {error!r}.") from error


class _Writer:
    """One graph being written. A tensor's name is its position in `Graph.tensors`."""

    def __init__(self, graph: tflite.Graph, wanted: Sequence[int], batch_size: int | None) -> None:
        # Building the message classes takes longer than finding an already written file.
        from vitruvian.weights.onnx_schema import AttributeType, ModelProto  # noqa: PLC0415

        self._tensors = graph.tensors
        self._batch: dict[str, Any] = (
            {"dim_value": batch_size} if batch_size else {"dim_param": "batch"}
        )
        self._attribute_type = AttributeType
        self._model = ModelProto(ir_version=_IR_VERSION, producer_name="vitruvian")
        self._model.opset_import.add(version=_OPSET)
        self._graph = self._model.graph
        self._graph.name = "network"

        self._constants: set[str] = set()

        operators = tflite.needed(graph.operators, wanted)
        # An image that was padded only for convolutions is left out: they pad for themselves.
        self._padding: dict[int, tuple[int, NDArray[np.int64]]] = {}
        self._read_by_others = set(wanted).union(
            *(operator.inputs for operator in operators if "CONV_2D" not in operator.kind)
        )
        for position, tensor in enumerate(graph.inputs):
            self._declare(self._graph.input, f"input{position}", tensor)
            self._node("Transpose", [f"input{position}"], str(tensor), perm=_NCHW_FROM_NHWC)
        for operator in operators:
            _WRITERS[operator.kind](self, operator)
        for position, tensor in enumerate(wanted):
            self._node("Identity", [self._as_nhwc(tensor)], f"output{position}")
            self._declare(self._graph.output, f"output{position}", tensor)

    def content(self) -> bytes:
        content: bytes = self._model.SerializeToString(deterministic=True)
        return content

    # What every operator is written with.

    def _declare(self, values: Any, name: str, tensor: int) -> None:
        kind = values.add(name=name).type.tensor_type
        kind.elem_type = _FLOAT
        kind.shape.dim.add(**self._batch)
        for size in self._tensors[tensor].shape[1:]:
            kind.shape.dim.add(dim_value=size)

    def _node(self, kind: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        node = self._graph.node.add(op_type=kind, input=inputs, output=[output])
        for name, value in attributes.items():
            if isinstance(value, str):
                node.attribute.add(name=name, type=self._attribute_type.STRING, s=value.encode())
            elif isinstance(value, int):
                node.attribute.add(name=name, type=self._attribute_type.INT, i=value)
            else:
                numbers = [int(number) for number in value]
                node.attribute.add(name=name, type=self._attribute_type.INTS, ints=numbers)
        return output

    def _activated(
        self, operator: tflite.Operator, kind: str, inputs: Sequence[str], **attributes: Any
    ) -> None:
        """A node, and the activation that TFLite fused to it."""
        output = str(operator.outputs[0])
        activation = _ACTIVATIONS[operator.options["FusedActivationFunction"]]
        if activation is None:
            self._node(kind, inputs, output, **attributes)
            return
        name, limits = activation
        linear = self._node(kind, inputs, f"{output}.linear", **attributes)
        stored = [self._constant(f"limit{limit}", np.array(limit, np.float32)) for limit in limits]
        self._node(name, [linear, *stored], output)

    def _constant(self, name: str, values: NDArray[Any]) -> str:
        """Store `values` once, however many operators share them."""
        if name in self._constants:
            return name
        self._constants.add(name)
        data_type = _INT64 if values.dtype == np.int64 else _FLOAT
        self._graph.initializer.add(
            name=name, dims=values.shape, data_type=data_type, raw_data=values.tobytes()
        )
        return name

    def _data(self, tensor: int) -> NDArray[Any]:
        data = self._tensors[tensor].data
        if data is None:
            raise ValueError(f"tensor {tensor} is not constant")
        return data

    def _as_nhwc(self, tensor: int) -> str:
        if len(self._tensors[tensor].shape) != 4:
            return str(tensor)
        return self._node("Transpose", [str(tensor)], f"{tensor}.nhwc", perm=_NHWC_FROM_NCHW)

    # One method an operator.

    def _write_convolution(self, operator: tflite.Operator) -> None:
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
            self._constant(str(weights), stored),
            self._constant(str(bias), self._data(bias)),
        ]
        self._activated(
            operator, "Conv", inputs, group=groups, strides=strides, dilations=dilations,
            pads=padding.T.ravel(),
        )  # fmt: skip

    def _same_padding(
        self,
        operator: tflite.Operator,
        kernel: Sequence[int],
        strides: Sequence[int],
        dilations: Sequence[int],
    ) -> NDArray[np.int64]:
        """TFLite's SAME, which pads after rather than before where the sum is odd."""
        if _PADDINGS[operator.options["Padding"]] == "VALID":
            return _NO_PADDING
        sizes = self._tensors[operator.inputs[0]].shape[1:3]
        padding = []
        for size, extent, stride, dilation in zip(sizes, kernel, strides, dilations, strict=True):
            reach = (extent - 1) * dilation + 1
            total = max((-(-size // stride) - 1) * stride + reach - size, 0)
            padding.append((total // 2, total - total // 2))
        return np.array(padding, np.int64)

    def _write_max_pool(self, operator: tflite.Operator) -> None:
        options = operator.options
        kernel = (options["FilterHeight"], options["FilterWidth"])
        strides = (options["StrideH"], options["StrideW"])
        padding = self._same_padding(operator, kernel, strides, (1, 1))
        self._activated(
            operator, "MaxPool", [str(operator.inputs[0])], kernel_shape=kernel, strides=strides,
            pads=padding.T.ravel(),
        )  # fmt: skip

    def _write_pad(self, operator: tflite.Operator) -> None:
        image, amounts = operator.inputs
        output = operator.outputs[0]
        before_after = self._data(amounts).astype(np.int64)  # of (N, H, W, C)
        if output not in self._read_by_others and not before_after[[0, 3]].any():
            self._padding[output] = (image, before_after[1:3])
            return
        pads = before_after[list(_NCHW_FROM_NHWC)].T.ravel()
        self._node("Pad", [str(image), self._constant(f"{output}.pads", pads)], str(output))

    def _write_add(self, operator: tflite.Operator) -> None:
        self._activated(operator, "Add", [str(tensor) for tensor in operator.inputs])

    def _write_resize(self, operator: tflite.Operator) -> None:
        image, output = operator.inputs[0], operator.outputs[0]
        before = np.array(self._tensors[image].shape, np.float32)
        after = np.array(self._tensors[output].shape, np.float32)
        scales = self._constant(f"{output}.scales", (after / before)[list(_NCHW_FROM_NHWC)])
        if operator.options["AlignCorners"]:
            mode = "align_corners"
        else:
            mode = "half_pixel" if operator.options["HalfPixelCenters"] else "asymmetric"
        self._node(
            "Resize", [str(image), "", scales], str(output), mode="linear",
            coordinate_transformation_mode=mode,
        )  # fmt: skip

    def _write_depth_to_space(self, operator: tflite.Operator) -> None:
        self._node(
            "DepthToSpace", [str(operator.inputs[0])], str(operator.outputs[0]), mode="DCR",
            blocksize=operator.options["BlockSize"],
        )  # fmt: skip

    def _write_concatenation(self, operator: tflite.Operator) -> None:
        axis = operator.options["Axis"]
        if len(self._tensors[operator.outputs[0]].shape) == 4:
            axis = _NCHW_FROM_NHWC.index(axis)
        self._activated(operator, "Concat", [str(tensor) for tensor in operator.inputs], axis=axis)

    def _write_reshape(self, operator: tflite.Operator) -> None:
        image, output = operator.inputs[0], operator.outputs[0]
        shape = np.array((0, *self._tensors[output].shape[1:]), np.int64)  # 0: as it was, the batch
        inputs = [self._as_nhwc(image), self._constant(f"{output}.shape", shape)]
        if len(shape) != 4:
            self._node("Reshape", inputs, str(output))
        else:
            flat = self._node("Reshape", inputs, f"{output}.nhwc")
            self._node("Transpose", [flat], str(output), perm=_NCHW_FROM_NHWC)

    def _write_logistic(self, operator: tflite.Operator) -> None:
        self._node("Sigmoid", [str(operator.inputs[0])], str(operator.outputs[0]))


_PADDINGS = ("SAME", "VALID")  # tflite.Padding
# tflite.ActivationFunctionType: the ONNX operator, and its limits where it takes any.
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
