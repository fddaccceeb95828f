"""Words, names and ids: the small things that every sentence and line is made of."""

from __future__ import annotations

import doctest
import re
from dataclasses import replace
from datetime import UTC, datetime
from types import ModuleType

import pytest

from lifecycle_tui.engine.plan import InitializationType
from lifecycle_tui.engine.trace import EnvironmentFacts
from lifecycle_tui.readings import ids, words
from tests.readings.runs import WEB_API

FACTS = EnvironmentFacts(0, 0, WEB_API, 3, InitializationType.ON_DEMAND, 0, 1, 2)


@pytest.mark.parametrize("module", [ids, words])
def test_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("time_us", "text"),
    [
        (0, "0.00 s"),
        (1_300_000, "1.30 s"),
        (376_020_000, "376.02 s"),
        (41_200, "0.041 s"),
        (-20, "0.000 s"),
    ],
)
def test_moments_have_two_decimals_or_three_where_two_lie(time_us: int, text: str) -> None:
    assert words.at(time_us) == text


@pytest.mark.parametrize(
    ("length_us", "text"),
    [(0, "0 ms"), (1_500, "1.5 ms"), (999_000, "999 ms"), (99_999_000, "99.999 s")],
)
def test_spans(length_us: int, text: str) -> None:
    assert words.span(length_us) == text


@pytest.mark.parametrize(
    ("names", "text"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")],
)
def test_lists(names: list[str], text: str) -> None:
    assert words.listed(names) == text


def test_long_lists_say_how_many_more() -> None:
    assert words.some(["a", "b", "c", "d", "e"], most=3) == "a, b and 3 others"


def test_request_ids_look_like_uuids_and_depend_on_seed_event_and_attempt() -> None:
    made = {ids.request_id(s, e, a) for s in range(3) for e in range(1, 50) for a in (1, 2)}
    assert len(made) == 3 * 49 * 2
    shape = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}")
    assert all(shape.fullmatch(each) for each in made)
    assert ids.request_id(1, 2) == ids.request_id(1, 2)


def test_log_streams_are_named_as_aws_names_them() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html."""
    assert re.fullmatch(r"2026/01/01/\[\$LATEST\][0-9a-f]{32}", ids.stream_name(7, FACTS))


@pytest.mark.rule("PRV-01")
def test_provisioned_concurrency_never_runs_on_latest() -> None:
    """Source: https://docs.aws.amazon.com/lambda/latest/dg/provisioned-concurrency.html."""
    spilled = replace(FACTS, plan=replace(WEB_API, provisioned_concurrency=1))
    own = replace(FACTS, initialization_type=InitializationType.PROVISIONED)
    assert ids.function_version(FACTS) == "$LATEST"
    assert ids.function_version(spilled) == ids.function_version(own) == "3"


def test_timestamps_count_from_the_epoch() -> None:
    assert ids.timestamp(1_250_999) == "2026-01-01T00:00:01.250Z"
    assert ids.timestamp(0, datetime(2020, 2, 29, tzinfo=UTC)) == "2020-02-29T00:00:00.000Z"


def test_years_have_four_digits() -> None:
    long_ago = datetime(7, 1, 2, tzinfo=UTC)
    assert ids.timestamp(0, long_ago) == "0007-01-02T00:00:00.000Z"
    assert ids.stream_name(7, FACTS, long_ago).startswith("0007/01/02/[$LATEST]")


def test_dates_end_where_the_calendar_does() -> None:
    last = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert ids.has_dates(0, 999_999, last)
    assert not ids.has_dates(0, 1_000_000, last)
    assert not ids.has_dates(-1, 0, datetime(1, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("runtime", "version"),
    [
        ("python3.13", "python:3.13.v51"),
        ("nodejs22.x", "nodejs:22.v51"),
        ("java21", "java:21.v51"),
        ("odd-one", "odd:v51"),
    ],
)
def test_runtime_versions_have_the_real_shape(runtime: str, version: str) -> None:
    assert ids.runtime_version(runtime) == version
    assert re.fullmatch(
        r"arn:aws:lambda:us-east-1::runtime:[0-9a-f]{64}", ids.runtime_version_arn(runtime)
    )
