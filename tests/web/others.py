"""Somebody else's record on the screens: a child of an age, a share that was accepted."""

from datetime import date, timedelta
from typing import Any

from tests.insurance.building import AN, BINH, CLERK
from vssid.audit.actors import Actor
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.people import commands
from vssid.people.commands import ShareTerms
from vssid.people.models import Guardianship, Relation, Share
from vssid.people.rules import SHARED_PARTS
from vssid.people.visibility import Part

TODAY = vietnam_today(utc_now())


def born_years_ago(years: int, *, days: int = 0) -> date:
    """The birth date of somebody who turned or turns `years` old `days` before today."""
    birthday = TODAY - timedelta(days=days)
    year = birthday.year - years
    return (
        date(year, 3, 1)
        if (birthday.month, birthday.day) == (2, 29)
        else birthday.replace(year=year)
    )


def acting_for(
    child: str = BINH, *, relation: str = Relation.MOTHER, guardian: str = AN
) -> Guardianship:
    """A guardianship without an end."""
    return commands.open_guardianship(
        guardian=guardian, child=child, relation=relation, on=TODAY, by=CLERK
    )


def shared(
    *parts: Part, owner: str = BINH, reader: str = AN, accepted: bool = True, **changes: Any
) -> Share:
    """A share of these parts (all, when none is named) for a day."""
    now = utc_now()
    terms = ShareTerms(frozenset(parts or SHARED_PARTS), now + timedelta(days=1))
    share = commands.open_share(
        owner=owner, reader=reader, terms=terms, by=Actor.citizen(owner), now=now
    )
    if accepted:
        commands.accept_share(share=share, by=Actor.citizen(reader), now=now)
    if changes:
        Share.objects.filter(id=share.id).update(**changes)
    return share
