"""Bundles of arrays with an axis of people: frozen, and their shapes are checked."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Self, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_Bundle = TypeVar("_Bundle", bound="Arrays")


def float32(*shape: int | str) -> dict[str, Any]:
    """Declare the shape of a field; a letter is a size that all fields share."""
    return {"shape": shape, "dtype": np.dtype(np.float32)}


@dataclass(frozen=True, eq=False)
class Arrays:
    """The base of all bundles. Fields that are declared by `float32` are arrays."""

    def __post_init__(self) -> None:
        sizes: dict[str, int] = {}
        for name, declaration in self._declarations().items():
            array, shape, dtype = getattr(self, name), declaration["shape"], declaration["dtype"]
            if array is None:
                continue
            if array.dtype != dtype or array.ndim != len(shape):
                raise TypeError(f"{name} is {array.dtype} {array.shape}, not {dtype} {shape}.")
            for size, declared in zip(array.shape, shape, strict=True):
                wanted = declared if isinstance(declared, int) else sizes.setdefault(declared, size)
                if size != wanted:
                    raise ValueError(f"{name} is {array.shape}, not {shape} with {sizes}.")

    @classmethod
    @cache
    def _declarations(cls) -> dict[str, Mapping[str, Any]]:
        return {item.name: item.metadata for item in fields(cls) if item.metadata}

    def __len__(self) -> int:
        """Return the number of people."""
        return len(getattr(self, next(iter(self._declarations()))))

    def __getitem__(self, people: slice | NDArray[Any]) -> Self:
        """Return some of the people, selected as in an array."""
        arrays = {name: getattr(self, name) for name in self._declarations()}
        chosen = {name: array[people] for name, array in arrays.items() if array is not None}
        return replace(self, **chosen)

    def __repr__(self) -> str:
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        shown = (f"{k}={v.shape if isinstance(v, np.ndarray) else v!r}" for k, v in values.items())
        return f"{type(self).__name__}({', '.join(shown)})"

    @classmethod
    def empty(cls, **others: Any) -> Self:
        """Return a bundle of no people. `others` are the fields without an axis of people."""
        arrays = {
            name: np.zeros([0, *(s for s in array["shape"] if isinstance(s, int))], array["dtype"])
            for name, array in cls._declarations().items()
            if name not in others
        }
        return cls(**arrays, **others)


def joined(parts: Sequence[_Bundle]) -> _Bundle:
    """Return the people of all parts; fields without an axis of people are those of the first."""
    first = parts[0]
    if len(parts) == 1:
        return first
    arrays = {
        name: np.concatenate([getattr(part, name) for part in parts])
        for name in first._declarations()
        if getattr(first, name) is not None
    }
    return replace(first, **arrays)
