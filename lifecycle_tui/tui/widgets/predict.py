"""The prompt of predictions: a question with its options, then the verdict, in three lines."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.cells import cell_len

from lifecycle_tui.play.predictions.game import Prompt, Stage
from lifecycle_tui.play.predictions.model import Question, Verdict
from lifecycle_tui.tui.widgets.painted import Line, Run, width_of
from lifecycle_tui.tui.widgets.pressable import Pressable
from lifecycle_tui.tui.widgets.prose import daggered, fit, padded, wrap
from lifecycle_tui.units.translation import tr

LINES: Final = 3
_LABEL: Final = 9
"""Cells of the word before the first line."""
_INDENT: Final = Run(" " * _LABEL)


def prompt_lines(prompt: Prompt, width: int) -> tuple[Line, ...]:
    """Return what there is to show, in as many lines as the prompt has."""
    question, verdict = prompt.question, prompt.verdict
    if prompt.stage is Stage.OPEN and question is not None:
        return _question(question, prompt, width)
    if prompt.stage is Stage.TOLD and verdict is not None:
        return _verdict(verdict, prompt, width)
    if prompt.stage is Stage.RUNNING and question is not None and prompt.chosen is not None:
        words = question.options[prompt.chosen].words
        said = tr(
            "{about}: you say “{words}” ({confidence}).",
            about=question.about,
            words=words,
            confidence=tr(str(prompt.confidence)),
        )
        first = (_head(), Run(fit(said, width - _LABEL), "strong"))
        return (
            first,
            (_INDENT, Run(tr("Time passes until it is known."), "dim")),
            _score(prompt, width),
        )
    on = tr("on: time stops before an event worth a guess")
    off = (("action", "predict"),)
    return (
        (_head(), Run(on), Run("   P ", "key", off), Run(tr("off"), "dim", off)),
        (_INDENT, Run(tr("right 1, certain 2 · wrong 0, certain -1 · skipped 0"), "dim")),
        _score(prompt, width),
    )


def _question(question: Question, prompt: Prompt, width: int) -> tuple[Line, ...]:
    room = width - _LABEL - 1
    facts = wrap(f"{question.facts} {question.asks}", room)
    if len(facts) > LINES - 1:
        # What is asked must be seen; what is known can be looked up in the panes.
        facts = [wrap(question.facts, room)[0], fit(question.asks, room)]
        facts[0] = fit(facts[0] + " …", room)
    lines: list[Line] = []
    for place, text in enumerate(facts):
        head = _INDENT if place else _head()
        before, asks, _ = text.partition(question.asks)
        body = (*daggered(before), Run(asks, "strong")) if asks else daggered(text)
        lines.append((head, *body))
    while len(lines) < LINES - 1:
        lines.append(())
    return (*lines, _options(question, prompt.chosen, width))


def _options(question: Question, chosen: int | None, width: int) -> Line:
    """Return the options in a row; the chosen one stands in brackets, whatever the colours."""
    runs: list[Run] = [_INDENT]
    room = width - _LABEL
    spare = room - sum(cell_len(option.words) + 5 for option in question.options)
    gap = " " * min(max(spare // len(question.options), 0), 3)
    for place, option in enumerate(question.options):
        press = (("action", f"predict_choose({place + 1})"),)
        left, right = ("[", "]") if place == chosen else (" ", " ")
        look = "strong" if place == chosen else "plain"
        runs += (
            Run(f"{left}{place + 1})", "key", press),
            Run(f" {option.words}", look, press),
            Run(right, "key"),
            Run(gap),
        )
    asked = f"{tr('how sure?')} " if chosen is not None else ""
    if asked and width - width_of(runs) > cell_len(asked):
        runs += (Run(" " * (width - width_of(runs) - cell_len(asked))), Run(asked, "accent"))
    return tuple(runs)


def _verdict(verdict: Verdict, prompt: Prompt, width: int) -> tuple[Line, ...]:
    word, look = (tr("RIGHT"), "playing") if verdict.right else (tr("WRONG"), "bad")
    word = padded(f" {word} ", _LABEL)
    points = f"  {verdict.points:+d}" if verdict.points else "  0"
    total = tr(", score {points}", points=prompt.book.points)
    room = width - _LABEL - len(points) - cell_len(total)
    first: Line = (
        Run(word, look),
        Run(fit(verdict.words, room), "strong"),
        Run(points, look),
        Run(total, "dim"),
    )
    lines: list[Line] = [first]
    refutation = verdict.refutation
    if refutation is not None:
        for text in wrap(f"{refutation.words} [{refutation.rules[0]}]", width - _LABEL - 1)[
            : LINES - 1
        ]:
            before, _, rules = text.partition("[")
            tail = (Run(f"[{rules}", "accent"),) if rules else ()
            lines.append((_INDENT, *daggered(before), *tail))
    rest: list[Line] = [(*_calibration(prompt, width), *_go_on()), ()]
    return tuple([*lines, *rest][:LINES])


_PLAY: Final = (("action", "play"),)


def _go_on() -> Line:
    return (Run("   Space ", "key", _PLAY), Run(tr("goes on"), "dim", _PLAY))


def _head() -> Run:
    return Run(padded(f" {tr('PREDICT')} ", _LABEL), "title")


def _calibration(prompt: Prompt, width: int) -> Line:
    words = tr("right when {calibration}", calibration=prompt.book.calibration())
    return (_INDENT, Run(fit(words, width - _LABEL - width_of(_go_on())), "dim"))


def _score(prompt: Prompt, width: int) -> Line:
    skipped = ""
    if prompt.book.skipped:
        skipped = f" · {tr('skipped {count}', count=prompt.book.skipped)}"
    return (_INDENT, Run(fit(prompt.book.summary() + skipped, width - _LABEL), "dim"))


class Predict(Pressable):
    """The prompt; its keys are the screen's."""

    DEFAULT_CSS: ClassVar[str] = "Predict { height: 3; background: $raised; }"

    def show(self, prompt: Prompt, width: int) -> None:
        """Draw it for a width: the widget has none of its own before it is shown."""
        self.lines = prompt_lines(prompt, width)
