"""What the lesson's panel says: blocks of lines, and how they are laid out in pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from rich.cells import cell_len

from lifecycle_tui.lessons.model import Card, Check, Picture, Predict, Prose, Recap
from lifecycle_tui.lessons.playing.asking import Asked, Told
from lifecycle_tui.lessons.playing.run import LessonRun, Phase
from lifecycle_tui.lessons.playing.steps import Level, Step
from lifecycle_tui.lessons.playing.words import (
    RIGHT,
    SKIPPED,
    WRONG,
    reached_words,
    score_words,
    verdict_words,
)
from lifecycle_tui.lessons.wording import with_daggers
from lifecycle_tui.tui.learning.marked import lines_of, runs_of
from lifecycle_tui.tui.widgets.painted import Line, Run
from lifecycle_tui.tui.widgets.prose import fit, padded
from lifecycle_tui.units.translation import tr, tr_many

Block = tuple[Line, ...]
"""Lines that stay together."""

_CHOOSE: Final = (("a", "guess"), ("b", "think"), ("c", "certain"))
_VERDICTS: Final = {RIGHT: "playing", WRONG: "bad", SKIPPED: "dim"}
_NEXT: Final = (("action", "lesson_next"),)


def blocks_of(run: LessonRun, width: int, *, after: str = "") -> tuple[Block, ...]:
    """Return what the panel says of the step that is looked at.

    Args:
        run: the lesson.
        width: cells of a line.
        after: what "next" leads to after the last step.
    """
    teller = _Teller(run, width, after=after)
    return tuple(block for block in teller.blocks() if block)


class _Teller:
    def __init__(self, run: LessonRun, width: int, *, after: str) -> None:
        self._run = run
        self._width = width
        self._after = after

    def blocks(self) -> Iterator[Block]:
        run, step = self._run, self._run.seen
        if run.looks_back:
            yield from self._said(step)
            yield from self._done(step, run.looking)
            return
        match run.phase:
            case Phase.READ:
                yield from self._said(step)
                yield _keyed("n", tr("shows it"), "lesson_next")
            case Phase.WATCH:
                yield from self._watched(step)
            case Phase.ASKED:
                if not step.shows:
                    yield from self._said(step)
                if run.asked is not None:
                    yield self._question(run.asked)
                yield self._hints()
            case Phase.GOAL:
                if not step.shows:
                    yield from self._said(step)
                yield self._goal(step)
                yield self._hints()
            case Phase.OVER:
                yield from self._over()
            case _:
                yield from self._said(step) if run.phase is Phase.SHOW else ()
                yield from self._done(step, run.at)
                if run.phase is Phase.SHOW and step.shows:
                    yield _keyed("n", "goes on", "lesson_next")

    def _over(self) -> Iterator[Block]:
        told = self._run.told.values()
        if told:
            right = sum(each.is_right for each in told)
            yield self._text(score_words(right, len(told)), "strong")
        yield _keyed("n", self._after, "lesson_next")

    def _done(self, step: Step, place: int) -> Iterator[Block]:
        """Yield what became of a step."""
        does = step.does
        told = self._run.told.get(place)
        if isinstance(does, Predict) and told is not None:
            yield from self._verdict(told)
        elif isinstance(does, Check):
            yield self._reached(does, place)
        elif isinstance(does, Recap):
            yield from self._recap(does)
        elif isinstance(does, Card):
            yield self._card(does)

    def _text(self, text: str, look: str = "plain", head: str = "") -> Block:
        lines = lines_of(text, self._width, head)
        return _with_look(lines, look) if look != "plain" else lines

    def _said(self, step: Step) -> Iterator[Block]:
        """Yield the prose; items of a list stand together."""
        items: Block = ()
        for part in step.says:
            if isinstance(part, Prose) and part.mark:
                items += self._text(part.text, head=part.mark)
                continue
            if items:
                yield items
                items = ()
            if isinstance(part, Picture):
                yield tuple((Run(line),) for line in part.lines)
            else:
                yield self._text(part.text)
        yield items

    def _watched(self, step: Step) -> Iterator[Block]:
        run = self._run
        does = step.does
        if isinstance(does, Predict) and run.asked is not None:
            yield self._text(run.asked.ask, "strong")
            if run.chosen is not None:
                yield self._text(tr("You say: {answer}.", answer=run.asked.options[run.chosen]))
        else:
            yield from self._said(step)
        if run.line:
            leads = tr("skips to where it leads")
            skips = (Run("   n ", "key", _NEXT), Run(leads, "dim", _NEXT))
            yield ((Run("> ", "accent"), Run(tr("time passes"), "strong"), *skips),)

    def _question(self, asked: Asked) -> Block:
        chosen = self._run.chosen
        lines = [*self._text(asked.ask, "strong")]
        for place, words in enumerate(asked.options):
            press = (("action", f"predict_choose({place + 1})"),)
            here = place == chosen
            left, right = ("[", "]") if here else (" ", " ")
            head = Run(f"{left}{place + 1}) ", "key", press)
            rows = lines_of(words, self._width - 5)
            for number, row in enumerate(rows):
                body = tuple(Run(r.text, "strong" if here else r.look, press) for r in row)
                end = (Run(right, "key"),) if number == len(rows) - 1 else ()
                lines.append((head if not number else Run("    "), *body, *end))
        lines.append(_sure() if chosen is not None else _choose(len(asked.options)))
        return tuple(lines)

    def _verdict(self, told: Told) -> Iterator[Block]:
        yield self._text(told.asked.ask, "dim")
        word, words = verdict_words(told)
        look, word = _VERDICTS[word], tr(word)
        rows = lines_of(words, self._width, " " * (cell_len(word) + 2))
        yield (
            (Run(f"{word}  ", look), *rows[0][1:]),
            *rows[1:],
            *(self._text(told.say) if told.say else ()),
        )
        rules = " ".join(f"[{rule}]" for rule in told.rules)
        yield self._text(f"{told.explain} {rules}")

    def _goal(self, step: Step) -> Block:
        run, check = self._run, step.does
        assert isinstance(check, Check)
        lines = [*_headed(tr("GOAL"), check.goal, self._width)]
        if run.level is not Level.GOAL:
            for goal, met in zip(check.all, run.ticks, strict=True):
                lines += self._tick(goal.text, met=met)
        for text in run.broken:
            lines += self._text(tr("but not with {text}", text=text), "bad")
        shown, most = len(run.hints_shown), len(run.step.hints)
        hint = () if shown == most else (Run("   "), *_hint_key(shown, most))
        lines.append((*_moves(run.goal_moves, run.par), *hint))
        return tuple(lines)

    def _tick(self, text: str, *, met: bool) -> Block:
        rows = lines_of(text, self._width, "[x] " if met else "[ ] ")
        first, *rest = rows
        return ((Run(first[0].text, "playing" if met else "dim"), *first[1:]), *rest)

    def _reached(self, check: Check, place: int) -> Block:
        reached = self._run.reached.get(place)
        lines = [*_headed(tr("GOAL"), check.goal, self._width)]
        if reached is None:
            return (*lines, (Run(tr("passed over"), "dim"),))
        for goal in check.all:
            lines += self._tick(goal.text, met=True)
        par = check.par or self._run.steps[place].lesson.par
        words = reached_words(reached, par)
        return (
            *lines,
            (Run(words, "strong"), Run("   n ", "key", _NEXT), Run(tr("goes on"), "dim")),
        )

    def _hints(self) -> Block:
        run = self._run
        shown, most = run.hints_shown, len(run.step.hints)
        lines: list[Line] = []
        for number, text in enumerate(shown, start=1):
            lines += self._text(text, head=f"{tr('hint {number}', number=number)}  ")
        if run.phase is Phase.ASKED and len(shown) < most:
            lines.append(_hint_key(len(shown), most))
        return tuple(lines)

    def _recap(self, recap: Recap) -> Iterator[Block]:
        for fact in recap.facts:
            rules = with_daggers(" ".join(f"[{rule}]" for rule in fact.rules))
            yield self._text(f"{fact.text} {rules.replace(' †', '')}", head="- ")

    def _card(self, card: Card) -> Block:
        title = (Run(card.title, "title"),)
        return (title, *((Run(line),) for line in card.lines))


def _with_look(lines: Iterable[Line], look: str) -> Block:
    """Return plain text in another look."""
    return tuple(
        tuple(run._replace(look=look) if run.look == "plain" else run for run in line)
        for line in lines
    )


def _headed(word: str, text: str, width: int) -> Block:
    """Return a text after a word in capitals."""
    first, *rest = _with_look(lines_of(text, width, " " * (cell_len(word) + 2)), "strong")
    return ((Run(f"{word}  ", "title"), *first[1:]), *rest)


def _keyed(key: str, words: str, action: str) -> Block:
    press = (("action", action),)
    return ((Run(f"{key} ", "key", press), Run(words, "dim", press)),)


def _hint_key(shown: int, most: int) -> Line:
    press = (("action", "hint"),)
    words = tr("hint {number} of {most}", number=shown + 1, most=most)
    return (Run("h ", "key", press), Run(words, "dim", press))


def _choose(options: int) -> Line:
    press = (("action", "predict_skip"),)
    return (
        Run(f"1-{options} ", "key"), Run(f"{tr('choose')}    ", "dim"),
        Run("Esc ", "key", press), Run(tr("skips"), "dim", press),
    )  # fmt: skip


def _sure() -> Line:
    runs = [Run(tr("How sure?"), "accent")]
    for key, word in _CHOOSE:
        press = (("action", f"predict_sure('{word}')"),)
        runs += (Run(f"   {key} ", "key", press), Run(tr(word), "plain", press))
    return tuple(runs)


def _moves(moves: int, par: int | None) -> Line:
    words = tr_many("{count:,} move", "{count:,} moves", moves)
    return (Run(words, "dim"), Run(f"   {tr('par {count}', count=par)}" if par else "", "dim"))


def pages_of(
    blocks: tuple[Block, ...], height: int, turn: str = "reads on", *, keeps: bool = False
) -> tuple[tuple[Line, ...], ...]:
    """Lay blocks out in pages, a blank line between two; what is too long for one is cut.

    Args:
        blocks: the text.
        height: lines of a page.
        turn: what the last line of all pages but the last says of the key that turns them.
        keeps: whether the last page has also what fits of the page before: a question or a goal
            keeps the text that leads to it in sight.
    """
    room = max(height - 1, 1)
    most: list[tuple[Line, ...]] = []
    rest = list(blocks)
    while len(_joined(rest)) > height:
        page, rest = _first_page(rest, room)
        most.append(page)
    last = _joined(_last_of(blocks, height) if keeps and most else rest)
    turning = (Run("n ", "key", _NEXT), Run(turn, "dim", _NEXT))
    filled = ((*each, *((),) * (room - len(each)), turning) for each in most)
    return (*filled, last or _joined(rest))


def _first_page(blocks: list[Block], room: int) -> tuple[tuple[Line, ...], list[Block]]:
    """Return a page of as many blocks as there is room for, and the others."""
    first = blocks[0]
    if len(first) > room:
        return first[:room], [first[room:], *blocks[1:]]
    most = 1
    while most < len(blocks) and len(_joined(blocks[: most + 1])) <= room:
        most += 1
    return _joined(blocks[:most]), blocks[most:]


def _last_of(blocks: Sequence[Block], height: int) -> Sequence[Block]:
    """Return as many of the last blocks as fit."""
    places = range(len(blocks) + 1)
    return blocks[next(n for n in places if len(_joined(blocks[n:])) <= height) :]


def _joined(blocks: Sequence[Block]) -> tuple[Line, ...]:
    lines: list[Line] = []
    for block in blocks:
        lines += ([()] if lines else []) + list(block)
    return tuple(lines)


def turn_words(run: LessonRun, width: int) -> str:
    """Return what comes on the next page: a question is read before it is reached."""
    if run.phase is Phase.ASKED and run.asked is not None and not run.looks_back:
        return fit(tr("to the question: {ask}", ask=_plain(run.asked.ask)), width - 2)
    return tr("reads on")


def goal_line(run: LessonRun, width: int, *, after: str = "") -> Line:
    """Return the goal in one line, and which of its parts are reached; else what it is all for.

    Args:
        run: the lesson.
        width: cells of the line.
        after: what "next" leads to after the last step; said where that has been played.
    """
    if after and run.at == len(run.steps) - 1 and run.phase in (Phase.SHOW, Phase.TOLD):
        return (Run(" n     ", "key", _NEXT), Run(fit(after, width - 8), "strong", _NEXT))
    ticks = ""
    has_goal = isinstance(run.step.does, Check)
    if run.phase in (Phase.GOAL, Phase.REACHED) and run.level is not Level.GOAL:
        ticks = " " + "".join("[x]" if met else "[ ]" for met in run.ticks)
    head = f" {padded(tr('GOAL') if has_goal else tr('AIM'), 5)} "
    room = width - cell_len(head) - len(ticks) - 1
    body = fit(_plain(run.goal), room)
    return (
        Run(head, "title"),
        Run(body, "strong" if has_goal else "dim"),
        Run(" " * max(room - cell_len(body), 0)),
        Run(ticks, "playing" if "[ ]" not in ticks else "dim"),
    )


def _plain(text: str) -> str:
    """Return a text without its marks."""
    return "".join(run.text for run in runs_of(text))
