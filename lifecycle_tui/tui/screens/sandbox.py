"""The sandbox: the main screen, where a session is played and acted upon."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual.binding import BindingType

from lifecycle_tui.engine.plan import Fire, Outcome
from lifecycle_tui.play import moves
from lifecycle_tui.play.questions import ask
from lifecycle_tui.play.session import Note
from lifecycle_tui.tui import actions
from lifecycle_tui.tui.layout import Tier
from lifecycle_tui.tui.screens.panes import LATE, SHARED, make
from lifecycle_tui.tui.screens.reasons import HINTS
from lifecycle_tui.tui.screens.worded import Worded
from lifecycle_tui.tui.widgets.config import Config
from lifecycle_tui.tui.widgets.config_fields import effects, said
from lifecycle_tui.tui.widgets.lanes import Lanes
from lifecycle_tui.tui.widgets.pane import Pane
from lifecycle_tui.tui.widgets.pressable import Pressable
from lifecycle_tui.tui.widgets.why import Why
from lifecycle_tui.units.translation import tr


class Sandbox(Worded):
    """A session on screen, and everything that can be done to it."""

    BINDINGS: ClassVar[list[BindingType]] = [*actions.bindings(), *actions.answer_bindings()]
    offers: ClassVar[tuple[actions.Action, ...]] = actions.ACTIONS
    takes_lines: ClassVar[bool] = True

    # Time.

    def action_play(self) -> None:
        """Play or pause."""
        self.did(self.session.toggle())

    def action_step(self, direction: int) -> None:
        """Go to the next or previous happening."""
        self.did(moves.step(self.session, direction))

    def action_step_input(self, direction: int) -> None:
        """Go to the next or previous event or command."""
        self.did(moves.step_input(self.session, direction))

    def action_slower(self) -> None:
        """One notch slower."""
        self.session.player.slower()
        self.did(None)

    def action_faster(self) -> None:
        """One notch faster."""
        self.session.player.faster()
        self.did(None)

    def action_true_speed(self) -> None:
        """A second is a second."""
        self.session.player.set_speed(1.0)
        self.did(None)

    def action_start(self) -> None:
        """Go to time 0."""
        self.session.player.home()
        self.did(None)

    def action_live_edge(self) -> None:
        """Go to the live edge."""
        self.did(moves.to_edge(self.session))

    # Events and commands.

    def action_fire(self) -> None:
        """Send an event."""
        self._send(tr("sending an event …"), self.session.event)

    def _send(self, doing: str, make: Callable[[], Fire]) -> None:
        """Send events; where predictions are on and it is worth it, ask about them first."""
        self.let_go()
        self.act(doing, lambda: self._ask_or_send(make()))

    def _ask_or_send(self, command: Fire) -> Note | None:
        return None if self.asks_first(command) else self.session.send(command)

    def asks_first(self, command: Fire) -> bool:
        """Ask about events before they are sent, where predictions are on and it is worth it."""
        return self.predicting is not None and self.predicting.asks(command)

    def action_fire_as(self) -> None:
        """Ask how an event shall end, and send it."""
        from lifecycle_tui.tui.screens.questions import EndingMenu

        def send(ending: str | None) -> None:
            if ending:
                self._send(tr("sending an event …"), lambda: self._event_ending(ending))

        self.app.push_screen(EndingMenu(), send)

    def _event_ending(self, ending: str) -> Fire:
        if ending in ("slow", "timeout"):
            return self.session.slow_event(beyond_timeout=ending == "timeout")
        return self.session.event(outcome=Outcome(ending))

    def action_burst(self) -> None:
        """Ask how many events, and send them."""
        from lifecycle_tui.tui.screens.questions import BurstPrompt

        def send(count: int | None) -> None:
            if count:
                self._send(
                    tr("sending {count} events …", count=count), lambda: self.session.event(count)
                )

        self.app.push_screen(BurstPrompt(), send)

    def action_timeout(self, direction: int) -> None:
        """Move the time-out one notch."""
        self.act(tr("changing the timeout …"), lambda: self.session.timeout_notch(direction))

    def action_provision(self, direction: int) -> None:
        """One provisioned environment more or less."""
        change = partial(self.session.provision_notch, direction)
        self.act(tr("changing provisioned concurrency …"), change)

    def action_deploy(self) -> None:
        """Deploy new code."""
        self.act(tr("deploying …"), self.session.deploy)

    def action_roll_out(self) -> None:
        """Ask for which share of the events to deploy, or where to move the alias."""
        from lifecycle_tui.play.rollout import roll_out, steps
        from lifecycle_tui.tui.screens.questions import RolloutMenu

        def chosen(weight: str | None) -> None:
            if weight:
                self.act(tr("deploying …"), lambda: roll_out(self.session, float(weight)))

        self.app.push_screen(RolloutMenu(*steps(self.session)), chosen)

    def action_prewarm(self) -> None:
        """Initialise an environment ahead of need."""
        self.let_go()
        self.act(tr("asking for an environment …"), self.session.prewarm)

    def action_reclaim(self) -> None:
        """Take the selected environment back."""
        self._on_selected(self.session.reclaim)

    def action_crash(self) -> None:
        """Kill the selected environment's runtime."""
        self._on_selected(self.session.crash)

    def _on_selected(self, act: Callable[[int], Note]) -> None:
        chosen = self.camera.selected
        if chosen < 0:
            self.did(Note(tr("no environment is selected"), refused=True))
            return
        self.act(tr("acting on e{chosen} …", chosen=chosen + 1), partial(act, chosen))

    def action_take_back(self) -> None:
        """Undo the last input."""
        self.act(tr("undoing …"), self.session.undo)

    def action_bring_back(self) -> None:
        """Redo it."""
        self.act(tr("redoing …"), self.session.redo)

    def action_switch_rules(self) -> None:
        """Run the same plan under the rules of another date."""
        from lifecycle_tui.play.rule_dates import switch_rules

        self.act(tr("running it under other rules …"), partial(switch_rules, self.session))

    def action_next_source(self) -> None:
        """Let the next source send."""
        self.did(self.session.next_source())

    def action_next_function(self) -> None:
        """Let the keys act on the next function."""
        self.did(self.session.next_function())

    # Forks.

    def action_fork(self) -> None:
        """Begin a fork at the cursor."""
        self.did(self.session.fork())

    def action_forks(self) -> None:
        """List the forks."""
        from lifecycle_tui.tui.screens.forks import ForkList

        def done(note: Note | None) -> None:
            self.did(note)

        self.app.push_screen(ForkList(self.session, self.compare), done)

    # Looking.

    def action_select(self, direction: int) -> None:
        """Select the next or previous environment."""
        count = self.shown.lane_count if self.shown else 0
        if not count:
            self.did(Note(tr("no environment exists yet · i sends an event"), refused=True))
            return
        chosen = min(max(self.camera.selected + direction, 0), count - 1)
        self.camera = replace(self.camera, selected=chosen, pinned=True, record=None)
        self.query_one("#lanes", Lanes).reveal(chosen, count)
        self.did(None)

    def action_follow(self) -> None:
        """Leave the comparison; else let go of the selection, and go back to the lanes."""
        if self.comparing:
            self.stop_comparing()
        self.let_go()
        self.query_one("#lanes", Lanes).focus()
        self.did(None)

    def let_go(self) -> None:
        """Let selection and question follow what happens."""
        self.camera = replace(self.camera, pinned=False, record=None)

    def action_why(self) -> None:
        """Explain, and show the chain."""
        again = self.pane == "why" and "why" in self.visible_panes
        self.camera, note = ask(self.session, self.camera, again=again)
        if note is not None and note.refused:
            self.did(note)
            return
        self.note = note
        self.link_words()
        self.action_pane("why")

    def action_pane(self, name: str) -> None:
        """Show a pane and give it the keys; one of the late panes is made first."""
        if name in LATE and not self.query(f"#{name}"):
            self.call_later(self._make_pane, name)
            return
        self.pane = name
        if name in SHARED:
            self.place = name
        elif name not in self.visible_panes:
            self.place = SHARED[0]
        self.show_pane()
        self.query_one(f"#{name}", Pane).body.focus()
        self.did(self.note)
        # What it draws depends on its size, which it may have from now on only.
        self.call_after_refresh(self.publish)

    async def _make_pane(self, name: str) -> None:
        if not self.query(f"#{name}"):
            await self.mount(make(name, self.skin), before="#config")
        self.action_pane(name)

    def action_next_pane(self, direction: int) -> None:
        """Go to the next pane: in the compact layout show it, else give it the keys."""
        if self.tier is Tier.COMPACT:
            every = self.tabbed
            place = (every.index(self.pane) + direction) % len(every)
            self.action_pane(every[place])
            return
        panes = (self.query_one(f"#{name}", Pane) for name in self.visible_panes)
        bodies = [self.query_one("#lanes", Lanes), *(pane.body for pane in panes)]
        place = bodies.index(self.focused) if self.focused in bodies else 0
        bodies[(place + direction) % len(bodies)].focus()

    def action_export(self) -> None:
        """Ask for a format, and write what is shown into a file."""
        from lifecycle_tui.tui.screens.exporting import export

        export(self)

    def action_help(self) -> None:
        """Show every key."""
        from lifecycle_tui.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.skin))

    # What widgets say.

    def on_lanes_scrolled(self) -> None:
        """Build the rows that can be seen now, unless they are there."""
        lanes = self.query_one("#lanes", Lanes)
        if self.shown is None or self.shown.first_lane != lanes.scroll_offset.y or self.comparing:
            self.publish()

    def on_lanes_selected(self, message: Lanes.Selected) -> None:
        """Select a lane, and ask why about the segment that was clicked."""
        record = message.record if message.record >= 0 else None
        self.camera = replace(self.camera, selected=message.environment, pinned=True, record=record)
        self.did(None)

    def on_why_jumped(self, message: Why.Jumped) -> None:
        """Go to a cause."""
        self.did(self.reasons.go(message.why, message.at_us, message.record))

    def on_why_returned(self, message: Why.Returned) -> None:
        """Go back from a cause."""
        point = self.reasons.go_back(message.why)
        self.did(None)
        if point is not None:
            point()

    def on_why_pointed(self, message: Why.Pointed) -> None:
        """Say what can be done with the line that is pointed at."""
        self.did(Note(tr(HINTS[message.what])))

    def on_why_forked(self, message: Why.Forked) -> None:
        """Fork just before a cause."""
        from lifecycle_tui.play.contrasts.asking import fork_before

        self.act(tr("forking …"), lambda: fork_before(self.session, message.at_us))

    def on_why_tried(self, message: Why.Tried) -> None:
        """Fork with what would have made the difference."""
        self.act(tr("trying it out …"), lambda: self.reasons.try_out(message.contrast))

    def action_open_source(self) -> None:
        """Open the page that the reason rests on."""
        self.did(self.reasons.open_source(self.query_one(Why)))

    def on_config_applied(self, message: Config.Applied) -> None:
        """Change the configuration."""
        self.act(tr("changing the configuration …"), lambda: self._configure(message.changes))

    def _configure(self, changes: Mapping[str, object]) -> Note:
        """Change the configuration, and name what has changed by that."""
        session = self.session
        before = session.function_at_cursor()
        note = session.set_config(**changes)
        found = effects(
            before,
            session.function_at_cursor(),
            lambda name, raised: session.effect(name, raising=raised),
        )
        return note if note.refused or not found else Note(said(found, self.size.width - 3))

    def on_config_left(self) -> None:
        """Go back to the lanes."""
        self.query_one("#lanes", Lanes).focus()

    async def on_pressable_pressed(self, message: Pressable.Pressed) -> None:
        """Do what the clicked key does."""
        await self.run_action(message.action)
