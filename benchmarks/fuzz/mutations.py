"""Ways to damage the bytes of a file, whatever they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    Mutation: TypeAlias = Callable[[bytearray, Random], bytearray]

# Signed and unsigned limits of the usual widths, and their neighbours.
INTERESTING = (
    *(0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0xFFFFFF),
    *(0x7FFFFFFE, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF),
    *(0x100000000, 0x7FFFFFFFFFFFFFFF, 0x8000000000000000, 0xFFFFFFFFFFFFFFFF),
)


def damage(data: bytes, rng: Random, mutations: int) -> bytes:
    """Return a copy to which some mutations, chosen at random, were applied."""
    changed = bytearray(data)
    for _ in range(mutations):
        if changed:
            changed = rng.choice(MUTATIONS)(changed, rng)
    return bytes(changed)


def put_integer(data: bytearray, position: int, width: int, value: int, order: str) -> None:
    """Write the low bytes of an integer at a position, as far as the data reach."""
    stored = (value % (1 << 8 * width)).to_bytes(width, "big" if order == "big" else "little")
    data[position : position + width] = stored[: len(data) - position]


def _span(data: bytearray, rng: Random, longest: int = 1 << 20) -> slice:
    """Return a random part; short ones are as likely as long ones."""
    length = min(int(2 ** rng.uniform(0, 20)), longest, len(data))
    first = _position(len(data) - length, rng)
    return slice(first, first + length)


def _position(greatest: int, rng: Random) -> int:
    """Return a random position; every other one is near the start, where headers are."""
    return rng.randint(0, min(greatest, 512) if rng.random() < 0.5 else greatest)


def _flip_bits(data: bytearray, rng: Random) -> bytearray:
    for _ in range(rng.choice((1, 2, 8, 64))):
        data[_position(len(data) - 1, rng)] ^= 1 << rng.randrange(8)
    return data


def _overwrite(data: bytearray, rng: Random) -> bytearray:
    part = _span(data, rng, 4096)
    length = part.stop - part.start
    data[part] = rng.choice((rng.randbytes(length), bytes(length), b"\xff" * length))
    return data


def _set_integer(data: bytearray, rng: Random) -> bytearray:
    width = rng.choice((1, 2, 4, 8))
    position = _position(len(data) - 1, rng)
    aligned = position - position % min(width, 4)
    put_integer(data, aligned, width, rng.choice(INTERESTING), rng.choice(("big", "little")))
    return data


def _truncate(data: bytearray, rng: Random) -> bytearray:
    return data[: _position(len(data), rng)]


def _insert(data: bytearray, rng: Random) -> bytearray:
    position = _position(len(data), rng)
    data[position:position] = rng.randbytes(rng.choice((1, 2, 4, 16, 256)))
    return data


def _remove(data: bytearray, rng: Random) -> bytearray:
    del data[_span(data, rng)]
    return data


def _duplicate(data: bytearray, rng: Random) -> bytearray:
    part = data[_span(data, rng)]
    position = _position(len(data), rng)
    data[position:position] = part * rng.choice((1, 1, 2, 8))
    return data


def _shuffle(data: bytearray, rng: Random) -> bytearray:
    """Cut the data into pieces of one size, and swap two of them."""
    size = rng.choice((4, 16, 188, 512, 4096))
    pieces = [data[first : first + size] for first in range(0, len(data), size)]
    first, second = rng.randrange(len(pieces)), rng.randrange(len(pieces))
    pieces[first], pieces[second] = pieces[second], pieces[first]
    return bytearray().join(pieces)


MUTATIONS: tuple[Mutation, ...] = (
    *(_flip_bits, _flip_bits, _overwrite, _set_integer, _set_integer),
    *(_truncate, _insert, _remove, _duplicate, _shuffle),
)
