"""Prose as lines, words as links, and blocks as pages."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lifecycle_tui.lessons.glossary import Glossary, Term, load_glossary
from lifecycle_tui.tui.learning.links import Links, terms_on
from lifecycle_tui.tui.learning.marked import lines_of, runs_of
from lifecycle_tui.tui.learning.text import Block, pages_of
from lifecycle_tui.tui.screens.glossary import meaning, ordered
from lifecycle_tui.tui.widgets.painted import Run, width_of
from lifecycle_tui.tui.widgets.painted import text_of as words_of
from lifecycle_tui.tui.widgets.prose import wrap
from tests.tui.conftest import HOSTILE

GLOSSARY = Glossary(
    (
        Term("cold start", "It waits.", also=("cold starts",), see=("Init",), rules=("LIF-06",)),
        Term("Init", "It prepares.", rules=("INIT-01",)),
        Term("/tmp", "A folder.", ours=True),
    )
)


def looks(text: str) -> list[tuple[str, str]]:
    return [(run.text, run.look) for run in runs_of(text)]


def test_marks_become_looks() -> None:
    assert looks("A **big** `set x` [look](#here) end") == [
        ("A ", "plain"), ("big", "strong"), (" ", "plain"), ("set x", "accent"), (" ", "plain"),
        ("look", "plain"), (" end", "plain"),
    ]  # fmt: skip


def test_a_marked_word_of_the_glossary_is_a_link() -> None:
    (run,) = [run for run in runs_of("A *cold start* waits.") if run.look == "term"]
    assert run == Run("cold start", "term", (("term", "cold start"),))


def test_a_rule_that_is_assumed_has_its_dagger() -> None:
    assert "".join(text for text, _ in looks("So [SIM-PLACEMENT] and [INIT-01].")) == (
        "So [SIM-PLACEMENT †] and [INIT-01]."
    )
    assert ("†", "assumed") in looks("100 ms †")


def test_lines_are_broken_as_plain_text_is() -> None:
    text = "The *cold start* took **1.2 s** and `fire` was sent by #3 of e1, that is all of it."
    plain = "".join(run.text for run in runs_of(text))
    for width in (12, 30, 56, 76):
        assert words_of(lines_of(text, width)).split("\n") == wrap(plain, width)


@given(st.text(max_size=200), st.integers(12, 80))
def test_no_line_is_too_wide(text: str, width: int) -> None:
    for line in lines_of(text, width, "- "):
        assert width_of(line) <= width


def test_a_head_stands_before_the_first_line_alone() -> None:
    assert words_of(lines_of("one two three", 9, "- ")).split("\n") == ["- one two", "  three"]


def test_hostile_text_keeps_its_letters() -> None:
    shown = words_of(lines_of(HOSTILE[:80], 40))
    assert "[$LATEST]" in shown


def test_words_are_links_at_their_first_place() -> None:
    line = (Run("Init and a cold start, then init again; /tmp too, not coldstart."),)
    (found,) = Links(GLOSSARY).on([line])
    assert words_of([found]) == words_of([line])
    assert [run.text for run in found if run.look == "term"] == ["Init", "cold start", "/tmp"]
    assert terms_on([found]) == ("Init", "cold start", "/tmp")


def test_other_forms_lead_to_the_same_word() -> None:
    (line,) = Links(GLOSSARY).on([(Run("Two COLD STARTS."),)])
    assert terms_on([line]) == ("cold start",)


def test_links_keep_what_a_click_means_otherwise() -> None:
    (line,) = Links(GLOSSARY).on([(Run("see Init", "plain", (("cause", 2),)),)])
    assert line[1].meta == (("cause", 2), ("term", "Init"))


def test_only_plain_text_has_links() -> None:
    lines = ((Run("Init", "strong"), Run("Init", "dim")),)
    assert Links(GLOSSARY).on(lines) == lines


def test_an_empty_glossary_links_nothing() -> None:
    lines = ((Run("Init"), Run("")),)
    assert Links(Glossary(())).on(lines) == lines


def test_the_course_has_words_for_all_links_that_it_makes() -> None:
    links = Links(load_glossary())
    for word in links.glossary.by_word:
        assert terms_on(links.on([(Run(f"a {word} b"),)])), word


def test_words_on_screen_come_first() -> None:
    assert [term.term for term in ordered(GLOSSARY, ("/tmp",))] == ["/tmp", "cold start", "Init"]


def test_a_meaning_says_who_says_so() -> None:
    told = words_of(meaning(GLOSSARY.terms[0], 60))
    assert "It waits." in told
    assert "See: Init" in told
    assert "rules LIF-06" in told
    assert "a word of this program" in words_of(meaning(GLOSSARY.terms[2], 60))


def test_every_meaning_fits_its_place() -> None:
    for term in load_glossary().terms:
        assert len(meaning(term, 74)) <= 9, term.term


def block(*texts: str) -> Block:
    return tuple((Run(text),) for text in texts)


def test_what_fits_is_one_page() -> None:
    (page,) = pages_of((block("a", "b"), block("c")), 4)
    assert words_of(page).split("\n") == ["a", "b", "", "c"]


def test_what_does_not_fit_is_turned() -> None:
    first, second = pages_of((block("a", "b"), block("c", "d")), 4, "to the question: why")
    assert words_of(first).split("\n") == ["a", "b", "", "n to the question: why"]
    assert words_of(second).split("\n") == ["c", "d"]


def test_the_last_page_keeps_the_text_that_leads_to_a_question() -> None:
    blocks = (block(*["far"] * 5), block(*["near"] * 3), block(*["question"] * 5))
    first, last = pages_of(blocks, 10, keeps=True)
    assert words_of(first).split("\n")[:9] == ["far"] * 5 + [""] + ["near"] * 3
    assert words_of(last).split("\n") == ["near"] * 3 + [""] + ["question"] * 5
    assert words_of(pages_of(blocks, 10)[-1]).split("\n") == ["question"] * 5


@given(st.lists(st.integers(1, 20), min_size=1, max_size=8), st.integers(2, 15))
def test_pages_hold_every_line_once_and_fit(sizes: list[int], height: int) -> None:
    names = iter(range(1_000))
    blocks = tuple(block(*(f"x{next(names)}" for _ in range(size))) for size in sizes)
    pages = pages_of(blocks, height)
    shown = [run.text for page in pages for line in page for run in line if run.text[0] == "x"]
    assert shown == [run.text for each in blocks for line in each for run in line]
    assert all(len(page) <= height for page in pages)
