"""How the people of the drawn benchmark stand and move: yoga, dance and HIIT.

A still: `terms` says a pose in words, and `yoga`, `dance` and `hiit` are the poses. `variation`
turns each part a little, `solver` makes a `stance` of it within `limits`, `floor` and `touch` let
its limbs reach, and `faults` says whether it is right; otherwise `stills` varies the pose again.

A motion: `moment` says where a body is at one time, `keys` joins moments, `dance_clips` and
`hiit_clips` are the motions, `clips` varies them, and `walk` follows a path.
"""

from __future__ import annotations

from .clips import CLIP_S, CLIPS, clip
from .stills import POSES, still
from .walk import Walk

__all__ = ["CLIPS", "CLIP_S", "POSES", "Walk", "clip", "still"]
