from __future__ import annotations

import copy
import os
import pickle
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

from vitruvian.errors import ClosedError, CopyError
from vitruvian.ownership import NotCopied, OwnProcess

if TYPE_CHECKING:
    from collections.abc import Callable

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


class Stream(NotCopied):
    pass


@pytest.mark.parametrize(
    "duplicate",
    [copy.copy, copy.deepcopy, *(partial(pickle.dumps, protocol=p) for p in PROTOCOLS)],
)
def test_a_copy_is_refused_with_the_name_of_the_class(duplicate: Callable[[Any], Any]) -> None:
    with pytest.raises(CopyError, match="A Stream cannot be copied or pickled") as raised:
        duplicate(Stream())
    assert isinstance(raised.value, TypeError)


def test_an_object_may_be_used_in_its_own_process() -> None:
    own = OwnProcess("Pose")
    own.check()
    assert own.is_current


def test_an_object_may_not_be_used_in_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    own = OwnProcess("Pose")
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(ClosedError, match="This Pose was made before this process was forked"):
        own.check()
    assert not own.is_current
    OwnProcess("Pose").check()
