"""A lesson to begin with: ``lessons new`` writes it, and lint and test are green on it."""

from __future__ import annotations

from typing import Final

_SKELETON: Final = """\
---
format: 1
id: {id}
title: {title}
order: {order}
minutes: 5
objectives:
  - say what the learner can do afterwards
misconceptions: [COLD-ONCE]
scenario: sandbox
seed: 1
allow: [fire, burst, wait]
par: 1
terms: [cold start]
---
# {title}

Say in two sentences what this is about.

## See it happen {{#see}}

State one fact at a time, with its rule. [CON-02] Here it is a *cold start*.

```yaml stage
- fire
- wait until idle
```

```yaml predict
id: next
ask: What will the next event be?
options:
  cold: COLD
  warm: WARM
answer: inv[1].start
after: [wait 5s, fire, wait until idle]
refute:
  cold: {{say: "It waited {{inv[1].wait_ms}}, because {{inv[1].env}} was free."}}
explain: Say why, in a sentence or two.
rules: [CON-02]
```

## Do it {{#do}}

```yaml check
id: reached
goal: Say what is to be reached.
all:
  - {{text: three cold starts, expr: "count(inv, start == 'cold') >= 3"}}
refutes: [COLD-ONCE]
rules: [CON-01]
```

```yaml hint
- Say where to look.
- Say which knob.
- Write burst 3.
```

```yaml solution
- burst 3
- wait until idle
```

## Take along {{#recap}}

```yaml recap
- fact: Every event that finds no free environment is a cold start.
  rules: [CON-02]
```

```yaml card
title: {title}
text: |
  one line for each thing to look up later
```
"""


def skeleton(name: str, order: int) -> str:
    """Return the text of a new lesson.

    Args:
        name: its id.
        order: its place in the folder.
    """
    title = name.replace("-", " ").capitalize()
    return _SKELETON.format(id=name, title=title, order=order)
