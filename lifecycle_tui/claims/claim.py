"""What is claimed, under which condition; and what the condition can name before anything runs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from lifecycle_tui.claims.candidate import Base, Candidate, slow_us
from lifecycle_tui.engine.plan import FunctionPlan
from lifecycle_tui.expressions import (
    Expression,
    ExpressionError,
    Row,
    Shape,
    Table,
    Value,
    parse,
    problems,
)
from lifecycle_tui.expressions.checking import AmbiguousNameError
from lifecycle_tui.expressions.expression import conjuncts
from lifecycle_tui.expressions.values import UNKNOWN
from lifecycle_tui.readings.tables import SCHEMA
from lifecycle_tui.readings.tables.fields import Field, Info, ms
from lifecycle_tui.readings.tables.settings import CFG, configuration_row


class SentRow(NamedTuple):
    """An event that is going to be sent."""

    event: int
    t_us: int
    gap_us: int | None
    duration_us: int
    outcome: str
    source: str
    deployed: bool


SENT: Final = Info[SentRow](
    "sent",
    "one row for each event that is sent, before anything is known of what becomes of it",
    (
        Field("event", "number", "the event, numbered from 1", lambda s: s.event),
        Field("t", "ms", "when it is sent", lambda s: ms(s.t_us)),
        Field("gap_ms", "ms", "since the event before it; unknown for the first",
              lambda s: UNKNOWN if s.gap_us is None else ms(s.gap_us)),
        Field("duration", "ms", "how long its handler would take", lambda s: ms(s.duration_us)),
        Field("outcome", "text", "how its handler ends: ok, error or exit", lambda s: s.outcome),
        Field("source", "text", "who sends it", lambda s: s.source),
        Field("deployed", "yes/no", "whether new code is deployed just before it",
              lambda s: s.deployed),
    ),
)  # fmt: skip
EVENTS: Final = "events"
_SENT_READERS: Final = SENT.readers

SETTINGS: Final = frozenset(field.name for field in CFG.fields)
"""Settings that a condition names without ``cfg.``."""
BEFORE: Final = frozenset({*SETTINGS, SENT.name, EVENTS, CFG.name})
"""Names that are known before anything runs."""
GIVEN_SCHEMA: Final[Mapping[str, Shape | None]] = {
    **dict.fromkeys(SETTINGS),
    **SCHEMA,
    SENT.name: Shape(SENT.readers, many=True),
    EVENTS: None,
}
CLAIM_SCHEMA: Final[Mapping[str, Shape | None]] = {
    **SCHEMA,
    SENT.name: Shape(SENT.readers, many=True),
}


class ClaimError(ValueError):
    """A claim or condition that cannot be checked.

    Attributes:
        part: ``claim`` or ``given``.
        text: what was written.
        error: what is wrong with it, and where.
    """

    def __init__(self, part: str, text: str, error: ExpressionError) -> None:
        self.part = part
        self.text = text
        self.error = error
        super().__init__(f"{part}:{error.column}: {error.message}")


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that has been read: what is claimed, and the parts of its condition."""

    claim: Expression
    given: Expression | None
    settings: tuple[Expression, ...]
    """Parts of the condition that only name settings."""
    before: tuple[Expression, ...]
    """Parts that also name the events that are sent."""
    after: tuple[Expression, ...]
    """Parts that name what came of it: asked when the scenario has run."""

    @property
    def all_parts(self) -> tuple[Expression, ...]:
        """The claim and its condition."""
        return (self.claim,) if self.given is None else (self.claim, self.given)


def read_claim(text: str, given: str = "") -> Claim:
    """Read a claim and its condition.

    Raises:
        ClaimError: one of them is not of the language, or names what there is not.
    """
    claim = _checked("claim", text, CLAIM_SCHEMA)
    condition = _checked("given", given, GIVEN_SCHEMA) if given.strip() else None
    parts = () if condition is None else conjuncts(condition)
    settings = [part for part in parts if _outer(part) <= SETTINGS | {CFG.name}]
    before = [part for part in parts if part not in settings and _outer(part) <= BEFORE]
    after = [part for part in parts if part not in settings and part not in before]
    return Claim(claim, condition, tuple(settings), tuple(before), tuple(after))


def _outer(expression: Expression) -> frozenset[str]:
    """Return the names of an expression that are not just fields of a row."""
    tables = {name for name, shape in GIVEN_SCHEMA.items() if shape is not None and shape.many}
    used = expression.names_used()
    gone_through: set[str] = set()
    for name in used & tables:
        shape = GIVEN_SCHEMA[name]
        assert shape is not None
        gone_through |= set(shape.fields)
    return frozenset(
        n for n in used if n in GIVEN_SCHEMA and (n in tables or n not in gone_through)
    )


def _checked(part: str, text: str, schema: Mapping[str, Shape | None]) -> Expression:
    try:
        expression = parse(text)
    except ExpressionError as error:
        raise ClaimError(part, text, error) from None
    for problem in problems(expression, schema):
        if part == "claim" or not isinstance(problem, AmbiguousNameError):
            raise ClaimError(part, text, problem)
    return expression


def settings_names(function: FunctionPlan) -> dict[str, Value]:
    """Return the settings of a function under their names, and ``cfg``."""
    row = configuration_row(function)
    return {**{name: row.get(name) for name in row.fields}, CFG.name: row}


def names_before(candidate: Candidate, base: Base) -> dict[str, Value]:
    """Return what a condition can name before a candidate runs."""
    function = candidate.function(base)
    rows = sent_rows(candidate, function)
    table = Table(_SENT_READERS, lambda: [Row(_SENT_READERS, each) for each in rows])
    return {**settings_names(function), SENT.name: table, EVENTS: len(candidate.events)}


def sent_rows(candidate: Candidate, function: FunctionPlan) -> list[SentRow]:
    """Return the rows of ``sent``."""
    found: list[SentRow] = []
    at_us = 0
    for number, sent in enumerate(candidate.events, start=1):
        at_us += sent.gap_us
        duration_us = slow_us(function) if sent.slow else function.handler_time.at(0.5)
        found.append(
            SentRow(
                number, at_us, sent.gap_us if number > 1 else None, duration_us,
                sent.outcome.value, sent.source, sent.deploy,
            )
        )  # fmt: skip
    return found
