"""A copy of one's whole record: asked for, made by a worker, fetched once, deleted.

What stands in it is gathered by the screens, which know every room; here is what may be done when.
"""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from vssid.accounts import buckets, errors, jobs, rules, tokens
from vssid.accounts.commands.disown_links import make_link
from vssid.accounts.models import (
    Account,
    Export,
    ExportFormat,
    ExportReason,
    ExportStage,
    ExportState,
)
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.files import commands as files
from vssid.files.errors import FileMissingError
from vssid.files.queries import read_file
from vssid.kernel.clock import format_datetime
from vssid.kernel.identifiers import mask_number
from vssid.kernel.uuid7 import uuid7
from vssid.limits import commands as limits
from vssid.messaging import commands as messaging

MOST_ATTEMPTS = 2
SILENCE = timedelta(minutes=1)
"""A worker that has told nothing for so long is gone: no step of an export takes longer."""
_LOST_JOB = timedelta(seconds=30)
_TICKET = "export"
_MAKER = Actor.system("export")
_UNDER_WAY = (ExportState.WAITING, ExportState.WORKING)
_OPEN = (*_UNDER_WAY, ExportState.READY)


@dataclass(frozen=True, slots=True)
class Work:
    """An export in the hands of one worker; `attempt` is the first or the second one."""

    number: str
    export_id: UUID
    formats: tuple[ExportFormat, ...]
    portrait: UUID | None
    attempt: int


def ask_export(
    *, number: str, formats: Sequence[str], session_id: UUID, device: str, now: datetime
) -> UUID:
    """Put an export on its way; phone and email are told from which device. Returns its id.

    `formats` of ExportFormat. Locks the account's row. Raises ExportFormatError,
    ChangesHeldError, ExportOpenError, ExportsOfDayError.
    """
    chosen = [one for one in ExportFormat if one.value in formats]
    if not chosen or set(formats) - set(ExportFormat.values):
        raise errors.ExportFormatError
    with transaction.atomic():
        account = Account.objects.select_for_update().get(person_id=number)
        rules.check_changes_not_held(account.changes_held_until, now)
        if Export.objects.filter(account=account, state__in=_OPEN).exists():
            raise errors.ExportOpenError
        _count(number, now)
        export = Export.objects.create(
            account=account, formats=",".join(chosen), device=device, asked_at=now
        )
        record_event(
            by=Actor.citizen(number),
            act="export.ask",
            subject=number,
            details={"device": device, "formats": export.formats},
        )
        link = make_link(number=number, session_id=session_id, now=now)
        _tell(account, "account.export-asked", {"device": device}, {"link": link})
        _defer(export)
    return export.id


def begin_export(*, ticket: str, now: datetime) -> Work | None:
    """Take an export into a worker's hands; None when it is not (or no more) this worker's turn.

    One whose worker fell silent is begun once more and then given up. Locks its row.
    """
    opened = tokens.unseal(_TICKET, ticket)
    if opened is None:
        return None
    with transaction.atomic():
        export = _locked(opened[:10].decode(), UUID(bytes=opened[10:]))
        if export is None or not _is_due(export, now):
            return None
        if export.attempts >= MOST_ATTEMPTS:
            _fail(export, ExportReason.LOST, now)
            return None
        export.state, export.stage, export.percent = ExportState.WORKING, ExportStage.READING, 0
        export.attempts += 1
        export.worked_at = now
        export.save(update_fields=["state", "stage", "percent", "attempts", "worked_at"])
        return Work(
            number=export.account_id,
            export_id=export.id,
            formats=tuple(ExportFormat(one) for one in export.formats.split(",")),
            portrait=export.account.portrait,
            attempt=export.attempts,
        )


def note_progress(*, work: Work, stage: ExportStage, percent: int, now: datetime) -> bool:
    """Say how far it is; False when it was ended, or given to another worker, meanwhile."""
    mine = _in_hands_of(work)
    return mine.update(stage=stage, percent=percent, worked_at=now) == 1


def finish_export(*, work: Work, content: bytes, now: datetime) -> bool:
    """Keep the finished ZIP, encrypted, for its owner to fetch; phone and email are told.

    False, and nothing is kept, when it was ended or given to another worker meanwhile. Locks its
    row. Raises OSError when the store is full.
    """
    with transaction.atomic():
        export = _in_hands_of(work).select_for_update().first()
        if export is None:
            return False
        expires_at = now + settings.VSSID_EXPORT_KEPT
        stored = files.store_file(
            content=content,
            media_type="application/zip",
            purpose="export",
            by=_MAKER,
            delete_after=expires_at,
        )
        export.state, export.stage, export.percent = ExportState.READY, ExportStage.SEALING, 100
        export.made_at, export.expires_at = now, expires_at
        export.file, export.size = stored.id, len(content)
        export.save()
        record_event(by=_MAKER, act="export.make", subject=work.number)
        until = {"until": format_datetime(expires_at)}
        _tell(export.account, "account.export-ready", until)
    return True


def fail_export(*, work: Work, reason: ExportReason, now: datetime) -> None:
    """Say that it could not be made, and why; its owner may ask again. Locks its row."""
    with transaction.atomic():
        export = _in_hands_of(work).select_for_update().first()
        if export is not None:
            _fail(export, reason, now)


def fetch_export(*, number: str, export_id: UUID, device: str, now: datetime) -> bytes:
    """The ZIP, for its owner. The first time ends it but for VSSID_EXPORT_REPEAT.

    Nobody can know whether a download arrived whole: for that time it may be had again, and each
    time is written down. Locks its row. Raises Export.DoesNotExist for an id that is not this
    person's, ChangesHeldError, ExportGoneError, and what `read_file` raises.
    """
    with transaction.atomic():
        export = _locked(number, export_id)
        if export is None:
            raise Export.DoesNotExist
        rules.check_changes_not_held(export.account.changes_held_until, now)
        if export.file is None or not _is_fetchable(export, now):
            raise errors.ExportGoneError
        content = read_file(export.file)
        if export.fetched_at is None:
            export.state, export.fetched_at = ExportState.FETCHED, now
            export.save(update_fields=["state", "fetched_at"])
            files.keep_until(file_id=export.file, until=now + settings.VSSID_EXPORT_REPEAT)
        record_event(
            by=Actor.citizen(number),
            act="export.fetch",
            subject=number,
            details={"device": device, "export": str(export_id)},
        )
    return content


def end_exports(*, number: str, now: datetime) -> None:
    """Delete what is made or kept for a person, because of what the caller records.

    For an account that was locked, closed, or given a new password without the old one. In the
    caller's transaction. Locks the rows.
    """
    mine = Export.objects.filter(_still_there(), account_id=number)
    for export in mine.select_for_update().order_by("id"):
        _end(export, ExportReason.ACCOUNT, now)


def sweep_exports(*, now: datetime) -> int:
    """Bring exports back on their way whose job or worker is gone; delete those whose time is over.

    Returns how many got a job. The rows are the truth, jobs only wake workers.
    """
    over = Q(state=ExportState.READY, expires_at__lte=now)
    fetched = Q(fetched_at__lte=now - settings.VSSID_EXPORT_REPEAT, file__isnull=False)
    with transaction.atomic():
        for export in Export.objects.filter(over | fetched).select_for_update(skip_locked=True):
            _end(export, ExportReason.TIME, now)
    lost = Q(state=ExportState.WAITING, asked_at__lt=now - _LOST_JOB)
    silent = Q(state=ExportState.WORKING, worked_at__lt=now - SILENCE)
    waiting = list(Export.objects.filter(lost | silent).order_by("asked_at")[:200])
    for export in waiting:
        _defer(export)
    return len(waiting)


def delete_old_exports(*, now: datetime) -> int:
    """Delete the rows of exports long over; returns how many."""
    old = Export.objects.filter(asked_at__lt=now - settings.VSSID_SESSION_KEPT)
    return old.exclude(_still_there()).delete()[0]


def _count(number: str, now: datetime) -> None:
    limit, key = buckets.exports_of_day(number)
    wait = limits.hit(limit=limit, key=key, now=now)
    if wait is not None:
        raise errors.ExportsOfDayError(
            wait=wait, wait_words=errors.wait_in_words(wait), most=settings.VSSID_EXPORTS_PER_DAY
        )


def _still_there() -> Q:
    return Q(state__in=_UNDER_WAY) | Q(file__isnull=False)


def _locked(number: str, export_id: UUID) -> Export | None:
    mine = Export.objects.filter(account_id=number, id=export_id)
    return mine.select_for_update(of=("self",)).select_related("account").first()


def _in_hands_of(work: Work) -> QuerySet[Export]:
    return Export.objects.filter(
        account_id=work.number,
        id=work.export_id,
        state=ExportState.WORKING,
        attempts=work.attempt,
    )


def _is_due(export: Export, now: datetime) -> bool:
    if export.state == ExportState.WAITING:
        return True
    is_silent = export.worked_at is not None and export.worked_at < now - SILENCE
    return export.state == ExportState.WORKING and is_silent


def _is_fetchable(export: Export, now: datetime) -> bool:
    if export.fetched_at is not None:
        return now < export.fetched_at + settings.VSSID_EXPORT_REPEAT
    is_in_time = export.expires_at is not None and now < export.expires_at
    return export.state == ExportState.READY and is_in_time


def _fail(export: Export, reason: ExportReason, now: datetime) -> None:
    export.state, export.reason, export.ended_at = ExportState.FAILED, reason, now
    export.save(update_fields=["state", "reason", "ended_at"])
    record_event(
        by=_MAKER, act="export.fail", subject=export.account_id, details={"why": reason.value}
    )
    _tell(export.account, "account.export-failed", {})


def _end(export: Export, reason: ExportReason, now: datetime) -> None:
    """Delete the file; what was never fetched says from now on why it is not there."""
    file, export.file = export.file, None
    if export.state != ExportState.FETCHED:
        export.state, export.reason = ExportState.EXPIRED, reason
        record_event(
            by=_MAKER, act="export.end", subject=export.account_id, details={"why": reason.value}
        )
    export.ended_at = now
    export.save(update_fields=["file", "state", "reason", "ended_at"])
    if file is not None:
        with suppress(FileMissingError):
            files.erase_file(file_id=file, by=_MAKER)


def _defer(export: Export) -> None:
    ticket = tokens.seal(_TICKET, export.account_id.encode() + export.id.bytes)
    jobs.defer_export(ticket=ticket, export_id=export.id)


def _tell(
    account: Account, template: str, data: dict[str, str], secret: dict[str, str] | None = None
) -> None:
    said = {
        "number": mask_number(account.person_id),
        "hotline": settings.VSSID_HOTLINE,
        **data,
    }
    messaging.notify(
        phone=account.phone,
        email=account.email,
        # Whoever reads the outbox must not be able to lock accounts.
        letter=messaging.Letter(template, said, secret),
        key=f"export.{uuid7()}",
    )
