"""For objects that own threads or a stream: no copies, and no use in a forked process."""

from __future__ import annotations

import os
from typing import NoReturn

from vitruvian.errors import ClosedError, CopyError


class NotCopied:
    """The base of classes whose objects cannot be copied or pickled."""

    def __reduce_ex__(self, protocol: object) -> NoReturn:
        raise CopyError(
            f"A {type(self).__name__} cannot be copied or pickled, because it holds the state of "
            "one stream: make one for each stream or process."
        )


class OwnProcess:
    """Remembers the process that made an object, whose threads exist only there.

    Args:
        name: the object, as users call it.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._process_id = os.getpid()

    def check(self) -> None:
        """Refuse the use of the object in a forked process.

        Call it before taking a lock: in a forked process, the thread that holds it may not exist.

        Raises:
            ClosedError: this is another process.
        """
        if os.getpid() != self._process_id:
            raise ClosedError(
                f"This {self._name} was made before this process was forked: make a new one in "
                "the child."
            )
