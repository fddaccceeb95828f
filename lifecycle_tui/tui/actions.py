"""The one table of actions: bindings, footer, help and palette are made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lifecycle_tui.units.translation import tr, tr_later

if TYPE_CHECKING:
    from textual.binding import Binding


@dataclass(frozen=True, slots=True)
class Action:
    """Something the user can do on the main screen.

    Attributes:
        id: its name; also the id of its binding.
        call: the action as Textual calls it.
        keys: Textual's names of its keys, the first one preferred.
        shown: how its keys are written on screen.
        title: what it does, in two or three words.
        help: what it does, in a line.
        group: its place in the help.
        footer: its word in the footer; empty for none.
        wide: its word in a footer with room for more; a blank shares the word of the next key.
        palette: whether the command palette offers it.
        typed: whether what is typed next is meant for what it opens, however fast it comes.
    """

    id: str
    call: str
    keys: tuple[str, ...]
    shown: str
    title: str
    help: str
    group: str
    footer: str = ""
    wide: str = ""
    palette: bool = True
    typed: bool = False


EVENTS: Final = tr_later("Events")
TIME: Final = tr_later("Time")
LAMBDA: Final = tr_later("Lambda")
SETTINGS: Final = tr_later("Settings")
FORKS: Final = tr_later("Forks")
LOOKING: Final = tr_later("Looking")
COURSE: Final = tr_later("Lessons")
WALK: Final = tr_later("Walkthroughs")
PROGRAM: Final = tr_later("Program")

ACTIONS: Final[tuple[Action, ...]] = (
    Action("fire", "fire", ("i",), "i", "Send an event",
           "one event arrives now", EVENTS, "send"),
    Action("fire-as", "fire_as", ("I",), "I", "Send an event that …",
           "choose how it ends: ok, error, slow, timeout, exit, oom", EVENTS),
    Action("burst", "burst", ("b",), "b", "Send a burst",
           "several events at once; asks how many", EVENTS, "burst"),
    Action("source", "next_source", ("s",), "s", "Next source",
           "who sends: SDK, API Gateway, S3, SQS … and what the scenario declares", EVENTS),
    Action("play", "play", ("space",), "Space", "Play or pause",
           "let time pass, or stop it; idle time passes quickly", TIME, "play"),
    Action("step", "step(1)", ("full_stop",), ".", "Step",
           "to the next happening", TIME, "step"),
    Action("step-back", "step(-1)", ("comma",), ",", "Step back",
           "to the previous happening", TIME),
    Action("next-input", "step_input(1)", ("greater_than_sign",), ">", "Next input",
           "to the next event or command", TIME),
    Action("previous-input", "step_input(-1)", ("less_than_sign",), "<", "Previous input",
           "to the previous event or command", TIME),
    Action("slower", "slower", ("left_square_bracket",), "[", "Slower",
           "one notch slower, down to 1/16x", TIME),
    Action("faster", "faster", ("right_square_bracket",), "]", "Faster",
           "one notch faster, up to 3600x", TIME),
    Action("true-speed", "true_speed", ("backslash",), "\\", "True speed",
           "a second is a second", TIME),
    Action("scrub-back", "scrub(-1)", ("left",), "Left", "Scrub back",
           "one cell of the time axis back", TIME, palette=False),
    Action("scrub", "scrub(1)", ("right",), "Right", "Scrub on",
           "one cell of the time axis on", TIME, palette=False),
    Action("scrub-far-back", "scrub(-10)", ("shift+left",), "Shift+Left", "Scrub far back",
           "ten cells back", TIME, palette=False),
    Action("scrub-far", "scrub(10)", ("shift+right",), "Shift+Right", "Scrub far on",
           "ten cells on", TIME, palette=False),
    Action("home", "start", ("home",), "Home", "Go to the start",
           "to time 0", TIME),
    Action("end", "live_edge", ("end",), "End", "Go to the live edge",
           "to the latest moment seen, then to where it falls quiet", TIME),
    Action("bookmark", "bookmark", ("M",), "M", "Bookmark",
           "set one at this moment, or take it away", TIME),
    Action("previous-mark", "mark(-1)", ("left_curly_bracket",), "{", "Previous bookmark",
           "go to it; in a comparison, to the previous difference", TIME),
    Action("next-mark", "mark(1)", ("right_curly_bracket",), "}", "Next bookmark",
           "go to it; in a comparison, to the next difference", TIME),
    Action("reclaim", "reclaim", ("r",), "r", "Take it back",
           "Lambda reclaims the selected idle environment", LAMBDA),
    Action("crash", "crash", ("K",), "K", "Kill the runtime",
           "the runtime process of the selected environment dies", LAMBDA),
    Action("deploy", "deploy", ("d",), "d", "Deploy new code",
           "new environments for new events; idle ones retire", LAMBDA),
    Action("roll-out", "roll_out", ("D",), "D", "Deploy for a part",
           "a canary: a share of the events for a new version; then move or end it", LAMBDA),
    Action("prewarm", "prewarm", ("p",), "p", "Initialise ahead",
           "an environment that no event waits for", LAMBDA),
    Action("timeout-down", "timeout(-1)", ("t",), "t", "Shorter timeout",
           "one notch down; AWS allows no less than 1 s", SETTINGS, wide=" "),
    Action("timeout-up", "timeout(1)", ("T",), "T", "Longer timeout",
           "one notch up", SETTINGS, wide="timeout"),
    Action("provision-down", "provision(-1)", ("v",), "v", "One less provisioned",
           "provisioned concurrency (PC): one environment fewer", SETTINGS, wide=" "),
    Action("provision-up", "provision(1)", ("V",), "V", "One more provisioned",
           "provisioned concurrency (PC): one environment more is kept ready", SETTINGS, wide="PC"),
    Action("config", "pane('config')", ("c",), "c", "Edit the configuration",
           "arrows change a value, Enter applies, Esc discards", SETTINGS, "config"),
    Action("rules", "switch_rules", ("R",), "R", "Rules of another date",
           "the same run under the rules of 2023, 2024 or today", SETTINGS),
    Action("function", "next_function", ("F",), "F", "Next function",
           "where a scenario has several: which one the keys act on", SETTINGS),
    Action("undo", "take_back", ("u",), "u", "Undo",
           "take the last input back and return to its moment", SETTINGS),
    Action("redo", "bring_back", ("U",), "U", "Redo",
           "bring it back", SETTINGS),
    Action("fork", "fork", ("f",), "f", "Fork here",
           "another way the story may go from here; acting in the past forks too", FORKS),
    Action("forks", "forks", ("B",), "B", "List of forks",
           "show, compare, rename or delete one", FORKS),
    Action("compare", "compare", ("x",), "x", "Compare (A/B)",
           "two runs at the same moment; again: the other one is acted upon; Esc leaves", FORKS),
    Action("predict", "predict", ("P",), "P", "Predictions",
           "on or off: time stops before an event worth a guess, and asks", LOOKING),
    Action("why", "why", ("w",), "w", "Why?",
           "the chain of causes of what happened", LOOKING, "why"),
    Action("inspect", "pane('inspect')", ("enter",), "Enter", "Inspect",
           "the selected environment; in Why: go to the cause, try a contrast", LOOKING),
    Action("open-source", "open_source", ("o",), "o", "Open the rule's page",
           "the page of AWS that the reason rests on; its address is shown too", LOOKING),
    Action("cost", "pane('cost')", ("dollar_sign",), "$", "Cost",
           "the bill so far, by what the money went to", LOOKING),
    Action("trace", "pane('trace')", ("X",), "X", "X-Ray trace",
           "the segments of the event that is looked at", LOOKING),
    Action("metrics", "pane('metrics')", ("m",), "m", "Metrics",
           "concurrency, cold share, 429 and latency over time", LOOKING),
    Action("glossary", "glossary", ("g",), "g", "Glossary",
           "what words mean, those on screen first", LOOKING),
    Action("claim", "claim", ("C",), "C", "Check a claim",
           "look for the smallest scenario that breaks what is claimed", LOOKING),
    Action("log", "pane('log')", ("L",), "L", "Log",
           "what CloudWatch Logs would hold", LOOKING),
    Action("up", "select(-1)", ("up", "k"), "Up k", "Previous environment",
           "select it", LOOKING, palette=False),
    Action("down", "select(1)", ("down", "j"), "Down j", "Next environment",
           "select it", LOOKING, palette=False),
    Action("next-pane", "next_pane(1)", ("tab",), "Tab", "Next pane",
           "Inspect, Why, Cost, Trace, Metrics, Config, Log", LOOKING, "pane", palette=False),
    Action("previous-pane", "next_pane(-1)", ("shift+tab",), "Shift+Tab", "Previous pane",
           "the other way round", LOOKING, palette=False),
    Action("closer", "zoom(1)", ("plus",), "+", "Look closer",
           "a shorter time a cell", LOOKING),
    Action("wider", "zoom(-1)", ("minus",), "-", "Look wider",
           "a longer time a cell", LOOKING),
    Action("axis", "next_axis", ("z",), "z", "Next time axis",
           "event: idle drawn short; wall: true scale; log: by magnitude", LOOKING),
    Action("follow", "follow", ("escape",), "Esc", "Follow what happens",
           "let go of the selection; back to the lanes", LOOKING),
    Action("export", "export", ("e",), "e", "Export a picture",
           "what is shown, as a file: SVG, PNG, text or HTML", PROGRAM),
    Action("command", "command", ("colon",), ":", "Command line",
           "anything at all, in words; Tab completes, Up recalls", PROGRAM, typed=True),
    Action("permalink", "permalink", ("y",), "y", "Permalink",
           "the session as one string, which opens it elsewhere", PROGRAM),
    Action("help", "help", ("question_mark",), "?", "Help",
           "every key, and what the letters mean", PROGRAM, "help"),
    Action("palette", "app.command_palette", ("ctrl+p",), "ctrl+p", "Command palette",
           "find an action by its name; change the theme", PROGRAM, palette=False),
    Action("quit", "app.quit", ("q",), "q", "Quit",
           "leave the program", PROGRAM, "quit"),
)  # fmt: skip
"""Everything that can be done, in the order of the help."""

ANSWERS: Final[tuple[Action, ...]] = (
    *(
        Action(f"option-{n}", f"predict_choose({n})", (str(n),), str(n), f"Option {n}",
               "choose it", LOOKING)
        for n in range(1, 5)
    ),
    Action("guess", "predict_sure('guess')", ("a",), "a", "A guess",
           "answer, not sure at all", LOOKING, "guess"),
    Action("think", "predict_sure('think')", ("b",), "b", "I think so",
           "answer, fairly sure", LOOKING, "think"),
    Action("certain", "predict_sure('certain')", ("c",), "c", "Certain",
           "answer, quite sure: right counts double, wrong counts against you", LOOKING, "certain"),
    Action("go-on", "predict_go_on", ("space",), "Space", "Go on",
           "let the question go", LOOKING),
    Action("skip", "predict_skip", ("escape",), "Esc", "Skip",
           "let the question go", LOOKING, "skip"),
)  # fmt: skip
"""What keys do while a question is open: that comes before anything else they do."""

LEARNING: Final[tuple[Action, ...]] = (
    Action("lesson-next", "lesson_next", ("n",), "n", "Next",
           "go on with the lesson; while it shows something, skip to its end", COURSE, "next"),
    Action("lesson-back", "lesson_back", ("backspace",), "Backspace", "Back",
           "look at the step before", COURSE),
    Action("hint", "hint", ("h",), "h", "Hint",
           "where to look, then which knob, then what to do", COURSE, "hint"),
    Action("lessons", "lessons", ("l",), "l", "Lessons",
           "begin the step or the lesson again, or go to another one", COURSE, "lessons"),
)  # fmt: skip
"""What is done with a lesson, on the main screen."""

WALKING: Final[tuple[Action, ...]] = (
    Action("walk-next", "walk_next", ("pagedown", "n"), "PgDn n", "Next step",
           "go on; while a step is being shown, skip to its end; after an interruption, resume",
           WALK, "next"),
    Action("walk-back", "walk_back", ("pageup", "backspace"), "PgUp", "Step before",
           "back to exactly what was seen at the end of the step before", WALK),
    Action("walk-interrupt", "walk_interrupt", ("escape",), "Esc", "Interrupt",
           "play freely in a fork; any key that acts does so too; PgDn resumes", WALK),
)  # fmt: skip
"""What is done with a walkthrough, on the main screen."""

VERBS: Final = {
    "fire": "fire", "fire_as": "fire", "next_source": "fire", "burst": "burst",
    "timeout": "set", "provision": "provision", "deploy": "deploy", "roll_out": "deploy",
    "prewarm": "prewarm", "reclaim": "reclaim", "crash": "crash", "switch_rules": "rules",
    "take_back": "undo", "bring_back": "redo", "fork": "fork", "forks": "switch",
    "play": "play", "claim": "claim",
}  # fmt: skip
"""The verb of the command language that an action is, by the action's name."""

BY_ID: Final = {action.id: action for action in ACTIONS}


def walking_bindings() -> list[Binding]:
    """Return the bindings of a walkthrough; a presenter's remote works wherever the focus is."""
    from textual.binding import Binding

    return [
        Binding(key, a.call, a.title, id=None, show=False, priority=key.startswith("page"))
        for a in WALKING
        for key in a.keys
    ]


def bindings(actions: tuple[Action, ...] = ACTIONS) -> list[Binding]:
    """Return the bindings of actions of the main screen."""
    # The table is printed too (``lifecycle-tui keys``), which needs no screen.
    from textual.binding import Binding

    return [
        Binding(
            ",".join(action.keys),
            action.call,
            action.title,
            id=action.id,
            tooltip=action.help,
            show=bool(action.footer),
            key_display=action.shown,
        )
        for action in actions
    ]


def answer_bindings() -> list[Binding]:
    """Return the bindings of a question's keys."""
    from textual.binding import Binding

    return [
        Binding(",".join(a.keys), a.call, a.title, id=a.id, show=False, priority=True)
        for a in ANSWERS
    ]


def answers(options: int) -> tuple[tuple[str, str, str], ...]:
    """Return the footer's keys while a question with so many options is open."""
    rest = tuple((a.shown, tr(a.footer), a.call) for a in ANSWERS if a.footer)
    return ((f"1-{options}", tr("choose, then how sure:"), ""), *rest)


def lesson_answers(options: int, *, back: bool, panes: bool) -> tuple[tuple[str, str, str], ...]:
    """Return the footer's keys while a lesson asks.

    Args:
        options: how many there are.
        back: whether a page of text comes before the question.
        panes: whether other panes have to be turned to.
    """
    rows = {a.id: a for a in (*LEARNING, *ACTIONS)}
    wanted = {"lesson-back": tr("text")} if back else {}
    wanted |= {"next-pane": tr("look")} if panes else {}
    ours = [(rows[n].shown, words, rows[n].call) for n, words in wanted.items()]
    first, *sure, skip = answers(options)
    asks = tr("choose") if back else tr("choose, then")
    return ((first[0], asks, ""), *sure, *ours, skip)


def to_the_question() -> tuple[tuple[str, str, str], ...]:
    """Return the footer's keys while the text before a lesson's question is read."""
    rows = {a.id: a for a in (*LEARNING, *ACTIONS)}
    keys = {"lesson-next": tr_later("the question")} | _BEFORE_ASKED
    return tuple((rows[n].shown, tr(words), rows[n].call) for n, words in keys.items())


_BEFORE_ASKED: Final = {
    "step-back": tr_later("back"), "step": tr_later("step"), "next-pane": tr_later("look"),
    "glossary": tr_later("words"), "quit": tr_later("leave"),
}  # fmt: skip
"""What may be done while the text is read, and its words."""

WIDE_FOOTER: Final = 100
"""The width from which the footer has room for the keys of settings."""


def footer(width: int = 80) -> tuple[tuple[str, str, str], ...]:
    """Return the footer's keys: what to press, what it does, the action."""
    wide = width >= WIDE_FOOTER
    found = ((a.shown, a.footer or (a.wide if wide else ""), a.call) for a in ACTIONS)
    return tuple((shown, tr(words.strip()), call) for shown, words, call in found if words)


def lesson_footer(width: int, *, hints: bool) -> tuple[tuple[str, str, str], ...]:
    """Return the footer's keys while a lesson is played.

    Args:
        width: cells of the line.
        hints: whether there may be one just now.
    """
    from rich.cells import cell_len

    rows = {a.id: a for a in (*LEARNING, *ACTIONS)}
    ours = [name for name in _IN_LESSONS if hints or name != "hint"]
    keys = [(rows[n].shown, tr(_IN_LESSONS[n]), rows[n].call) for n in ours]
    if sum(cell_len(shown) + cell_len(words) + _AROUND_A_KEY for shown, words, _ in keys) > width:
        wide = {rows[name].call for name in _WHERE_WIDE}
        keys = [key for key in keys if key[2] not in wide]
    return tuple(keys)


_AROUND_A_KEY: Final = 3
"""Cells of the spaces around a key and its words."""
_IN_LESSONS: Final = {
    "lesson-next": tr_later("next"), "lesson-back": tr_later("back"), "hint": tr_later("hint"),
    "fire": tr_later("send"), "burst": tr_later("burst"), "play": tr_later("play"),
    "step": tr_later("step"), "why": tr_later("why"), "command": tr_later("line"),
    "glossary": tr_later("words"), "lessons": tr_later("lessons"), "help": tr_later("help"),
    "quit": tr_later("leave"),
}  # fmt: skip
"""The footer's keys while a lesson is played, and their words."""
_WHERE_WIDE: Final = ("burst", "step", "lesson-back", "help")
"""Those of them for which a narrow footer has no room; the help stands in the top line."""


def walk_footer(width: int, *, interrupted: bool) -> tuple[tuple[str, str, str], ...]:
    """Return the footer's keys in a walkthrough.

    Args:
        width: cells of the line.
        interrupted: whether one is playing freely.
    """
    on, back, aside = (a.call for a in WALKING)
    if interrupted:
        free = (("i", tr("send"), "fire"), ("Space", tr("play"), "play"))
        ours = (("PgDn", tr("resume"), on), *free)
    else:
        steps = (("PgDn", tr("next"), on), ("PgUp", tr("back"), back))
        ours = (*steps, ("Esc", tr("try it out"), aside))
    names = (
        _IN_WALKS if width >= WIDE_FOOTER else [n for n in _IN_WALKS if n not in _WALKS_WHERE_WIDE]
    )
    rest = tuple((BY_ID[name].shown, tr(_IN_WALKS[name]), BY_ID[name].call) for name in names)
    return (*ours, *rest)


_IN_WALKS: Final = {
    "why": tr_later("why"), "next-pane": tr_later("pane"), "closer": tr_later("closer"),
    "wider": tr_later("wider"), "glossary": tr_later("words"), "command": tr_later("line"),
    "help": tr_later("help"), "quit": tr_later("leave"),
}  # fmt: skip
"""More keys of the footer in a walkthrough, and their words."""
_WALKS_WHERE_WIDE: Final = ("closer", "wider", "glossary", "help")


def groups() -> dict[str, list[Action]]:
    """Return all actions by their group, in order."""
    found: dict[str, list[Action]] = {}
    for action in (*ACTIONS, *LEARNING, *WALKING):
        found.setdefault(action.group, []).append(action)
    return found


TYPED: Final = frozenset(key for action in ACTIONS if action.typed for key in action.keys)
"""The keys behind which typing goes on."""
