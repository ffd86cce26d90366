"""The only writers of seals and of the files of signed heads."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from vssid.audit.models import Progress
from vssid.audit.sealing import chains, heads
from vssid.audit.sealing.chains import Record

BATCH: Final = 2_000
# Numbers of advisory locks; nothing else in this database takes locks of two numbers.
_SEALING: Final = (7_420, 1)
_EXPORTING: Final = (7_420, 2)
_FIRST_ID: Final = UUID(int=0)

_HORIZON: Final = """
    SELECT (SELECT system_identifier FROM pg_control_system())::text || ':' || d.oid::text,
           pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    FROM pg_database d WHERE d.datname = current_database()
"""
# Transactions of this server end below xmax (or are our own): what a restored dump brought with
# higher ids was sealed by the first, whole run and need not be looked at each second.
_UNSEALED: Final = """
    FROM audit_event e
    WHERE e.txid >= %s
      AND e.txid < greatest(
          pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
          coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0) + 1
      )
      AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.event = e.id)
"""
_RECENT: Final = f"SELECT {chains.FIELDS} {_UNSEALED} ORDER BY e.txid, e.id LIMIT %s"
_OLDEST: Final = f"SELECT min(e.at) {_UNSEALED}"
_WHOLE: Final = f"""
    SELECT {chains.FIELDS} FROM audit_event e
    WHERE e.id > %s
      AND NOT EXISTS (SELECT FROM audit_seal s WHERE s.event = e.id AND s.event > %s)
    ORDER BY e.id LIMIT %s
"""  # noqa: S608 - built of constants
_ENDS: Final = """
    SELECT n.shard, last.position, last.link FROM generate_series(0, 63) AS n(shard)
    CROSS JOIN LATERAL (
        SELECT s.position, s.link FROM audit_seal s WHERE s.shard = n.shard
        ORDER BY s.position DESC LIMIT 1
    ) last
"""
_SEAL: Final = """
    INSERT INTO audit_seal (event, shard, position, link)
    SELECT * FROM unnest(%s::uuid[], %s::smallint[], %s::bigint[], %s::bytea[])
"""


@dataclass(frozen=True, slots=True)
class _Horizon:
    """Of which server, and below which id every transaction has ended."""

    server: str
    xmin: int


def seal_events(*, batch: int = BATCH, whole: bool = False) -> int:
    """Chain every committed event that has no seal yet; returns how many.

    An event is found however late its transaction commits: each run looks at all transactions that
    had not ended when the run before began. On a database that counts transactions differently (a
    restored dump), the first time, and with `whole`, it looks at every event. One sealer works at
    a time (advisory lock, held for each batch of `batch` events); another one returns at once.
    """
    sealed = 0
    first: _Horizon | None = None
    after = _FIRST_ID
    while True:
        with transaction.atomic():
            if not _lock(_SEALING):
                return sealed
            horizon = _horizon()
            first = first or horizon
            known = None if whole else _known(horizon)
            records = _unsealed(known, after, batch)
            _append(records)
            sealed += len(records)
            is_last = len(records) < batch
            if known is not None and sealed:
                _remember(horizon, horizon.xmin if is_last else _reached(horizon, records))
            elif known is None and is_last:
                _remember(first, first.xmin)
        if is_last:
            return sealed
        after = UUID(records[-1].id)


def _lock(numbers: tuple[int, int]) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s::integer, %s::integer)", numbers)
        return bool(cursor.fetchone()[0])


def _horizon() -> _Horizon:
    with connection.cursor() as cursor:
        cursor.execute(_HORIZON)
        return _Horizon(*cursor.fetchone())


def _known(horizon: _Horizon) -> int | None:
    """Below which transaction everything is sealed; None when that is not known for this server."""
    progress = Progress.objects.first()
    if progress is None or progress.server != horizon.server:
        return None
    return progress.sealed_below if progress.sealed_below <= horizon.xmin else None


def _remember(horizon: _Horizon, below: int) -> None:
    Progress.objects.update_or_create(
        id=1, defaults={"server": horizon.server, "sealed_below": below}
    )


def _reached(horizon: _Horizon, records: list[Record]) -> int:
    """After a full batch: the last transaction may have more events than fitted in."""
    return min(horizon.xmin, int(records[-1].txid))


def _unsealed(known: int | None, after: UUID, batch: int) -> list[Record]:
    """Events without a seal: of transactions from `known` on, or else with an id past `after`."""
    with connection.cursor() as cursor:
        if known is None:
            cursor.execute(_WHOLE, [after, after, batch])
        else:
            cursor.execute(_RECENT, [known, batch])
        return [Record(*row) for row in cursor.fetchall()]


def _append(records: Iterable[Record]) -> None:
    """Put `records` at the ends of their chains, in the order given."""
    ends = {end.shard: end for end in chain_ends()}
    rows: list[tuple[str, int, int, bytes]] = []
    for record in records:
        shard = chains.shard_of(record)
        end = ends.get(shard) or heads.End(shard, 0, chains.start_of(shard))
        link = chains.link_after(end.link, record)
        ends[shard] = heads.End(shard, end.position + 1, link)
        rows.append((record.id, shard, end.position + 1, link))
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_SEAL, [list(column) for column in zip(*rows, strict=True)])


def chain_ends() -> list[heads.End]:
    """The last link of each shard that has one."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDS)
        return [heads.End(shard, position, bytes(link)) for shard, position, link in cursor]


def export_heads(*, now: datetime, always: bool = False) -> Path | None:
    """Sign the ends of all chains into a new file of VSSID_AUDIT_DIR; returns its path.

    None when nothing was sealed since the file before, unless `always`; when another one is at it
    (advisory lock); and while the sealer is behind, because a head says that what is older was
    sealed. Each file names the hash of the one before; none is ever written again.
    """
    folder = Path(settings.VSSID_AUDIT_DIR)
    with transaction.atomic():
        if not _lock(_EXPORTING) or _is_behind(now):
            return None
        before = heads.latest(folder)
        head = heads.following(before, chain_ends(), at=now, release=settings.VSSID_RELEASE)
        if before is not None and before.head.ends == head.ends and not always:
            return None
        return _write_once(folder / head.file_name, heads.sign(head, settings.VSSID_AUDIT_KEYS))


def _is_behind(now: datetime) -> bool:
    """Whether events of some time ago have no seal yet, or nobody knows."""
    known = _known(_horizon())
    if known is None:
        return True
    with connection.cursor() as cursor:
        cursor.execute(_OLDEST, [known])
        oldest: datetime | None = cursor.fetchone()[0]
    return oldest is not None and oldest < now - heads.BEHIND


def _write_once(path: Path, content: bytes) -> Path:
    """Whole or not at all, never over another file, on disk when this returns."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.tmp")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(draft, path)
    finally:
        draft.unlink()
    _keep(path.parent)
    return path


def _keep(folder: Path) -> None:
    """Make the name in the folder survive a power cut, as the bytes do."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
