"""Recomputes every chain from its events: what was changed, removed, added or put elsewhere.

Reads each row once and keeps a batch in memory; whoever calls sees to one snapshot for all of it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from vssid.audit.sealing import chains
from vssid.audit.sealing.chains import Record
from vssid.audit.sealing.findings import Finding, Kind

_BATCH: Final = 2_000
# Comparing each with each finds what changed places; beyond this many it is just called changed.
_SUSPECTS: Final = 64
SEALED_WITHIN: Final = timedelta(minutes=5)

_CHAINS: Final = f"""
    SELECT s.shard, s.position, s.link, s.event::text, {chains.FIELDS}
    FROM audit_seal s LEFT JOIN audit_event e ON e.id = s.event
    ORDER BY s.shard, s.position
"""  # noqa: S608 - built of constants
_UNSEALED: Final = """
    SELECT count(*), min(e.at) FROM audit_event e
    WHERE NOT EXISTS (SELECT FROM audit_seal s WHERE s.event = e.id)
"""

Say = Callable[[int], None]
"""Is told, batch by batch, how many seals have been read."""


@dataclass(frozen=True, slots=True)
class _Sealed:
    """A row of the table of seals; `record` is None when its event is gone."""

    shard: int
    position: int
    link: bytes
    event: str
    record: Record | None

    @property
    def where(self) -> str:
        return f"shard {self.shard}, position {self.position}, event {self.event}"


@dataclass(frozen=True, slots=True)
class _Suspect:
    """A link that its event does not give, with the link that stands before it."""

    sealed: _Sealed
    record: Record
    before: bytes


@dataclass(frozen=True, slots=True)
class Tail:
    """Events that have no seal yet: how many, and since when the oldest waits."""

    events: int
    oldest: datetime | None


def unsealed_tail() -> Tail:
    """What the next run of the sealer will find."""
    with connection.cursor() as cursor:
        cursor.execute(_UNSEALED)
        return Tail(*cursor.fetchone())


def check_tail(tail: Tail, *, now: datetime) -> Iterator[Finding]:
    """A tail older than five minutes: the sealer stands still, or a seal was taken away."""
    if tail.oldest is not None and now - tail.oldest > SEALED_WITHIN:
        yield Finding(Kind.UNSEALED, f"{tail.events} events, the oldest since {tail.oldest}")


def check_chains(say: Say) -> Iterator[Finding]:
    """Every seal against its event and the seal before it."""
    walk = _Walk()
    for sealed in _read(say):
        if sealed.shard != walk.shard:
            yield from walk.end()
            walk = _Walk(sealed.shard)
        yield from walk.step(sealed)
    yield from walk.end()


def _read(say: Say) -> Iterator[_Sealed]:
    count = 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(_CHAINS)
        while rows := cursor.fetchmany(_BATCH):
            for shard, position, link, event, *fields in rows:
                record = Record(*fields) if fields[0] is not None else None
                yield _Sealed(shard, position, bytes(link), event, record)
            count += len(rows)
            say(count)


class _Walk:
    """Goes along one chain, and keeps what does not fit until it knows why."""

    def __init__(self, shard: int = -1) -> None:
        self.shard = shard
        self._next = 1
        # None: not known, because a seal is missing.
        self._before: bytes | None = chains.start_of(shard)
        # What the link before should have been, when it was not.
        self._instead: bytes | None = None
        self._suspects: list[_Suspect] = []

    def step(self, sealed: _Sealed) -> Iterator[Finding]:
        """One seal further."""
        if sealed.position != self._next:
            yield self._gap(sealed)
            self._before = None
        if sealed.record is None:
            yield Finding(Kind.REMOVED_EVENT, sealed.where)
            self._instead = None
        else:
            yield from self._check(sealed, sealed.record)
        self._before, self._next = sealed.link, sealed.position + 1

    def _gap(self, sealed: _Sealed) -> Finding:
        places = f"positions {self._next} to {sealed.position - 1}"
        return Finding(Kind.REMOVED_SEAL, f"shard {sealed.shard}, {places}")

    def _check(self, sealed: _Sealed, record: Record) -> Iterator[Finding]:
        instead, self._instead = self._instead, None
        if chains.shard_of(record) != self.shard:
            yield Finding(Kind.CHANGED, f"{sealed.where}: belongs to another chain")
        if self._before is None:
            return
        right = chains.link_after(self._before, record)
        if right == sealed.link:
            return
        if instead is not None and chains.link_after(instead, record) == sealed.link:
            overwritten = self._suspects.pop()
            yield Finding(Kind.REWRITTEN_SEAL, overwritten.sealed.where)
            return
        if len(self._suspects) >= _SUSPECTS:
            yield from self.end()
        self._suspects.append(_Suspect(sealed, record, self._before))
        self._instead = right

    def end(self) -> Iterator[Finding]:
        """What is wrong with all that did not fit."""
        for suspect in self._suspects:
            yield Finding(
                Kind.REORDERED if self._fits_elsewhere(suspect) else Kind.CHANGED,
                suspect.sealed.where,
            )
        self._suspects = []

    def _fits_elsewhere(self, one: _Suspect) -> bool:
        """Whether another's event gives this link, or this event its link after another's."""
        return any(
            one.sealed.link
            in (
                chains.link_after(one.before, other.record),
                chains.link_after(other.before, one.record),
            )
            for other in self._suspects
            if other is not one
        )
