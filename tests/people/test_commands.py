"""Writing people: anew, again, with families, and what is refused."""

from dataclasses import replace
from datetime import date
from unittest.mock import patch

import pytest

from tests.insurance.building import AN, BINH, CHI, CLERK, a_person
from vssid.audit.models import Event
from vssid.insurance.invented import life
from vssid.kernel.uuid7 import uuid7
from vssid.people import commands, queries
from vssid.people.errors import IdNumberTakenError, UnknownChildError
from vssid.people.models import Guardianship, Household, IdNumber, Person

pytestmark = pytest.mark.django_db

PAPER = {"id_kind": "cccd", "id_number": "001190000123"}
TODAY = date(2026, 3, 1)


def _mother_and_child() -> None:
    commands.write_people(people=[a_person(), a_person(BINH, full_name="Trần Bình")], by=CLERK)


def test_person_is_found_by_number_and_by_paper() -> None:
    commands.write_people(people=[a_person(**PAPER)], by=CLERK)
    assert queries.person(AN).full_name == "Nguyễn Thị An"
    assert queries.number_by_identity("001190000123") == AN
    assert queries.number_by_identity("001190000124") is None


def test_name_is_kept_for_searching_and_for_sorting() -> None:
    names = ["Bùi Bách", "Bùi Bàng", "Đỗ An", "Dương An"]
    numbers = [f"000000000{n}" for n in range(4)]
    people = [a_person(n, full_name=name) for n, name in zip(numbers, names, strict=True)]
    commands.write_people(people=people, by=CLERK)
    in_order = Person.objects.order_by("sort_key").values_list("full_name", flat=True)
    assert list(in_order) == ["Bùi Bách", "Bùi Bàng", "Dương An", "Đỗ An"]
    assert Person.objects.get(search_key="do an").full_name == "Đỗ An"


def test_known_person_is_written_anew_and_the_version_grows() -> None:
    commands.write_people(people=[a_person(), a_person(BINH)], by=CLERK)
    commands.write_people(people=[a_person(full_name="Nguyễn Thị Ân", **PAPER)], by=CLERK)
    an = queries.person(AN)
    assert (an.full_name, an.search_key, an.record_version) == ("Nguyễn Thị Ân", "nguyen thi an", 2)
    assert queries.person(BINH).record_version == 1


def test_nobody_is_written_when_there_is_nobody() -> None:
    commands.write_people(people=[], by=CLERK)
    assert not Person.objects.exists()


def test_paper_of_somebody_else_is_refused_and_nothing_is_kept() -> None:
    commands.write_people(people=[a_person(**PAPER)], by=CLERK)
    with pytest.raises(IdNumberTakenError):
        commands.write_people(people=[a_person(BINH, **PAPER)], by=CLERK)
    assert not Person.objects.filter(number=BINH).exists()
    assert IdNumber.objects.get().number == AN


def test_one_paper_for_two_people_in_one_delivery_is_refused() -> None:
    with pytest.raises(IdNumberTakenError):
        commands.write_people(people=[a_person(**PAPER), a_person(BINH, **PAPER)], by=CLERK)


def test_writing_people_is_audited() -> None:
    commands.write_people(people=[a_person()], by=CLERK)
    event = Event.objects.get(act="people.write")
    assert (event.actor, event.subject, event.details) == ("tests", AN, {"people": 1})


def test_people_are_not_written_when_auditing_fails() -> None:
    failing = patch("vssid.people.commands.record_event", side_effect=RuntimeError)
    with failing, pytest.raises(RuntimeError):
        commands.write_people(people=[a_person()], by=CLERK)
    assert not Person.objects.exists()


def test_household_leads_to_its_head_and_may_change_it() -> None:
    for head in (AN, BINH):
        commands.write_households(households=[life.Household("01-77", head)], by=CLERK)
    assert Household.objects.get().head_number == BINH


def test_guardian_reaches_the_child_from_its_first_day_to_its_last() -> None:
    _mother_and_child()
    row = life.Guardianship(AN, uuid7(), BINH, "mother", TODAY, date(2026, 5, 1))
    commands.write_guardianships(guardianships=[row], by=CLERK)
    child = queries.children_of(AN, TODAY).get()
    assert (child.child_number, child.child_name) == (BINH, "Trần Bình")
    assert queries.guardians_of(BINH, date(2026, 5, 1)).get().guardian_id == AN
    for on in (date(2026, 2, 28), date(2026, 5, 2)):
        assert not queries.children_of(AN, on).exists()
    assert not queries.children_of(BINH, TODAY).exists()


def test_same_guardianship_is_written_once() -> None:
    _mother_and_child()
    row = life.Guardianship(AN, uuid7(), BINH, "mother", TODAY, None)
    for again in (row, row, replace(row, id=uuid7())):
        commands.write_guardianships(guardianships=[again], by=CLERK)
    assert Guardianship.objects.count() == 1


def test_opening_a_guardianship_twice_returns_the_first() -> None:
    _mother_and_child()
    first = commands.open_guardianship(
        guardian=AN, child=BINH, relation="mother", on=TODAY, by=CLERK
    )
    second = commands.open_guardianship(
        guardian=AN, child=BINH, relation="guardian", on=TODAY, by=CLERK
    )
    assert first.id == second.id
    assert Event.objects.filter(act="guardianship.open", subject=BINH).count() == 1
    assert queries.person(AN).record_version == 3


def test_guardianship_of_nobody_is_refused() -> None:
    _mother_and_child()
    with pytest.raises(UnknownChildError):
        commands.open_guardianship(guardian=AN, child=CHI, relation="mother", on=TODAY, by=CLERK)
    assert queries.person(AN).record_version == 1
