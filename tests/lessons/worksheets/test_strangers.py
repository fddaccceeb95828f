"""A stranger's lesson on paper: its text is text, and it is told what is wrong with it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import pytest

from lifecycle_tui.expressions import ExpressionError
from lifecycle_tui.lessons.loading import load_lesson
from lifecycle_tui.lessons.pack import load_pack
from lifecycle_tui.lessons.staging import RefusedError
from lifecycle_tui.lessons.worksheets.making import make
from lifecycle_tui.lessons.worksheets.page import page
from tests.lessons.examples import NAME, changed, example

EVIL = "<script>x</script></style><img onerror=x>'&"
TAGS = {
    "html", "head", "meta", "title", "style", "body", "h1", "h2", "h3", "p", "div", "span", "ul",
    "ol", "li", "b", "br", "code", "pre", "table", "tr", "th", "td", "figure", "figcaption", "svg",
    "defs", "pattern", "rect", "circle", "path", "text", "g",
}  # fmt: skip


class Reader(HTMLParser):
    """Notes tags and attributes as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}


def pages(folder: Path, text: str) -> tuple[str, str]:
    (folder / NAME).write_text(text, encoding="utf-8")
    pack = load_pack(folder)
    assert pack.problems == ()
    sheet = make(pack.lessons[0], pack.glossary)
    return page(sheet, filled=False), page(sheet, filled=True)


def test_no_markup_comes_through(tmp_path: Path) -> None:
    quoted = f"'{EVIL.replace(chr(39), chr(39) * 2)}'"
    hostile = changed(
        ("title: The second event", f"title: {quoted}"),
        ("# The second event", f"# {EVIL}"),
        ("  - say what the second event does not wait for", f"  - {quoted}"),
        ("What does an event wait for,", f"![x](https://example.com/x.png) {EVIL}"),
        ("## Look {#look}", f"## {EVIL} {{#look}}"),
        ("ask: Another event comes five seconds later. It will be", f"ask: {quoted}"),
        ("cold: COLD, as the first was", f"cold: {quoted}"),
        (
            'say: "It waited {inv[1].wait_ms}, and the first one {inv[0].wait_ms}."',
            f"say: {quoted}",
        ),
        ("explain: The environment {inv[1].env} was FROZEN and free.", f"explain: {EVIL}"),
        ("goal: Make three events start cold.", f"goal: {quoted}"),
        ("text: three cold starts,", f"text: {quoted},"),
        ("fact: An event that finds an idle environment", f"fact: {EVIL} an idle environment"),
    )
    for each in pages(tmp_path, hostile):
        reader = Reader()
        reader.feed(each)
        assert reader.tags <= TAGS
        assert not {name for name in reader.attributes if name.startswith("on")}
        assert not reader.attributes & {"src", "href", "xlink:href"}
        assert each.count("<style>") == each.count("</style>") == 1
        assert "&lt;script&gt;x" in each
        assert "https://example.com" not in each


def test_control_characters_are_made_visible(tmp_path: Path) -> None:
    text = changed(("It will be", "It will be\u202e reversed\u200b"))
    for each in pages(tmp_path, text):
        assert "\u202e" not in each
        assert "\u200b" not in each


def test_the_lesson_of_the_page_by_hand(tmp_path: Path) -> None:
    sheet, key = pages(tmp_path, example())
    assert "Another event comes five seconds later." in sheet
    assert "<td>#1</td>" in sheet
    assert "FROZEN and free" not in sheet
    assert '<span class="box"><b class="a">×</b></span>b) WARM, without Init' in key
    assert '<span class="box"></span>a) COLD, as the first was' in key
    assert "The environment e1 was FROZEN and free." in key
    assert "Not a: It waited 0 ms, and the first one 1.12 s." in key
    assert "<br>wait until idle" in key
    assert "burst 3" not in sheet
    assert "Ask the room" not in key


def test_marks_of_markdown_are_not_printed(tmp_path: Path) -> None:
    text = changed(
        ("It will be", "Its *start* is"), ("warm: WARM, without", "warm: WARM, *without*")
    )
    for each in pages(tmp_path, text):
        assert "Its start is" in each
        assert "b) WARM, without Init" in each


def test_another_text_has_another_mark(tmp_path: Path) -> None:
    marks = {
        page_[page_.index("second-event@") :].split()[0]
        for text in (example(), changed(("minutes: 3", "minutes: 4")))
        for page_ in pages(tmp_path, text)
    }
    assert len(marks) == 2


@pytest.mark.parametrize(
    ("change", "raised"),
    [
        (("- burst 3\n- wait until idle", "- crash e9"), RefusedError),
        (("{inv[1].env} was FROZEN", "{1 + inv} was FROZEN"), ExpressionError),
    ],
)
def test_what_is_wrong_is_raised(
    tmp_path: Path, change: tuple[str, str], raised: type[Exception]
) -> None:
    path = tmp_path / NAME
    path.write_text(changed(change), encoding="utf-8")
    with pytest.raises(raised):
        make(load_lesson(path), load_pack(tmp_path).glossary)


TELLING = """\
First comes placement, and in the end the handler.

The handler is your code.

Dots are for this:

```text
P  placement
H  handler
```

"""


def test_texts_that_name_what_is_asked_are_left_out(tmp_path: Path) -> None:
    """The stage draws placement, Init and handler; FROZEN comes with the run of the sheet alone."""
    told = changed(
        (
            "The first event meets no environment.",
            f"{TELLING}The first event meets no environment.",
        )
    )
    for each in pages(tmp_path, told):
        assert "First comes placement" not in each
        assert "Dots are for this:" not in each
        assert "<pre>" not in each
        assert "The handler is your code." in each
        assert "The first event meets no environment." in each
        assert "CON-02]" not in each


def test_what_comes_after_the_last_question_of_a_beat_is_left_out(tmp_path: Path) -> None:
    text = changed(
        (
            "## Change it {#change}",
            "So it goes.\n\n```text\na picture\n```\n\n## Change it {#change}",
        )
    )
    for each in pages(tmp_path, text):
        assert "So it goes." not in each
        assert "a picture" not in each


def test_a_dagger_stays_where_rules_go_and_is_explained(tmp_path: Path) -> None:
    meaning = "† stands where AWS publishes nothing"
    assert meaning not in "".join(pages(tmp_path, example()))
    assumed = changed(("at a time. [CON-01] Use that.", "at a time. [LIFE-08] Use that."))
    for each in pages(tmp_path, assumed):
        assert "at a time. † Use that." in each
        assert each.count(meaning) == 1
