"""Reads of issued statements: by their holder with the key that audit makes, or by code."""

from datetime import date, datetime
from uuid import UUID

from django.conf import settings

from vssid.audit.access import Access
from vssid.files import queries as files
from vssid.files.errors import FileErasedError, FileMissingError
from vssid.insurance import queries
from vssid.insurance.papers import errors
from vssid.insurance.papers.contents import FUNDS, Contents, contents_of
from vssid.insurance.papers.models import HistoryStatement, StatementCode
from vssid.kernel.clock import vietnam_today


def contents(access: Access, on: date) -> Contents:
    """What a statement of a day would say by the record of now. Raises UnknownPerson."""
    holder = queries.cards(access).holder
    histories = {fund: queries.contribution_history(access, fund) for fund in FUNDS}
    return contents_of(holder, histories, on)


def statements(access: Access, now: datetime) -> tuple[HistoryStatement, ...]:
    """The statements of a person that can still be downloaded, the newest first."""
    since = now - settings.VSSID_STATEMENT_KEPT
    rows = HistoryStatement.objects.filter(
        person_id=access.subject, revoked_at__isnull=True, issued_at__gt=since
    )
    return tuple(rows.order_by("-id"))


def statement(access: Access, statement_id: UUID) -> HistoryStatement | None:
    """One statement of a person; None when it is another's or was never issued."""
    return HistoryStatement.objects.filter(person_id=access.subject, id=statement_id).first()


def statement_by_code(code: str) -> HistoryStatement:
    """By the code on paper, in two steps over the key table. Raises StatementUnknownError."""
    key = StatementCode.objects.filter(code=code).first()
    if key is None:
        raise errors.StatementUnknownError
    return HistoryStatement.objects.get(person_id=key.number, id=key.statement)


def is_of(code: str, number: str) -> bool:
    """Whether the statement with this code is about the person with this number."""
    return StatementCode.objects.filter(code=code, number=number).exists()


def file_of(found: HistoryStatement) -> bytes:
    """The signed PDF. Raises StatementGoneError, FileDamagedError."""
    if found.revoked_at is not None:
        raise errors.StatementGoneError
    try:
        return files.read_file(found.file)
    except (FileErasedError, FileMissingError) as error:
        raise errors.StatementGoneError from error


def kept_until(issued_at: datetime) -> date:
    """The last day on which a statement can be downloaded and checked."""
    return vietnam_today(issued_at + settings.VSSID_STATEMENT_KEPT)
