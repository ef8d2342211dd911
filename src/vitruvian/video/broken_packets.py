"""Which packets of a video gave no whole frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.frame import VideoFrame
    from av.video.stream import VideoStream

# Decoders hold fewer frames than this, so that a larger difference has another reason.
_MOST_HELD = 64
# Of these, each packet is one frame, unless it is interlaced. Their decoders leave frames out
# without an error, such as those that refer to a frame that is lost.
_FRAME_PER_PACKET = {"h264", "hevc", "vp9", "av1"}
# These have the time of each frame, which others only estimate.
_WITH_TIMES = {"mov,mp4,m4a,3gp,3g2,mj2", "matroska,webm", "mpegts"}


class BrokenPackets:
    """Counts the packets that gave an error, a broken frame, or none at all.

    Args:
        stream: The stream of the packets.
    """

    def __init__(self, stream: VideoStream) -> None:
        self._has_frame_per_packet = (
            stream.codec_context.name in _FRAME_PER_PACKET
            and stream.container.format.name in _WITH_TIMES
        )
        self._waiting: dict[int, int] = {}  # the numbers of packets, by the times of their frames
        self._sent = self._received = 0
        self._last_sent = 0  # the number of the packet of the last frame
        self._first_pts: int | None = None
        self._last_pts = 0
        self._errors = self._broken = 0

    def sent(self, packet: Packet[VideoStream]) -> None:
        """Note a packet that the decoder gets."""
        self._sent += 1
        if self._has_frame_per_packet and packet.pts is not None and not packet.is_discard:
            self._waiting[packet.pts] = self._sent

    def failed(self) -> None:
        """Note an error of the decoder."""
        self._errors += 1

    def is_whole(self, frame: VideoFrame) -> bool:
        """Note a frame that the decoder returned, and return whether it is whole and in order."""
        self._received += 1
        is_whole = not frame.is_corrupt and not (
            self._has_frame_per_packet and frame.pts is not None and self._is_late(frame.pts)
        )
        self._broken += not is_whole
        # A frame with a time of its own shows that the times of packets prove nothing.
        self._has_frame_per_packet &= frame.pts in self._waiting and not frame.interlaced_frame
        if self._has_frame_per_packet and frame.pts is not None:
            self._last_sent = max(self._last_sent, self._waiting.pop(frame.pts))
            self._first_pts = frame.pts if self._first_pts is None else self._first_pts
            self._last_pts = frame.pts if is_whole else self._last_pts
        return is_whole

    def forget(self) -> None:
        """Begin again, after frames that do not matter."""
        self._errors = self._broken = 0
        self._first_pts = None

    def count(self, *, is_over: bool) -> int:
        """Return the number of frames that are broken or missing.

        Args:
            is_over: Whether the decoder has returned all frames.
        """
        missing = 0
        if self._has_frame_per_packet and self._first_pts is not None:
            # What comes before the first frame refers to frames before the beginning of the file.
            end = float("inf") if is_over else self._last_pts
            missing = sum(self._first_pts < pts < end for pts in self._waiting)
        return self._broken + max(self._errors, missing)

    @property
    def may_be_more(self) -> bool:
        """Whether frames may be missing at the end, where PyAV passes some errors silently."""
        return not self._has_frame_per_packet and 0 < self._sent - self._received <= _MOST_HELD

    def _is_late(self, pts: int) -> bool:
        """Return whether a frame comes after a later one, as it happens around a lost frame.

        Where recordings were joined, times begin again with packets that were sent later.
        """
        return pts < self._last_pts and self._waiting.get(pts, self._sent) < self._last_sent
