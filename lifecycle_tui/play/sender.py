"""Who sends the events of the keys: plain calls, any kind of source, or a declared one."""

from __future__ import annotations

from typing import Final

from lifecycle_tui.engine.plan import Plan
from lifecycle_tui.engine.source_plan import InvocationType, SourceKind, invocation_type
from lifecycle_tui.readings.invocations import kind_of_source
from lifecycle_tui.units.translation import tr, tr_later

_WORDS: Final = {
    InvocationType.SYNCHRONOUS: tr_later("the caller waits for the answer"),
    InvocationType.ASYNCHRONOUS: tr_later("nobody waits; Lambda queues and tries again"),
    InvocationType.POLLED: tr_later("Lambda polls it and sends batches"),
}


class Sender:
    """The source that sends when a key does."""

    def __init__(self, plan: Plan) -> None:
        """Begin with plain calls; declared sources come first when another is asked for."""
        self._plan = plan
        declared = [source.name for source in plan.sources]
        self._names = [SourceKind.SDK.value, *declared]
        self._names += [kind.value for kind in SourceKind if kind is not SourceKind.SDK]
        self.name: str = SourceKind.SDK.value

    def next(self, function: int) -> int:
        """Go on to the next source; return the function it sends to, if need be the given one."""
        place = (self._names.index(self.name) + 1) % len(self._names)
        self.name = self._names[place]
        declared = (source for source in self._plan.sources if source.name == self.name)
        return next((source.function for source in declared), function)

    @property
    def words(self) -> str:
        """Say who sends now, and how."""
        kind = kind_of_source(self._plan, self.name)
        named = self.name if kind == self.name else f"{self.name} ({kind})"
        how = tr(_WORDS[invocation_type(kind)])
        return tr("i now sends by {source}: {how}", source=named, how=how)
