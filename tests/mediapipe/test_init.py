"""Tests of `import vitruvian.mediapipe`."""

from __future__ import annotations

import subprocess
import sys


def test_the_import_loads_no_heavy_library() -> None:
    heavy = "{'cv2', 'onnxruntime', 'google.protobuf', 'matplotlib'}"
    code = f"import sys, vitruvian.mediapipe; sys.exit(str({heavy} & set(sys.modules) or ''))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr.strip() == ""
