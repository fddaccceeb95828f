"""Judging in a process of its own, which is ended when a submission takes too long.

What is handed in may be anything. The process that reads it has limited time and memory, and what
becomes of it does not matter to the one that writes the report.
"""

from __future__ import annotations

import multiprocessing
import stat
from collections.abc import Iterable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from lifecycle_tui.files import reason
from lifecycle_tui.lessons.grading.grades import Grade, Verdict
from lifecycle_tui.lessons.submitting.submission import SUFFIX
from lifecycle_tui.sessions.layout import LARGEST
from lifecycle_tui.units.text import clean

MOST_FILES: Final = 10_000
BEGINNING_S: Final = 60.0
"""So long a process may take to read the lessons."""
_MEMORY_BYTES: Final = 1_500_000_000


def submissions_in(folder: Path) -> list[Path]:
    """Return the submissions of a folder and of those in it, by name; hidden ones are left out."""
    found = [
        path
        for path in folder.rglob(f"*{SUFFIX}")
        if not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())[:MOST_FILES]


def grades(
    paths: Iterable[Path], root: Path, lessons: Path | None, *, least: int, limit_s: float
) -> Iterator[Grade]:
    """Yield the grade of each file.

    Args:
        paths: of the files.
        root: the folder from which they are named.
        lessons: the folder of lessons; None: the course that comes with the program.
        least: the score from which one passes, in percent.
        limit_s: seconds that one submission may take.
    """
    worker = _Worker(lessons, least)
    try:
        for path in paths:
            name = clean(path.relative_to(root).as_posix(), 200)
            yield _unread(path, name) or worker.grade(path, name, limit_s)
    finally:
        worker.end()


def _unread(path: Path, name: str) -> Grade | None:
    """Return the grade of a file that is not even opened."""
    try:
        found = path.lstat()
    except OSError as error:
        return Grade(name, Verdict.UNREADABLE, reason(error))
    if not stat.S_ISREG(found.st_mode):
        return Grade(name, Verdict.UNREADABLE, "it is no regular file")
    if found.st_size > LARGEST + 1_000:
        told = f"{found.st_size / 1e6:,.1f} MB; at most {LARGEST // 1_000_000} MB"
        return Grade(name, Verdict.TOO_LARGE, told)
    return None


class _Worker:
    """A process that judges one file after the other, and is begun again when it is lost."""

    def __init__(self, lessons: Path | None, least: int) -> None:
        self._lessons = lessons
        self._least = least
        self._process: BaseProcess | None = None
        self._line: Connection | None = None

    def grade(self, path: Path, name: str, limit_s: float) -> Grade:
        """Return the grade of a file, whatever is in it."""
        line = self._line or self._begin()
        line.send((str(path), name))
        try:
            if line.poll(limit_s):
                found = line.recv()
                assert isinstance(found, Grade)
                return found
        except (EOFError, OSError):
            self.end()
            told = "its replay ended the process that judged it"
            return Grade(name, Verdict.TOO_MUCH, told)
        self.end()
        return Grade(name, Verdict.TOO_LONG, f"its replay takes longer than {limit_s:g} s")

    def end(self) -> None:
        """End the process."""
        if self._line is not None:
            self._line.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._process = self._line = None

    def _begin(self) -> Connection:
        # Not forked: the process begins with nothing of ours, on every platform alike.
        context = multiprocessing.get_context("spawn")
        mine, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, self._lessons, self._least), daemon=True
        )
        self._process.start()
        theirs.close()
        self._line = mine
        if mine.poll(BEGINNING_S):
            mine.recv()
        return mine


def _serve(line: Connection, lessons: Path | None, least: int) -> None:
    """Judge files until nobody asks any more."""
    _limit_memory()
    from lifecycle_tui.lessons.grading.judging import Judge
    from lifecycle_tui.lessons.pack import load_pack

    judge = Judge(load_pack(lessons), least)
    line.send("ready")
    while True:
        try:
            path, name = line.recv()
        except (EOFError, KeyboardInterrupt):
            return
        line.send(_judged(judge, Path(path), name))


def _judged(judge: object, path: Path, name: str) -> Grade:
    from lifecycle_tui.lessons.grading.judging import Judge

    assert isinstance(judge, Judge)
    try:
        with path.open("rb") as file:
            return judge.judge(file.read(LARGEST + 1_001), name)
    except OSError as error:
        return Grade(name, Verdict.UNREADABLE, reason(error))
    except Exception as error:  # noqa: BLE001 - one file must not cost the others their grades
        told = f"{type(error).__name__}: {clean(str(error), 200)}"
        return Grade(name, Verdict.INVALID, told)


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or most > _MEMORY_BYTES:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, most))
