"""Rules and proofs: each applied rule has a test, each marker a rule, and the page says so."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from lifecycle_tui.engine.kinds import KINDS, Kind
from lifecycle_tui.engine.rules import RULES
from lifecycle_tui.engine.rules.model import assumed, documented
from tools import fidelity
from tools.proofs import MarkerError, Proof, find_proofs

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "lifecycle_tui"
PROOFS = find_proofs(ROOT)
A_PROOF = Proof("tests/test_a.py", "test_it_is_so")
LEFT_OUT = {rule.id for rule in RULES.values() if not rule.applied}


def test_every_applied_rule_has_a_test_and_every_marker_names_one() -> None:
    assert fidelity.problems(RULES.values(), PROOFS) == []


def test_the_page_is_what_catalogue_and_markers_give() -> None:
    text = fidelity.page(fidelity.themes_of_the_catalogue(), PROOFS)
    assert fidelity.PAGE.read_text(encoding="utf-8") == text, "run python tools/fidelity.py"


def test_the_page_has_every_rule_once() -> None:
    text = fidelity.PAGE.read_text(encoding="utf-8")
    for rule in RULES.values():
        heads = text.count(f"### {rule.id}\n") + text.count(f"### {rule.id} †\n")
        assert heads + text.count(f"- **{rule.id}**") == 1
        assert rule.statement.removesuffix(".") in text


def test_every_link_to_a_test_leads_to_a_file() -> None:
    for proofs in PROOFS.values():
        for proof in proofs:
            name = proof.test.rpartition("::")[2]
            assert f"def {name}(" in (ROOT / proof.path).read_text(encoding="utf-8")


def test_the_page_says_why_a_rule_is_left_out() -> None:
    reason = "It has no effect."
    rule = documented("NEW-01", "A rule.", "https://example.com/page", left_out=reason)
    assert not rule.applied
    shown = fidelity.page([fidelity.Theme("New", "About it.", (rule,))], {})
    assert "(https://example.com/page). Left out: it has no effect.\n" in shown
    page = fidelity.PAGE.read_text(encoding="utf-8")
    for name in ("RST-05", "RST-11", "RST-12"):
        (line,) = [line for line in page.splitlines() if line.startswith(f"- **{name}**")]
        assert ". Left out: " in line


def test_no_explanation_stands_on_a_rule_that_is_not_applied() -> None:
    """Neither a kind that the engine records, nor a text of the program, names one."""
    recorded: set[str] = set()
    for file in PROGRAM.rglob("*.py"):
        if file.parent.name == "rules" or file.name == "kinds.py":
            continue
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant):
                assert node.value not in LEFT_OUT, file
            elif isinstance(node, ast.Attribute) and "engine" in file.parts:
                recorded.add(node.attr)
    for kind in Kind:
        if kind.name in recorded:
            assert not LEFT_OUT & set(KINDS[kind].rules), kind


def test_a_rule_without_a_test_is_a_problem() -> None:
    rule = documented("NEW-01", "A rule.", "https://aws.amazon.com/lambda/pricing/")
    assert fidelity.problems([rule], {"NEW-01": [A_PROOF]}) == []
    assert fidelity.problems([rule], {}) == [
        'NEW-01 has no test: mark one with @pytest.mark.rule("NEW-01")'
    ]
    assert fidelity.problems([rule._replace(applied=False)], {}) == []


def test_a_proof_of_an_unknown_rule_or_of_one_left_out_is_a_problem() -> None:
    rule = assumed("NEW-02", "A rule.", "nobody knows", applied=False)
    assert fidelity.problems([rule], {"NEW-02": [A_PROOF], "OLD-01": [A_PROOF]}) == [
        "tests/test_a.py::test_it_is_so proves NEW-02, which the catalogue does not apply",
        "tests/test_a.py::test_it_is_so proves OLD-01, which is no rule of the catalogue",
    ]


def test_a_rule_is_told_with_value_source_dates_and_proofs() -> None:
    rule = documented(
        "NEW-03",
        "It costs less.",
        "https://docs.aws.amazon.com/lambda/latest/dg/some-page.html",
        value="$0.1 * 2",
        since="2024-02-01",
        until="2025-03-01",
    )
    theme = fidelity.Theme("Prices", "What it costs.", [rule])
    text = fidelity.page([theme], {"NEW-03": [A_PROOF]})
    assert text.endswith("""\
## Prices

What it costs.

### NEW-03

It costs less.

- Value: **\\$0.1 \\* 2**
- Documented: [AWS, some-page](https://docs.aws.amazon.com/lambda/latest/dg/some-page.html)
- Holds since 1 February 2024, until 28 February 2025
- Proven by [it is so](../tests/test_a.py)
""")


def write(folder: Path, text: str) -> Path:
    """Write a project with one file of tests; return its top."""
    (folder / "tests" / "engine").mkdir(parents=True)
    (folder / "tests" / "engine" / "test_a.py").write_text(text, encoding="utf-8")
    return folder


def test_markers_are_read_from_functions_and_classes(tmp_path: Path) -> None:
    text = """\
@pytest.mark.rule("A-01", "A-02")
@pytest.mark.parametrize("n", [1])
def test_one(n): ...

@pytest.mark.rule("A-01")
class TestTwo:
    @pytest.mark.rule("A-03")
    async def test_three(self): ...
    def helper(self): ...

@pytest.mark.rule("A-04")
def helper(): ...
"""
    found = find_proofs(write(tmp_path, text))
    path = "tests/engine/test_a.py"
    assert found == {
        "A-01": [Proof(path, "test_one"), Proof(path, "TestTwo::test_three")],
        "A-02": [Proof(path, "test_one")],
        "A-03": [Proof(path, "TestTwo::test_three")],
    }
    assert found["A-03"][0].words == "three"


def test_an_id_that_is_not_written_out_is_refused(tmp_path: Path) -> None:
    root = write(tmp_path, "@pytest.mark.rule(ID)\ndef test_one(): ...\n")
    with pytest.raises(MarkerError, match=r"tests/engine/test_a.py:1: found ID; write the id"):
        find_proofs(root)


def test_check_says_what_is_wrong_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path, '@pytest.mark.rule("INIT-09")\ndef test_one(): ...\n')
    monkeypatch.setattr(fidelity, "ROOT", tmp_path)
    monkeypatch.setattr(fidelity, "PAGE", tmp_path / "docs" / "fidelity.md")
    assert fidelity.main(["--check"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert 'CON-01 has no test: mark one with @pytest.mark.rule("CON-01")' in said
    assert said[-1] == "docs/fidelity.md is stale: run python tools/fidelity.py"
    assert not fidelity.PAGE.exists()
    assert fidelity.main([]) == 1, "the page is written, and what lacks a test is said"
    assert "- **Proven by no test**" in fidelity.PAGE.read_text(encoding="utf-8")
