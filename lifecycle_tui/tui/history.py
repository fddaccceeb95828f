"""The lines that were typed after ``:``: kept between runs, so many and no more."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import Final

from lifecycle_tui import locations
from lifecycle_tui.units.text import clean

MOST: Final = 500
"""Lines that are kept."""
LONGEST: Final = 500
"""Characters of a line that is kept; permalinks are longer."""
_PATIENCE_S: Final = 1.0
"""So long a line waits for the writing of the one before."""
_LARGEST: Final = MOST * (LONGEST * 4 + 1)


class History:
    """Lines, the latest last.

    A line that begins with a blank is not kept, nor is one that is as the one before.

    Args:
        path: the file; None keeps nothing between runs.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lines: list[str] | None = None
        self._writing: Thread | None = None

    @classmethod
    def of_the_user(cls) -> History:
        """Return the user's own."""
        return cls(locations.state() / "history")

    @property
    def lines(self) -> list[str]:
        """All lines; they are read when they are first asked for."""
        if self._lines is None:
            self._lines = self._read()
        return self._lines

    def add(self, line: str) -> None:
        """Keep a line. The file is written beside the program; if it cannot be, nothing is said."""
        line = line.rstrip()
        if not line or line[0].isspace() or len(line) > LONGEST:
            return
        if self._writing is not None:
            self._writing.join(_PATIENCE_S)
        # Another program may have kept lines since.
        lines = self.lines if self._path is None else self._read()
        if not lines or lines[-1] != line:
            lines.append(line)
        self._lines = lines = lines[-MOST:]
        if self._path is not None:
            text = "".join(f"{kept}\n" for kept in lines)
            self._writing = Thread(target=_write, args=(self._path, text), name="history")
            self._writing.start()

    def _read(self) -> list[str]:
        if self._path is None:
            return []
        try:
            with self._path.open("rb") as file:
                text = file.read(_LARGEST).decode("utf-8", "replace")
        except OSError:
            return list(self._lines or [])
        return [clean(line, LONGEST) for line in text.split("\n") if line][-MOST:]


def _write(path: Path, text: str) -> None:
    from lifecycle_tui.files import write_privately

    with suppress(OSError):
        write_privately(path, text)
