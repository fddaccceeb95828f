"""The loop: a line is read, carried out, and what came of it is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from lifecycle_tui import exit_codes
from lifecycle_tui.engine.plan import Command, Fire
from lifecycle_tui.language import verbs as language
from lifecycle_tui.language.grammar import BY_WORD, VERBS
from lifecycle_tui.language.running import (
    LineError,
    help_words,
    read_line,
    run_statement,
)
from lifecycle_tui.language.verbs import Statement
from lifecycle_tui.plain import reports
from lifecycle_tui.plain.guessing import Guessing
from lifecycle_tui.plain.reasons import Reasons
from lifecycle_tui.plain.talk import Talk
from lifecycle_tui.plain.telling import Level, Teller
from lifecycle_tui.plain.verbs import SESSION, PlainVerb, by_word
from lifecycle_tui.play.note import Note
from lifecycle_tui.play.player import Halt
from lifecycle_tui.play.session import Session
from lifecycle_tui.play.view import standing_note
from lifecycle_tui.scenario.problems import did_you_mean
from lifecycle_tui.units.text import quote
from lifecycle_tui.units.translation import tr, tr_later

if TYPE_CHECKING:
    from lifecycle_tui.play.contrasts import Contrast

_DIGITS: Final = 10
_HELD: Final = tr_later("time stands still; play lets it pass")
_GOES_ON: Final = (
    language.Undo | language.Redo | language.Fork | language.Switch | language.Delete
    | language.Restart | language.Rules
)  # fmt: skip
"""Verbs after which one may want to know where the story stands."""

Act = Callable[[str], None]


class Repl:
    """A session in lines.

    After a command virtual time plays on at once, until it is quiet; ``pause`` holds it.

    Args:
        session: what is played.
        talk: who is talked to.
        keep: keeps the session after every line.
    """

    verbs: tuple[PlainVerb, ...] = SESSION

    def __init__(
        self, session: Session, talk: Talk, keep: Callable[[Session], None] | None = None
    ) -> None:
        self.session = session
        self.talk = talk
        self.teller = Teller(session)
        self.over = False
        self.wrong = 0
        """Lines that could not be carried out."""
        self._keep = keep
        self._held = False
        self._reasons = Reasons(talk)
        self._guessing = Guessing(session, talk)
        self._acts: dict[str, Act] = {
            "state": lambda _: talk.say(*reports.state_lines(self.session)),
            "log": self._log,
            "cost": lambda _: talk.say(*reports.cost_lines(self.session)),
            "compare": self._compare,
            "forks": lambda _: talk.say(*reports.fork_lines(self.session)),
            "try": self._try,
            "predict": self._predict,
            "say": self._say,
            "glossary": self._glossary,
            "quit": self._quit,
        }

    # The loop.

    def run(self) -> int:
        """Talk until there is nothing more to say, and return the exit status."""
        self.begin()
        while not self.over:
            line = self.talk.read(self.prompt)
            if line is None:
                break
            self.take(line)
            if self._keep is not None:
                self._keep(self.session)
        return exit_codes.CHECK_FAILED if self.wrong and not self.talk.interactive else 0

    @property
    def prompt(self) -> str:
        """What stands before a line that is typed."""
        return self._guessing.prompt

    def begin(self) -> None:
        """Say what there is."""
        session, talk = self.session, self.talk
        if not session.at_us:
            session.player.pause(Halt.QUIET)
        talk.say(f"{session.title}.", reports.function_words(session))
        self.tell_news()
        talk.note(Note(standing_note(session, None)))
        talk.say(tr("help lists every verb; quit leaves."))

    def take(self, line: str) -> None:
        """Carry out one line."""
        if self._guessing.understands(line):
            if self._guessing.takes(line):
                self._go_on()
            return
        word, _, rest = line.partition(" ")
        own = by_word(self.verbs)
        if word == "help" and rest.strip() in own:
            self._explain(own[rest.strip()])
            return
        act = self._acts.get(own.get(word.lower(), ""))
        if act is not None:
            act(rest.strip())
            return
        statement = self._read(line)
        if statement is not None:
            self.do(word, statement)

    def _read(self, line: str) -> Statement | None:
        """Return what a line says; say what is wrong with it."""
        try:
            return read_line(self.session, line)
        except LineError as error:
            self.wrong += 1
            word = line.split(maxsplit=1)[0]
            message = error.message
            if word not in BY_WORD:
                near = did_you_mean(word, (*BY_WORD, *by_word(self.verbs)))
                near = near if "did you mean" in near else f"; {tr('help lists them all')}"
                message = f"{tr('there is no verb {word}', word=quote(word))}{near}"
            self.talk.say(line, f"{' ' * error.column}^", message)
            return None

    def refuse(self, note: Note) -> None:
        """Say why something is not done."""
        self.wrong += 1
        self.talk.note(note)

    # Statements of the language.

    def do(self, word: str, statement: Statement) -> None:  # noqa: ARG002 - lessons ask for it
        """Carry out what a line says, and tell what came of it."""
        session = self.session
        if isinstance(statement, language.Pause):
            self._held = True
            session.player.pause(Halt.PAUSED)
            self.talk.say(tr(_HELD))
        elif isinstance(statement, language.Play):
            self._held = False
            self.play_on()
        elif isinstance(statement, Fire) and self._guessing.asks(statement):
            self._guessing.ask()
        else:
            self._carry_out(statement)

    def _carry_out(self, statement: Statement) -> None:
        session = self.session
        if isinstance(statement, Command) and not self._held:
            # Whatever was looked at: what is sent now is played at once.
            session.player.pause(Halt.ANSWER)
        branch = session.branch.name
        note = run_statement(session, statement, self)
        if note.refused:
            self.refuse(note)
        elif not isinstance(statement, Fire) or session.branch.name != branch:
            self.talk.note(note)
        if session is not self.session:
            return
        if isinstance(statement, Command) and not self._held and session.player.playing:
            self._play()
        elif self._held:
            session.player.pause(Halt.PAUSED)
        self.tell_news()
        if isinstance(statement, Command) and self._held and not note.refused:
            self.talk.say(tr(_HELD))
        if isinstance(statement, _GOES_ON) and not note.refused:
            self.talk.say(reports.where_words(session))
        self._look()

    def play_on(self) -> None:
        """Let time pass until it would stop by itself, and tell what happens."""
        refusal = self.session.reach_on()
        if refusal is not None:
            self.refuse(refusal)
            return
        self._play()
        self.tell_news()
        self._look()
        if not self._guessing.is_open:
            self.talk.note(Note(standing_note(self.session, None)))

    def _play(self) -> None:
        """Go to where playing stops; a question may stop it on the way."""
        self._guessing.look()
        self.pass_time()

    def pass_time(self) -> None:
        """Let time pass until it would stop by itself."""
        self.session.player.to_stop()

    def tell_news(self) -> None:
        """Tell what has happened since the last time."""
        self.talk.say(*self.teller.news())

    def _look(self) -> None:
        """Notice a question that came up, or its answer."""
        if self._guessing.told():
            self._go_on()

    def _go_on(self) -> None:
        """Go on after a question: send what it was about, and let time pass."""
        self._guessing.send()
        if not self.session.played.is_quiet_at(self.session.at_us):
            self._play()
        self.tell_news()
        self._look()

    def show(self, session: Session) -> None:
        """Play another session from now on."""
        self.session = session
        self.teller.follow(session)
        self._guessing.follow(session)

    # What the language leaves to its desk.

    def save(self, file: str) -> Note:
        """Write the session to a file."""
        from lifecycle_tui.sessions.by_name import save

        return save(self.session, file)

    def load(self, file: str) -> Note:
        """Open a session file or a permalink instead of the session that is played."""
        from lifecycle_tui.sessions.by_name import load

        saved = load(file)
        if isinstance(saved, Note):
            return saved
        self.show(saved.open())
        return Note(
            tr(
                "{name} is open, at t {moment:g} s",
                name=saved.origin.name,
                moment=self.session.at_us / 1_000_000,
            )
        )

    def claim(self, text: str) -> Note:
        """Look for a scenario that refutes a claim."""
        from lifecycle_tui.claims.claim import ClaimError, read_claim
        from lifecycle_tui.claims.search import base_of, search
        from lifecycle_tui.export.claims import claim_lines
        from lifecycle_tui.expressions import ExpressionError

        try:
            found = search(read_claim(text), base_of(self.session.plan, self.session.function))
        except ClaimError as error:
            self.talk.say(error.text, f"{' ' * (error.error.column - 1)}^")
            return Note(error.error.message, refused=True)
        except ExpressionError as error:
            return Note(
                tr("the claim cannot be checked: {message}", message=error.message), refused=True
            )
        self.talk.say(*claim_lines(found))
        return Note("")

    def help(self, topic: str) -> Note:
        """Say how a verb is written; without one, all of them."""
        if topic:
            return Note(help_words(topic))
        group = ""
        for verb in VERBS:
            if verb.group != group:
                group = verb.group
                self.talk.say(f"{tr(group)}:")
            self.talk.say(f"  {verb.usage}: {tr(verb.help)}")
        self.talk.say(tr("Here:"), *(f"  {each.usage}: {tr(each.help)}" for each in self.verbs))
        self.talk.tell(
            tr(
                "After a command time passes at once, until it is quiet. pause holds it, so that"
                " more can happen at the same moment or soon after; play lets it pass again."
            )
        )
        return Note("")

    def _explain(self, word: str) -> None:
        """Say how a verb of our own is written."""
        verb = next(each for each in self.verbs if each.word == word)
        self.talk.say(f"{verb.usage}: {tr(verb.help)}")

    def why(self, event: int | None) -> Note:
        """Say why an event went as it did; without one, why the latest happening came about."""
        everything = self.teller.level is Level.EVERYTHING
        return self._reasons.tell(self.session, event, rules=everything)

    # Verbs of our own.

    def _log(self, rest: str) -> None:
        if rest and not (rest.isdecimal() and len(rest) < _DIGITS and int(rest) > 0):
            self.refuse(
                Note(tr("log {rest}: how many lines? as log 10", rest=quote(rest)), refused=True)
            )
            return
        self.talk.say(*reports.log_lines(self.session, int(rest) if rest else None))

    def _compare(self, rest: str) -> None:
        found = reports.compare_lines(self.session, rest)
        if isinstance(found, Note):
            self.refuse(found)
        else:
            self.talk.say(*(line for line in found if line))

    def _try(self, rest: str) -> None:
        """Fork with what would have made the difference, and say why about what came of it."""
        found = self._reasons.contrast(self.session, rest)
        if isinstance(found, Note):
            self.refuse(found)
            return
        self.fork_with(found)

    def fork_with(self, contrast: Contrast) -> None:
        """Make a change of the past in a fork, and tell what came of it."""
        from lifecycle_tui.play.contrasts.asking import try_out

        note = try_out(self.session, contrast)
        if note.refused:
            self.refuse(note)
            return
        self.talk.note(note)
        self.tell_news()
        self.talk.say(reports.where_words(self.session))
        self._look()

    def _say(self, rest: str) -> None:
        if rest not in ("1", "2", "3"):
            self.refuse(Note(tr("say how much: say 1, say 2 or say 3"), refused=True))
            return
        self.teller.level = Level(int(rest))
        self.talk.say(_LEVELS[self.teller.level])

    def _predict(self, rest: str) -> None:
        if rest not in ("on", "off"):
            self.refuse(Note(tr("predict on, or predict off"), refused=True))
        else:
            self._guessing.switch(on=rest == "on")

    def _glossary(self, rest: str) -> None:
        from lifecycle_tui.lessons.glossary import load_glossary
        from lifecycle_tui.lessons.glossary_text import term_lines

        words = load_glossary()
        found = words.search(rest) if rest else ()
        if not found:
            near = words.near(rest) if rest else ""
            what = tr("which word? as glossary freeze")
            if rest:
                what = tr("no term {word}", word=quote(rest))
            if rest and near:
                what = tr(
                    "no term {word}; did you mean {near}?", word=quote(rest), near=quote(near)
                )
            self.refuse(Note(what, refused=True))
        for term in found:
            self.talk.say(*term_lines(term))

    def _quit(self, rest: str) -> None:  # noqa: ARG002 - as all acts
        self.over = True


_LEVELS: Final = {
    Level.NOTABLE: tr_later("what is notable is told"),
    Level.TRANSITIONS: tr_later("every step is told"),
    Level.EVERYTHING: tr_later("every record is told, with its rules"),
}
