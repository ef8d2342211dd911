"""Which of FFmpeg's demuxers and protocols may open an input.

Both are lists of what is permitted, so that what a later FFmpeg adds is refused until it is listed.
"""

from __future__ import annotations

import re

from vitruvian.errors import MediaError

# These read the one file or stream that they are given. Not listed are those that open what is
# named inside the file (concat, hls, dash, sdp, imf, webm_dash_manifest, image2, mlv), those that
# run or invent something (lavfi, tty, rawvideo), and those of images, which Pillow reads.
ONE_STREAM_DEMUXERS = (
    "mov",  # MP4 too; it opens the files of "alias" atoms only if an option says so
    "matroska",  # WebM too
    "avi",
    "mpegts",
    "mpeg",
    "mpegvideo",
    "flv",
    "live_flv",
    "asf",
    "mxf",
    "ogg",
    "nut",
    "gxf",
    "wtv",
    "rm",
    "nsv",
    "lxf",
    "dv",
    "dhav",  # recorders of security cameras
    "cine",  # high-speed cameras
    "r3d",
    "ty",
    "pva",
    "swf",
    "ivf",
    "yuv4mpegpipe",
    "m4v",
    "h261",
    "h263",
    "h264",
    "hevc",
    "vvc",
    "evc",
    "av1",
    "obu",
    "avs2",
    "avs3",
    "cavsvideo",
    "dirac",
    "dnxhd",
    "vc1",
    "vc1test",
    "mjpeg",
    "mjpeg_2000",
    "smjpeg",
)
# These read one stream of a network.
NETWORK_DEMUXERS = (*ONE_STREAM_DEMUXERS, "mpjpeg", "rtsp", "rtp")
PLAYLIST_DEMUXER = "hls"

_WEB = "http,https,tls,tcp,httpproxy"
_PROTOCOLS = {
    "ftp": "ftp,tcp",
    "http": _WEB,
    "https": _WEB,
    "mmsh": "mmsh,tcp",
    "mmst": "mmst,tcp",
    "rtmp": "rtmp,tcp",
    "rtmps": "rtmps,tls,tcp",
    "rtmpt": "rtmpt,ffrtmphttp,http,tcp",
    "rtmpts": "rtmpts,ffrtmphttp,https,tls,tcp",
    "rtp": "rtp,udp",
    "rtsp": "rtsp,rtp,udp,tcp",
    "rtsps": "rtsps,rtp,srtp,udp,tls,tcp",
    "srt": "srt",
    "srtp": "srtp,rtp,udp",
    "tcp": "tcp",
    "tls": "tls,tcp",
    "udp": "udp",
}


def network_protocols(url: str, name: str) -> str:
    """Return the protocols that FFmpeg may use for an address, for its option protocol_whitelist.

    They never include the protocol of files, so that no server can redirect to one.

    Args:
        url: The address.
        name: The input's name for messages.

    Raises:
        MediaError: It is not the address of a server.
    """
    scheme = re.match("([A-Za-z]+)://", url)
    protocols = _PROTOCOLS.get(scheme[1].lower()) if scheme else None
    if protocols is None:
        raise MediaError(
            f"{name} cannot be opened (Protocol not found): give an address that starts with "
            "http://, https://, rtsp://, rtmp:// or srt://."
        )
    return protocols
