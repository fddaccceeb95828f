"""A walk goes on and back along one story; what one does on the side leaves it alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from lifecycle_tui.play.session import Session
from lifecycle_tui.sessions.saved import Saved
from lifecycle_tui.sessions.writing import write_session
from lifecycle_tui.walkthroughs.keeping import Left, keep, left
from lifecycle_tui.walkthroughs.reading import load_walkthrough
from lifecycle_tui.walkthroughs.walk import Walk
from tests.walkthroughs.examples import EXAMPLE, SHIPPED, changed, read


def state(session: Session) -> str:
    """Return everything that is kept of a session, and how its player stands."""
    transport = session.transport
    player = f"{session.at_us} {transport.playing} {transport.halt} {transport.speed}"
    return f"{player}\n{write_session(Saved.of(session))}"


def watch(walk: Walk) -> None:
    """Let time pass until the step has been shown."""
    for _ in range(10_000):
        if not walk.is_watched:
            return
        walk.advance(0.1)
    raise AssertionError("the step never ends")


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_however_one_comes_to_a_step_it_is_the_same(path: Path) -> None:
    walkthrough = load_walkthrough(path)
    there = [state(Walk(walkthrough, at).session) for at in range(len(walkthrough.steps))]
    watched, skipped = Walk(walkthrough), Walk(walkthrough)
    for at, wanted in enumerate(there):
        if at:
            assert watched.forward() is None
            watch(watched)
            skipped.forward()
            skipped.finish()
        assert state(watched.session) == wanted
        assert state(skipped.session) == wanted
    for at in range(len(there) - 2, -1, -1):
        assert watched.back() is None
        assert (watched.at, state(watched.session)) == (at, there[at])


def test_back_from_the_midst_of_a_step_is_what_was_seen_before_it() -> None:
    walk = Walk(read(EXAMPLE))
    before = state(walk.session)
    walk.forward()
    walk.advance(0.3)
    assert walk.is_watched
    assert 0 < walk.session.at_us < 2_320_000
    walk.back()
    assert (walk.at, state(walk.session)) == (0, before)


def test_there_is_a_first_and_a_last_step() -> None:
    walk = Walk(read(EXAMPLE))
    told = walk.back()
    assert told is not None
    assert told.refused
    walk = Walk(read(EXAMPLE), 99)
    assert (walk.at, walk.is_last) == (3, True)
    told = walk.forward()
    assert told is not None
    assert told.text == "that was the last step"
    assert walk.at == 3


def test_on_while_a_step_is_shown_goes_to_its_end_first() -> None:
    walk = Walk(read(EXAMPLE))
    walk.forward()
    walk.forward()
    assert (walk.at, walk.is_watched) == (1, False)
    walk.forward()
    assert walk.at == 2


def test_an_interruption_plays_in_a_fork_of_a_copy() -> None:
    walk = Walk(read(EXAMPLE))
    walk.forward()
    walk.finish()
    own, before = walk.session, state(walk.session)
    told = walk.interrupt()
    assert "step 2" in told.text
    aside = walk.session
    assert aside is not own
    assert (aside.branch.name, aside.branch.parent, aside.at_us) == ("aside", "main", own.at_us)
    aside.fire(5)
    assert aside.player.playing, "where nothing is busy, what one sends plays by itself"
    walk.advance(0.5)
    assert aside.at_us > own.at_us
    assert walk.interrupt().refused
    assert state(own) == before
    walk.forward()
    assert walk.session is own
    assert (walk.at, state(own)) == (1, before)


def test_what_was_being_shown_goes_on_after_an_interruption() -> None:
    one, other = Walk(read(EXAMPLE)), Walk(read(EXAMPLE))
    for walk in (one, other):
        walk.forward()
        walk.advance(0.2)
    one.interrupt()
    one.session.fire()
    one.advance(0.2)
    one.resume()
    for walk in (one, other):
        assert walk.is_watched
        walk.advance(0.2)
    assert state(one.session) == state(other.session)


def test_another_fork_may_have_the_name() -> None:
    walk = Walk(read(changed("fork short", "fork aside")), 3)
    walk.interrupt()
    assert walk.session.branch.name == "aside.1"


def test_a_step_that_cannot_be_carried_out_is_told_and_not_begun() -> None:
    walk = Walk(read(changed("      - wait 5s\n", "      - reclaim e4\n")), 1)
    before = state(walk.session)
    told = walk.forward()
    assert told is not None
    assert "this walkthrough is wrong: my.walk.yaml:17:9: 'reclaim e4' was refused" in told.text
    assert (walk.at, state(walk.session)) == (1, before)


def test_a_step_that_fails_on_the_way_is_told() -> None:
    text = changed("      - why 2\n", "      - reclaim e4\n")
    for way in ("watched", "skipped"):
        walk = Walk(read(text), 1)
        assert walk.forward() is None
        told = None
        while told is None:
            told = walk.advance(0.1) if way == "watched" else walk.forward()
        assert "reclaim e4" in told.text
        assert walk.at == 1
        assert not walk.is_watched


def test_captions_have_figures_once_they_are_known() -> None:
    walk = Walk(read(EXAMPLE))
    walk.forward()
    assert "waited … for" in walk.caption
    walk.finish()
    assert "waited 1.12 s for" in walk.caption


def test_the_place_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "place.json"
    assert left(file) is None
    assert keep(Left("doom-loop", 3), file) == ""
    assert left(file) == Left("doom-loop", 3)
    for text in ("", "[]", "{}", '{"walkthrough": 1, "step": 2}', "[" * 5_000, "\udc80"):
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        assert left(file) is None
    file.write_text('{"walkthrough": "x", "step": true}')
    assert left(file) is None
    told = keep(Left("doom-loop", 3), file / "below")
    assert told.startswith("where you are cannot be kept: ")
