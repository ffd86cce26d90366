"""Who acts for a child is disputed: frozen at once, told to all, decided by an officer."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from vssid.accounts.models import Account
from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.kernel.identifiers import mask_number
from vssid.kernel.text import clean
from vssid.kernel.uuid7 import uuid7
from vssid.people import commands as people
from vssid.people.models import Guardianship
from vssid.people.queries import frozen_guardians_of, guardians_of
from vssid.reference import queries as reference
from vssid.registration import errors
from vssid.registration.commands.cases import checked_note, covers
from vssid.registration.commands.notices import lock_number, tell_guardian
from vssid.registration.models import Declaration, GuardianshipDispute, State
from vssid.staff import rules as staff
from vssid.staff.models import Officer

_SHORTEST_WORDS = 10


def report_dispute(*, guardian: str, child: str, words: str, now: datetime) -> GuardianshipDispute:
    """A guardian says that another one should not act for the child: all are frozen until decided.

    Locks the child's number, then the guardians. Raises DisputeWordsMissingError,
    NothingToDisputeError.
    """
    words = _checked(words)
    with transaction.atomic():
        lock_number(child)
        held = _disputable(child, now)
        if guardian not in {one.guardian_id for one in held} or len(held) < 2:
            raise errors.NothingToDisputeError
        dispute = GuardianshipDispute(
            child_number=child, office=_office_of(child, guardian), reported_by=guardian
        )
        _open(dispute, held, words, Actor.citizen(guardian), now)
    return dispute


def mark_dispute(*, child: str, words: str, by: Officer, now: datetime) -> GuardianshipDispute:
    """An officer who decides learns that a guardianship is disputed, at the desk or by a letter.

    It lies at the officer's office, which may hand it over to the family's. Locks the child's
    number, then the guardians. Raises MayNotDecideError, DisputeWordsMissingError,
    NothingToDisputeError.
    """
    words = _checked(words)
    if not staff.can_decide(by.role):
        raise errors.MayNotDecideError
    with transaction.atomic():
        lock_number(child)
        held = _disputable(child, now)
        if not held:
            raise errors.NothingToDisputeError
        dispute = GuardianshipDispute(child_number=child, office=by.office, marked_by=by.user_name)
        _open(dispute, held, words, by.actor, now)
    return dispute


def decide_dispute(
    *, dispute: GuardianshipDispute, kept: Collection[UUID], reason: str, by: Officer, now: datetime
) -> None:
    """Decide which guardianships stand (`kept`, of the frozen ones); the others end, all are told.

    Locks the child's number, the dispute, then the guardians. Raises MayNotDecideError,
    NotThisOfficeError, DisputeWordsMissingError, DisputeOverError.
    """
    reason = _checked(reason)[:500]
    if not staff.can_decide(by.role):
        raise errors.MayNotDecideError
    if dispute.office != by.office and not reference.is_below(dispute.office, by.office):
        raise errors.NotThisOfficeError
    with transaction.atomic():
        lock_number(dispute.child_number)
        locked = GuardianshipDispute.objects.select_for_update().get(
            child_number=dispute.child_number, id=dispute.id
        )
        if locked.decided_at is not None:
            raise errors.DisputeOverError
        locked.decided_at, locked.decided_by, locked.reason = now, by.user_name, reason
        locked.save(update_fields=["decided_at", "decided_by", "reason"])
        record_event(
            by=by.actor,
            act="dispute.decide",
            subject=locked.child_number,
            details={"kept": sorted(str(one) for one in kept)},
        )
        for one in frozen_guardians_of(locked.child_number, vietnam_today(now)):
            _settle(one, locked, is_kept=one.id in kept, by=by.actor, now=now)


def hand_dispute(
    *, dispute: GuardianshipDispute, office: str, note: str, by: Officer
) -> GuardianshipDispute:
    """Leave an open dispute to another office in service, with a word; all guardians are told.

    Locks the child's number, then the dispute. Raises MayNotDecideError, NotThisOfficeError,
    DisputeOverError, UnknownOfficeError, OfficeSameError, NoteMissingError.
    """
    if not staff.can_decide(by.role):
        raise errors.MayNotDecideError
    said, known = checked_note(note), reference.known_office(office)
    with transaction.atomic():
        lock_number(dispute.child_number)
        locked = GuardianshipDispute.objects.select_for_update().get(
            child_number=dispute.child_number, id=dispute.id
        )
        if not covers(by.office, locked.office):
            raise errors.NotThisOfficeError
        if locked.decided_at is not None:
            raise errors.DisputeOverError
        if locked.office == known.code:
            raise errors.OfficeSameError
        before, locked.office = locked.office, known.code
        locked.note, locked.note_by = said, by.user_name
        locked.save(update_fields=["office", "note", "note_by"])
        record_event(
            by=by.actor,
            act="dispute.hand-over",
            subject=locked.child_number,
            reason=said,
            details={"dispute": str(locked.id), "from": before, "to": known.code},
        )
        tell_moved(dispute=locked)
    return locked


def tell_moved(*, dispute: GuardianshipDispute) -> None:
    """Tell all guardians which office the dispute lies with now."""
    office = reference.known_office(dispute.office)
    data = {
        "number": mask_number(dispute.child_number),
        "office": office.name,
        "phone": office.phone,
    }
    # It may come back to an office that had it before, and then that is news again.
    occasion = f".{uuid7()}"
    for one in frozen_guardians_of(dispute.child_number, vietnam_today(utc_now())):
        tell_guardian(one, "dispute.moved", data, occasion=occasion)


def _settle(
    one: Guardianship, dispute: GuardianshipDispute, *, is_kept: bool, by: Actor, now: datetime
) -> None:
    if is_kept:
        people.release_guardianship(guardianship=one, by=by)
    else:
        last_day = vietnam_today(now) - timedelta(days=1)
        people.end_guardianship(guardianship=one, last_day=last_day, reason="decision", by=by)
    data = {
        "number": mask_number(dispute.child_number),
        "reason": dispute.reason
        if dispute.reason.endswith((".", "!", "?"))
        else f"{dispute.reason}.",
        "office": reference.known_office(dispute.office).name,
    }
    template = "dispute.kept" if is_kept else "dispute.ended"
    tell_guardian(one, template, data, occasion=f".{dispute.id}")


def _open(
    dispute: GuardianshipDispute,
    held: list[Guardianship],
    words: str,
    by: Actor,
    now: datetime,
) -> None:
    dispute.words, dispute.opened_at = words[:1000], now
    dispute.save(force_insert=True)
    record_event(
        by=by,
        act="dispute.open",
        subject=dispute.child_number,
        details={"dispute": str(dispute.id)},
    )
    people.freeze_guardianships(guardianships=held, by=by, now=now)
    office = reference.known_office(dispute.office)
    data = {
        "number": mask_number(dispute.child_number),
        "office": office.name,
        "phone": office.phone or settings.VSSID_HOTLINE,
    }
    for one in held:
        tell_guardian(one, "dispute.opened", data, occasion=f".{dispute.id}")


def _disputable(child: str, now: datetime) -> list[Guardianship]:
    if GuardianshipDispute.objects.filter(child_number=child, decided_at__isnull=True).exists():
        raise errors.NothingToDisputeError
    return list(guardians_of(child, vietnam_today(now)).order_by("guardian_id"))


def _office_of(child: str, guardian: str) -> str:
    """The office that approved a guardian of the child last, or that serves the guardian."""
    approved = Declaration.objects.filter(number=child, state=State.APPROVED)
    known = approved.exclude(guardian_number="").order_by("-decided_at").first()
    if known is not None:
        return known.office
    account = Account.objects.get(pk=guardian)
    area = account.address_commune or account.address_district
    near = reference.suggested_offices(account.address_era, area)
    return near[0].code if near else reference.provincial_agencies()[0].code


def _checked(words: str) -> str:
    words = clean(words)
    if len(words) < _SHORTEST_WORDS:
        raise errors.DisputeWordsMissingError
    return words
