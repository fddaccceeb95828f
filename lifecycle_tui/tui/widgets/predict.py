"""The prompt of predictions: a question with its options, then the verdict, in three lines."""

from __future__ import annotations

from typing import ClassVar, Final

from lifecycle_tui.play.predictions.game import Prompt, Stage
from lifecycle_tui.play.predictions.model import Question, Verdict
from lifecycle_tui.tui.widgets.painted import Line, Run, width_of
from lifecycle_tui.tui.widgets.pressable import Pressable
from lifecycle_tui.tui.widgets.prose import daggered, fit, wrap

LINES: Final = 3
_LABEL: Final = " PREDICT "
_INDENT: Final = Run(" " * len(_LABEL))


def prompt_lines(prompt: Prompt, width: int) -> tuple[Line, ...]:
    """Return what there is to show, in as many lines as the prompt has."""
    question, verdict = prompt.question, prompt.verdict
    if prompt.stage is Stage.OPEN and question is not None:
        return _question(question, prompt, width)
    if prompt.stage is Stage.TOLD and verdict is not None:
        return _verdict(verdict, prompt, width)
    if prompt.stage is Stage.RUNNING and question is not None and prompt.chosen is not None:
        words = question.options[prompt.chosen].words
        said = f"{question.about}: you say “{words}” ({prompt.confidence})."
        first = (Run(_LABEL, "title"), Run(fit(said, width - len(_LABEL)), "strong"))
        return (
            first,
            (_INDENT, Run("Time passes until it is known.", "dim")),
            _score(prompt, width),
        )
    on = "on: time stops before an event worth a guess"
    off = (("action", "predict"),)
    return (
        (Run(_LABEL, "title"), Run(on), Run("   P ", "key", off), Run("off", "dim", off)),
        (_INDENT, Run("right 1, certain 2 · wrong 0, certain -1 · skipped 0", "dim")),
        _score(prompt, width),
    )


def _question(question: Question, prompt: Prompt, width: int) -> tuple[Line, ...]:
    room = width - len(_LABEL) - 1
    facts = wrap(f"{question.facts} {question.asks}", room)
    if len(facts) > LINES - 1:
        # What is asked must be seen; what is known can be looked up in the panes.
        facts = [wrap(question.facts, room)[0], fit(question.asks, room)]
        facts[0] = fit(facts[0] + " …", room)
    lines: list[Line] = []
    for place, text in enumerate(facts):
        head = _INDENT if place else Run(_LABEL, "title")
        before, asks, _ = text.partition(question.asks)
        body = (*daggered(before), Run(asks, "strong")) if asks else daggered(text)
        lines.append((head, *body))
    while len(lines) < LINES - 1:
        lines.append(())
    return (*lines, _options(question, prompt.chosen, width))


def _options(question: Question, chosen: int | None, width: int) -> Line:
    """Return the options in a row; the chosen one stands in brackets, whatever the colours."""
    runs: list[Run] = [_INDENT]
    room = width - len(_LABEL)
    spare = room - sum(len(option.words) + 5 for option in question.options)
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
    asked = "how sure? " if chosen is not None else ""
    if asked and width - width_of(runs) > len(asked):
        runs += (Run(" " * (width - width_of(runs) - len(asked))), Run(asked, "accent"))
    return tuple(runs)


def _verdict(verdict: Verdict, prompt: Prompt, width: int) -> tuple[Line, ...]:
    word, look = (" RIGHT   ", "playing") if verdict.right else (" WRONG   ", "bad")
    points = f"  {verdict.points:+d}" if verdict.points else "  0"
    total = f", score {prompt.book.points}"
    room = width - len(word) - len(points) - len(total)
    first: Line = (
        Run(word, look),
        Run(fit(verdict.words, room), "strong"),
        Run(points, look),
        Run(total, "dim"),
    )
    lines: list[Line] = [first]
    refutation = verdict.refutation
    if refutation is not None:
        for text in wrap(f"{refutation.words} [{refutation.rules[0]}]", width - len(_LABEL) - 1)[
            : LINES - 1
        ]:
            before, _, rules = text.partition("[")
            tail = (Run(f"[{rules}", "accent"),) if rules else ()
            lines.append((_INDENT, *daggered(before), *tail))
    rest: list[Line] = [(*_calibration(prompt, width), *_GO_ON), ()]
    return tuple([*lines, *rest][:LINES])


_PLAY: Final = (("action", "play"),)
_GO_ON: Final = (Run("   Space ", "key", _PLAY), Run("goes on", "dim", _PLAY))


def _calibration(prompt: Prompt, width: int) -> Line:
    words = f"right when {prompt.book.calibration()}"
    return (_INDENT, Run(fit(words, width - len(_LABEL) - width_of(_GO_ON)), "dim"))


def _score(prompt: Prompt, width: int) -> Line:
    skipped = f" · skipped {prompt.book.skipped}" if prompt.book.skipped else ""
    return (_INDENT, Run(fit(prompt.book.summary() + skipped, width - len(_LABEL)), "dim"))


class Predict(Pressable):
    """The prompt; its keys are the screen's."""

    DEFAULT_CSS: ClassVar[str] = "Predict { height: 3; background: $raised; }"

    def show(self, prompt: Prompt, width: int) -> None:
        """Draw it for a width: the widget has none of its own before it is shown."""
        self.lines = prompt_lines(prompt, width)
