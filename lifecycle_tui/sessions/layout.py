"""How a session file is laid out: the words of its lines, and how much it may hold."""

from __future__ import annotations

import hashlib
import re
from typing import Final

MAGIC: Final = "lifecycle-tui session"
"""How the first line begins; the number of the format follows."""
FORMAT: Final = 1
AGAINST: Final = "against"
"""Stands between a session and the one that it is compared with."""
DIGEST: Final = "digest sha256:"
"""How the last line begins."""
INDENT: Final = "  "
LARGEST: Final = 4_000_000
"""Bytes of a session file, at most."""
LARGEST_RECORDING: Final = 262_144
"""Bytes of a recording once compressed, at most."""
DEEPEST: Final = 16
"""Forks that were dropped within forks that were dropped."""


def digest_of(body: str) -> str:
    """Return the digest of everything above the last line."""
    return hashlib.sha256(body.encode("utf-8")).hexdigest()


_LINK: Final = re.compile(r"\s*lcs([0-9]+):")


def is_permalink(text: str) -> bool:
    """Whether a text is meant as a permalink, of whatever format."""
    return _LINK.match(text) is not None
