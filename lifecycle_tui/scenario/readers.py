"""Readers of single values: a node in, a checked value out, ``UnfitError`` where it is not one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date as calendar_date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Final, TypeVar

from lifecycle_tui.engine import worktime
from lifecycle_tui.engine.plan import SECOND
from lifecycle_tui.engine.worktime import (
    Constant,
    Exponential,
    Lognormal,
    Quantiles,
    Uniform,
    Weibull,
    WorkTime,
)
from lifecycle_tui.scenario.fields import Reader, UnfitError
from lifecycle_tui.scenario.nodes import Mapping, Node, Scalar, Sequence, describe, plain
from lifecycle_tui.scenario.problems import did_you_mean
from lifecycle_tui.units import durations, rates, sizes
from lifecycle_tui.units.numbers import UnitError
from lifecycle_tui.units.text import clean, quote

LONGEST_US: Final = worktime.LONGEST_US
"""No time in a scenario may be longer."""
MOST_QUANTILES: Final = 200
"""Points of a measured distribution, at most."""

_NAME: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
_ENVIRONMENT: Final = re.compile(r"e([1-9][0-9]{0,7})")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

E = TypeVar("E", bound=StrEnum)
Q = TypeVar("Q")


def _quantity(node: Node, parse: Callable[[str], Q], expected: str) -> Q:
    if not isinstance(node, Scalar) or not isinstance(node.value, str):
        raise UnfitError(f"found {describe(node)}; expected {expected}")
    try:
        return parse(node.text)
    except UnitError as error:
        raise UnfitError(f"{quote(node.text)} {error}") from None


def duration(node: Node) -> int:
    """Read a duration of at most 366 days, in microseconds."""
    time_us = _quantity(node, durations.parse_duration, durations.EXPECTED)
    if time_us > LONGEST_US:
        raise UnfitError(f"{quote(describe_text(node))} is longer than 366 days, the most there is")
    return time_us


def above_zero(node: Node) -> int:
    """Read a duration above zero, in microseconds."""
    time_us = duration(node)
    if not time_us:
        raise UnfitError(f"{quote(describe_text(node))} is no time at all; it is above zero")
    return time_us


def timeout(node: Node) -> int:
    """Read a function timeout, in microseconds (LIM-01)."""
    time_us = duration(node)
    if not SECOND <= time_us <= 900 * SECOND or time_us % SECOND:
        raise UnfitError(
            f"{quote(describe_text(node))} is no timeout that AWS accepts:"
            " whole seconds from 1s to 900s"
        )
    return time_us


def rate(node: Node) -> Fraction:
    """Read a rate above zero, in events per second."""
    per_second = rate_or_zero(node)
    if per_second <= 0:
        raise UnfitError("a rate is more than zero")
    return per_second


def rate_or_zero(node: Node) -> Fraction:
    """Read a rate, in events per second."""
    return _quantity(node, rates.parse_rate, rates.EXPECTED)


def size(low_mb: int, high_mb: int) -> Reader[int]:
    """Return a reader of sizes between two ends, in megabytes."""

    def read(node: Node) -> int:
        size_mb = _quantity(node, sizes.parse_size, sizes.EXPECTED)
        if not low_mb <= size_mb <= high_mb:
            allowed = f"{sizes.print_size(low_mb)} to {sizes.print_size(high_mb)}"
            raise UnfitError(f"{quote(describe_text(node))} is out of range; allowed: {allowed}")
        return size_mb

    return read


def integer(low: int, high: int) -> Reader[int]:
    """Return a reader of whole numbers between two ends."""

    def read(node: Node) -> int:
        value = node.value if isinstance(node, Scalar) else None
        expected = f"a whole number from {low:,} to {high:,}"
        if isinstance(value, bool) or not isinstance(value, int):
            raise UnfitError(f"found {describe_value(node)}; expected {expected}")
        if not low <= value <= high:
            raise UnfitError(f"{clean(node_text(node), 40)} is not {expected}")
        return value

    return read


def number(low: float, high: float) -> Reader[float]:
    """Return a reader of plain numbers between two ends."""

    def read(node: Node) -> float:
        value = node.value if isinstance(node, Scalar) else None
        expected = f"a number from {low:g} to {high:g}"
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise UnfitError(f"found {describe_value(node)}; expected {expected}")
        if not low <= value <= high:
            raise UnfitError(f"{clean(node_text(node), 40)} is not {expected}")
        return float(value)

    return read


def optional(reader: Reader[Q]) -> Reader[Q | None]:
    """Return a reader that also lets ``null`` pass, as None."""

    def read(node: Node) -> Q | None:
        if isinstance(node, Scalar) and node.value is None:
            return None
        return reader(node)

    return read


def boolean(node: Node) -> bool:
    """Read ``true`` or ``false``."""
    if isinstance(node, Scalar) and isinstance(node.value, bool):
        return node.value
    raise UnfitError(f"found {describe_value(node)}; expected true or false")


def word(allowed: Iterable[str]) -> Reader[str]:
    """Return a reader of one of some words."""
    words = list(allowed)

    def read(node: Node) -> str:
        if isinstance(node, Scalar) and node.text in words:
            return node.text
        if isinstance(node, Scalar):
            hint = did_you_mean(node.text, words)
            raise UnfitError(f"found {describe_value(node)}, which is not known{hint}")
        raise UnfitError(f"found {describe(node)}; expected one word{did_you_mean('', words)}")

    return read


def member(kind: type[E]) -> Reader[E]:
    """Return a reader of one member of an enumeration."""
    read_word = word(kind)
    return lambda node: kind(read_word(node))


def text(limit: int) -> Reader[str]:
    """Return a reader of free text, cleaned and at most ``limit`` characters."""

    def read(node: Node) -> str:
        if not isinstance(node, Scalar) or node.value is None:
            raise UnfitError(f"found {describe(node)}; expected text")
        return clean(node.text, limit)

    return read


def name(node: Node) -> str:
    """Read a name as AWS has them."""
    if not isinstance(node, Scalar) or node.value is None:
        raise UnfitError(f"found {describe(node)}; expected a name")
    if not is_name(node.text):
        raise UnfitError(f"{quote(node.text)} is not {NAME_EXPECTED}")
    return node.text


NAME_EXPECTED: Final = "a name AWS accepts: 1 to 64 of the letters A-Z a-z, digits, - and _"


def is_name(candidate: str) -> bool:
    """Whether AWS would accept it as a function's name."""
    return _NAME.fullmatch(candidate) is not None


def environment(node: Node) -> int:
    """Read an environment's id, ``e1`` and up, as its number from 0."""
    match = _ENVIRONMENT.fullmatch(node_text(node))
    if match is None:
        raise UnfitError(f"found {describe_value(node)}; expected an environment such as e1")
    return int(match[1]) - 1


def date(node: Node) -> str:
    """Read an ISO date."""
    written = node_text(node)
    try:
        if not _DATE.fullmatch(written):
            raise ValueError(written)
        calendar_date.fromisoformat(written)
    except ValueError:
        raise UnfitError(
            f"found {describe_value(node)}; expected a date such as 2026-11-01"
        ) from None
    return written


def work_time(node: Node) -> WorkTime:
    """Read a time that may vary: a duration, or a distribution in a mapping of one key."""
    if not isinstance(node, Mapping):
        return Constant(duration(node))
    if len(node.entries) != 1:
        raise UnfitError(
            f"a work time has one of {', '.join(_DISTRIBUTIONS)}; found {len(node.entries)} keys"
        )
    ((key, inner),) = node.entries.items()
    read = _DISTRIBUTIONS.get(key)
    if read is None:
        raise UnfitError(
            f"unknown distribution {quote(key)}{did_you_mean(key, _DISTRIBUTIONS)}", node.keys[key]
        )
    return read(inner)


def _uniform(node: Node) -> WorkTime:
    if not isinstance(node, Sequence) or len(node.items) != 2:
        raise UnfitError("uniform takes two durations: {uniform: [100ms, 200ms]}", node.place)
    low_us, high_us = (_part(item) for item in node.items)
    if low_us > high_us:
        raise UnfitError("uniform goes from the shorter to the longer duration", node.place)
    return Uniform(low_us, high_us)


def _exponential(node: Node) -> WorkTime:
    mean_us = _part(node)
    if not mean_us:
        raise UnfitError("exponential takes a mean above zero: {exponential: 2s}", node.place)
    return Exponential(mean_us)


def _lognormal(node: Node) -> WorkTime:
    example = "lognormal takes p50 and p99: {lognormal: {p50: 100ms, p99: 800ms}}"
    if not isinstance(node, Mapping) or set(node.entries) != {"p50", "p99"}:
        raise UnfitError(example, node.place)
    p50_us, p99_us = _part(node.entries["p50"]), _part(node.entries["p99"])
    if not 0 < p50_us <= p99_us:
        raise UnfitError(f"p50 is above zero and not above p99; {example}", node.place)
    return Lognormal(p50_us, p99_us)


def _weibull(node: Node) -> WorkTime:
    example = "weibull takes shape and scale: {weibull: {shape: 0.5, scale: 100s}}"
    if not isinstance(node, Mapping) or set(node.entries) != {"shape", "scale"}:
        raise UnfitError(example, node.place)
    scale_us = _part(node.entries["scale"])
    try:
        shape = number(0.1, 10)(node.entries["shape"])
    except UnfitError as misfit:
        raise UnfitError(str(misfit), node.entries["shape"].place) from None
    if not scale_us:
        raise UnfitError(f"the scale is above zero; {example}", node.place)
    return Weibull(shape, scale_us)


def _quantiles(node: Node) -> WorkTime:
    example = "quantiles takes times by their shares: {quantiles: {0: 10ms, 0.5: 20ms, 1: 90ms}}"
    if not isinstance(node, Mapping) or not 2 <= len(node.entries) <= MOST_QUANTILES:
        raise UnfitError(f"from 2 to {MOST_QUANTILES} points; {example}", node.place)
    shares = []
    for key, place in node.keys.items():
        try:
            shares.append(number(0.0, 1.0)(plain(key, place)))
        except UnfitError as misfit:
            raise UnfitError(str(misfit), place) from None
    times_us = tuple(_part(item) for item in node.entries.values())
    if any(a >= b for a, b in pairwise(shares)) or (shares[0], shares[-1]) != (0.0, 1.0):
        raise UnfitError(f"the shares ascend from 0 to 1; {example}", node.place)
    if any(a > b for a, b in pairwise(times_us)):
        raise UnfitError(f"the times ascend with their shares; {example}", node.place)
    return Quantiles(tuple(shares), times_us)


_DISTRIBUTIONS: Final[dict[str, Reader[WorkTime]]] = {
    "uniform": _uniform,
    "exponential": _exponential,
    "lognormal": _lognormal,
    "weibull": _weibull,
    "quantiles": _quantiles,
}


def _part(node: Node) -> int:
    """Read one duration within a distribution, so that its error has its own place."""
    try:
        return duration(node)
    except UnfitError as misfit:
        raise UnfitError(str(misfit), node.place) from None


def node_text(node: Node) -> str:
    """Return the text of a scalar as written; empty for anything else."""
    return node.text if isinstance(node, Scalar) else ""


def describe_text(node: Node) -> str:
    """Return a scalar's text as written, or what else the node is."""
    return node.text if isinstance(node, Scalar) else describe(node)


def describe_value(node: Node) -> str:
    """Return what was found where no quantity was asked for: numbers are then just numbers."""
    if isinstance(node, Scalar) and isinstance(node.value, int | float):
        return clean(node.text, 40)
    return describe(node)
