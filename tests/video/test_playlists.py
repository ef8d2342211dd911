"""What a playlist may open."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.servers import Server, serving
from tests.support.videos import encode, greys, greys_of
from vitruvian.errors import MediaError
from vitruvian.inputs.options import InputOptions
from vitruvian.media.opening import open_source
from vitruvian.video.playlists import is_playlist

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the pieces of a video, next to a file that may not be opened."""
    folder = tmp_path / "own"
    (folder / "below").mkdir(parents=True)
    encode(folder / "0.ts", greys(4))
    encode(folder / "below" / "1.ts", greys(8)[4:])
    encode(tmp_path / "canary.ts", greys(3))
    return folder


@pytest.fixture
def server(folder: Path) -> Iterator[Server]:
    with serving(folder) as server:
        yield server


@pytest.fixture
def other(folder: Path) -> Iterator[Server]:
    with serving(folder) as server:
        yield server


def playlist(path: Path, *pieces: str, extra: str = "") -> Path:
    lines = [f"#EXT-X-DISCONTINUITY\n#EXTINF:0.4,\n{piece}\n" for piece in pieces]
    path.write_text(
        f"#EXTM3U\n#EXT-X-VERSION:4\n#EXT-X-TARGETDURATION:1\n{extra}"
        f"{''.join(lines)}#EXT-X-ENDLIST\n"
    )
    return path


def test_a_playlist_in_a_folder_is_one_video(folder: Path) -> None:
    with open_source(playlist(folder / "all.m3u8", "0.ts", "below/1.ts")) as source:
        assert not source.is_live
        frames = list(source)
    assert greys_of(frames) == [*range(8)]
    assert [frame.timestamp_s for frame in frames] == pytest.approx([i / 10 for i in range(8)])


def test_a_playlist_at_an_address_is_one_video(folder: Path, server: Server) -> None:
    playlist(folder / "low.M3U8", "0.ts", "below/1.ts?token=1")
    (folder / "all.m3u8").write_text(
        "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=9,RESOLUTION=64x48\nlow.M3U8?secret=1\n"
    )
    server.answers["/named.m3u8"] = "/all.m3u8"
    url = server.url("named.m3u8?secret=1").replace("http://", "http://me:se%40cret@")
    with open_source(url) as source:
        assert greys_of([*source]) == [*range(8)]
    assert {*server.requests} == {"/named.m3u8", "/all.m3u8", "/low.M3U8", "/0.ts", "/below/1.ts"}
    assert server.headers[0]["Authorization"] == "Basic bWU6c2VAY3JldA=="


def test_pieces_may_be_parts_of_one_file(folder: Path, server: Server) -> None:
    first, second = (folder / name for name in ("0.ts", "below/1.ts"))
    sizes = [file.stat().st_size for file in (first, second)]
    (folder / "both.ts").write_bytes(first.read_bytes() + second.read_bytes())
    pieces = [
        f"#EXT-X-BYTERANGE:{sizes[0]}@0\nboth.ts",
        f"#EXT-X-BYTERANGE:{sizes[1]}@{sizes[0]}\nboth.ts",
    ]
    path = playlist(folder / "all.m3u8", *pieces)
    for location in (path, server.url("all.m3u8")):
        with open_source(location) as source:
            assert greys_of([*source]) == [*range(8)]


@pytest.mark.parametrize("canary", ["../canary.ts", "FOLDER/canary.ts", "file:FOLDER/canary.ts"])
@pytest.mark.parametrize("where", ["first", "second", "key", "nested"])
def test_a_playlist_in_a_folder_opens_nothing_outside_of_it(
    folder: Path, canary: str, where: str
) -> None:
    canary = canary.replace("FOLDER", str(folder.parent))
    refuse(folder, canary, where, str(folder / "all.m3u8"), "other than a file in its own folder")


def refuse(folder: Path, canary: str, where: str, location: str, reason: str) -> None:
    """Check that a playlist that names a canary in some place is refused when it is opened."""
    key = f'#EXT-X-KEY:METHOD=AES-128,URI="{canary}"\n' if where == "key" else ""
    pieces = {"first": (canary, "0.ts"), "second": ("0.ts", canary)}.get(where, ("0.ts",))
    playlist(folder / ("piece.m3u8" if where == "nested" else "all.m3u8"), *pieces, extra=key)
    if where == "nested":
        playlist(folder / "piece.m3u8", canary)
        (folder / "all.m3u8").write_text("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=9\npiece.m3u8\n")
    frames = []
    with pytest.raises(MediaError, match=reason), open_source(location) as source:
        frames.extend(source)
    assert len(frames) <= 4


def test_a_link_does_not_lead_out_of_the_folder(folder: Path) -> None:
    (folder / "link.ts").symlink_to(folder.parent / "canary.ts")
    with pytest.raises(MediaError, match="other than a file in its own folder"):
        open_source(playlist(folder / "all.m3u8", "link.ts"))


def test_a_playlist_in_a_folder_opens_no_address(folder: Path, server: Server) -> None:
    with pytest.raises(MediaError, match="other than a file in its own folder"):
        open_source(playlist(folder / "all.m3u8", server.url("0.ts")))
    assert server.requests == []


@pytest.mark.parametrize("where", ["first", "second", "key", "nested"])
@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "file"])
def test_a_playlist_at_an_address_opens_no_other_server(
    folder: Path, server: Server, other: Server, where: str, host: str
) -> None:
    canary = other.url("0.ts", host)
    if host == "localhost":  # the same port
        canary = server.url("canary.ts", host)
    if host == "file":
        canary = f"file://{folder.parent}/canary.ts"
    reason = "names an address of another server: give that address itself"
    refuse(folder, canary, where, server.url("all.m3u8"), reason)
    assert other.requests == []
    assert "/canary.ts" not in server.requests


@pytest.mark.parametrize("path", ["/all.m3u8", "/0.ts"])
def test_a_playlist_is_not_redirected_to_another_server(
    folder: Path, server: Server, other: Server, path: str
) -> None:
    playlist(folder / "all.m3u8", "0.ts")
    server.answers[path] = other.url("0.ts")
    with pytest.raises(MediaError, match="another server"):
        open_source(server.url("all.m3u8"))
    assert other.requests == []


def test_an_encrypted_playlist_is_refused(folder: Path) -> None:
    (folder / "key").write_bytes(bytes(16))
    key = '#EXT-X-KEY:METHOD=AES-128,URI="key"\n'
    with pytest.raises(MediaError, match="is encrypted: give a video that is not") as caught:
        open_source(playlist(folder / "all.m3u8", "0.ts", extra=key))
    assert caught.value.__cause__ is not caught.value


def test_a_missing_piece_is_reported(
    folder: Path, server: Server, capfd: pytest.CaptureFixture[str]
) -> None:
    path = playlist(folder / "all.m3u8", "none.ts", "0.ts")
    with pytest.raises(MediaError, match=r"all\.m3u8 was interrupted \(No such file"):
        open_source(path)
    with pytest.raises(MediaError, match=r"all\.m3u8 was interrupted \(Not Found\): try again"):
        open_source(server.url("all.m3u8"))
    assert capfd.readouterr() == ("", "")


def test_a_piece_that_trickles_ends_in_time(folder: Path, server: Server) -> None:
    playlist(folder / "all.m3u8", "0.ts")
    server.pause_s = 0.1
    with pytest.raises(MediaError, match=r"no complete answer within|timed out"):
        open_source(server.url("all.m3u8"), options=InputOptions(timeout_s=0.5))


def test_a_playlist_that_names_only_itself_ends(server: Server) -> None:
    """Another playlist of no parts and no end, which FFmpeg reads again without a pause."""
    server.answers["/all.m3u8"] = (
        b'#EXTM3U\n#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="a",URI="all.m3u8"\n'
        b'#EXT-X-STREAM-INF:BANDWIDTH=1,AUDIO="a"\nall.m3u8\n'
    )
    with pytest.raises(MediaError, match=r"all\.m3u8 repeats the same addresses without an end"):
        open_source(server.url("all.m3u8"))


def test_an_endless_playlist_is_refused(server: Server) -> None:
    server.answers["/all.m3u8"] = b"#EXTM3U\n" + b"\n" * 21_000_000
    with pytest.raises(MediaError, match="too long for a playlist"):
        open_source(server.url("all.m3u8"))


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("a.m3u8", True),
        ("a.M3U8", True),
        ("https://a.b/c.m3u8?token=d", True),
        ("https://a.b/c.mp4?list=d.m3u8", False),
        ("https://a.b/c.mp4#d.m3u8", False),
        ("rtsp://a.b/c.m3u8", False),
        ("a.m3u8.mp4", False),
    ],
)
def test_the_end_of_the_path_names_a_playlist(location: str, expected: bool) -> None:
    assert is_playlist(location) is expected
