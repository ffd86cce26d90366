"""A guardianship ends when the child is of age; its guardians are told before and after."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from vssid.accounts.models import Account
from vssid.audit.actors import Actor
from vssid.kernel.clock import format_date, vietnam_today
from vssid.kernel.identifiers import mask_number
from vssid.messaging import commands as messaging
from vssid.messaging import queries as outbox
from vssid.people import commands as people
from vssid.people.models import Guardianship, Person, Relation
from vssid.people.rules import of_age_on
from vssid.people.visibility import OF_AGE
from vssid.registration.commands.notices import tell_guardian

_BATCH = 500
_DAY = timedelta(days=1)
# A task that did not run for some days still tells whose guardianship ended by its own end.
_TOLD_WITHIN = timedelta(days=7)


def end_at_majority(*, now: datetime) -> int:
    """End the guardianships of children who are 18 today or before; returns how many.

    Guardians are told `VSSID_MAJORITY_NOTICE` before and when it has ended, the child too if they
    have an account; each once, however often this runs. Wards, whose guardianship has no end, go on
    (docs/adr/0017).
    """
    today, ended = vietnam_today(now), 0
    runs = Q(from_date__lte=today) & (Q(to_date__isnull=True) | Q(to_date__gte=today))
    soon = today + settings.VSSID_MAJORITY_NOTICE
    for one, of_age in _of_age_by(soon, Guardianship.objects.filter(runs)):
        if of_age > today:
            _tell(one, "guardianship.ending", of_age)
        elif one.to_date is None:
            _end(one, of_age)
            ended += 1
    gone = Guardianship.objects.filter(to_date__lt=today, to_date__gte=today - _TOLD_WITHIN)
    for one, of_age in _of_age_by(today, gone.filter(frozen_at__isnull=True)):
        # One that ended earlier, by whatever else, was none that the birthday ended.
        if one.to_date == of_age - _DAY:
            _tell_of_end(one, of_age)
    return ended


def _end(guardianship: Guardianship, of_age: date) -> None:
    with transaction.atomic():
        people.end_guardianship(
            guardianship=guardianship,
            last_day=of_age - _DAY,
            reason="majority",
            by=Actor.system("majority"),
        )
        _tell_of_end(guardianship, of_age)


def _tell_of_end(guardianship: Guardianship, of_age: date) -> None:
    _tell(guardianship, "guardianship.ended", of_age)
    child, key = guardianship.child_number, f"guardianship.of-age.{guardianship.child_number}"
    account = Account.objects.filter(pk=child).first()
    if account is not None and not _is_known(key):
        data = {"number": mask_number(child), "day": format_date(of_age)}
        letter = messaging.Letter("guardianship.of-age", data)
        messaging.notify(phone=account.phone, email=account.email, letter=letter, key=key)


def _tell(guardianship: Guardianship, template: str, of_age: date) -> None:
    if not _is_known(f"{template}.{guardianship.id}"):
        number = mask_number(guardianship.child_number)
        tell_guardian(guardianship, template, {"number": number, "day": format_date(of_age)})


def _is_known(key: str) -> bool:
    return bool(outbox.known_keys([f"{key}.sms"]))


def _of_age_by(
    until: date, guardianships: QuerySet[Guardianship]
) -> Iterator[tuple[Guardianship, date]]:
    """Those of children who are 18 by a day, with the day; of wards none."""
    # Whose year alone is known is of age later than the date that is stored says.
    born = Person.objects.filter(birth_date__lte=_years_before(until))
    is_ward = Q(relation=Relation.GUARDIAN, to_date__isnull=True)
    wanted = guardianships.filter(~is_ward, child_number__in=born.values("number")).order_by("id")
    last = UUID(int=0)
    while batch := list(wanted.filter(id__gt=last)[:_BATCH]):
        children = Person.objects.in_bulk({one.child_number for one in batch})
        for one in batch:
            child = children[one.child_number]
            of_age = of_age_on(child.birth_date, child.birth_date_precision)
            if of_age <= until:
                yield one, of_age
        last = batch[-1].id


def _years_before(day: date) -> date:
    year = day.year - OF_AGE
    return date(year, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=year)
