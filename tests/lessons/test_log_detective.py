"""The logs that are printed in "Log detective" are those that its runs leave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lifecycle_tui.lessons.model import Lesson, Picture, Predict, Solution, Stage
from lifecycle_tui.lessons.pack import load_plan
from lifecycle_tui.lessons.staging import Staged
from lifecycle_tui.readings.logs import log_lines
from lifecycle_tui.readings.model import LogLine
from tests.lessons.shipped import lesson_of

_STREAM = re.compile(r"^stream (\d)")
_RECORD = re.compile(r"(\d+\.\d) s +(INIT_START|INIT_REPORT|START|REPORT)(?: +([A-E])\b)?")
_VALUE = re.compile(
    r"((?:Init |Billed )?Duration|Max Memory Used|Memory Size|Phase|Status|Error Type): +([\w.]+)"
)


class Printed(NamedTuple):
    """A line of a log, as the lesson prints it: over several lines, with a letter for its id."""

    stream: str
    at: str
    word: str
    letter: str
    values: tuple[tuple[str, str], ...] = ()
    is_without_init: bool = False
    """Whether it is said that there is no Init Duration."""


def _printed(picture: Picture) -> list[Printed]:
    found: list[Printed] = []
    stream = "1"
    for line in picture.lines:
        head = _STREAM.match(line)
        stream = head[1] if head else stream
        record = _RECORD.search(line)
        if record:
            found.append(Printed(stream, record[1], record[2], record[3] or ""))
        if found:
            last = found[-1]
            found[-1] = last._replace(
                values=last.values + tuple(_VALUE.findall(line)),
                is_without_init=last.is_without_init or "no Init Duration" in line,
            )
    return found


def _lesson() -> Lesson:
    return lesson_of("log-detective")


def _cases() -> Iterator[tuple[list[Printed], list[LogLine]]]:
    """Yield each printed log, and the log of the run that the lesson shows after it."""
    lesson = _lesson()
    staged = Staged(load_plan(lesson))
    shown: list[Printed] = []
    for _, block in lesson.blocks():
        if isinstance(block, Picture):
            shown = _printed(block)
        elif isinstance(block, Stage):
            staged.run(block.lines)
        elif isinstance(block, Predict | Solution):
            staged.run(block.after if isinstance(block, Predict) else block.lines)
            if shown:
                yield shown, log_lines(staged.session.index)
            shown = []


def _line_of(printed: Printed, log: list[LogLine]) -> LogLine:
    found = [
        line
        for line in log
        if f"{line.time_us / 1e6:.1f}" == printed.at
        and line.text.split()[0] == printed.word
        and str(line.environment + 1) == printed.stream
    ]
    assert len(found) == 1, (printed, found)
    return found[0]


def test_what_the_lesson_prints_is_what_its_runs_log() -> None:
    cases = list(_cases())
    assert len(cases) == 8
    for shown, log in cases:
        assert shown
        ids: dict[str, set[str]] = {}
        for printed in shown:
            text = _line_of(printed, log).text
            assert set(printed.values) <= set(_VALUE.findall(text)), (printed, text)
            if printed.letter:
                ids.setdefault(printed.letter, set()).add(text.split()[2])
            told = dict(printed.values)
            if "Duration" in told or printed.is_without_init:
                assert ("Init Duration" in told) == ("Init Duration" in text), printed
        assert all(len(each) == 1 for each in ids.values())
        assert len({name for each in ids.values() for name in each}) == len(ids)


def test_no_report_is_left_out_but_those_of_before_and_those_asked_for() -> None:
    """A log without one of its REPORTs would be another riddle."""
    counts = [
        (
            sum(line.text.startswith("REPORT") for line in log),
            sum(printed.word == "REPORT" for printed in shown),
        )
        for shown, log in _cases()
    ]
    assert counts == [(5, 5), (2, 2), (3, 1), (1, 1), (1, 1), (3, 1), (3, 3), (4, 4)]
