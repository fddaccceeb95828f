"""Write docs/fidelity.md: every rule, where it comes from, and the test that proves it.

    python tools/fidelity.py            writes the page
    python tools/fidelity.py --check    exits 1 if it is stale, or if a rule lacks a test

Rules come from the catalogue (``lifecycle_tui.engine.rules``), proofs from the tests' markers
(``@pytest.mark.rule("INIT-09")``).
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

ROOT: Final = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from lifecycle_tui.engine import rules as catalogue  # noqa: E402
from lifecycle_tui.engine.rules import Provenance, Rule  # noqa: E402
from tools.pages import PageError, run  # noqa: E402
from tools.proofs import MarkerError, Proof, find_proofs  # noqa: E402

PAGE: Final = ROOT / "docs" / "fidelity.md"
DAGGER: Final = "†"

Proofs = Mapping[str, Sequence[Proof]]

HEAD: Final = """\
# Fidelity

<!-- Written by tools/fidelity.py; what you change here is lost. -->

What the simulator claims about AWS Lambda, claim by claim: what the rule is, how it is known, since
when it holds, and the tests that go red if the program follows it otherwise. A rule that the
program applies and no test proves fails the build.

- **Documented**: AWS publishes it, on the page that is linked.
- **Observed**: somebody measured it, or read it from logs or from AWS's emulator.
- **Assumed †**: nobody published it, and the reason for our choice is given. Wherever the program
  shows it, it carries the dagger.

What is known and *not* applied is listed at the end of each theme, so that silence claims nothing.
"""


class Theme(NamedTuple):
    """Rules that belong together."""

    title: str
    about: str
    """One sentence."""
    rules: Sequence[Rule]


def problems(rules: Iterable[Rule], proofs: Proofs) -> list[str]:
    """Return what is wrong between rules and markers, a line each."""
    rules = list(rules)
    known = {rule.id: rule for rule in rules}
    found = [
        f'{rule.id} has no test: mark one with @pytest.mark.rule("{rule.id}")'
        for rule in rules
        if rule.applied and rule.id not in proofs
    ]
    for rule_id, tests in proofs.items():
        place = f"{tests[0].path}::{tests[0].test}"
        if rule_id not in known:
            found.append(f"{place} proves {rule_id}, which is no rule of the catalogue")
        elif not known[rule_id].applied:
            found.append(f"{place} proves {rule_id}, which the catalogue does not apply")
    return found


def page(themes: Sequence[Theme], proofs: Proofs) -> str:
    """Return the whole page: a summary, then each theme with its rules and their tests."""
    every = [rule for theme in themes for rule in theme.rules]
    lines = [HEAD, *_summary(every, proofs), "", "## Themes", ""]
    for theme in themes:
        applied = sum(rule.applied for rule in theme.rules)
        left = len(theme.rules) - applied
        more = f", {left} more known" if left else ""
        lines.append(f"- [{theme.title}](#{_anchor(theme.title)}): {applied} applied{more}")
    for theme in themes:
        lines += ["", f"## {theme.title}", "", theme.about, ""]
        for rule in theme.rules:
            if rule.applied:
                lines += [*_applied(rule, proofs.get(rule.id, ())), ""]
        left_out = [rule for rule in theme.rules if not rule.applied]
        if left_out:
            lines += ["### Known, not applied", "", *map(_left_out, left_out), ""]
        lines.pop()
    return "\n".join(lines) + "\n"


def themes_of_the_catalogue() -> list[Theme]:
    """Return each theme's rules under what its module says of itself."""
    modules = {
        module.RULES: module
        for name in vars(catalogue)
        if hasattr(module := getattr(catalogue, name), "RULES")
    }
    return [_theme(modules[rules].__doc__ or "", rules) for rules in catalogue.THEMES]


def _theme(docstring: str, rules: Sequence[Rule]) -> Theme:
    first = docstring.splitlines()[0].strip().removeprefix("Rules of ")
    title, _, about = first.partition(": ")
    return Theme(_sentence(title), _sentence(about), rules)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _anchor(title: str) -> str:
    kept = [letter for letter in title.lower() if letter.isalnum() or letter in " -_"]
    return "".join(kept).replace(" ", "-")


def _summary(rules: Sequence[Rule], proofs: Proofs) -> Iterator[str]:
    rows = (
        ("applied", [rule for rule in rules if rule.applied]),
        ("of these proven by a test", [r for r in rules if r.applied and r.id in proofs]),
        ("known, not applied", [rule for rule in rules if not rule.applied]),
    )
    yield "| rules | documented | observed | assumed † | all |"
    yield "|---|---:|---:|---:|---:|"
    for name, some in rows:
        counts = Counter(rule.provenance for rule in some)
        numbers = [counts[provenance] for provenance in Provenance]
        yield f"| {name} | {' | '.join(map(str, numbers))} | {len(some)} |"
    tests = {(proof.path, proof.test) for some in proofs.values() for proof in some}
    yield ""
    yield f"{len(tests)} tests carry the proofs."


def _applied(rule: Rule, proofs: Sequence[Proof]) -> Iterator[str]:
    yield f"### {rule.id}{_dagger(rule)}"
    yield ""
    yield rule.statement
    yield ""
    if rule.value:
        yield f"- Value: **{_escaped(rule.value)}**"
    yield f"- {rule.provenance.value.capitalize()}{_dagger(rule)}: {_source(rule)}"
    if rule.since or rule.until:
        yield f"- Holds {_dates(rule)}"
    links = [f"[{proof.words}](../{proof.path})" for proof in proofs]
    if len(links) == 1:
        yield f"- Proven by {links[0]}"
        return
    yield "- Proven by" if links else "- **Proven by no test**"
    for link in links:
        yield f"  - {link}"


def _left_out(rule: Rule) -> str:
    value = f" ({_escaped(rule.value)})" if rule.value else ""
    holds = f", {_dates(rule)}" if rule.since or rule.until else ""
    why = f". Left out: {rule.left_out[:1].lower()}{rule.left_out[1:]}" if rule.left_out else ""
    return (
        f"- **{rule.id}**{_dagger(rule)} {rule.statement.removesuffix('.')}{value}. "
        f"{rule.provenance.value.capitalize()}{holds}: {_source(rule)}"
        f"{why}"
    )


def _dagger(rule: Rule) -> str:
    return f" {DAGGER}" if rule.assumed else ""


def _escaped(text: str) -> str:
    """Return text that Markdown takes as it stands."""
    return text.replace("$", "\\$").replace("*", "\\*").replace("_", "\\_")


def _source(rule: Rule) -> str:
    """Return a link to a page of AWS by its name, to who observed it, or the reason."""
    who, found, address = rule.source.partition("https://")
    if not found:
        return rule.source
    url = f"{found}{address}"
    name = who.rstrip(": ")
    if not name:
        last = address.rstrip("/").rpartition("/")[2].removesuffix(".html")
        name = f"AWS, {last}"
    return f"[{name}]({url})"


def _dates(rule: Rule) -> str:
    """Return since when and until when it holds, the last day included."""
    parts = []
    if rule.since:
        parts.append(f"since {_day(date.fromisoformat(rule.since))}")
    if rule.until:
        parts.append(f"until {_day(date.fromisoformat(rule.until) - timedelta(days=1))}")
    return ", ".join(parts)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def main(words: Sequence[str] | None = None) -> int:
    """Write the page or check it; return the exit status."""

    @cache
    def proofs() -> Proofs:
        try:
            return find_proofs(ROOT)
        except MarkerError as error:
            raise PageError(str(error)) from None

    return run(
        "fidelity",
        PAGE,
        lambda: page(themes_of_the_catalogue(), proofs()),
        words,
        lambda: problems(catalogue.RULES.values(), proofs()),
    )


if __name__ == "__main__":
    sys.exit(main())
