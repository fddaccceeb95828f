"""Recorded arrivals: a CSV file of ``arrival_us,duration_us``, read strictly and held compactly.

The rows are data of strangers: nothing is guessed, and every misfit is noted with its place.
"""

from __future__ import annotations

from array import array
from io import BytesIO
from pathlib import Path
from typing import Final

from lifecycle_tui.engine.patterns import Recording
from lifecycle_tui.scenario.problems import Place, Problems
from lifecycle_tui.scenario.readers import LONGEST_US
from lifecycle_tui.units.text import clean, quote

LARGEST: Final = 50_000_000
"""Bytes a file may have."""
MOST_ROWS: Final = 10_000_000
HEADER: Final = b"arrival_us,duration_us"
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_DIGITS: Final = 16
"""Enough for 366 days in microseconds; longer text is never made a number."""


def read_recording(path: Path, problems: Problems) -> Recording | None:
    """Read a file of arrivals.

    Args:
        path: a regular file; no more than 50 MB of it are read.
        problems: what is wrong with its rows is noted here, with line and column.

    Returns:
        The recording, or None after a problem.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return parse_recording(file.read(LARGEST + 1), str(path), problems)


def parse_recording(data: bytes, file: str, problems: Problems) -> Recording | None:
    """Read the bytes of a file of arrivals; None after a problem, which is noted.

    Args:
        data: the bytes.
        file: the file's name, for its recording and for the places of problems.
        problems: what is wrong is noted here.
    """
    shown = clean(file)
    if len(data) > LARGEST:
        problems.add(Place(shown, 1, 1), "the trace is larger than 50 MB, the most it may be")
        return None
    return _Rows(shown, problems).read(data, recording_name(file))


def recording_name(file: str) -> str:
    """Return what the recording of a file is called."""
    return clean(Path(file).name, 64)


def print_recording(recording: Recording) -> bytes:
    """Return the bytes of a file that ``parse_recording`` reads as the same recording."""
    rows = zip(recording.times_us, recording.handler_us, strict=True)
    return HEADER + b"".join(b"\n%d,%d" % row for row in rows) + b"\n"


class _Rows:
    """The rows of one file while they are read."""

    def __init__(self, file: str, problems: Problems) -> None:
        self._file = file
        self._problems = problems
        self._sound = True
        self._latest_us = 0
        self._arrivals = array("q")
        self._durations = array("q")

    def read(self, data: bytes, name: str) -> Recording | None:
        lines = BytesIO(data.removeprefix(_BYTE_ORDER_MARK))
        header = _row(lines.readline())
        if header != HEADER:
            found = f"found {_shown(header)}" if header else "found nothing"
            self._refuse(1, 1, f"{found}; a trace begins with the line {HEADER.decode()}")
            return None
        for number, line in enumerate(lines, 2):
            if number - 1 > MOST_ROWS:
                self._refuse(number, 1, f"more than {MOST_ROWS:,} rows, the most there may be")
                break
            self._add(number, _row(line))
        if self._sound and not self._arrivals:
            self._refuse(2, 1, "the trace has no arrivals")
        if not self._sound:
            return None
        return Recording(name, self._arrivals.tobytes(), self._durations.tobytes())

    def _add(self, line: int, row: bytes) -> None:
        first, comma, second = row.partition(b",")
        if not comma:
            expected = "a row is two whole numbers with a comma between: 752717,950673"
            found = f"found {_shown(row)}" if row else "an empty line"
            self._refuse(line, 1, f"{found}; {expected}")
            return
        arrival_us = self._whole(line, 1, "arrival_us", first)
        duration_us = self._whole(line, len(first) + 2, "duration_us", second)
        if arrival_us is None or duration_us is None:
            return
        if arrival_us < self._latest_us:
            message = f"arrival_us: {arrival_us} comes after {self._latest_us}; sort the rows"
            self._refuse(line, 1, message)
            return
        self._latest_us = arrival_us
        self._arrivals.append(arrival_us)
        self._durations.append(duration_us)

    def _whole(self, line: int, column: int, name: str, text: bytes) -> int | None:
        if text.isdigit() and len(text) <= _DIGITS:
            value = int(text)
            if value <= LONGEST_US:
                return value
        if text.isdigit():
            message = f"{_shown(text)} is longer than 366 days, the most there is"
        else:
            message = f"found {_shown(text)}; expected whole microseconds such as 752717"
        self._refuse(line, column, f"{name}: {message}")
        return None

    def _refuse(self, line: int, column: int, message: str) -> None:
        self._sound = False
        self._problems.add(Place(self._file, line, column), message)


def _row(line: bytes) -> bytes:
    """Return a line without its end, be it that of Unix or of Windows."""
    return line.removesuffix(b"\n").removesuffix(b"\r")


def _shown(text: bytes) -> str:
    return quote(text[:200].decode("utf-8", "replace"), 40)
