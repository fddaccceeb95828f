"""Names that AWS would make up: request ids, log streams, runtime versions; derived, never random.

The same plan gives the same ids. They have the shape of the real ones (REP-01, REP-08, LOG-01) and
mean nothing.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Final

from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.engine.trace import EnvironmentFacts

EPOCH: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""The calendar time of virtual time 0 unless a caller says otherwise."""

LATEST: Final = "$LATEST"

_RUNTIME_NAME: Final = re.compile(r"([a-z]+)([0-9.]*)")


def request_id(seed: int, event: int, attempt: int = 1) -> str:
    """Return the request id of one attempt, shaped like a version 4 UUID."""
    text = _digest(f"request\0{seed}\0{event}\0{attempt}", 16)
    return f"{text[:8]}-{text[8:12]}-4{text[13:16]}-8{text[17:20]}-{text[20:]}"


def stream_id(seed: int, environment: int) -> str:
    """Return the 32 hex digits that name an environment and end its log stream's name."""
    return _digest(f"environment\0{seed}\0{environment}", 16)


def function_version(facts: EnvironmentFacts) -> str:
    """Return the version that START names: a number where only a version can be (PRV-01).

    Provisioned concurrency never sits on ``$LATEST``, and neither does an alias with weights, so
    a function that has one shows the number of its code version; all others show ``$LATEST``.
    """
    if (
        facts.published
        or facts.initialization_type is InitializationType.PROVISIONED
        or facts.plan.provisioned_concurrency
    ):
        return str(facts.code_version)
    return LATEST


def stream_name(seed: int, facts: EnvironmentFacts, epoch: datetime = EPOCH) -> str:
    """Return the name of the environment's log stream (REP-08)."""
    day = epoch + timedelta(microseconds=facts.created_us)
    return f"{day.year:04}/{day:%m/%d}/[{function_version(facts)}]{stream_id(seed, facts.number)}"


def timestamp(time_us: int, epoch: datetime = EPOCH) -> str:
    """Return a virtual time as RFC 3339 UTC with milliseconds, cut, not rounded."""
    moment = (epoch + timedelta(microseconds=time_us)).astimezone(UTC)
    return f"{moment.year:04}-{moment:%m-%dT%H:%M:%S}.{moment.microsecond // 1_000:03d}Z"


def has_dates(first_us: int, last_us: int, epoch: datetime) -> bool:
    """Whether a calendar (years 1 to 9999) has room for a run from one virtual time to another."""
    try:
        _ = epoch + timedelta(microseconds=first_us), epoch + timedelta(microseconds=last_us)
    except OverflowError:
        return False
    return True


def runtime_version(runtime: str) -> str:
    """Return a runtime version of the real shape; its patch number is invented.

    >>> runtime_version("python3.13")
    'python:3.13.v51'
    """
    found = _RUNTIME_NAME.match(runtime)
    if found is None:
        return f"{runtime}:v51"
    family, number = found.group(1), found.group(2).rstrip(".")
    return f"{family}:{number}.v51" if number else f"{family}:v51"


def runtime_version_arn(runtime: str, region: str = "us-east-1") -> str:
    """Return an ARN of the real shape for a runtime version; its digits are invented."""
    return f"arn:aws:lambda:{region}::runtime:{_digest(f'runtime{chr(0)}{runtime}', 32)}"


def _digest(text: str, size: int) -> str:
    return blake2b(text.encode(), digest_size=size).hexdigest()
