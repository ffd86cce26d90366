"""How sessions end."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from vssid.accounts import rules
from vssid.accounts.commands.exports import end_exports
from vssid.accounts.models import Account, EndReason, Session
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event


def sign_out(*, number: str, session_id: UUID, now: datetime) -> None:
    """End a session; ending an ended one changes nothing (guides A10)."""
    with transaction.atomic():
        live = Session.objects.filter(
            account_id=number, id=session_id, ended_at__isnull=True
        ).first()
        if live is not None and end(session=live, reason=EndReason.SIGNED_OUT, now=now):
            record_event(by=Actor.citizen(number), act="session.end", subject=number)


def end_sessions(*, number: str, reason: EndReason, now: datetime) -> None:
    """End the live session of a number, if there is one, because of what the caller records.

    Copies of the record that were asked for before end with it. Locks the account's row, so that
    none can be opened meanwhile with what was proven before.
    """
    with transaction.atomic():
        Account.objects.select_for_update().filter(person_id=number).first()
        for live in Session.objects.filter(account_id=number, ended_at__isnull=True):
            end(session=live, reason=reason, now=now)
        end_exports(number=number, now=now)


def delete_old_sessions(*, now: datetime) -> int:
    """Delete sessions long over, also those that nobody ended; returns how many."""
    before = now - settings.VSSID_SESSION_KEPT
    long_over = Q(ended_at__lt=before) | Q(
        ended_at__isnull=True, started_at__lt=before - settings.VSSID_SESSION_TOTAL
    )
    return Session.objects.filter(long_over).delete()[0]


def end(*, session: Session, reason: EndReason, now: datetime) -> bool:
    """End one that nobody ended yet; one whose time is over has expired, whatever happened since.

    In the caller's transaction. Returns whether it was this call that ended it.
    """
    found = EndReason.EXPIRED if is_over(session=session, now=now) else reason
    open_still = Session.objects.filter(
        account_id=session.account_id, id=session.id, ended_at__isnull=True
    )
    return open_still.update(ended_at=now, end_reason=found) == 1


def is_over(*, session: Session, now: datetime) -> bool:
    """Whether its time is over: idle for too long, or too old."""
    return rules.is_session_over(
        started_at=session.started_at,
        last_seen_at=session.last_seen_at,
        now=now,
        idle=settings.VSSID_SESSION_IDLE,
        total=settings.VSSID_SESSION_TOTAL,
    )
