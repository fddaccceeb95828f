"""Keyed random draws: a draw depends on (seed, stream, entity) alone.

Two runs that differ in one knob therefore differ only where that knob matters. Draws come from a
hash (SHAKE-128), so they are the same on every platform and Python version. Entities are cut into
blocks: reading a stream in order costs one hash for 512 draws.
"""

from __future__ import annotations

from hashlib import shake_128
from struct import unpack
from typing import Final

BLOCK_BITS: Final = 9
BLOCK: Final = 1 << BLOCK_BITS
_SCALE: Final = 2.0**-53


class Stream:
    """One named stream of draws, uniform in [0, 1)."""

    __slots__ = ("_prefix",)

    def __init__(self, seed: int, name: str) -> None:
        self._prefix = f"{seed}\0{name}\0"

    def draw(self, entity: int) -> float:
        """Return the draw of one entity (any integer from 0)."""
        place = (entity & (BLOCK - 1)) * 8
        bits = self._hash(entity >> BLOCK_BITS, place + 8)[place:]
        return float(int.from_bytes(bits, "little") >> 11) * _SCALE

    def block(self, number: int) -> list[float]:
        """Return the draws of entities ``number * 512`` up to 511 more."""
        words = unpack(f"<{BLOCK}Q", self._hash(number, BLOCK * 8))
        return [(word >> 11) * _SCALE for word in words]

    def _hash(self, block: int, size: int) -> bytes:
        return shake_128(f"{self._prefix}{block}".encode()).digest(size)


class Chance:
    """All streams of one seed."""

    __slots__ = ("_seed", "_streams")

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._streams: dict[str, Stream] = {}

    def stream(self, name: str) -> Stream:
        """Return the stream of this name."""
        found = self._streams.get(name)
        if found is None:
            found = self._streams[name] = Stream(self._seed, name)
        return found

    def draw(self, name: str, entity: int) -> float:
        """Return one draw of a stream."""
        return self.stream(name).draw(entity)
