"""Show a camera with the landmarks drawn, until you press q or close the window.

The first argument is the number of the camera, 0 by default, or a video file.
"""

import sys
import time
from contextlib import nullcontext, suppress

import vitruvian
from vitruvian.pipeline import latest

try:
    import cv2
except ImportError:
    sys.exit("The window needs OpenCV: run pip install opencv-python.")

TITLE = "Vitruvian: press q to quit"


def open_window() -> bool:
    """Open a window, and return whether this is possible."""
    try:
        cv2.namedWindow(TITLE, cv2.WINDOW_AUTOSIZE | cv2.WINDOW_GUI_NORMAL)
    except cv2.error:
        print("This build of OpenCV has no windows, so no image is shown: docs/troubleshooting.md")
        return False
    return True


def main(source: str = "0") -> None:
    """Process the frames of a camera or a file, and show each one."""
    has_window = open_window()
    processed, last_index, start_s = 0, -1, time.perf_counter()
    with (
        suppress(KeyboardInterrupt),
        vitruvian.frames(source) as opened,
        # A camera does not wait. `latest` leaves out the frames that arrive while one is processed,
        # so that the window shows the present. A file does wait: all of its frames are processed.
        latest(opened) if opened.is_live else nullcontext(opened) as frames,
        vitruvian.Pose(model_complexity="lite") as pose,
    ):
        for frame in frames:
            result = pose.process(frame.image, frame.timestamp_s)
            processed, last_index = processed + 1, frame.index
            if has_window:
                annotated = vitruvian.annotate(frame.image, result)
                cv2.imshow(TITLE, cv2.cvtColor(annotated, cv2.COLOR_RGB2BGR))  # OpenCV shows BGR
                is_quit = cv2.waitKey(1) == ord("q")
                if is_quit or cv2.getWindowProperty(TITLE, cv2.WND_PROP_VISIBLE) < 1:
                    break
    seconds, left_out = time.perf_counter() - start_s, last_index + 1 - processed
    print(f"{processed} frames in {seconds:.1f} s, {left_out} left out.")


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except vitruvian.VitruvianError as error:  # for example, there is no camera
        sys.exit(str(error))
