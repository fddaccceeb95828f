"""The fenced blocks of a lesson, each with its own reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final, TypeVar

from lifecycle_tui.expressions import ExpressionError, parse
from lifecycle_tui.lessons.markdown import Fence
from lifecycle_tui.lessons.model import (
    Block,
    Card,
    Check,
    Condition,
    Goal,
    Hint,
    Line,
    Note,
    Option,
    Predict,
    Recap,
    Refutation,
    Solution,
    Stage,
    Statement,
)
from lifecycle_tui.lessons.reading import (
    begins,
    each,
    identifier,
    mappings,
    misconception_id,
    moved,
    rule_id,
    sentence,
    without_repeats,
)
from lifecycle_tui.lessons.templates import Template, template
from lifecycle_tui.scenario.fields import Fields, Reader, UnfitError
from lifecycle_tui.scenario.nodes import Mapping as MappingNode
from lifecycle_tui.scenario.nodes import Node, Scalar, Sequence, describe
from lifecycle_tui.scenario.problems import Place, Problems, ScenarioError, did_you_mean
from lifecycle_tui.scenario.readers import integer
from lifecycle_tui.units.text import clean, quote

T = TypeVar("T")

MOST_LINES: Final = 40
"""Commands of one block, and lines of a note or a picture."""
MOST_OPTIONS: Final = 4
"""One for each of the keys 1 to 4."""
LEVELS: Final = 3
LINE: Final = 300
"""Characters of a command, or of a line of a note."""


class BlockReader:
    """Reads blocks of one file.

    Args:
        lines: of the whole file, in which the places of expressions are found.
        problems: where problems are noted.
    """

    def __init__(self, lines: list[str], problems: Problems) -> None:
        self._lines = lines
        self.problems = problems

    def stage(self, fence: Fence) -> Block | None:
        """Read commands that the lesson runs."""
        lines = self._commands(fence)
        return None if lines is None else Stage(fence.place, lines)

    def solution(self, fence: Fence) -> Block | None:
        """Read commands that reach a check."""
        lines = self._commands(fence)
        return None if lines is None else Solution(fence.place, lines)

    def predict(self, fence: Fence) -> Block | None:
        """Read a prediction."""
        fields = self._mapping(
            fence, ("id", "ask", "options", "answer", "after", "refute", "explain", "rules")
        )
        if fields is None:
            return None
        answer = fields.read("answer", self._condition, None)
        options = self._options(fields)
        if options and answer is not None and any(option.when for option in options):
            fields.refuse("answer", "options with `when` need no answer; keep one of the two")
        elif options and answer is None and "answer" not in fields:
            for option in options:
                if option.when is None:
                    message = "say when it is right: give the prediction an answer, or each option"
                    self.problems.add(option.place, f"predict.options: {message} a `when`")
        return Predict(
            place=fence.place,
            id=fields.require("id", identifier, ""),
            ask=fields.require("ask", self._template(sentence()), Template(())),
            options=options,
            answer=answer,
            after=tuple(each(fields, "after", self._command, most=MOST_LINES)),
            refute=self._refutations(fields, options),
            explain=fields.read("explain", self._template(sentence(400)), None),
            rules=without_repeats(fields, "rules", each(fields, "rules", rule_id)),
        )

    def check(self, fence: Fence) -> Block | None:
        """Read what is to be reached."""
        fields = self._mapping(fence, ("id", "goal", "all", "forbid", "par", "refutes", "rules"))
        if fields is None:
            return None
        goals = []
        for entry in mappings(fields, "all", ("text", "expr")):
            condition = entry.require("expr", self._condition, None)
            text = entry.require("text", sentence(120), "")
            if condition is not None:
                goals.append(Goal(entry.place, text, condition))
        if "all" not in fields or (not goals and not fields.items("all")):
            fields.refuse("all", "a check has parts: - {text: what is reached, expr: …}")
        return Check(
            place=fence.place,
            id=fields.require("id", identifier, ""),
            goal=fields.require("goal", sentence(), ""),
            all=tuple(goals),
            forbid=tuple(each(fields, "forbid", self._condition)),
            par=fields.read("par", integer(1, 50), None),
            refutes=tuple(each(fields, "refutes", misconception_id)),
            rules=without_repeats(fields, "rules", each(fields, "rules", rule_id)),
        )

    def hint(self, fence: Fence) -> Block | None:
        """Read hints, from where to look to what to do."""
        nodes = self._list(fence, "hints: - where to look, - which knob, - what to do")
        if nodes is None:
            return None
        if len(nodes) > LEVELS:
            self.problems.add(nodes[LEVELS].place, f"{len(nodes)} hints; at most {LEVELS}")
        levels = [(node.place, self._read(node, sentence(), "hint")) for node in nodes]
        return Hint(fence.place, tuple((place, text) for place, text in levels if text))

    def note(self, fence: Fence) -> Block | None:
        """Read a note for whoever presents the lesson: plain text."""
        return Note(fence.place, self.picture(fence))

    def recap(self, fence: Fence) -> Block | None:
        """Read what to take along: sentences with the rules that say so."""
        nodes = self._list(fence, "facts: - {fact: A sentence., rules: [INIT-09]}")
        if nodes is None:
            return None
        facts = []
        for node in nodes:
            fields = Fields(node, self.problems, "recap", ("fact", "rules"))
            rules = without_repeats(fields, "rules", each(fields, "rules", rule_id))
            text = fields.require("fact", sentence(), "")
            if not fields.items("rules"):
                fields.refuse("rules", "a fact names the rules that say so: rules: [INIT-09]")
            facts.append(Statement(node.place, text, rules))
        return Recap(fence.place, tuple(facts))

    def card(self, fence: Fence) -> Block | None:
        """Read a reference card."""
        fields = self._mapping(fence, ("title", "text"))
        if fields is None:
            return None
        return Card(
            fence.place,
            fields.require("title", sentence(48), ""),
            fields.require("text", self._as_lines, ()),
        )

    def picture(self, fence: Fence) -> tuple[str, ...]:
        """Return the lines of a block of plain text."""
        if len(fence.lines) > MOST_LINES:
            self.problems.add(fence.place, f"{len(fence.lines)} lines; at most {MOST_LINES}")
        return tuple(clean(line.rstrip(), LINE) for line in fence.lines[:MOST_LINES])

    # Parts of blocks.

    def _as_lines(self, node: Node) -> tuple[str, ...]:
        """Read text of several lines, as a block that opens with ``|``."""
        if not isinstance(node, Scalar) or not node.text.strip():
            raise UnfitError(f"found {describe(node)}; expected text: | and lines below it")
        lines = node.text.rstrip().split("\n")
        if len(lines) > MOST_LINES:
            raise UnfitError(f"{len(lines)} lines; at most {MOST_LINES}")
        return tuple(clean(line.rstrip(), LINE) for line in lines)

    def _options(self, fields: Fields) -> tuple[Option, ...]:
        if "options" not in fields:
            fields.require("options", lambda node: node, None)
            return ()
        entries = fields.inner("options", None)
        found = []
        for key in entries.keys:
            if len(key) > 40 or not key.strip():
                entries.refuse_key(key, "the key of an option is one short word")
                continue
            node = entries.node(key)
            if isinstance(node, MappingNode):
                one = entries.inner(key, ("text", "when"))
                text = one.require("text", self._template(sentence(160)), Template(()))
                when = one.require("when", self._condition, None)
            else:
                text = entries.read(key, self._template(sentence(160)), Template(()))
                when = None
            found.append(Option(entries.where_key(key), clean(key, 40), text, when))
        if entries.keys and not 2 <= len(entries.keys) <= MOST_OPTIONS:
            fields.refuse("options", f"{len(entries.keys)} options; there are 2 to {MOST_OPTIONS}")
        return tuple(found)

    def _refutations(self, fields: Fields, options: tuple[Option, ...]) -> Mapping[str, Refutation]:
        if "refute" not in fields:
            return MappingProxyType({})
        keys = [option.key for option in options]
        entries = fields.inner("refute", None)
        found = {}
        for key in entries.keys:
            if key not in keys:
                entries.refuse_key(key, f"{quote(key)} is no option{did_you_mean(key, keys)}")
                continue
            one = entries.inner(key, ("m", "say"))
            found[key] = Refutation(
                place=entries.where_key(key),
                misconception=one.read("m", misconception_id, ""),
                say=one.require("say", self._template(sentence(400)), Template(())),
            )
        return MappingProxyType(found)

    def _commands(self, fence: Fence) -> tuple[Line, ...] | None:
        nodes = self._list(fence, "commands: - fire")
        if nodes is None:
            return None
        if len(nodes) > MOST_LINES:
            self.problems.add(
                nodes[MOST_LINES].place, f"{len(nodes)} commands; at most {MOST_LINES}"
            )
        found = [self._read(node, self._command, "command") for node in nodes[:MOST_LINES]]
        return tuple(line for line in found if line is not None)

    def _command(self, node: Node) -> Line:
        return Line(begins(self._lines, node), sentence(LINE)(node))

    def _condition(self, node: Node) -> Condition:
        place = begins(self._lines, node)
        text = sentence(2_000)(node)
        try:
            return Condition(place, parse(text))
        except ExpressionError as error:
            raise UnfitError(error.message, moved(place, error.column)) from None

    def template_reader(self, reader: Reader[str]) -> Reader[Template]:
        """Return a reader of texts with expressions in them."""
        return self._template(reader)

    def sentences(self, fence: Fence) -> list[tuple[Place, str]]:
        """Read a list of sentences, each with its place."""
        nodes = self._list(fence, "sentences") or []
        found = ((node.place, self._read(node, sentence(), "text")) for node in nodes)
        return [(place, text) for place, text in found if text is not None]

    def _template(self, reader: Reader[str]) -> Reader[Template]:
        def read(node: Node) -> Template:
            text = reader(node)
            try:
                return template(text)
            except ExpressionError as error:
                raise UnfitError(
                    error.message, moved(begins(self._lines, node), error.column)
                ) from None

        return read

    def _mapping(self, fence: Fence, keys: tuple[str, ...]) -> Fields | None:
        node = self._node(fence)
        word = fence.info.partition(" ")[2]
        if isinstance(node, MappingNode):
            return Fields(node, self.problems, word, keys)
        if node is not None:
            message = f"{word}: found {describe(node)}; expected keys such as {keys[0]}"
            self.problems.add(node.place, message)
        return None

    def _list(self, fence: Fence, expected: str) -> list[Node] | None:
        node = self._node(fence)
        if isinstance(node, Sequence) and node.items:
            return node.items
        if node is not None:
            message = f"found {describe(node)}; expected a list of {expected}"
            self.problems.add(node.place, message)
        return None

    def _node(self, fence: Fence) -> Node | None:
        try:
            return fence.node()
        except ScenarioError as error:
            for place, message in error.problems:
                self.problems.add(place, message)
            return None

    def _read(self, node: Node, reader: Reader[T], what: str) -> T | None:
        try:
            return reader(node)
        except UnfitError as misfit:
            self.problems.add(misfit.place or node.place, f"{what}: {misfit}")
            return None


READS: Final[dict[str, Callable[[BlockReader, Fence], Block | None]]] = {
    "stage": BlockReader.stage,
    "predict": BlockReader.predict,
    "check": BlockReader.check,
    "hint": BlockReader.hint,
    "note": BlockReader.note,
    "solution": BlockReader.solution,
    "recap": BlockReader.recap,
    "card": BlockReader.card,
}
WORDS: Final = (*READS, "text")
"""All kinds of blocks."""
