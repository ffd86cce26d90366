"""Who acts for a child, as an approval opens it (guides C05); its guardians are told (C06)."""

from datetime import datetime, timedelta

from django.conf import settings

from vssid.accounts.models import Account
from vssid.audit.actors import Actor
from vssid.kernel.clock import vietnam_today
from vssid.kernel.identifiers import mask_number
from vssid.people import commands as people
from vssid.people.models import Guardianship, Person, Relation
from vssid.people.queries import guardians_of
from vssid.people.rules import of_age_on
from vssid.registration import errors
from vssid.registration.commands.notices import tell, tell_guardian
from vssid.registration.models import Declaration, GuardianshipDispute

_DAY = timedelta(days=1)


def grant_guardianship(*, declaration: Declaration, by: Actor, now: datetime) -> Guardianship:
    """Let whoever declared a child act for it from today on; a second guardian stands beside.

    A guardian by law acts until the day before the child is of age: only a court lets them go on.
    Part of the approval, under the lock of the child's number. Raises GuardianGoneError,
    NotAChildError, GuardianAlreadyError, GuardianshipDisputedError.
    """
    today, child = vietnam_today(now), Person.objects.get(number=declaration.number)
    of_age = of_age_on(child.birth_date, child.birth_date_precision)
    if not Account.objects.filter(pk=declaration.guardian_number).exists():
        raise errors.GuardianGoneError
    if of_age <= today:
        raise errors.NotAChildError
    if GuardianshipDispute.objects.filter(
        child_number=child.number, decided_at__isnull=True
    ).exists():
        raise errors.GuardianshipDisputedError
    others = list(guardians_of(child.number, today))
    if declaration.guardian_number in {one.guardian_id for one in others}:
        raise errors.GuardianAlreadyError
    opened = people.open_guardianship(
        guardian=declaration.guardian_number,
        child=child.number,
        relation=declaration.relation,
        on=today,
        until=of_age - _DAY if declaration.relation == Relation.GUARDIAN else None,
        by=by,
    )
    tell(declaration, "child.approved", {"number": mask_number(child.number)})
    said = {
        "number": mask_number(child.number),
        "other": mask_number(opened.guardian_id),
        "hotline": settings.VSSID_HOTLINE,
    }
    for one in others:
        tell_guardian(one, "guardianship.second", said, occasion=f".{opened.id}")
    return opened
