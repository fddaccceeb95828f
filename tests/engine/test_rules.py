"""The rule catalogue: complete, sourced, dated, and fit to be shown to a learner."""

from __future__ import annotations

import re
from datetime import date

import pytest

from lifecycle_tui.engine.kinds import KINDS, Kind
from lifecycle_tui.engine.rules import (
    RULES,
    THEMES,
    Provenance,
    Rule,
    any_assumed,
    burst_bucket,
    in_force,
    init_billed,
    reinit_counts_against_timeout,
)

TODAY = "2026-11-01"
AWS_PAGES = re.compile(r"https://(docs\.aws|aws)\.amazon\.com/[\w./-]+")

every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)


@pytest.mark.parametrize("kind", Kind)
def test_rules_of_every_kind_are_in_the_catalogue(kind: Kind) -> None:
    assert [rule_id for rule_id in KINDS[kind].rules if rule_id not in RULES] == []


@pytest.mark.parametrize("kind", [kind for kind in Kind if KINDS[kind].rules])
@pytest.mark.parametrize("day", ["2022-01-01", "2024-06-01", "2025-01-01", TODAY])
def test_every_kind_stands_on_a_rule_in_force_on_any_date(kind: Kind, day: str) -> None:
    assert in_force(KINDS[kind].rules, day)


def test_no_id_is_used_twice() -> None:
    ids = [rule.id for theme in THEMES for rule in theme]
    assert sorted(ids) == sorted(set(ids))
    assert list(RULES) == ids


@every_rule
def test_id_names_a_theme_and_a_number_or_word(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z]{2,4}-(\d\d[a-z]?|[A-Z-]+)", rule.id)


@every_rule
def test_statement_is_one_short_sentence(rule: Rule) -> None:
    assert rule.statement.endswith(".")
    assert not re.search(r"[.!?] [A-Z]", rule.statement)
    assert len(rule.statement) <= 160
    assert rule.statement == " ".join(rule.statement.split())
    assert not rule.statement.startswith(rule.id)


def test_no_statement_is_repeated() -> None:
    statements = [rule.statement for rule in RULES.values()]
    assert len(set(statements)) == len(statements)


@every_rule
def test_source_fits_the_provenance(rule: Rule) -> None:
    """A documented rule cites AWS's page; an observed one says who and when; an assumed one why."""
    if rule.provenance is Provenance.DOCUMENTED:
        assert AWS_PAGES.fullmatch(rule.source)
    elif rule.provenance is Provenance.OBSERVED:
        assert re.search(r"\b20[12]\d\b", rule.source)
    else:
        assert len(rule.source) > 20


def test_every_assumption_of_the_simulator_is_marked_as_one() -> None:
    assert all(rule.assumed for rule in RULES.values() if rule.id.startswith("SIM-"))
    assert any_assumed(["CON-02", "SIM-REUSE"])
    assert not any_assumed(["CON-01", "CON-02"])


@every_rule
def test_dates_are_iso_and_in_order(rule: Rule) -> None:
    for day in (rule.since, rule.until):
        assert not day or date.fromisoformat(day).isoformat() == day
    assert not rule.until or rule.since < rule.until


def test_dated_rule_holds_from_its_first_day_to_the_day_before_its_last() -> None:
    rule = Rule("X-01", "A rule.", "", Provenance.ASSUMED, "why", "2024-01-01", "2025-01-01")
    assert not rule.holds_on("2023-12-31")
    assert rule.holds_on("2024-01-01")
    assert rule.holds_on("2024-12-31")
    assert not rule.holds_on("2025-01-01")


def test_undated_rule_always_holds() -> None:
    assert RULES["CON-01"].holds_on("2014-11-13")
    assert RULES["CON-01"].holds_on(TODAY)


def test_in_force_keeps_the_order_and_drops_what_does_not_hold() -> None:
    """Init billing changed on 1 August 2025."""
    ids = ("BIL-03", "BIL-02", "BIL-01")
    assert [rule.id for rule in in_force(ids, "2025-07-31")] == ["BIL-03", "BIL-01"]
    assert [rule.id for rule in in_force(ids, "2025-08-01")] == ["BIL-02", "BIL-01"]


@pytest.mark.rule("BIL-02", "BIL-03")
@pytest.mark.parametrize(
    ("day", "package", "runtime", "billed"),
    [
        ("2025-07-31", "zip", "python3.13", False),
        ("2025-07-31", "zip", "provided.al2023", True),
        ("2025-07-31", "zip", "dotnet10 aot (prov.al2023)", True),
        ("2025-07-31", "image", "python3.13", True),
        ("2025-08-01", "zip", "python3.13", True),
        (TODAY, "image", "java21", True),
    ],
)
def test_init_was_free_only_for_zip_packages_on_managed_runtimes(
    day: str, package: str, runtime: str, billed: bool
) -> None:
    """https://aws.amazon.com/blogs/compute/aws-lambda-standardizes-billing-for-init-phase/."""
    assert init_billed(day, package, runtime) is billed


@pytest.mark.rule("FAIL-05a")
def test_reinit_counts_against_the_timeout_since_october_2024() -> None:
    assert not reinit_counts_against_timeout("2024-09-30")
    assert reinit_counts_against_timeout("2024-10-01")


@pytest.mark.rule("SCL-01", "SCL-02", "SCL-04")
def test_functions_scale_twelve_times_faster_since_november_2023() -> None:
    """1,000 environments in ten seconds against 500 a minute: twelve times (WE-C22).

    https://aws.amazon.com/blogs/aws/aws-lambda-functions-now-scale-12-times-faster-when-handling-high-volume-requests/
    """
    before, after = burst_bucket("2023-11-25"), burst_bucket("2023-11-26")
    assert before.refill_us == 12 * after.refill_us
    assert (after.capacity, after.per_function) == (1_000, True)
    assert not before.per_function
