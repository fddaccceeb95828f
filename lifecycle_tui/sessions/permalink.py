"""A session as one string, which opens it on another machine: ``lcs1:…``.

The text of the session's file without its digest, compressed, in the letters of URLs, and behind a
point a checksum. Reading one unpacks no more than a session file may hold.
"""

from __future__ import annotations

import binascii
import hashlib
import re
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Final

from lifecycle_tui import __version__
from lifecycle_tui.scenario.problems import Place
from lifecycle_tui.sessions.layout import DIGEST, LARGEST, digest_of
from lifecycle_tui.sessions.lines import refuse
from lifecycle_tui.sessions.reading import parse_session
from lifecycle_tui.sessions.saved import Saved
from lifecycle_tui.sessions.writing import write_session

PREFIX: Final = "lcs1:"
"""How a permalink of this format begins."""
LONGEST: Final = 1_000_000
"""Characters of a permalink, at most."""
_ANY: Final = re.compile(r"lcs([0-9]+):")
_SHAPE: Final = re.compile(r"lcs1:([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{8})")
_START: Final = Place("permalink", 1, 1)
_CHECK_BYTES: Final = 6


def write_permalink(saved: Saved) -> str:
    """Return the permalink of a session.

    Raises:
        CannotSaveError: no file could hold it.
    """
    body = write_session(saved).rpartition(DIGEST)[0]
    packed = zlib.compress(body.encode("utf-8"), 9)
    return f"{PREFIX}{_letters(packed)}.{_checksum(packed)}"


def parse_permalink(text: str) -> Saved:
    """Return the session of a permalink; blanks and line breaks within it do not matter.

    Raises:
        ScenarioError: it was cut off or altered, or is of another format.
    """
    if len(text) > LONGEST:
        refuse(_START, f"longer than {LONGEST:,} characters, the most a permalink may have")
    joined = "".join(text.split())
    version = _ANY.match(joined)
    if version is not None and version[1] != "1":
        later = f"format {version[1]}; this version ({__version__}) reads lcs1: permalinks"
        refuse(_START, f"{later}. A later version of lifecycle-tui made it")
    match = _SHAPE.fullmatch(joined)
    if match is None:
        refuse(_START, "no permalink: it is lcs1:, letters, a point and 8 more letters; it may have"
                       " been cut off when it was copied")  # fmt: skip
    try:
        packed = urlsafe_b64decode(match[1] + "=" * (-len(match[1]) % 4))
    except (binascii.Error, ValueError):
        refuse(_START, _ALTERED)
    if _checksum(packed) != match[2] or _letters(packed) != match[1]:
        refuse(_START, _ALTERED)
    body = _unpacked(packed)
    data = f"{body}{DIGEST}{digest_of(body)}\n".encode()
    return parse_session(data, _START.file)


_ALTERED: Final = "it was altered, or cut off, when it was copied: its checksum is another"


def _unpacked(packed: bytes) -> str:
    unpacking = zlib.decompressobj()
    try:
        data = unpacking.decompress(packed, LARGEST)
        text = data.decode("utf-8")
    except (zlib.error, UnicodeDecodeError):
        refuse(_START, "it holds no session")
    if not unpacking.eof:
        refuse(_START, f"it is cut off, or holds more than {LARGEST // 1_000_000} MB")
    return text


def _letters(data: bytes) -> str:
    return urlsafe_b64encode(data).decode("ascii").rstrip("=")


def _checksum(packed: bytes) -> str:
    return _letters(hashlib.sha256(packed).digest()[:_CHECK_BYTES])
