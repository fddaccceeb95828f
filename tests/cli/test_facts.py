"""``lifecycle-tui facts`` and ``glossary``."""

from __future__ import annotations

import json

from lifecycle_tui.cli.facts import _THEMES
from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.export.facts import THEMES
from tests.cli.running import Command


def ids(out: str) -> list[str]:
    return [fact["id"] for fact in json.loads(out)["facts"]]


def test_every_rule_of_the_catalogue_is_a_fact(command: Command) -> None:
    status, out, err = command("facts", "--json")
    assert (status, err) == (0, "")
    assert ids(out) == list(RULES)
    for fact in json.loads(out)["facts"]:
        rule = RULES[fact["id"]]
        assert (fact["statement"], fact["value"]) == (rule.statement, rule.value)
        assert (fact["provenance"], fact["source"]) == (rule.provenance, rule.source)
        assert (fact["since"] or "", fact["until"] or "") == (rule.since, rule.until)


def test_the_options_know_every_theme() -> None:
    assert tuple(THEMES) == _THEMES


def test_an_id_finds_its_rule_alone(command: Command) -> None:
    status, out, _ = command("facts", "init-09")
    assert status == 0
    assert "INIT-09  An on-demand environment has ten seconds for Init." in out
    assert "lambda-runtime-environment.html" in out
    assert "INIT-10" not in out


def test_text_shows_every_source_dates_and_daggers(command: Command) -> None:
    out = command("facts").out
    flat = " ".join(out.split())
    for rule in RULES.values():
        assert f"{rule.id}{' †' if rule.assumed else ''} {rule.statement}" in flat
        assert f"{rule.provenance}: {' '.join(rule.source.split())}" in flat
    assert "holds since 2025-08-01" in out
    assert f"{len(RULES)} facts" in out


def test_facts_of_a_day_leave_out_what_does_not_hold_then(command: Command) -> None:
    before = ids(command("facts", "--json", "--date", "2025-07-31").out)
    after = ids(command("facts", "--json", "--date", "2025-08-01").out)
    assert "BIL-03" in before
    assert "BIL-02" not in before
    assert "BIL-02" in after
    assert "BIL-03" not in after


def test_themes_and_provenance_narrow_together(command: Command) -> None:
    out = command("facts", "--theme", "shutdown", "--provenance", "observed", "--json").out
    assert ids(out) == [
        rule.id for rule in THEMES["shutdown"] if rule.provenance == "observed"
    ]  # fmt: skip


def test_no_fact_fits(command: Command) -> None:
    status, out, err = command("facts", "flux capacitor")
    assert (status, out) == (1, "")
    assert err == "no fact fits 'flux capacitor'; all of them: lifecycle-tui facts\n"


def test_glossary_lists_all_and_tells_one(command: Command) -> None:
    assert command("glossary").out.count("\n") > 60
    status, out, _ = command("glossary", "re-init")
    assert status == 0
    assert out.startswith("suppressed init (also: RE-INIT, re-init)\n")
    assert "FAIL-05a (observed)" in out


def test_glossary_as_json(command: Command) -> None:
    found = json.loads(command("glossary", "spillover", "--json").out)["terms"]
    assert [term["term"] for term in found] == ["spillover"]
    assert {"id": "PRV-05", "provenance": "documented"} in found[0]["rules"]


def test_a_term_that_is_not_there(command: Command) -> None:
    status, out, err = command("glossary", "frozn")
    assert (status, out) == (1, "")
    assert err == "no term 'frozn'; did you mean 'freeze'?\n"
