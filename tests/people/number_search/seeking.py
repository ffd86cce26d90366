"""Who is sought in these tests, and by whom."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

from tests.insurance.building import AN, BINH, CHI, CLERK, a_person
from vssid.people import commands
from vssid.people.number_search.limits import Sender
from vssid.people.number_search.rules import Wanted, Way

HOUSE, PAPER, OF_HEAD = "0112345678", "001190000123", "001085000456"
HOME = Sender("203.0.113.7", "a-browser")
PHONE = replace(HOME, phone="+84912000001")

BY_PERSON = Wanted(
    Way.PERSON, "Nguyễn Thị An", 1990, date(1990, 5, 12), province="01", id_number=PAPER
)
BY_NAME = replace(BY_PERSON, id_number="")
BY_HOUSE = Wanted(Way.HOUSEHOLD, "Trần Minh Chi", 2020, date(2020, 2, 3), household=HOUSE)
BY_HEAD = Wanted(
    Way.HEAD, "Trần Minh Chi", 2020, date(2020, 2, 3), head_name="Trần Văn Bình",
    communes=("00004",),
)  # fmt: skip


def an(**changes: Any) -> Any:
    """A woman with a paper."""
    return a_person(**{"id_kind": "cccd", "id_number": PAPER, **changes})


def family() -> None:
    """Bình, head of a household in 00004 of Hà Nội, and Chi, a child without a paper."""
    commands.write_households(households=[SimpleNamespace(code=HOUSE, head_number=BINH)], by=CLERK)
    head = a_person(
        BINH, full_name="Trần Văn Bình", birth_date=date(1985, 1, 2), id_kind="cccd",
        id_number=OF_HEAD, household_code=HOUSE,
    )  # fmt: skip
    child = a_person(
        CHI, full_name="Trần Minh Chi", birth_date=date(2020, 2, 3), household_code=HOUSE
    )
    write(head, child)


def write(*people: Any) -> None:
    """Into the registry."""
    commands.write_people(people=people, by=CLERK)


__all__ = ["AN", "BINH", "CHI", "a_person"]
