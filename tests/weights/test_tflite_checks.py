"""Every rule, with a network that breaks only this one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from ai_edge_litert import schema_py_generated as schema

from tests.support.tiny_network import tiny_network
from vitruvian.weights import cache, catalogue, tflite
from vitruvian.weights.tflite_checks import check

if TYPE_CHECKING:
    from vitruvian.weights.graph import Graph

TINY = tiny_network()


@pytest.mark.parametrize("name", catalogue.WEIGHTS)
def test_the_pinned_networks_pass(name: str) -> None:
    content = cache.pull(name).read_bytes()
    check(tflite.read_stored(schema.Model.GetRootAs(content, 0)))


def test_a_network_with_every_operator_passes() -> None:
    check(TINY)
    assert len({operator.kind for operator in TINY.operators}) == 12


def with_operator(kind: str, **changes: Any) -> Graph:
    """Return the network with other fields in its first operator of a kind."""
    position = [operator.kind for operator in TINY.operators].index(kind)
    options = {**TINY.operators[position].options, **changes.pop("options", {})}
    changed = replace(TINY.operators[position], options=options, **changes)
    operators = (*TINY.operators[:position], changed, *TINY.operators[position + 1 :])
    return replace(TINY, operators=operators)


def with_tensor(position: int, **changes: Any) -> Graph:
    changed = replace(TINY.tensors[position], **changes)
    tensors = (*TINY.tensors[:position], changed, *TINY.tensors[position + 1 :])
    return replace(TINY, tensors=tensors)


def inputs_of(kind: str) -> tuple[int, ...]:
    return next(operator.inputs for operator in TINY.operators if operator.kind == kind)


IMAGE, FLAT = TINY.inputs[0], TINY.outputs[0]
PADDED, _, BIAS = inputs_of("CONV_2D")
SPARSE = inputs_of("DENSIFY")[0]
HALF_FLOATS = inputs_of("DEQUANTIZE")[0]
LARGE = np.zeros(2**20, "<f4")

BROKEN: dict[str, tuple[Graph, str]] = {
    "no input": (replace(TINY, inputs=()), "one input"),
    "two inputs": (replace(TINY, inputs=(IMAGE, PADDED)), "one input"),
    "a constant input": (replace(TINY, inputs=(SPARSE,)), "one input"),
    "an input that does not exist": (replace(TINY, inputs=(999,)), "not computed before"),
    "no output": (replace(TINY, outputs=()), "output"),
    "an output that does not exist": (replace(TINY, outputs=(-1,)), "output"),
    "the input as the output": (replace(TINY, outputs=(IMAGE,)), "output"),
    "a constant as the output": (replace(TINY, outputs=(HALF_FLOATS,)), "output"),
    "operators in the wrong order": (
        replace(TINY, operators=TINY.operators[::-1]),
        "not computed before",
    ),
    "an operator twice": (
        replace(TINY, operators=(TINY.operators[0], *TINY.operators)),
        "no output of its own",
    ),
    "an operator that writes a constant": (
        with_operator("LOGISTIC", outputs=(SPARSE,)),
        "no output of its own",
    ),
    "an operator with two outputs": (with_operator("LOGISTIC", outputs=(FLAT, FLAT)), "values"),
    "a missing operator": (replace(TINY, operators=TINY.operators[1:]), "not computed before"),
    "a tensor of five dimensions": (with_tensor(IMAGE, shape=(1, 1, 8, 8, 4)), "the shape"),
    "a tensor of no dimension": (with_tensor(IMAGE, shape=()), "the shape"),
    "a negative size": (with_tensor(IMAGE, shape=(1, -8, -8, 4)), "the shape"),
    "a size of zero": (with_tensor(IMAGE, shape=(0, 8, 8, 4)), "the shape"),
    "a huge tensor": (with_tensor(IMAGE, shape=(1, 2**15, 2**15, 4)), "bytes"),
    "another output shape": (with_tensor(FLAT, shape=(1, 255)), "RESHAPE gives"),
    "another output type": (with_tensor(FLAT, dtype=np.dtype("<i4")), "RESHAPE gives"),
    "an input of another type": (with_tensor(IMAGE, dtype=np.dtype("<f2")), "not float32"),
    "a bias that is computed": (
        with_operator("CONV_2D", inputs=(PADDED, inputs_of("CONV_2D")[1], PADDED)),
        "not constant",
    ),
    "no bias": (with_operator("CONV_2D", inputs=inputs_of("CONV_2D")[:2]), "lacks inputs"),
    "an optional input": (with_operator("LOGISTIC", inputs=(-1,)), "not computed before"),
    "nothing to concatenate": (with_operator("CONCATENATION", inputs=()), "lacks inputs"),
    "a packed bias": (
        with_operator("CONV_2D", inputs=(*inputs_of("CONV_2D")[:2], HALF_FLOATS)),
        "wrong type",
    ),
    "a dense tensor to densify": (
        with_operator("DENSIFY", inputs=(HALF_FLOATS,)),
        "sparse",
    ),
    "a sparse tensor that is not densified": (
        with_operator("DEQUANTIZE", inputs=(SPARSE,)),
        "sparse",
    ),
    "an unknown activation": (
        with_operator("CONV_2D", options={"FusedActivationFunction": 4}),
        "activation",
    ),
    "a sparse tensor without its values": (
        with_tensor(SPARSE, data=TINY.tensors[SPARSE].data[:3]),  # type: ignore[index]
        "lacks values",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_network_that_breaks_a_rule_is_refused(name: str) -> None:
    graph, words = BROKEN[name]
    with pytest.raises(ValueError, match=words):
        check(graph)
