"""Files that are written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import BinaryIO, Final

_FREELY: Final = 0o666


@contextmanager
def replacing(path: Path, *, private: bool = False) -> Iterator[BinaryIO]:
    """Give a file to write to, which takes the place of another one once all has gone well.

    Whoever is killed leaves the former one. What is no ordinary file (a device, a pipe) is written
    to as it is.

    Args:
        path: the file.
        private: only its owner may read it, and its folder is made where there is none; else it
            has the permissions of what it replaces, or of any new file.

    Raises:
        OSError: at once, where nothing can be written.
    """
    if path.is_dir():
        raise IsADirectoryError(21, "Is a directory")
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    import tempfile

    target = path.resolve()
    if private:
        target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if not private:
            beside.chmod(_mode(target))
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    _settle(target.parent)


def write_privately(path: Path, text: str) -> None:
    """Write a text in one step; only its owner may read it, and its folder is made.

    Raises:
        OSError: it cannot be written; the former file is still there.
    """
    content = text.encode()
    with replacing(path, private=True) as file:
        file.write(content)


def reason(error: OSError) -> str:
    """Return why a file could not be read or written, in a few words."""
    return error.strerror or str(error) or type(error).__name__


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


def _settle(folder: Path) -> None:
    """Let the new name reach the disk too, where a folder can be opened for that."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
