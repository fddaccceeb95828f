"""A line to what it says: read by the scenario's readers, every problem with its column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, NoReturn

from lifecycle_tui.engine.plan import Command, SetConfig
from lifecycle_tui.engine.worktime import ZERO, CpuAndWait
from lifecycle_tui.language import verbs
from lifecycle_tui.language.context import Context
from lifecycle_tui.language.grammar import BY_WORD, IDLE, ONLY, UNTIL, Verb
from lifecycle_tui.language.tokens import Word, node_of, shifted, split
from lifecycle_tui.language.verbs import LONGEST_LINE, Restart, Statement
from lifecycle_tui.play.branches import name_problem
from lifecycle_tui.play.player import SPEEDS
from lifecycle_tui.scenario import readers
from lifecycle_tui.scenario.fields import Fields, UnfitError
from lifecycle_tui.scenario.functions import CPU, KEY_OF, WAIT, Given
from lifecycle_tui.scenario.nodes import Mapping, Node, Scalar, plain
from lifecycle_tui.scenario.problems import Place, Problem, Problems, ScenarioError, did_you_mean
from lifecycle_tui.scenario.timeline import COMMANDS, Team, find_function, read_entry, read_now
from lifecycle_tui.units.text import clean, quote

LINE: Final = "line"
"""Stands for the file in the places of problems."""
_START: Final = Place(LINE, 1, 1)
_MEASURED: Final = "init.measured"
"""Of ``set only``: that both init times are shares of one measured total."""
_FIELD_OF: Final = {key: field for field, key in KEY_OF.items()} | {
    "handler.cpu": "handler",
    "handler.wait": "handler",
    "handler.duration": "handler",
    _MEASURED: "init_measured",
}


def parse_line(text: str, context: Context, place: Place = _START) -> Statement:
    """Read one line.

    Args:
        text: what somebody wrote.
        context: where it is read.
        place: where its first character stands.

    Raises:
        ScenarioError: everything that is wrong with it.
    """
    if len(text) > LONGEST_LINE:
        raise ScenarioError([Problem(place, f"longer than {LONGEST_LINE:,} characters")])
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    if not first:
        raise ScenarioError([Problem(place, "an empty line; try help")])
    verb = BY_WORD.get(first)
    begin = text.index(first)
    if verb is None:
        found = f"{quote(first)} is no command{_suggestion(first)}"
        raise ScenarioError([Problem(shifted(place, begin), found)])
    if verb.rest:
        return _text(verb, text, begin + len(first), place)
    line = _Line(verb, split(text, place), context, place)
    if verb.model is Restart:
        return _restart(line)
    if not verb.command:
        return _session_verb(line)
    return _command(line)


def _suggestion(word: str) -> str:
    found = did_you_mean(word, BY_WORD)
    return found if "did you mean" in found else "; help lists them all"


class _Line:
    """The words of a line behind its verb, sorted into keys."""

    def __init__(self, verb: Verb, words: list[Word], context: Context, place: Place) -> None:
        self.verb = verb
        self.context = context
        self.start = shifted(place, words[0].column)
        self.end = shifted(place, words[-1].column + len(words[-1].text))
        """Where the line ends."""
        self._place = place
        self.words = words[1:]
        self.only = bool(self.words) and self._is_only(self.words[0])
        self.order: list[str] = []
        """The dotted names of what was written, in its order."""
        self.entries = Mapping(self.start, {}, {})
        bare = list(verb.bare)
        takes_function = any(key.name == "function" for key in verb.keys)
        for word in self.words:
            if self._is_only(word):
                continue
            if word.key:
                self._put(word.key, word)
            elif takes_function and self._is_function(word.text):
                self._put("function", word)
                takes_function = False
            elif bare:
                self._put(bare.pop(0), word)
            else:
                self._superfluous(word)

    def _is_only(self, word: Word) -> bool:
        return word.text == ONLY and self.verb.word in ("set", "restart")

    def _is_function(self, text: str) -> bool:
        """Whether a word is the name of a function and can be nothing else."""
        names = self.context.names
        return text in names and is_bare(self.verb, text)

    def _superfluous(self, word: Word) -> NoReturn:
        found = quote(word.text)
        keys = [key.name for key in self.verb.keys]
        if "function" in keys and not self.verb.bare:
            names = self.context.names
            hint = did_you_mean(word.text, [*(f"{key}=" for key in keys), *names])
            self.refuse(word, f"{found} is neither key=value nor a function{hint}")
        takes = f"it is written {self.verb.usage}" if keys else "it takes nothing"
        self.refuse(word, f"{found} is too much for {self.verb.word}; {takes}")

    def place_of(self, word: Word) -> Place:
        """Return where a word stands."""
        return shifted(self._place, word.column)

    def refuse(self, word: Word, message: str) -> NoReturn:
        """Raise a problem with a word."""
        raise ScenarioError([Problem(self.place_of(word), message)])

    def _put(self, name: str, word: Word) -> None:
        place = shifted(self._place, word.value_column)
        if word.key and not word.value:
            self.refuse(word, f"{name}= has no value")
        node = node_of(word.value, place)
        mapping, path = self.entries, name.split(".")
        for outer in path[:-1]:
            inner = mapping.entries.get(outer)
            if not isinstance(inner, Mapping):
                if outer in mapping.entries:
                    self.refuse(word, f"{outer} is written twice")
                inner = mapping.entries[outer] = Mapping(place, {}, {})
                mapping.keys[outer] = self.place_of(word)
            mapping = inner
        if path[-1] in mapping.entries:
            self.refuse(word, f"{name} is written twice")
        mapping.entries[path[-1]] = node
        mapping.keys[path[-1]] = self.place_of(word)
        inside = list(node.entries) if isinstance(node, Mapping) else []
        self.order += [f"{name}.{key}" for key in inside if name in _NESTING] or [name]

    def take(self, name: str) -> Node | None:
        """Take one key away, and return its value."""
        self.entries.keys.pop(name, None)
        return self.entries.entries.pop(name, None)

    def fields(self, keys: tuple[str, ...]) -> Fields:
        """Return the keys for reading."""
        self.problems = Problems()
        return Fields(self.entries, self.problems, self.verb.word, keys)

    def node(self) -> Mapping:
        """Return the line as an entry of a timeline."""
        command = self.verb.command or "set"
        entries, context = self.entries.entries, self.context
        names = context.names
        if "function" in COMMANDS[command] and "function" not in entries and len(names) > 1:
            sources = {source.name: source.function for source in context.plan.sources}
            by = readers.node_text(entries["source"]) if "source" in entries else ""
            if context.focus is not None and by not in sources:
                entries["function"] = Scalar(self.start, names[context.focus], names[context.focus])
                self.entries.keys["function"] = self.start
        return Mapping(self.start, {command: self.entries}, {command: self.start})


_NESTING: Final = frozenset({"init", "restore", "handler"})


def is_bare(verb: Verb, name: str) -> bool:
    """Whether the name of a function may stand in a line without its key.

    It may not where it could be another value: a number, an environment, a word of the language.
    """
    if not name[0].isalpha() or name == ONLY:
        return False
    others = {word for key in verb.keys if key.name in verb.bare for word in key.words}
    return name not in others and (not verb.bare or name not in _LITERALS)


_LITERALS: Final = frozenset({"true", "false", "null", "True", "False", "Null", "TRUE", "FALSE"})


def _command(line: _Line) -> Command:
    problems = Problems()
    context, at_us = line.context, line.context.at_us
    team = context.team(line.start)
    if context.exact or line.only:
        measured = _measured(line)
        if measured is not None and not set(line.entries.entries) - {"function"}:
            return SetConfig(
                at_us=at_us,
                function=_function(line, team),
                changes=(("init_measured", measured),),
            )
        entry = read_entry(line.node(), at_us, team, problems)
        problems.check()
        assert entry is not None
        if entry.given is None:
            assert entry.command is not None
            return entry.command
        changes = _exactly(line, entry.given, measured)
        return SetConfig(at_us=at_us, function=entry.function, changes=changes)
    command = read_now(line.node(), at_us, team, problems)
    problems.check()
    assert command is not None
    if isinstance(command, SetConfig):
        return replace(command, changes=_as_written(line, command.changes))
    return command


def _function(line: _Line, team: Team) -> int:
    """Return the function that a line names or means."""
    problems = Problems()
    line.node()
    found = find_function(Fields(line.entries, problems, line.verb.word, None), team)
    problems.check()
    assert found is not None
    return found


def _measured(line: _Line) -> bool | None:
    """Take ``init.measured`` away, which no scenario file has."""
    inner = line.entries.entries.get("init")
    if not line.only or not isinstance(inner, Mapping) or "measured" not in inner.entries:
        return None
    node = inner.entries.pop("measured")
    inner.keys.pop("measured")
    if not inner.entries:
        line.take("init")
    try:
        return readers.boolean(node)
    except UnfitError as misfit:
        raise ScenarioError([Problem(node.place, f"set.{_MEASURED}: {misfit}")]) from None


def _exactly(line: _Line, given: Given, measured: bool | None) -> tuple[tuple[str, object], ...]:
    """Return what was written as fields of FunctionPlan, and nothing else."""
    values: dict[str, Any] = {name: value for name, (value, _) in given.items()}
    if values.keys() & {CPU, WAIT}:
        values["handler"] = CpuAndWait(values.pop(CPU, ZERO), values.pop(WAIT, ZERO))
    if measured is not None:
        values["init_measured"] = measured
    return _as_written(line, tuple(values.items()))


def _as_written(
    line: _Line, changes: tuple[tuple[str, object], ...]
) -> tuple[tuple[str, object], ...]:
    """Return changes in the order of the line; what follows from them comes last."""
    rank = {_FIELD_OF.get(name, _outer(name)): place for place, name in enumerate(line.order)}
    last = len(rank)
    return tuple(sorted(changes, key=lambda change: rank.get(change[0], last)))


def _outer(name: str) -> str:
    return _FIELD_OF.get(name.partition(".")[0], name)


def _restart(line: _Line) -> Restart:
    start = line.context.from_the_start()
    line.context = start
    steps, named = line.take("steps"), line.take("as")
    line.order = [name for name in line.order if name not in ("steps", "as")]
    keep = steps is None or _read(readers.word(("keep", "drop")), steps, "steps") == "keep"
    name = None if named is None else _read(_fork_name, named, "as")
    if not set(line.entries.entries) - {"function"}:
        if "function" in line.entries.entries:
            line.refuse(line.words[0], "restart: nothing to set of that function")
        return Restart(keep=keep, name=name)
    line.verb = replace(BY_WORD["set"])
    command = _command(line)
    assert isinstance(command, SetConfig)
    return Restart(command.function, command.changes, keep, name)


def _read(reader: Callable[[Node], Any], node: Node, name: str) -> Any:
    try:
        return reader(node)
    except UnfitError as misfit:
        raise ScenarioError([Problem(misfit.place or node.place, f"{name}: {misfit}")]) from None


def _fork_name(node: Node) -> str:
    text = readers.node_text(node)
    problem = name_problem(text, ())
    if problem:
        raise UnfitError(problem)
    return text


def _speed(node: Node) -> float:
    return readers.number(SPEEDS[0], SPEEDS[-1])(node)


def _verb_named(node: Node) -> str:
    return readers.word(BY_WORD)(node)


_event: Final = readers.integer(1, 1_000_000_000)
_READS: Final[dict[str, tuple[Callable[[Node], Any], Any]]] = {
    "seek": (readers.duration, 0),
    "speed": (_speed, 1.0),
    "rules": (readers.date, ""),
    "why": (_event, None),
    "help": (_verb_named, ""),
}
"""By verb, how its one value is read, and what stands for it where there is none."""


def _session_verb(line: _Line) -> Statement:
    verb = line.verb
    fields = line.fields(tuple(key.name for key in verb.keys))
    statement: Statement
    if not verb.keys:
        statement = verb.model()
    else:
        ((key,), (reader, default)) = (verb.keys, _READS[verb.word])
        if not verb.optional and key.name not in fields:
            missing = f"{verb.word}: {key.value} is missing, as in: {verb.examples[0]}"
            raise ScenarioError([Problem(line.end, missing)])
        statement = verb.model(fields.read(key.name, reader, default))
    line.problems.check()
    return statement


def _text(verb: Verb, text: str, end: int, place: Place) -> Statement:
    """Read a verb whose argument is the whole rest of the line, from a column on."""
    rest = text[end:].strip()
    where = shifted(place, text.index(rest, end) if rest else end)
    if not rest and not verb.optional:
        missing = f"{verb.word}: {verb.rest} is missing, as in: {verb.examples[0]}"
        raise ScenarioError([Problem(where, missing)])
    if verb.word == "wait":
        return _wait(rest, where)
    model: type[Any] = verb.model
    if not rest:
        empty: Statement = model()
        return empty
    _check_name(verb, rest, where)
    found: Statement = model(clean(rest, LONGEST_LINE))
    return found


def _check_name(verb: Verb, name: str, where: Place) -> None:
    problem = ""
    if verb.model in (verbs.Fork, verbs.Switch, verbs.Rename, verbs.Delete):
        problem = name_problem(name, ())
    elif verb.model is verbs.Mark and len(name) > LONGEST_MARK:
        problem = f"a bookmark's name has {LONGEST_MARK} characters at most; this has {len(name)}"
    if problem:
        raise ScenarioError([Problem(where, f"{verb.word}: {problem}")])


LONGEST_MARK: Final = 16
"""Characters of a bookmark's name, at most."""


def _wait(rest: str, place: Place) -> Statement:
    first, _, expression = rest.partition(" ")
    if first != UNTIL:
        return verbs.Wait(_read(readers.duration, plain(rest, place), "wait"))
    at = rest.index(UNTIL) + len(UNTIL)
    expression = expression.strip()
    if not expression:
        message = "wait until: what? idle, or an expression such as count(inv) == 3"
        raise ScenarioError([Problem(shifted(place, at), message)])
    if expression == IDLE:
        return verbs.WaitUntilIdle()
    _check_expression(expression, shifted(place, rest.index(expression, at)))
    return verbs.WaitUntil(expression)


def _check_expression(text: str, place: Place) -> None:
    """Raise what is wrong with an expression over a run, each at its column."""
    from lifecycle_tui.expressions import ExpressionError, parse, problems
    from lifecycle_tui.readings.tables import SCHEMA

    try:
        found = problems(parse(text), SCHEMA)
    except ExpressionError as error:
        found = [error]
    if found:
        raise ScenarioError(
            Problem(shifted(place, one.column - 1), f"wait until: {one.message}") for one in found
        )
