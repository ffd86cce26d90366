"""Checks the signed heads against each other and the chains against the heads.

This is what finds a chain that was rewritten from end to end, or cut off and continued.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db import connection

from vssid.audit.sealing import heads
from vssid.audit.sealing.chains import SHARDS
from vssid.audit.sealing.findings import Finding, Kind
from vssid.audit.sealing.heads import End, SignedHead

SIGNED_WITHIN: Final = timedelta(minutes=30)
# No transaction of ours takes as long, and no head is written while the sealer is behind: what
# says that it is older than this came in afterwards.
LATE: Final = timedelta(hours=1)
_END: Final = 2**62

_LINKS: Final = """
    SELECT n.shard, n.position, s.link
    FROM unnest(%s::smallint[], %s::bigint[]) AS n(shard, position)
    LEFT JOIN audit_seal s ON s.shard = n.shard AND s.position = n.position
"""
_LATE: Final = """
    SELECT s.shard, s.position, s.event::text
    FROM unnest(%s::smallint[], %s::bigint[], %s::bigint[]) AS n(shard, first, last)
    JOIN audit_seal s ON s.shard = n.shard AND s.position > n.first AND s.position <= n.last
    JOIN audit_event e ON e.id = s.event
    WHERE e.at < %s ORDER BY 1, 2
"""
_OLDEST: Final = """
    SELECT count(*), min(e.at)
    FROM unnest(%s::smallint[], %s::bigint[]) AS n(shard, first)
    JOIN audit_seal s ON s.shard = n.shard AND s.position > n.first
    JOIN audit_event e ON e.id = s.event
"""


@dataclass(slots=True)
class Seen:
    """How many heads were read, and the newest that can be believed."""

    files: int = 0
    last: SignedHead | None = None


def check_heads(
    folder: Path, keys: Mapping[str, Ed25519PublicKey], *, newest: int, seen: Seen, now: datetime
) -> Iterator[Finding]:
    """Every head up to number `newest`, oldest first, and what none covers; counts in `seen`.

    Those that are newer than the snapshot of the database tell of seals that it does not show.
    """
    before: SignedHead | None = None
    for path in heads.files(folder):
        place = f"{path.parent.name}/{path.name}"
        try:
            signed = heads.read(path)
        except heads.UnreadableHeadError:
            yield Finding(Kind.HEAD_UNREADABLE, place)
            continue
        is_signed = heads.is_signed(signed, keys)
        if not is_signed:
            yield Finding(Kind.HEAD_FORGED, place)
        if not _is_in_its_place(before, signed, place, is_signed=is_signed):
            if is_signed:
                yield Finding(Kind.HEAD_MISPLACED, place)
            continue
        if signed.head.number > newest:
            continue
        seen.files += 1
        yield from _check_order(before, signed)
        before = signed
        if is_signed:
            yield from _check_ends(seen.last, signed, place)
            seen.last = signed
    yield from _check_last(seen.last, now)


def _is_in_its_place(
    before: SignedHead | None, signed: SignedHead, place: str, *, is_signed: bool
) -> bool:
    """Whether what follows is measured by this file: junk must not lead away from true heads."""
    expected = before.head.number + 1 if before else 1
    return signed.head.file_name == place and (is_signed or signed.head.number == expected)


def _check_order(before: SignedHead | None, signed: SignedHead) -> Iterator[Finding]:
    head = signed.head
    expected = before.head.number + 1 if before else 1
    if head.number > expected:
        yield Finding(Kind.HEAD_MISSING, f"numbers {expected} to {head.number - 1}")
        return
    names_before = head.before == (before.digest if before else "")
    goes_back = before is not None and head.at < before.head.at
    if head.number < expected or not names_before or goes_back:
        yield Finding(Kind.HEAD_MISPLACED, head.file_name)


def _check_ends(last: SignedHead | None, signed: SignedHead, place: str) -> Iterator[Finding]:
    """The chains now, where they ended then; and what came in between, whether it was new then."""
    known = {end.shard: end for end in last.head.ends} if last else {}
    moved = [end for end in signed.head.ends if known.get(end.shard) != end]
    stated = {(end.shard, end.position): end.link for end in moved}
    for shard, position, link in _links(moved):
        if link is None or bytes(link) != stated[shard, position]:
            yield Finding(Kind.DIFFERS, f"shard {shard}, position {position}, head {place}")
    for shard in known.keys() - {end.shard for end in signed.head.ends}:
        yield Finding(Kind.DIFFERS, f"shard {shard} is left out by head {place}")
    if last is not None:
        spans = [
            (end.shard, known[end.shard].position, end.position)
            if end.shard in known
            else (end.shard, 0, end.position)
            for end in moved
        ]
        yield from _late(spans, last.head.at)


def _check_last(last: SignedHead | None, now: datetime) -> Iterator[Finding]:
    """What was sealed after the newest head."""
    if last is None:
        yield Finding(Kind.HEAD_MISSING, "there is no head that can be believed")
        return
    known = {end.shard: end.position for end in last.head.ends}
    ends = [known.get(shard, 0) for shard in range(SHARDS)]
    yield from _late([(shard, end, _END) for shard, end in enumerate(ends)], last.head.at)
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST, [list(range(SHARDS)), ends])
        count, oldest = cursor.fetchone()
    if oldest is not None and now - oldest > SIGNED_WITHIN:
        yield Finding(Kind.UNSIGNED, f"{count} sealed events, the oldest of {oldest}")


def _links(ends: Iterable[End]) -> list[tuple[int, int, bytes | None]]:
    places = [(end.shard, end.position) for end in ends]
    if not places:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_LINKS, [list(column) for column in zip(*places, strict=True)])
        return list(cursor.fetchall())


def _late(spans: list[tuple[int, int, int]], then: datetime) -> Iterator[Finding]:
    """Events of `spans` (shard, after, up to) that say they are older than the head of `then`."""
    if not spans:
        return
    with connection.cursor() as cursor:
        cursor.execute(_LATE, [*(list(column) for column in zip(*spans, strict=True)), then - LATE])
        rows = cursor.fetchall()
    for shard, position, event in rows:
        yield Finding(Kind.ADDED, f"shard {shard}, position {position}, event {event}")
