"""The steps of the stages that the C core has, too: its own where it is loaded, else numpy's.

Both give the same bits.
"""

from __future__ import annotations

from vitruvian.stages import decoding, mask, smoothing

decode = decoding.decode
activated = mask.activated
paste = mask.paste
blend = mask.blend
PoseFilter = smoothing.PoseFilter
