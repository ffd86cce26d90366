"""The only writers of statements: issue, revoke, check."""

import hashlib
import math
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.audit.access import Access
from vssid.audit.actors import Actor
from vssid.audit.commands import ONE_LOOK, open_record, record_event
from vssid.documents.signing import current_identity, sign_pdf
from vssid.files import commands as files
from vssid.files.queries import living
from vssid.insurance.papers import codes, errors, queries, rules
from vssid.insurance.papers.contents import Contents, mask_name
from vssid.insurance.papers.models import HistoryStatement, StatementCode
from vssid.insurance.papers.statement import Issue, as_pdf
from vssid.insurance.queries import UnknownPerson
from vssid.kernel.clock import vietnam_today
from vssid.kernel.identifiers import mask_number
from vssid.kernel.networks import network_of
from vssid.kernel.uuid7 import uuid7
from vssid.limits import commands as limits
from vssid.people.models import Person


def issue_statement(*, access: Access, by: Actor, now: datetime) -> HistoryStatement:
    """Issue a signed statement of the record; the same one again while it says the same today.

    The file is kept encrypted until `VSSID_STATEMENT_KEPT` is over. Locks the person, so that what
    is stated is of one moment. Raises NothingToStateError, TooManyStatementsError, UnknownPerson,
    TypesettingError, SigningError.
    """
    with transaction.atomic():
        version = _lock(access.subject)
        contents = queries.contents(access, vietnam_today(now))
        if contents.is_empty:
            raise errors.NothingToStateError(hotline=settings.VSSID_HOTLINE)
        known = _same_of_today(access, contents, now)
        if known is not None:
            return known
        _count_issue(access.subject, now)
        issued = _keep(contents, version, by, now)
        record_event(
            by=by,
            act="statement.issue",
            subject=access.subject,
            details={"statement": issued.code},
        )
        return issued


def revoke_statement(*, access: Access, statement_id: UUID, by: Actor, now: datetime) -> None:
    """Take a statement back: its code answers «revoked» from now on, its file is erased.

    Once is enough: a second call changes nothing. Locks the row. Raises StatementUnknownError.
    """
    with transaction.atomic():
        rows = HistoryStatement.objects.select_for_update()
        found = rows.filter(person_id=access.subject, id=statement_id).first()
        if found is None:
            raise errors.StatementUnknownError
        if found.revoked_at is not None:
            return
        found.revoked_at = now
        found.save(update_fields=["revoked_at"])
        files.erase_file(file_id=found.file, by=by)
        record_event(
            by=by, act="statement.revoke", subject=access.subject, details={"statement": found.code}
        )


def count_check(*, address: str, now: datetime) -> None:
    """Count one check from a network. Raises TooManyChecksError."""
    allowed = settings.VSSID_PAPER_CHECKS_PER_NETWORK_HOUR
    limit = limits.Limit("statement.check", allowed, timedelta(hours=1))
    wait = limits.hit(limit=limit, key=network_of(address), now=now)
    if wait is not None:
        raise errors.TooManyChecksError(wait=wait)


def check_statement(
    *, code: str, by: Actor, now: datetime, content: bytes | None = None
) -> rules.StatementCheck:
    """What the statement with this code is worth; the look is written down for its holder to see.

    `content` is the whole file, where one was brought: it must be the one that was issued. Raises
    StatementUnknownError.
    """
    found = queries.statement_by_code(code)
    access = open_record(
        by=by, subject=found.person_id, purpose=f"statement {found.code}", once_in=ONE_LOOK
    )
    is_same = content is None or hashlib.sha256(content).digest() == bytes(found.file_sha256)
    state = rules.state_of(
        revoked=found.revoked_at is not None,
        over=now >= found.issued_at + settings.VSSID_STATEMENT_KEPT,
        same_file=is_same,
        same_record=_says_the_same(access, found),
    )
    return rules.StatementCheck(
        state=state,
        code=found.code,
        name=mask_name(found.full_name),
        number=mask_number(found.person_id),
        issued_at=found.issued_at,
        kept_until=queries.kept_until(found.issued_at),
        totals=found.totals,
    )


def _says_the_same(access: Access, found: HistoryStatement) -> bool:
    version = Person.objects.filter(number=access.subject).values_list("record_version", flat=True)
    if version.first() == found.record_version:
        return True
    # The version grows with an address as well: what is told decides. Told of the day of issue,
    # since a running job has more months with every one that passes.
    today = queries.contents(access, vietnam_today(found.issued_at))
    return today.sha256 == bytes(found.record_sha256)


def _lock(number: str) -> int:
    locked = Person.objects.select_for_update(no_key=True).filter(number=number)
    version = locked.values_list("record_version", flat=True).first()
    if version is None:
        raise UnknownPerson
    return version


def _same_of_today(access: Access, contents: Contents, now: datetime) -> HistoryStatement | None:
    found = next(iter(queries.statements(access, now)), None)
    if found is None or vietnam_today(found.issued_at) != vietnam_today(now):
        return None
    is_same = bytes(found.record_sha256) == contents.sha256 and found.file in living([found.file])
    return found if is_same else None


def _count_issue(number: str, now: datetime) -> None:
    limit = limits.Limit("statement.issue", settings.VSSID_STATEMENTS_A_DAY, timedelta(days=1))
    wait = limits.hit(limit=limit, key=number, now=now)
    if wait is not None:
        hours = math.ceil(wait / timedelta(hours=1))
        raise errors.TooManyStatementsError(wait=wait, hours=hours)


def _keep(contents: Contents, version: int, by: Actor, now: datetime) -> HistoryStatement:
    code, number, statement_id = codes.new_code(), contents.holder.number, uuid7()
    content = _signed(contents, code, now)
    file = files.store_file(
        content=content,
        media_type="application/pdf",
        purpose="statement",
        by=by,
        delete_after=now + settings.VSSID_STATEMENT_KEPT,
    )
    StatementCode.objects.create(code=code, number=number, statement=statement_id)
    return HistoryStatement.objects.create(
        person_id=number,
        id=statement_id,
        code=code,
        issued_at=now,
        issued_to=f"{by.kind}:{by.name}",
        full_name=contents.holder.full_name,
        totals=contents.months,
        record_version=version,
        record_sha256=contents.sha256,
        file_sha256=hashlib.sha256(content).digest(),
        file=file.id,
    )


def _signed(contents: Contents, code: str, now: datetime) -> bytes:
    shown = codes.display_code(code)
    issue = Issue(
        code=shown,
        at=now,
        check_address=f"{settings.VSSID_PUBLIC_URL}/kiem-tra-giay/{shown}/",
        signer=current_identity().name,
        kept_until=queries.kept_until(now),
    )
    return sign_pdf(as_pdf(contents, issue), reason=shown)
