"""Forks: making, showing, naming and dropping branches of a story, and taking steps back."""

from __future__ import annotations

from dataclasses import replace

from lifecycle_tui.play.branches import (
    MOST_BRANCHES,
    Branch,
    RulesDate,
    Variation,
    WhatIf,
    called,
    name_problem,
    renamed,
    without,
)
from lifecycle_tui.play.commands import describe
from lifecycle_tui.play.note import Note, moment_words
from lifecycle_tui.play.player import Halt
from lifecycle_tui.play.story import Story
from lifecycle_tui.units.translation import tr


class Forks(Story):
    """A story whose branches the user sees and handles."""

    def fork(self, name: str | None = None) -> Note:
        """Begin a fork at the cursor, without anything done in it yet."""
        problem = self._fork_problem(name)
        if problem:
            return Note(problem, refused=True)
        parent = self._name
        fork = self.branch.fork(name or self._next_name(), self.at_us)
        self._keep(fork.name, self.take)
        self._begin(fork)
        return Note(
            tr(
                "forked {name} at {moment} · u returns to {parent}",
                name=self._name,
                moment=moment_words(self.at_us),
                parent=parent,
            )
        )

    def try_out(self, step: WhatIf, seen_us: int) -> Note:
        """Begin a fork in which one thing was otherwise, and show what came of that.

        Args:
            step: what was otherwise.
            seen_us: the moment at which the difference is seen.
        """
        problem = self._fork_problem(None)
        if problem:
            return Note(problem, refused=True)
        parent = self.branch
        fork = parent.fork(self._next_name(), parent.at_us, by_itself=True).with_step(step)
        self._begin(fork)
        self.player.seek(seen_us)
        return Note(
            tr(
                "{fork}: {step} · u back to {parent} · x compares",
                fork=fork.name,
                step=describe(step),
                parent=parent.name,
            )
        )

    def restart(self, *variations: Variation, keep: bool = True, name: str | None = None) -> Note:
        """Begin a fork at the very start, with functions configured otherwise.

        Args:
            variations: what is otherwise, on top of what the branch has otherwise already.
            keep: whether everything done so far is done again; else only the scenario plays.
            name: what the fork is called.
        """
        problem = self._fork_problem(name)
        if problem:
            return Note(problem, refused=True)
        parent = self.branch
        fork = parent.fork(name or self._next_name(), 0)
        steps = fork.steps if keep else tuple(s for s in fork.steps if isinstance(s, RulesDate))
        fork = replace(
            fork,
            steps=steps,
            inherited=len(steps),
            variations=(*fork.variations, *variations),
        )
        self._begin(fork)
        self.player.pause(Halt.QUIET)
        return Note(
            tr(
                "{fork} starts again from 0 · u returns to {parent}",
                fork=fork.name,
                parent=parent.name,
            )
        )

    def variant(
        self, name: str, *variations: Variation, rules_date: str | None = None
    ) -> Note | None:
        """Add a branch that is otherwise from the start on, without showing it.

        Args:
            name: what it is called; one of that name is replaced.
            variations: what is otherwise.
            rules_date: whose rules hold, if others.
        """
        problem = self._fork_problem(name) if name not in self._branches else ""
        if not problem and name in (self._name, *(b.parent for b in self.branches)):
            problem = tr("{name} is in use", name=name)
        if problem:
            return Note(problem, refused=True)
        mine = self.branch
        dates = (RulesDate(at_us=0, date=rules_date),) if rules_date is not None else ()
        fork = mine.fork(name, 0)
        self._branches[name] = replace(
            fork, steps=(*fork.steps, *dates), variations=(*fork.variations, *variations)
        )
        self._takes.pop(name, None)
        self.changes += 1
        return None

    def switch(self, name: str) -> Note:
        """Show another branch at the same moment."""
        if name == self._name:
            return Note(tr("{name} is what is shown", name=name), refused=True)
        if name not in self._branches:
            return Note(self._unknown(name), refused=True)
        self._leave()
        self._show(self._branches[name], self.at_us)
        return Note(f"{name}: {self._summary(self._branches[name])}")

    def rename(self, old: str, new: str) -> Note:
        """Give a branch another name."""
        if old not in self._branches:
            return Note(self._unknown(old), refused=True)
        if old == new:
            return Note(tr("it is called {new} already", new=new), refused=True)
        problem = name_problem(new, self._branches)
        if problem:
            return Note(problem, refused=True)
        self._branches = renamed(self._branches, old, new)
        if old in self._takes:
            self._takes[new] = self._takes.pop(old)
        if self._name == old:
            self._name = new
        self.changes += 1
        return Note(tr("{old} is now {new}", old=old, new=new))

    def delete(self, name: str) -> Note:
        """Drop a branch; what was shown of it gives way to its parent."""
        if name not in self._branches:
            return Note(self._unknown(name), refused=True)
        parent = self._branches[name].parent
        if parent is None:
            return Note(tr("{name} is no fork: it stays", name=name), refused=True)
        self._drop(name)
        return Note(tr("{name} is deleted; this is {current}", name=name, current=self._name))

    def undo(self) -> Note:
        """Take the last step of the branch back and return to its moment.

        A fork that nothing is left of gives way to its parent.
        """
        branch = self.branch
        if not branch.own:
            if branch.parent is None:
                return Note(tr("nothing to undo"), refused=True)
            return self._back_to_parent(branch, tr("back in {parent}", parent=branch.parent))
        last = branch.own[-1]
        words = tr("undone: {step}", step=describe(last))
        alone = not any(other.parent == branch.name for other in self._branches.values())
        if branch.by_itself and len(branch.own) == 1 and branch.parent is not None and alone:
            return self._back_to_parent(
                branch, tr("{words}, back in {parent}", words=words, parent=branch.parent)
            )
        self._put(replace(branch, steps=branch.steps[:-1], undone=(*branch.undone, last)))
        self._go_back_to(last)
        return Note(f"{words} · {tr('U brings it back')}")

    def redo(self) -> Note:
        """Bring the last undone step, or the fork that was left, back."""
        branch = self.branch
        if not branch.undone:
            return Note(tr("nothing to redo"), refused=True)
        *rest, last = branch.undone
        kept = replace(branch, undone=tuple(rest))
        if isinstance(last, Branch):
            # Another fork may have come by the name since.
            taken = last.name in self._branches
            last = called(last, self._next_name()) if taken else last
            self._put(kept)
            self._begin(last)
            return Note(tr("{last} is back", last=last.name))
        self._put(replace(kept, steps=(*kept.steps, last)))
        self._go_back_to(last)
        return Note(tr("redone: {step}", step=describe(last)))

    # Inside.

    def told(self, note: Note | None) -> Note | None:
        """Return what is said of the latest step: that it made a fork goes before anything else."""
        fork, self._forked = self._forked, None
        crowded, self._crowded = self._crowded, False
        if note is not None and note.refused:
            return note
        if crowded:
            return Note(
                tr(
                    "no fork was made, {name} itself changed: {problem}",
                    name=self._name,
                    problem=self._fork_problem(None),
                )
            )
        if fork is None:
            return note
        what = describe(self.branch.own[-1])
        return Note(
            tr(
                "{fork} forked at {moment}: {step} · u back to {parent} · x compares",
                fork=fork.name,
                moment=moment_words(fork.forked_at_us),
                step=what,
                parent=fork.parent,
            )
        )

    def _fork_problem(self, name: str | None) -> str:
        if len(self._branches) >= MOST_BRANCHES:
            return tr(
                "{most} forks are the most there can be · B lists and deletes them",
                most=MOST_BRANCHES,
            )
        return "" if name is None else name_problem(name, self._branches)

    def _unknown(self, name: str) -> str:
        names = ", ".join(list(self._branches)[:4])
        return tr("no fork is called {name}; there is {names}", name=name, names=names)

    def _summary(self, branch: Branch) -> str:
        if branch.parent is None:
            return tr("the story as it was told first")
        own = branch.own
        since = tr(
            "left {parent} at {moment}",
            parent=branch.parent,
            moment=moment_words(branch.forked_at_us),
        )
        return f"{since}, {describe(own[0])}" if own else since

    def _begin(self, fork: Branch) -> None:
        """Add a fork and show it."""
        self._leave()
        self._branches[fork.name] = fork
        self._show(fork, fork.at_us)

    def _back_to_parent(self, branch: Branch, words: str) -> Note:
        """Drop a fork whose steps have been taken back, so that it can be brought back."""
        assert branch.parent is not None
        moment_us = branch.forked_at_us
        self._drop(branch.name)
        self.player.seek(moment_us)
        here = self.branch
        self._put(replace(here, undone=(*here.undone, branch)))
        return Note(f"{words} · {tr('U brings {name} back', name=branch.name)}")

    def _drop(self, name: str) -> None:
        parent = self._branches[name].parent
        assert parent is not None
        shown = name == self._name
        self._branches = without(self._branches, name)
        self._takes.pop(name, None)
        if shown:
            heir = self._branches[parent]
            self._show(heir, min(self.at_us, heir.edge_us))
        self.changes += 1
