"""Grades as a table, as JSON, and as JUnit's XML for a course's CI."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from lifecycle_tui import __version__
from lifecycle_tui.lessons.grading.grades import Grade, Part, Verdict
from lifecycle_tui.units.text import clean, plural

SCHEMA: Final = 1
_GRADED: Final = (Verdict.PASSED, Verdict.BELOW)


def table_lines(grades: Sequence[Grade]) -> Iterator[str]:
    """Yield a line for each file, below it what is missing, and a sum."""
    rows = [("file", "lesson", "score", "verdict", "why")]
    rows += [(g.file, g.lesson or "-", _score(g), g.verdict.value, g.told) for g in grades]
    widths = [max(len(row[n]) for row in rows) for n in range(4)]
    for place, row in enumerate(rows):
        score = row[2].rjust(widths[2])
        cells = [row[0].ljust(widths[0]), row[1].ljust(widths[1]), score, row[3].ljust(widths[3])]
        yield "  ".join((*cells, row[4])).rstrip()
        if place:
            yield from _missing(grades[place - 1])
    passed = sum(grade.verdict is Verdict.PASSED for grade in grades)
    yield f"{plural(len(grades), 'submission')}, {passed} passed"


def _score(grade: Grade) -> str:
    return f"{grade.score} %" if grade.verdict in _GRADED else "-"


def _missing(grade: Grade) -> Iterator[str]:
    for part in grade.parts:
        if not part.is_right:
            yield f"    {_part(part)}"


def _part(part: Part) -> str:
    sure = f" ({part.confidence})" if part.confidence else ""
    return f"{part.kind} {part.id}: {part.told}{sure}"


def as_json(grades: Sequence[Grade], least: int) -> str:
    """Return the grades as one JSON object."""
    whole = {
        "schema": SCHEMA,
        "program": __version__,
        "min": least,
        "submissions": [_object(grade) for grade in grades],
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _object(grade: Grade) -> dict[str, Any]:
    is_graded = grade.verdict in _GRADED
    return {
        "file": grade.file,
        "learner": grade.learner or None,
        "lesson": grade.lesson or None,
        "verdict": grade.verdict.value,
        "why": grade.told,
        "score": grade.score if is_graded else None,
        "points": grade.points if is_graded else None,
        "of": len(grade.parts) if is_graded else None,
        "parts": [
            {
                "kind": part.kind,
                "id": part.id,
                "right": part.is_right,
                "why": part.told,
                "confidence": part.confidence or None,
                "moves": part.moves,
            }
            for part in grade.parts
        ],
    }


def as_junit(grades: Sequence[Grade]) -> str:
    """Return the grades as XML: a test case for each file, as ``--junitxml`` of pytest has it."""
    failures = sum(grade.verdict is Verdict.BELOW for grade in grades)
    errors = sum(grade.verdict not in _GRADED for grade in grades)
    counts = f'tests="{len(grades)}" failures="{failures}" errors="{errors}" skipped="0"'
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f"<testsuites {counts}>"]
    lines.append(f'  <testsuite name="lifecycle-tui grade" {counts}>')
    for grade in grades:
        lines += _case(grade)
    return "\n".join((*lines, "  </testsuite>", "</testsuites>", ""))


def _case(grade: Grade) -> Iterator[str]:
    lesson = _attribute(grade.lesson or "no lesson")
    yield f"    <testcase classname={lesson} name={_attribute(grade.file)}>"
    told = _attribute(f"{grade.verdict.value}: {grade.told}")
    if grade.verdict is Verdict.BELOW:
        yield f'      <failure type="{grade.verdict.name.lower()}" message={told}/>'
    elif grade.verdict not in _GRADED:
        yield f'      <error type="{grade.verdict.name.lower()}" message={told}/>'
    if grade.parts:
        marks = (("ok    " if part.is_right else "missed", _part(part)) for part in grade.parts)
        text = "\n".join((f"{grade.score} %", *(f"{mark} {words}" for mark, words in marks)))
        yield f"      <system-out>{escape(text)}</system-out>"
    yield "    </testcase>"


def _attribute(text: str) -> str:
    return quoteattr(clean(text))
