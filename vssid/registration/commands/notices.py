"""What changes of a declaration have in common: a lock, notices, how long photos are kept."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import connection

from vssid.accounts.models import Account
from vssid.files import commands as files
from vssid.kernel.clock import format_date, format_datetime, vietnam_today
from vssid.kernel.uuid7 import uuid7
from vssid.messaging import commands as messaging
from vssid.people.models import Guardianship
from vssid.reference import queries as reference
from vssid.reference.choices import OfficeView
from vssid.reference.hours.queries import week_in_short
from vssid.registration import rules
from vssid.registration.links import follow_address
from vssid.registration.models import OPEN, Declaration

# So long that an SMS of two parts holds them, beside the longest name of an office.
_PLACE, _HOURS = 90, 30
# Messages are Vietnamese, whatever language the desk is read in.
_SEE_THERE = "theo liên kết sau"


def lock_number(number: str) -> None:
    """Let one transaction at a time file or approve for a number, before any row is locked."""
    # There may be no row of this number to lock yet; the lock ends with the transaction.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [number])


def settle_contest(number: str) -> None:
    """Once a single open declaration of a number is left, nothing is contested any more."""
    left = Declaration.objects.filter(number=number, guardian_number="", state__in=OPEN)
    if left.count() == 1:
        left.update(is_contested=False)


def tell(
    declaration: Declaration,
    template: str,
    data: Mapping[str, str],
    secret: Mapping[str, str] | None = None,
    *,
    occasion: str = "",
    by_email: bool = True,
) -> None:
    """Notify the applicant by SMS, and by email if one was given (guides R10, R14, R15).

    A declaration is told each thing once; `occasion` tells apart what is told more than once.
    """
    shown = {
        "declaration": rules.display_code(declaration.code),
        "link": follow_address(declaration.code),
        **data,
    }
    phone, email = reached_at(declaration)
    messaging.notify(
        phone=phone,
        email=email if by_email else "",
        letter=messaging.Letter(template, shown, secret),
        key=f"{template}{occasion}.{declaration.id}",
    )


def reached_at(declaration: Declaration) -> tuple[str, str]:
    """Phone and email of the applicant; of a child's guardian those of today (guides C06)."""
    account = None
    if declaration.guardian_number:
        account = Account.objects.filter(pk=declaration.guardian_number).first()
    return (account.phone, account.email) if account else (declaration.phone, declaration.email)


def proven_email(declaration: Declaration) -> str:
    """Where an OTP may go instead of the phone; empty for none. A guardian's account proved its."""
    if declaration.guardian_number:
        return reached_at(declaration)[1]
    return declaration.email if declaration.email_proven_at else ""


def tell_guardian(
    guardianship: Guardianship, template: str, data: Mapping[str, str], *, occasion: str = ""
) -> None:
    """Notify a guardian where their own account is reached (guides C06); without one, nobody."""
    account = Account.objects.filter(pk=guardianship.guardian_id).first()
    if account is not None:
        messaging.notify(
            phone=account.phone,
            email=account.email,
            letter=messaging.Letter(template, data),
            key=f"{template}{occasion}.{guardianship.id}",
        )


def tell_complete(declaration: Declaration) -> None:
    """The dossier is complete: until when the answer comes (guides R13)."""
    due = rules.answer_due(declaration.received_at, settings.VSSID_DECISION_DUE)
    if due is None:
        raise ValueError("Only a received declaration is complete.")
    office = reference.known_office(declaration.office)
    tell(
        declaration,
        "declaration.complete",
        {
            "office": office.name,
            "due": format_datetime(due),
            "phone": office.phone or settings.VSSID_HOTLINE,
        },
    )


def tell_handed(declaration: Declaration, now: datetime) -> None:
    """Another office has the open declaration now: where, when it is open, what to bring until when
    (guides R11), or that nothing is to be brought again (guides R13).
    """
    office = reference.known_office(declaration.office)
    told = {
        "place": _place_in_short(office),
        "opens": week_in_short(office.code, now, _HOURS) or _SEE_THERE,
    }
    # It may come back to an office that had it before, and then that is news again.
    occasion = f".{uuid7()}"
    due = rules.answer_due(declaration.received_at, settings.VSSID_DECISION_DUE)
    if due is not None:
        told["due"] = format_datetime(due)
        tell(declaration, "declaration.handed-complete", told, occasion=occasion)
        return
    until = rules.paper_due(declaration.filed_at, settings.VSSID_PAPER_DUE)
    told["day"] = format_date(vietnam_today(until))
    tell(declaration, "declaration.handed", told, occasion=occasion)


def _place_in_short(office: OfficeView) -> str:
    """Name, address and phone within _PLACE letters: an address loses its last parts first."""
    parts = [part.strip() for part in office.address.split(",") if part.strip()]
    while True:
        said = ", ".join(filter(None, [office.name, *parts, office.phone]))
        if len(said) <= _PLACE or not parts:
            return said
        parts.pop()


def erase_photos_later(declaration: Declaration, now: datetime, *, keep_portrait: bool) -> None:
    """Let the photos of an ended declaration go; an approved portrait becomes the account's."""
    photos = [declaration.front, declaration.back]
    photos += [] if keep_portrait else [declaration.portrait]
    until = now + settings.VSSID_PHOTO_KEPT_AFTER_DECISION
    for photo in photos:
        if photo is not None:
            files.keep_until(file_id=photo, until=until)
