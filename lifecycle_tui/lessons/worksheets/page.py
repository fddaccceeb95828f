"""A worksheet, or its key, as one HTML page: no script, no colour, nothing from outside.

Both are the same page. What is filled in stands in ``<b class="a">`` or, in a drawing, in
``<text class="a">``; what only the key says, in ``<div class="key">``. Without these the key is the
sheet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape
from typing import Final

from lifecycle_tui import __version__
from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.lessons.worksheets.drawing import drawing, step_us
from lifecycle_tui.lessons.worksheets.hatching import patterns
from lifecycle_tui.lessons.worksheets.model import (
    Cloze,
    Commands,
    Exercise,
    Figure,
    Item,
    Lines,
    Part,
    Question,
    Sheet,
    Text,
)
from lifecycle_tui.lessons.worksheets.style import STYLE
from lifecycle_tui.readings.words import DAGGER
from lifecycle_tui.units.durations import format_duration
from lifecycle_tui.units.text import clean

_TICK: Final = "×"
_UNASKED: Final = "—"
_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'"
"""What a browser may fetch for the page, whatever stands in it: nothing."""
_STARTS: Final = "COLD, WARM, PRE, RESTORED, RE-INIT or 429"
_LONGEST: Final = 2_000
"""Characters of one text of the lesson."""


def page(sheet: Sheet, *, filled: bool) -> str:
    """Return a sheet as HTML.

    Args:
        sheet: what is on it.
        filled: whether it is the key.
    """
    return "\n".join(_Page(sheet, filled=filled).lines()) + "\n"


class _Page:
    def __init__(self, sheet: Sheet, *, filled: bool) -> None:
        self._sheet = sheet
        self._filled = filled
        self._figures = 0

    def lines(self) -> Iterator[str]:
        sheet = self._sheet
        kind = "Answer key" if self._filled else "Worksheet"
        title = f"{kind}: {_safe(sheet.title)}"
        foot = f"{sheet.mark} · seed {sheet.seed} · lifecycle-tui {__version__}"
        yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
        yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        yield '<meta name="viewport" content="width=device-width,initial-scale=1">'
        yield f"<title>{title}</title>\n<style>\n{STYLE.replace('FOOT', foot)}</style>"
        yield f"</head>\n<body>\n{patterns(sheet.phases)}"
        yield f"<h1>{title}</h1>"
        yield f'<p class="mark">{foot}</p>'
        yield '<div class="who"><span>Name</span><span>Date</span></div>'
        if sheet.objectives:
            yield "<p>Afterwards you can</p>\n<ul>"
            yield from (f"<li>{_safe(each)}</li>" for each in sheet.objectives)
            yield "</ul>"
        for part in sheet.parts:
            yield from self._part(part)
        if self._filled:
            yield from self._rules()
        yield "</body>\n</html>"

    def _part(self, part: Part) -> Iterator[str]:
        turn = ' class="turn"' if part.turns else ""
        yield f"<h2{turn}>{_safe(part.title)}</h2>"
        if part.note:
            yield f"<p>{_safe(part.note)}</p>"
        for section in part.sections:
            if section.title:
                yield f"<h3>{_safe(section.title)}</h3>"
            for item in section.items:
                yield from self._item(item)

    def _item(self, item: Item) -> Iterator[str]:
        match item:
            case Text(text=text):
                yield f'<p class="lead">{_safe(text)}</p>'
            case Lines(lines=lines):
                yield _verbatim(lines)
            case Commands(lines=lines):
                yield f'<p class="lead small">Done: {_code(lines)}</p>'
            case Figure():
                yield from self._figure(item)
            case Question():
                yield from self._question(item)
            case Exercise():
                yield from self._exercise(item)
            case Cloze():
                yield from self._cloze(item)

    def _figure(self, figure: Figure) -> Iterator[str]:
        self._figures += 1
        yield '<div class="task">'
        caption = f"<b>Figure {self._figures}</b>, {_safe(figure.title)}. "
        caption += f"A small mark of the ruler is {format_duration(step_us(figure))}."
        if figure.earlier:
            caption += " What came earlier is not drawn."
        if figure.later:
            caption += " What came later is not drawn."
        if figure.more_lanes:
            caption += f" More lanes are not drawn: {figure.more_lanes}."
        if any("/" in each.event for each in figure.events):
            caption += " #1/2 is the second attempt at event 1."
        yield f"<figure><figcaption>{caption}</figcaption>"
        yield f"{drawing(figure, self._figures, filled=self._filled)}</figure>"
        if any(lane.begins for lane in figure.lanes):
            yield '<p class="small">In each box: which event begins here, and how it starts.</p>'
        yield '<div class="ask">'
        yield from self._numbers(figure)
        yield from self._events(figure)
        yield from self._ends(figure)
        yield "</div>\n</div>"

    def _numbers(self, figure: Figure) -> Iterator[str]:
        if not figure.numbers:
            return
        yield "<table><tr><th>number</th><th>what it is</th><th>it took, ms</th></tr>"
        for each in figure.numbers:
            took = self._cell(each.took_ms) if each.took_ms else f"<td>{_UNASKED}</td>"
            where = f"<td>{each.number}, in {_safe(each.lane)}</td>"
            yield f"<tr>{where}{self._cell(each.name)}{took}</tr>"
        yield "</table>"

    def _events(self, figure: Figure) -> Iterator[str]:
        if not figure.events:
            return
        yield "<table><tr><th>event</th><th>start</th><th>wait, ms</th><th>billed, ms</th></tr>"
        for each in figure.events:
            cells = (each.start, each.wait_ms, each.billed_ms)
            yield f"<tr><td>{_safe(each.event)}</td>{''.join(map(self._cell, cells))}</tr>"
        yield "</table>"

    def _ends(self, figure: Figure) -> Iterator[str]:
        if not figure.ends:
            return
        yield "<table><tr><th>lane</th><th>what it does where the picture ends</th></tr>"
        for each in figure.ends:
            yield f"<tr><td>{_safe(each.lane)}</td>{self._cell(each.name)}</tr>"
        yield "</table>"

    def _question(self, question: Question) -> Iterator[str]:
        yield '<div class="task">'
        yield f"<p><b>Prediction {question.number}.</b> {_safe(question.ask)}</p>"
        yield '<ol class="o">'
        for each in question.choices:
            yield f"<li>{self._box(each.right)}{each.letter}) {_safe(each.text)}</li>"
        yield "</ol>"
        yield '<p class="small">Why?</p>'
        yield f'<div class="lines"><span class="h">{self._answer(question.explain)}</span>'
        if self._filled:
            yield '<div class="key">'
            yield from (f"<p>Not {letter}: {_safe(said)}</p>" for letter, said in question.refuted)
            yield f"<p>{_cited(question.rules)}</p></div>"
        yield "</div>\n</div>"

    def _exercise(self, exercise: Exercise) -> Iterator[str]:
        yield '<div class="task">'
        yield f"<p><b>Exercise {exercise.number}.</b> {_safe(exercise.goal)}</p>"
        yield '<ol class="o">'
        for text, met in exercise.parts:
            yield f"<li>{self._box(met)}{_safe(text)}</li>"
        yield "</ol>"
        verbs = f" (of {', '.join(map(_safe, exercise.verbs))})" if exercise.verbs else ""
        yield f'<p class="small">Commands{verbs}:</p>'
        yield f'<div class="room"><span class="h">{self._answer(exercise.solution)}</span>'
        if self._filled and exercise.rules:
            yield f'<div class="key"><p>{_cited(exercise.rules)}</p></div>'
        yield "</div>\n</div>"

    def _cloze(self, cloze: Cloze) -> Iterator[str]:
        yield '<div class="task">'
        if cloze.words:
            yield '<p class="bank">' + " · ".join(map(_safe, cloze.words)) + "</p>"
        yield '<ol class="c">'
        for fact in cloze.facts:
            blank = f'<span class="blank h">{self._answer(fact.answer)}</span>'
            yield f"<li>{_safe(fact.before)}{blank if fact.answer else ''}{_safe(fact.after)}"
            if self._filled:
                yield f'<div class="key">{_cited(fact.rules)}</div>'
            yield "</li>"
        yield "</ol>\n</div>"

    def _rules(self) -> Iterator[str]:
        """Yield what the answers stand on, and how that is known."""
        yield '<div class="key"><h2>Rules</h2>'
        for rule in self._sheet.rules:
            found = RULES[rule]
            source = f"{found.provenance}: {found.source}"
            yield f"<p><b>{_cited((rule,))}</b> {_safe(found.statement)} ({_safe(source)})</p>"
        yield "</div>"

    def _cell(self, answer: str) -> str:
        return f'<td class="h">{self._answer(answer)}</td>'

    def _box(self, ticked: bool) -> str:
        return f'<span class="box">{self._answer(_TICK if ticked else "")}</span>'

    def _answer(self, answer: str | tuple[str, ...]) -> str:
        """Return what belongs into a blank, or nothing: on the sheet it is empty."""
        if not self._filled or not answer:
            return ""
        told = _safe(answer) if isinstance(answer, str) else "<br>".join(map(_safe, answer))
        return f'<b class="a">{told}</b>'


def _safe(text: str) -> str:
    """Return text from a lesson as it may stand in a page."""
    return escape(clean(text, _LONGEST))


def _verbatim(lines: Iterable[str]) -> str:
    return f"<pre>{chr(10).join(map(_safe, lines))}</pre>"


def _code(lines: Iterable[str]) -> str:
    return " · ".join(f"<code>{_safe(line)}</code>" for line in lines)


def _cited(rules: Iterable[str]) -> str:
    return " · ".join(
        f"{escape(rule)}{f' {DAGGER}' if RULES[rule].assumed else ''}" for rule in rules
    )
