"""How the people of the drawn benchmark stand and move: yoga, dance and HIIT.

`terms` says a pose in words, and `yoga`, `dance` and `hiit` are the poses. `variation` turns each
part a little, `solver` makes a stance within `limits` of it, and `floor` puts that on the floor.
"""

from __future__ import annotations

from .stills import POSES, still

__all__ = ["POSES", "still"]
