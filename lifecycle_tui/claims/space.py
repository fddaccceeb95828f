"""What a search varies, and how far: settings and events, the plainest first.

Each choice has a cost. A candidate's cost is the sum of its choices': the search goes through
candidates by cost, so what it finds first is small in every way. Numbers that the claim and its
condition compare with are tried too, and one more and one less.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import Any, Final, NamedTuple

from lifecycle_tui.claims.candidate import Base, Candidate, Sent, configured, is_accepted
from lifecycle_tui.claims.claim import Claim, settings_names
from lifecycle_tui.engine.plan import HOUR, MINUTE, MS, SECOND, ExtensionPlan, Outcome
from lifecycle_tui.engine.source_plan import SourceKind
from lifecycle_tui.engine.worktime import Constant
from lifecycle_tui.expressions import Expression, fields_named, nodes
from lifecycle_tui.expressions.expression import walk
from lifecycle_tui.expressions.values import DurationText
from lifecycle_tui.readings.tables.settings import init_times

SETTING_COST: Final = 2
"""Of the first value other than the base's; each further value costs one more."""
MOST_CHANGED: Final = 2
"""Settings that may differ at once, beside those that the condition names."""
MOST_NUMBERS: Final = 6
LARGEST_BURST: Final = 200
_LONGEST_US: Final = HOUR

FIELD_OF: Final = {
    "pc": "provisioned_concurrency",
    "rc": "reserved_concurrency",
    "timeout": "timeout_us",
    "memory": "memory_mb",
    "init_total": "init_function",
    "init_function": "init_function",
    "init_runtime": "init_runtime",
    "init_outcome": "init_outcome",
    "handler": "handler",
    "outcome": "handler_outcome",
    "background": "handler_background",
    "extensions": "extensions",
    "tail": "extensions",
    "snapstart": "snap_start",
}
"""The field of FunctionPlan behind each setting that a search varies, by its name."""

GAPS_US: Final = (0, SECOND, 10 * SECOND, 5 * MINUTE, HOUR)
"""From one event to the next."""
_WAYS: Final[tuple[tuple[int, dict[str, Any]], ...]] = (
    (0, {}),
    (1, {"slow": True}),
    (1, {"outcome": Outcome.ERROR}),
    (2, {"outcome": Outcome.EXIT}),
    (3, {"deploy": True}),
)
_OTHER_SOURCES: Final = (SourceKind.S3.value, SourceKind.SQS.value)


class Space(NamedTuple):
    """Everything that a search may try."""

    settings: tuple[tuple[int, tuple[tuple[str, Any], ...]], ...]
    """Combinations of settings that meet the condition, by cost."""
    gaps_us: tuple[tuple[int, int], ...]
    """Pairs of cost and gap."""
    ways: tuple[tuple[int, Sent], ...]
    """Pairs of cost and event, without its gap."""
    varied: tuple[tuple[str, tuple[Any, ...]], ...]
    """Which settings, with their values, the base's first."""


def space_of(claim: Claim, base: Base) -> Space:
    """Return what a search for a claim varies."""
    numbers_ms = _numbers(claim, None)
    options = {
        field: _options(field, base, claim, numbers_ms)
        for field in dict.fromkeys(FIELD_OF.values())
    }
    gaps_us = list(GAPS_US)
    for number in _numbers(claim, "gap_ms") + _numbers(claim, "t"):
        near_us = (round(number * MS), round(number * MS) + SECOND, round(number * MS) // 2)
        gaps_us += [gap_us for gap_us in near_us if 0 <= gap_us <= 24 * HOUR]
    asked = [g for g in dict.fromkeys(gaps_us) if g not in GAPS_US]
    return Space(
        settings=tuple(_settings(claim, base, options)),
        gaps_us=(*enumerate(GAPS_US), *((1, gap_us) for gap_us in asked)),
        ways=tuple(_ways(claim)),
        varied=tuple((field, tuple(values)) for field, values in options.items() if values[1:]),
    )


def _options(field: str, base: Base, claim: Claim, numbers_ms: Sequence[float]) -> list[Any]:
    """Return the values of a setting, the base's first."""
    function = base.function
    asked = [
        number
        for name, behind in FIELD_OF.items()
        if behind == field
        for number in _numbers(claim, name)
    ]
    whole = [near for n in asked for near in (round(n), round(n) + 1, round(n) - 1) if near >= 0]
    spans_us = [round(n * MS) for n in asked]
    init = init_times(function)
    rest_us = init.total_us - init.function_us
    before_us = [round(n * MS) for n in numbers_ms if 0 < n * MS <= _LONGEST_US]
    found: dict[str, list[Any]] = {
        "provisioned_concurrency": [*whole, 1, 2],
        "reserved_concurrency": [*whole, 1, 2, 0],
        "timeout_us": [*map(_whole_seconds, spans_us), SECOND, 10 * SECOND, 30 * SECOND],
        "memory_mb": [*whole, 128, 1_769],
        "init_function": [
            Constant(us)
            for us in (
                *(near - rest_us for span in spans_us for near in (span, span + 100 * MS)),
                function.timeout_us + SECOND,
                11 * SECOND,
                *(us + 100 * MS for us in before_us),
            )
            if us >= 0
        ],
        "init_runtime": [Constant(us) for us in spans_us],
        "init_outcome": [Outcome.ERROR],
        "handler": [
            Constant(us) for us in (*spans_us, 2 * SECOND, *(us + 100 * MS for us in before_us))
        ],
        "handler_outcome": [Outcome.ERROR] if asked else [],
        "handler_background": [Constant(500 * MS)],
        "extensions": [(ExtensionPlan("extension", tail=Constant(800 * MS)),)],
        "snap_start": [not function.snap_start],
    }
    own = getattr(function, field)
    return list(dict.fromkeys([own, *found[field]]))


def _whole_seconds(time_us: int) -> int:
    return max(1, -(-time_us // SECOND)) * SECOND


def _ways(claim: Claim) -> Iterator[tuple[int, Sent]]:
    """Yield how an event may be, with costs; other sources only where the claim speaks of them."""
    sources = ["sdk"]
    named = {name for part in claim.all_parts for name in _words(part)}
    kinds = [kind.value for kind in SourceKind if kind.value in named]
    if kinds:
        sources += [kind for kind in kinds if kind != "sdk"]
    elif any(
        {"source", "type", "batch", "attempt", "queue_ms"} & _all_names(p) for p in claim.all_parts
    ):
        sources += _OTHER_SOURCES
    for cost, changes in _WAYS:
        for place, source in enumerate(sources):
            yield cost + place, Sent(source=source, **changes)


def _settings(
    claim: Claim, base: Base, options: dict[str, list[Any]]
) -> list[tuple[int, tuple[tuple[str, Any], ...]]]:
    """Return the combinations of settings that meet the condition, the plainest first."""
    named = {FIELD_OF[n] for part in claim.settings for n in _all_names(part) if n in FIELD_OF}
    priced = {
        field: [
            (0, None),
            *((SETTING_COST + place, value) for place, value in enumerate(values[1:])),
        ]
        for field, values in options.items()
    }
    free = [field for field in options if field not in named]
    found: list[tuple[int, tuple[tuple[str, Any], ...]]] = []
    for count in range(MOST_CHANGED + 1):
        for chosen in combinations(free, count):
            fields = (*sorted(named), *chosen)
            choices = [
                *(priced[field] for field in sorted(named)), *(priced[f][1:] for f in chosen),
            ]  # fmt: skip
            for picked in product(*choices):
                changes = tuple(
                    (field, value)
                    for field, (cost, value) in zip(fields, picked, strict=True)
                    if cost
                )
                cost = sum(each for each, _ in picked)
                if _fits(claim, base, changes):
                    found.append((cost, changes))
    least = min((cost for cost, _ in found), default=0)
    found = [(cost - least, changes) for cost, changes in found]
    return sorted(found, key=lambda pair: pair[0])


def _fits(claim: Claim, base: Base, changes: tuple[tuple[str, Any], ...]) -> bool:
    function = configured(base.function, changes)
    if not is_accepted(function, base.account):
        return False
    if not claim.settings:
        return True
    names = settings_names(function)
    return all(part.holds(names) is True for part in claim.settings)


def bursts(claim: Claim, above: int) -> list[int]:
    """Return numbers of events that the claim makes worth trying at once, beyond a few."""
    numbers = [n for part in claim.all_parts for n in _literals(part.root)]
    some = {round(n) + more for n in numbers for more in (0, 1) if n == round(n)}
    return sorted(n for n in some if above < n <= LARGEST_BURST)


def candidates(space: Space, events: int, cost: int) -> Iterator[Candidate]:
    """Yield the candidates with so many events and exactly this cost, times before settings."""
    for spent in range(cost, -1, -1):
        left = cost - spent
        settings = [changes for price, changes in space.settings if price == left]
        if not settings:
            continue
        for sent in _stories(space, events, spent):
            for changes in settings:
                yield Candidate(changes, sent)


def _stories(
    space: Space, events: int, cost: int, *, first: bool = True
) -> Iterator[tuple[Sent, ...]]:
    """Yield sequences of events of exactly this cost."""
    if not events:
        if not cost:
            yield ()
        return
    gaps = ((0, 0),) if first else space.gaps_us
    for way_cost, way in space.ways:
        for gap_cost, gap_us in gaps:
            left = cost - way_cost - gap_cost
            if left < 0 or (first and way.deploy):
                continue
            sent = way._replace(gap_us=gap_us)
            for rest in _stories(space, events - 1, left, first=False):
                yield (sent, *rest)


def _numbers(claim: Claim, name: str | None) -> list[float]:
    """Return the numbers that are compared with a name, or with any ``…_ms`` if it is None."""
    found: list[float] = []
    for part in claim.all_parts:
        for node in walk(part.root):
            if isinstance(node, nodes.Comparison):
                names = _all_names(Expression("", node))
                if name in names if name is not None else any(n.endswith("_ms") for n in names):
                    found += _literals(node)
    return list(dict.fromkeys(found))[:MOST_NUMBERS]


def _literals(node: nodes.Node) -> Iterator[float]:
    for each in walk(node):
        if isinstance(each, nodes.Literal):
            literal = each.literal
            if isinstance(literal, DurationText):
                yield literal.ms
            elif isinstance(literal, int | float) and not isinstance(literal, bool):
                yield literal


def _words(part: Expression) -> Iterator[str]:
    """Yield the texts in quotes of an expression."""
    for node in walk(part.root):
        if isinstance(node, nodes.Literal) and isinstance(node.literal, str):
            yield str(node.literal)


def _all_names(part: Expression) -> frozenset[str]:
    return part.names_used() | fields_named(part)
