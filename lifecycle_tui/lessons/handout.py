"""A lesson on paper: plain Markdown, or one HTML page without anything from outside.

Predictions are asked without their answers, which stand at the end with what is said about the
wrong ones. Checks become exercises. What is for the screen alone, or for whoever presents, is left
out.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import Final

from lifecycle_tui.expressions import Value
from lifecycle_tui.lessons.model import (
    Block,
    Card,
    Check,
    Hint,
    Lesson,
    Picture,
    Predict,
    Prose,
    Recap,
    Solution,
    Stage,
)
from lifecycle_tui.lessons.pack import load_plan
from lifecycle_tui.lessons.staging import Staged, right_options
from lifecycle_tui.lessons.wording import LETTERS, with_daggers

_BETTER: Final = (
    ("<h2>Answers</h2>", '<h2 id="answers">Answers</h2>'),
    ("<li>[ ] ", '<li class="goal">'),
)
"""What paper has and Markdown has not: answers on a page of their own, and boxes to tick."""
_PAGE: Final = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>{title}</title>
<style>
body {{ max-width: 42em; margin: 2em auto; padding: 0 1em; color: #000; background: #fff;
  font: 16px/1.5 system-ui, "Liberation Sans", Arial, sans-serif; }}
code, pre {{ font-family: ui-monospace, "Liberation Mono", monospace; font-size: 0.9em; }}
pre {{ padding: 0.5em 0.8em; border: 1px solid #000; white-space: pre-wrap;
  overflow-wrap: anywhere; }}
li.goal {{ list-style: "\\2610  "; }}
@page {{ margin: 15mm; }}
@media print {{
  body {{ max-width: none; margin: 0; padding: 0; font-size: 10.5pt; line-height: 1.4; }}
  h1, h2 {{ break-after: avoid; }}
  pre, ul {{ break-inside: avoid; }}
  p {{ orphans: 3; widows: 3; }}
  p:has(+ ul), p:has(+ pre) {{ break-after: avoid; }}
  h2#answers {{ break-before: page; }}
}}
</style>
</head>
<body>
{body}</body>
</html>
"""


def _cited(rules: tuple[str, ...]) -> str:
    """Return rules as they are cited, each that is assumed with its †."""
    return " ".join(with_daggers(f"[{rule}]") for rule in rules)


class _Answer:
    """A prediction as the run answered it."""

    def __init__(self, predict: Predict, names: Mapping[str, Value]) -> None:
        keys = [option.key for option in predict.options]
        right = right_options(predict, names)
        self.letters = ", ".join(LETTERS[keys.index(key)] for key in right)
        self.explain = "" if predict.explain is None else predict.explain.fill(names)
        self.refuted = [
            (LETTERS[keys.index(key)], each.say.fill(names))
            for key, each in predict.refute.items()
            if key not in right
        ]
        self.rules = predict.rules


def handout(lesson: Lesson, seed: int | None = None) -> str:
    """Return a lesson as Markdown.

    Args:
        lesson: as it was read.
        seed: instead of the lesson's own.

    Raises:
        ScenarioError: its scenario is wrong.
        RefusedError: one of its commands cannot be carried out.
        ExpressionError: an expression has no answer.
    """
    return "\n".join(_Handout(lesson, seed).lines()) + "\n"


def handout_html(lesson: Lesson, seed: int | None = None) -> str:
    """Return a lesson as one HTML page; it fetches nothing, pictures neither.

    Raises:
        ScenarioError, RefusedError, ExpressionError: as ``handout``.
    """
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).disable("image")
    body = reader.render(handout(lesson, seed))
    for plain, better in _BETTER:
        body = body.replace(plain, better)
    return _PAGE.format(title=html.escape(lesson.title), body=body)


class _Handout:
    def __init__(self, lesson: Lesson, seed: int | None) -> None:
        self._lesson = lesson
        self._staged = Staged(load_plan(lesson, seed=seed))
        self._answers: list[_Answer] = []
        self._solutions: list[tuple[int, Solution]] = []
        self._exercises = 0

    def lines(self) -> Iterator[str]:
        lesson = self._lesson
        yield f"# {lesson.title}"
        yield ""
        yield f"{lesson.minutes} minutes. Afterwards you can"
        yield ""
        yield from (f"- {text}" for text in lesson.objectives)
        for prose in lesson.intro:
            yield from ("", f"{prose.mark}{with_daggers(prose.text)}")
        for beat in lesson.beats:
            yield from ("", f"## {beat.title}")
            after_item = False
            for block in beat.blocks:
                shown = list(self._block(block))
                is_item = isinstance(block, Prose) and bool(block.mark)
                if shown and not (is_item and after_item):
                    yield ""
                yield from shown
                after_item = is_item
        yield from self._key()

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Prose(text=text, mark=mark):
                yield f"{mark}{with_daggers(text)}"
            case Picture(lines=lines):
                yield from ("```", *lines, "```")
            case Stage(lines=lines):
                self._staged.run(lines)
                yield from ("```", *(line.text for line in lines), "```")
            case Predict():
                yield from self._predict(block)
            case Check():
                yield from self._check(block)
            case Solution(lines=lines):
                self._staged.run(lines)
                self._solutions.append((self._exercises, block))
            case Recap(facts=facts):
                for fact in facts:
                    yield f"- {fact.text} {_cited(fact.rules)}"
            case Card(title=title, lines=lines):
                yield from (f"**{title}**", "", "```", *lines, "```")
            case Hint(levels=levels):
                for _, text in levels[:1]:
                    yield f"Hint: {text}"
            case _:
                return

    def _predict(self, predict: Predict) -> Iterator[str]:
        names = self._staged.names
        yield f"**Prediction {len(self._answers) + 1}.** {predict.ask.fill(names)}"
        yield ""
        for letter, option in zip(LETTERS, predict.options, strict=False):
            yield f"- {letter}) {option.text.fill(names)}"
        self._staged.run(predict.after)
        self._answers.append(_Answer(predict, self._staged.names))

    def _check(self, check: Check) -> Iterator[str]:
        self._exercises += 1
        yield f"**Exercise {self._exercises}.** {check.goal}"
        yield ""
        yield from (f"- [ ] {goal.text}" for goal in check.all)

    def _key(self) -> Iterator[str]:
        """Yield the answers."""
        if self._answers:
            yield from ("", "## Answers")
        for number, answer in enumerate(self._answers, start=1):
            rules = f" {_cited(answer.rules)}" if answer.rules else ""
            explain = f" {answer.explain}" if answer.explain else ""
            yield from ("", f"**Prediction {number}: {answer.letters}.**{explain}{rules}")
            if answer.refuted:
                yield ""
            yield from (f"- Not {letter}: {said}" for letter, said in answer.refuted)
        for number, solution in self._solutions:
            yield from ("", f"**Exercise {number}**", "", "```")
            yield from (line.text for line in solution.lines)
            yield "```"
