"""Values as a line has them: each is read back as exactly the same value."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from lifecycle_tui.engine.downstream_plan import Connect, UsePlan
from lifecycle_tui.engine.plan import ExtensionPlan
from lifecycle_tui.engine.source_plan import DEFAULT_ASYNC, AsyncPlan
from lifecycle_tui.engine.worktime import (
    ZERO,
    Constant,
    CpuAndWait,
    Exponential,
    Lognormal,
    Quantiles,
    Uniform,
    Weibull,
    WorkTime,
)
from lifecycle_tui.scenario.nodes import plain
from lifecycle_tui.scenario.problems import Place
from lifecycle_tui.units.durations import print_duration
from lifecycle_tui.units.rates import UNITS_PER_SECOND, parse_rate
from lifecycle_tui.units.sizes import print_size

_PLAIN: Final = re.compile(r"[A-Za-z0-9_.@/+%$^~-][A-Za-z0-9_.@/+%$^~=-]*")
"""Texts that need no quotes, in a line or within brackets."""
_NOWHERE: Final = Place("", 1, 1)
_FEW_DIGITS: Final = 3
"""Rates a second with fewer digits behind the point are preferred to other units."""
_MOST_DIGITS: Final = 28
"""Digits behind the point, at most, until a rate is the one that is looked for."""


def text(value: str) -> str:
    """Print text, in quotes where it could be taken for something else."""
    if _PLAIN.fullmatch(value) and isinstance(plain(value, _NOWHERE).value, str):
        return value
    return json.dumps(value, ensure_ascii=False)


def number(value: float) -> str:
    """Print a number without an exponent, in as few digits as make it the same number."""
    digits = format(Decimal(repr(value)), "f")
    return digits.removesuffix(".0")


def rate(per_second: float) -> str:
    """Print a rate that is held as a number of events a second."""
    return f"{number(per_second)}/s"


def rate_of_gap(gap_us: float) -> str:
    """Print the rate whose mean gap is exactly this one, in as few digits as possible."""
    exact = Fraction(1_000_000) / Fraction(gap_us)
    some = [("/s", digits) for digits in range(_FEW_DIGITS)]
    some += [(unit, digits) for digits in range(_MOST_DIGITS) for unit in UNITS_PER_SECOND]
    for unit, digits in some:
        written = f"{number_of(exact / UNITS_PER_SECOND[unit], digits)}{unit}"
        found = parse_rate(written)
        if found and float(1_000_000 / found) == gap_us:
            return written
    raise ValueError(f"no rate has a mean gap of {gap_us!r} us")


def number_of(value: Fraction, digits: int) -> str:
    """Print a number with so many digits behind the point."""
    scaled = round(value * 10**digits)
    whole, rest = divmod(scaled, 10**digits)
    return f"{whole}.{rest:0{digits}d}" if digits else str(whole)


def work_time(value: WorkTime) -> str:
    """Print a work time.

    Raises:
        ValueError: it is computing and waiting, which are two values.
    """
    if isinstance(value, Constant):
        return print_duration(value.us)
    return f"{{{_distribution(value)}}}"


def _distribution(value: WorkTime) -> str:
    us = print_duration
    match value:
        case Uniform(low_us, high_us):
            return f"uniform: [{us(low_us)}, {us(high_us)}]"
        case Exponential(expected_us):
            return f"exponential: {us(expected_us)}"
        case Lognormal(p50_us, p99_us):
            return f"lognormal: {{p50: {us(p50_us)}, p99: {us(p99_us)}}}"
        case Weibull(shape, scale_us):
            return f"weibull: {{shape: {number(shape)}, scale: {us(scale_us)}}}"
        case Quantiles(probabilities, times_us):
            pairs = zip(probabilities, times_us, strict=True)
            points = (f"{number(share)}: {us(time_us)}" for share, time_us in pairs)
            return f"quantiles: {{{', '.join(points)}}}"
        case _:
            raise ValueError(f"{value!r} is more than one work time")


def flow(pairs: Iterable[tuple[str, str]]) -> str:
    """Print a mapping in braces."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in pairs) + "}"


def listed(values: Iterable[str]) -> str:
    """Print a list in brackets."""
    return "[" + ", ".join(values) + "]"


def boolean(value: object) -> str:
    """Print yes or no as YAML does."""
    return "true" if value else "false"


def optional(value: object) -> str:
    """Print a whole number, or that there is none."""
    return "null" if value is None else str(value)


def _extension(extension: ExtensionPlan) -> str:
    pairs = [("name", text(extension.name))]
    if not extension.external:
        pairs.append(("type", "internal"))
    pairs.append(("register", work_time(extension.register)))
    pairs.append(("ready", work_time(extension.ready)))
    if extension.tail != ZERO:
        pairs.append(("tail", work_time(extension.tail)))
    if extension.shutdown != ZERO:
        pairs.append(("shutdown", work_time(extension.shutdown)))
    events = [
        name
        for name, there in (("INVOKE", extension.on_invoke), ("SHUTDOWN", extension.on_shutdown))
        if there
    ]
    if len(events) < (2 if extension.external else 1):
        pairs.append(("events", listed(events)))
    return flow(pairs)


def _extensions(value: Any) -> str:
    return listed(_extension(one) for one in value)


def _use(use: UsePlan) -> str:
    pairs = [("downstream", text(use.downstream))]
    if use.connect is not Connect.INIT:
        pairs.append(("connect", use.connect.value))
    if use.per_environment != 1:
        pairs.append(("per_environment", str(use.per_environment)))
    if not use.closes:
        pairs.append(("closes", "false"))
    if use.cache is not None:
        pairs.append(("cache", text(use.cache)))
    return flow(pairs)


def _uses(value: Any) -> str:
    return listed(_use(one) for one in value)


def _asynchronous(value: AsyncPlan) -> str:
    pairs: list[tuple[str, str]] = []
    if value.max_retries != DEFAULT_ASYNC.max_retries:
        pairs.append(("max_retries", str(value.max_retries)))
    if value.max_age_us != DEFAULT_ASYNC.max_age_us:
        pairs.append(("max_age", print_duration(value.max_age_us)))
    for name in ("on_success", "on_failure", "dead_letter"):
        target = getattr(value, name)
        if target is not None:
            pairs.append((name, text(target)))
    return flow(pairs)


_PRINTS: Final[dict[str, Callable[[Any], str]]] = {
    "uses": _uses,
    "extensions": _extensions,
    "asynchronous": _asynchronous,
    "handler_error_rate": number,
    "reserved_concurrency": optional,
    "snap_start": boolean,
    "restore_renews_token": boolean,
    "init_measured": boolean,
}


def setting(field: str, value: Any) -> str:
    """Print the value of one field of FunctionPlan; a handler that computes is two values."""
    if field in _PRINTS:
        return _PRINTS[field](value)
    if field.endswith("_us"):
        return print_duration(value)
    if field.endswith("_mb"):
        return print_size(value)
    if isinstance(value, WorkTime):
        return work_time(value)
    return str(value) if isinstance(value, int) else text(str(value))


def settings(changes: Iterable[tuple[str, object]], key_of: dict[str, str]) -> list[str]:
    """Print fields of FunctionPlan with their values, as ``key=value`` each.

    Args:
        changes: the fields and their values.
        key_of: the key of each field.
    """
    words = []
    for field, value in changes:
        if isinstance(value, CpuAndWait):
            words.append(f"handler.cpu={work_time(value.cpu)}")
            words.append(f"handler.wait={work_time(value.wait)}")
        else:
            words.append(f"{key_of[field]}={setting(field, value)}")
    return words
