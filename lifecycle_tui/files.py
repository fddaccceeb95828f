"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import BinaryIO, Final

_FREELY: Final = 0o666


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes the place of another one once all has gone well.

    What is no ordinary file (a device, a pipe) is written to as it is.

    Raises:
        OSError: at once, where nothing can be written.
    """
    if path.is_dir():
        raise IsADirectoryError(21, "Is a directory")
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    target = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
        beside.chmod(_mode(target))
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def write_new(path: Path, content: bytes) -> Path:
    """Write a file that does not exist yet, under another number where one does.

    Args:
        path: how it should be called; ``name-2.svg`` and so on where that is taken.
        content: what is in it.

    Returns:
        How it is called.
    """
    for number in count(1):
        free = path if number == 1 else path.with_stem(f"{path.stem}-{number}")
        try:
            file = free.open("xb")
        except FileExistsError:
            continue
        try:
            with file:
                file.write(content)
        except BaseException:
            free.unlink(missing_ok=True)
            raise
        return free
    raise AssertionError("there is always another number")


def _mode(target: Path) -> int:
    """Return the permissions of what is replaced, else those that any new file would have."""
    if target.exists():
        return target.stat().st_mode & 0o7777
    mask = os.umask(0)
    os.umask(mask)
    return _FREELY & ~mask
