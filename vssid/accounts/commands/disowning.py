"""«Không phải tôi?»: the link in the notice of a sign-in, by which its owner cuts it off."""

from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from vssid.accounts import errors
from vssid.accounts.commands import (
    codes,
    contacts,
    emails,
    endings,
    passkeys,
    sharing,
    smart_otp,
)
from vssid.accounts.commands.disown_links import digest_of
from vssid.accounts.commands.disown_links import make_link as make_link
from vssid.accounts.models import (
    Account,
    DisownLink,
    EndReason,
    KnownDevice,
    Passkey,
    Session,
    SmartOtp,
)
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.identifiers import mask_number
from vssid.messaging import commands as messaging


@dataclass(frozen=True, slots=True)
class Disownable:
    """The sign-in that a link is about. `number` is masked; `is_live`: it is signed in still."""

    number: str
    device: str
    started_at: datetime
    is_live: bool
    is_disowned: bool


def disowned(*, code: str, now: datetime) -> Disownable | None:
    """The sign-in that the link with this code is about; None for a code that opens nothing."""
    session = _session(code, now)
    if session is None:
        return None
    return Disownable(
        number=mask_number(session.account_id),
        device=session.device,
        started_at=session.started_at,
        is_live=session.ended_at is None and not endings.is_over(session=session, now=now),
        is_disowned=session.end_reason == EndReason.DISOWNED,
    )


def disown(*, code: str, now: datetime) -> None:
    """Cut a sign-in off: whoever is signed in is signed out and the account locked.

    Its device and those of since then are no longer known; passkeys, SmartOTP and an email of since
    then are gone, a phone of since then gives way to the one before, codes on their way end. Phone
    and email are told how to open the account again. The second time changes nothing, also when
    the account was opened again meanwhile. Locks the account's row. Raises DisownLinkError.
    """
    with transaction.atomic():
        session = _session(code, now)
        if session is None:
            raise errors.DisownLinkError(hotline=settings.VSSID_HOTLINE)
        account = Account.objects.select_for_update().get(person_id=session.account_id)
        # Read again under the lock: both of a double press come here.
        session.refresh_from_db()
        if session.end_reason == EndReason.DISOWNED:
            return
        _forget_devices(account, session)
        endings.end_sessions(number=account.person_id, reason=EndReason.DISOWNED, now=now)
        _mark(session, now)
        _take_back(account, session, now)
        Account.objects.filter(person_id=account.person_id).update(locked_at=now)
        by = Actor.citizen(account.person_id)
        sharing.end_shares_of(number=account.person_id, by=by, now=now)
        record_event(
            by=by,
            act="session.disown",
            subject=account.person_id,
            details={"session": str(session.id)},
        )
        _tell(account)


def forget_expired(*, now: datetime) -> int:
    """Delete links whose days are over; returns how many."""
    return DisownLink.objects.filter(expires_at__lte=now).delete()[0]


def _forget_devices(account: Account, session: Session) -> None:
    """The device of that session, and those that came since, are not known any more."""
    known = KnownDevice.objects.filter(account=account)
    known.filter(Q(id=session.device_id) | Q(first_seen_at__gt=session.started_at)).delete()


def _take_back(account: Account, session: Session, now: datetime) -> None:
    """What whoever signed in may have made to come back by."""
    number, since = account.person_id, session.started_at
    made = Passkey.objects.filter(account=account, made_at__gte=since)
    for passkey_id in made.values_list("id", flat=True):
        passkeys.remove_passkey(number=number, passkey_id=passkey_id)
    if SmartOtp.objects.filter(account=account, made_at__gte=since).exists():
        smart_otp.drop_smart_otp(account=account, by=Actor.citizen(number))
    emails.forget_email(account=account, since=since)
    contacts.put_phone_back(account=account, since=since, now=now)
    codes.end_codes(subject=number, now=now)


def _mark(session: Session, now: datetime) -> None:
    """Also one that had ended says from now on that its owner disowned it."""
    mine = Session.objects.filter(account_id=session.account_id, id=session.id)
    mine.filter(ended_at__isnull=True).update(ended_at=now)
    mine.update(end_reason=EndReason.DISOWNED)


def _tell(account: Account) -> None:
    letter = messaging.Letter(
        "account.locked",
        {"number": mask_number(account.person_id), "hotline": settings.VSSID_HOTLINE},
    )
    messaging.notify(
        phone=account.phone, email=account.email, letter=letter, key=f"account.locked.{uuid4()}"
    )


def _session(code: str, now: datetime) -> Session | None:
    link = DisownLink.objects.filter(digest=digest_of(code=code), expires_at__gt=now).first()
    if link is None:
        return None
    return Session.objects.filter(account_id=link.number, id=link.session_id).first()
