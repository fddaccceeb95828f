"""The first conversation: the sandbox, and the ways into the course, the review and scenarios."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lifecycle_tui.plain.repl import Repl
from lifecycle_tui.plain.talk import Talk
from lifecycle_tui.plain.verbs import HOME, SESSION, PlainVerb
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.session import Session
from lifecycle_tui.units.text import quote
from lifecycle_tui.units.translation import chosen_language, tr

if TYPE_CHECKING:
    from lifecycle_tui.plain.course import PlainCourse


class HomeRepl(Repl):
    """The sandbox, and the ways to everything else.

    Args:
        session: the sandbox.
        talk: who is talked to.
        keep: keeps the session after every line.
    """

    verbs: tuple[PlainVerb, ...] = (*HOME, *SESSION)

    def __init__(
        self, session: Session, talk: Talk, keep: Callable[[Session], None] | None = None
    ) -> None:
        super().__init__(session, talk, keep)
        self._acts |= {
            "learn": self._learn,
            "review": lambda _: self._back(self._course().review()),
            "scenarios": self._scenarios,
            "open": self._open,
            "walkthroughs": self._walkthroughs,
        }

    def begin(self) -> None:
        """Say what there is."""
        self.talk.say(
            tr("lifecycle-tui: what AWS Lambda does between an event and its response."),
            tr(
                "learn goes on with the course; scenarios lists stories to open; walkthroughs lists"
                " stories told in steps; this is the sandbox."
            ),
        )
        super().begin()

    def _course(self) -> PlainCourse:
        from lifecycle_tui.lessons.pack import load_pack
        from lifecycle_tui.plain.course import PlainCourse

        return PlainCourse(load_pack(language=chosen_language()), self.talk)

    def _learn(self, rest: str) -> None:
        course = self._course()
        chosen = course.pack.called(rest) if rest else None
        if rest and chosen is None:
            near = course.pack.near(rest)
            told = tr("there is no lesson {name}", name=quote(rest, 60))
            self.refuse(Note(f"{told}{near}", refused=True))
            return
        self._back(course.learn(chosen))

    def _back(self, status: int) -> None:
        self.wrong += status != 0
        self.talk.say(tr("Back in the sandbox."))

    def _scenarios(self, rest: str) -> None:  # noqa: ARG002 - as all acts
        from lifecycle_tui.scenario.catalogue import shipped

        self.talk.say(*(f"{each.name}: {each.title}" for each in shipped()))
        self.talk.say(tr("open NAME opens one."))

    def _open(self, rest: str) -> None:
        from lifecycle_tui.scenario.catalogue import names
        from lifecycle_tui.scenario.problems import did_you_mean
        from lifecycle_tui.sessions.opening import open_scenario

        if rest not in names():
            told = tr("which scenario? scenarios lists them")
            if rest:
                told = f"{tr('which scenario?')}{did_you_mean(rest, names()).replace(';', '', 1)}"
            self.refuse(Note(told, refused=True))
            return
        self.show(open_scenario(rest).open())
        super().begin()

    def _walkthroughs(self, rest: str) -> None:
        from lifecycle_tui.scenario.problems import did_you_mean
        from lifecycle_tui.walkthroughs.catalogue import shipped
        from lifecycle_tui.walkthroughs.reading import load_walkthrough
        from lifecycle_tui.walkthroughs.summary import lines_of

        files = shipped()
        if not rest:
            told = (f"{name}: {load_walkthrough(path).title}" for name, path in files.items())
            self.talk.say(*told, tr("walkthroughs NAME tells one."))
        elif rest in files:
            told = (
                line.strip() for line in lines_of(load_walkthrough(files[rest]), f"{tr('Done:')} ")
            )
            self.talk.say(*(line for line in told if line), tr("Back in the sandbox."))
        else:
            near = did_you_mean(rest, tuple(files))
            what = tr("there is no walkthrough {name}", name=quote(rest, 60))
            self.refuse(Note(f"{what}{near}", refused=True))
