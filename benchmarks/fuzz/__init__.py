"""Feeds broken and hostile inputs to Vitruvian, and counts what does not hold.

`attempt` makes input N from the seed and N alone, tries it, and judges what came of it. There is
one file for each kind of input: `media`, `bundles`, `arguments`, `addresses` and `commands`.
`workers` runs the attempts in processes of their own, which may crash, and `report` counts.
"""

import sys
from pathlib import Path

# In the folder benchmarks/, `python -m fuzz` does not find the package `tests` by itself.
sys.path.append(str(Path(__file__).parents[2]))
