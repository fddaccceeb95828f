"""The glossary: strict to read, true to the catalogue, found however a word is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from lifecycle_tui.engine.rules import RULES, Provenance
from lifecycle_tui.lessons.glossary import Glossary, load_glossary
from lifecycle_tui.scenario.problems import ScenarioError

GLOSSARY = load_glossary()

ENTRY = "  - {term: freeze, means: To stop., rules: [FRZ-01]}\n"


def written(tmp_path: Path, terms: str) -> Glossary:
    (tmp_path / "glossary.yaml").write_text(f"format: 1\nterms:\n{terms}", encoding="utf-8")
    return load_glossary(tmp_path)


def refused(tmp_path: Path, terms: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        written(tmp_path, terms)
    return str(caught.value)


def test_there_are_sixty_terms_or_more_each_one_sentence() -> None:
    assert len(GLOSSARY.terms) >= 60
    for term in GLOSSARY.terms:
        assert term.means.endswith("."), term.term
        assert ". " not in term.means, term.term


def test_every_term_says_whose_word_it_is() -> None:
    for term in GLOSSARY.terms:
        assert term.ours or term.rules
        assert all(rule in RULES for rule in term.rules)


def test_every_reference_leads_to_a_term() -> None:
    names = {term.term for term in GLOSSARY.terms}
    for term in GLOSSARY.terms:
        assert set(term.see) <= names
        assert term.term not in term.see


@pytest.mark.parametrize("word", ["RE-INIT", "re-init", "suppressed  init", "Suppressed Init"])
def test_a_word_is_found_however_it_is_written(word: str) -> None:
    found = GLOSSARY.find(word)
    assert found is not None
    assert found.term == "suppressed init"


def test_a_text_that_is_no_term_finds_those_that_speak_of_it() -> None:
    found = GLOSSARY.search("1,769")
    assert [term.term for term in found] == ["vCPU"]


def test_provenance_comes_from_the_rules() -> None:
    term = GLOSSARY.find("doom loop")
    assert term is not None
    assert term.provenance == (Provenance.DOCUMENTED, Provenance.OBSERVED)


def test_a_folder_without_a_glossary_has_no_words(tmp_path: Path) -> None:
    assert load_glossary(tmp_path).terms == ()


@pytest.mark.parametrize(
    ("terms", "place", "words"),
    [
        (ENTRY + ENTRY, "4:12", "'freeze' is a word of 'freeze' already"),
        (ENTRY + "  - {term: thaw, also: [Freeze], means: On., rules: [FRZ-01]}\n", "4:24",
         "'Freeze' is a word of 'freeze' already"),
        ("  - {term: thaw, means: On., rules: [FRZ-O1]}\n", "3:38", "did you mean 'FRZ-01'?"),
        ("  - {term: thaw, means: On.}\n", "3:5", "name the rules that say so"),
        ("  - {term: thaw, means: On., ours: yes}\n", "3:36", "expected true or false"),
        ("  - {term: thaw, mean: On., ours: true}\n", "3:18", "did you mean 'means'?"),
        (ENTRY.replace("rules", "see: [freez], rules"), "3:42", "did you mean 'freeze'?"),
        (ENTRY.replace("To stop.", "x" * 321), "3:27", "321 characters; at most 320"),
        ("  {term: thaw}\n", "3:3", "expected a list"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(
    tmp_path: Path, terms: str, place: str, words: str
) -> None:
    message = refused(tmp_path, terms)
    assert f"glossary.yaml:{place}: " in message
    assert words in message


def test_what_is_outside_text_is_cleaned(tmp_path: Path) -> None:
    found = written(tmp_path, '  - {term: thaw, means: "a\\e[31mb\\u202ec.", ours: true}\n')
    assert found.terms[0].means == "a␛[31mbc."


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "glossary.yaml").write_bytes(b"#" * 256_001)
    with pytest.raises(ScenarioError, match="larger than 256 kB"):
        load_glossary(tmp_path)
