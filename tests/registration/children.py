"""Families for tests of children's declarations: who declares, for whom, with what."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

from tests.factories import (
    HONG,
    KHOA,
    THANH_TRI,
    Citizen,
    a_person,
    an_account,
    an_officer,
    kept_photo,
    received,
)
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.people.models import Person
from vssid.registration.commands import children, deciding, drafts, second_officer
from vssid.registration.models import Declaration, Draft

TODAY = vietnam_today(utc_now())
NGOC = Citizen("0120000001", "Nguyễn Bảo Ngọc", "", "")
FAMILY = "HN-1"
MINH = Citizen("0120000002", "Nguyễn Gia Minh", "", "")
"""Two children of Hồng, and the household of them all."""


def born(years: int) -> date:
    """Who turns so many years old today."""
    is_leap_day = (TODAY.month, TODAY.day) == (2, 29)
    return date(TODAY.year - years, 3, 1) if is_leap_day else TODAY.replace(year=TODAY.year - years)


def a_child(who: Citizen = NGOC, *, birth: date | None = None, **changes: Any) -> Person:
    """A child of six as the registry knows them, unless it is said otherwise."""
    a_person(replace(who, id_number=f"0012{who.number[-8:]}"))
    facts = {"birth_date": birth or born(6), "id_kind": "", "id_number": "", "phone": ""}
    facts |= {"household_code": FAMILY, **changes}
    Person.objects.filter(number=who.number).update(**facts)
    return Person.objects.get(number=who.number)


def parents() -> None:
    """Hồng and Khoa have accounts, and live together."""
    for who in (HONG, KHOA):
        an_account(who)
        Person.objects.filter(number=who.number).update(household_code=FAMILY)


def a_child_draft(
    child: Citizen = NGOC, guardian: Citizen = HONG, *, relation: str = "mother", **changes: Any
) -> UUID:
    """A child's draft with everything in it."""
    now = utc_now()
    draft = children.start_child_draft(guardian=guardian.number, now=now, address="")
    answers = {
        "number": child.number,
        "full_name": child.full_name,
        "relation": relation,
        "provincial_agency": "001",
        "office": THANH_TRI,
        **changes,
    }
    drafts.save_answers(draft_id=draft.id, changes=answers, now=now)
    photos = {"portrait": kept_photo("portrait", HONG), "front": kept_photo("front", HONG)}
    Draft.objects.filter(id=draft.id).update(**photos)
    return draft.id


def a_child_declaration(
    child: Citizen = NGOC, guardian: Citizen = HONG, **changes: Any
) -> Declaration:
    """What a guardian filed for a child."""
    draft_id = a_child_draft(child, guardian, **changes)
    return children.file_child(draft_id=draft_id, now=utc_now())


def approved_by_two(declaration: Declaration) -> Declaration:
    """One officer of the office receives and proposes it, another approves."""
    first, second, now = an_officer(), an_officer(), utc_now()
    proposed = second_officer.propose_approval(
        declaration=received(declaration, first), by=first, now=now
    )
    return deciding.approve_declaration(declaration=proposed, by=second, now=now)
