"""Lint: links, citations of rules and words of the glossary in a lesson's prose.

``[INIT-09]`` cites a rule. ``*freeze*`` is a word of the glossary at its first use.
``[beat](#see)`` leads to a beat, ``[lesson](04-two-at-once.md)`` to a file of the folder, and
everything else is an address that begins with https://.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.lessons.limits import shown
from lifecycle_tui.lessons.model import Lesson, Prose, Recap
from lifecycle_tui.lessons.pack import Pack
from lifecycle_tui.scenario.problems import Place, Problem, did_you_mean
from lifecycle_tui.units.text import quote

_CODE: Final = re.compile(r"`[^`]*`")
_LINK: Final = re.compile(r"!?\[([^\]]*)\]\(([^)]*)\)")
LETTERS: Final = "abcd"
"""What the options of a prediction are called on paper."""

_CITED: Final = re.compile(r"\[([A-Z]{2,}-[A-Za-z0-9-]+)\](?!\()")
_CITED_AFTER: Final = re.compile(r"(\s*)" + _CITED.pattern)
_TERM: Final = re.compile(r"(?<![*\w])\*(?![*\s])([^*]+?)\*(?![*\w])")


def with_daggers(text: str) -> str:
    """Return prose with a † at each rule that it cites and that is assumed."""

    def marked(match: re.Match[str]) -> str:
        rule = RULES.get(match[1])
        return f"[{match[1]} †]" if rule is not None and rule.assumed else match[0]

    return _CITED.sub(marked, text)


def without_rules(text: str) -> str:
    """Return prose without the rules that it cites; a † stays where one of them is assumed."""

    def marked(match: re.Match[str]) -> str:
        rule = RULES.get(match[2])
        return f"{match[1] and ' '}†" if rule is not None and rule.assumed else ""

    return _CITED_AFTER.sub(marked, text)


def cited(text: str) -> tuple[str, ...]:
    """Return the rules that prose cites, in its order."""
    return tuple(match[1] for match in _CITED.finditer(text))


def misworded(lesson: Lesson, pack: Pack) -> Iterator[Problem]:
    """Yield links that lead nowhere, rules that do not exist, and words nobody explains."""
    for prose in _prose(lesson):
        text = _CODE.sub("", prose.text)
        yield from _links(lesson, prose.place, text)
        for match in _CITED.finditer(text):
            if match[1] not in RULES:
                hint = did_you_mean(match[1], RULES)
                hint = hint if "did you mean" in hint else ""
                yield Problem(prose.place, f"there is no rule {quote(match[1])}{hint}")
        for match in _TERM.finditer(text):
            if pack.glossary.find(match[1]) is None:
                near = pack.glossary.near(match[1])
                hint = f"; did you mean {quote(near)}?" if near else "; write ** for weight"
                message = f"*{match[1]}* is no word of the glossary{hint}"
                yield Problem(prose.place, message)
    yield from _terms(lesson, pack)


def _prose(lesson: Lesson) -> Iterator[Prose]:
    yield from lesson.intro
    for _, block in lesson.blocks():
        if isinstance(block, Prose):
            yield block
        elif isinstance(block, Recap):
            for fact in block.facts:
                yield Prose(fact.place, fact.text, "")


def _said(lesson: Lesson) -> Iterator[str]:
    """Yield all that a learner reads."""
    for prose in _prose(lesson):
        yield shown(prose.text)
    for predict in lesson.predictions:
        yield predict.ask.plain
        yield from (option.text.plain for option in predict.options)
        yield from (each.say.plain for each in predict.refute.values())
        if predict.explain is not None:
            yield predict.explain.plain
    for check in lesson.checks:
        yield check.goal


def _links(lesson: Lesson, place: Place, text: str) -> Iterator[Problem]:
    for match in _LINK.finditer(text):
        words, target = match[1], match[2].strip()
        if match[0].startswith("!"):
            yield Problem(place, "a picture; a terminal shows none, so use ```text")
        elif not words.strip() or not target:
            yield Problem(place, f"a link without words or target: {quote(match[0])}")
        elif target.startswith("#"):
            beats = [beat.id for beat in lesson.beats]
            if target[1:] not in beats:
                hint = did_you_mean(target[1:], beats)
                yield Problem(place, f"there is no beat {quote(target)}{hint}")
        elif "://" in target:
            if not target.startswith("https://") or not target[8:].split("/")[0]:
                yield Problem(place, f"{quote(target)}: an address begins with https://")
        else:
            yield from _file(lesson, place, target)


def _file(lesson: Lesson, place: Place, target: str) -> Iterator[Problem]:
    folder = Path(lesson.file).parent
    name = target.partition("#")[0]
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        files = sorted(each.name for each in folder.glob("*.md"))
        yield Problem(place, f"there is no file {quote(name)}{did_you_mean(name, files)}")


def _terms(lesson: Lesson, pack: Pack) -> Iterator[Problem]:
    """Yield words that the front matter brings and that are unknown, or do not occur."""
    place = lesson.where("terms")
    said = " ".join(_said(lesson)).lower()
    for word in lesson.terms:
        term = pack.glossary.find(word)
        if term is None:
            near = pack.glossary.near(word)
            hint = f"; did you mean {quote(near)}?" if near else ""
            yield Problem(place, f"terms: {quote(word)} is no word of the glossary{hint}")
        elif not any(each.lower() in said for each in (term.term, *term.also)):
            yield Problem(place, f"terms: {quote(word)} does not occur in the lesson")
