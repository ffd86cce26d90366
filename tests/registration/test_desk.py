"""Queues by age and state, paged by key; a search within the office; one case in one statement."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from tests.factories import (
    HA_NOI,
    HAI_BA_TRUNG,
    HONG,
    KHOA,
    RIVAL,
    THANH_TRI,
    a_declaration,
    a_person,
    an_officer,
    received,
)
from tests.registration.desk_people import lan
from vssid.kernel.clock import utc_now
from vssid.kernel.uuid7 import uuid7
from vssid.registration import desk
from vssid.registration.commands import claiming, deciding, renumbering, second_officer
from vssid.registration.desk import Counted, Part, Place, Wanted
from vssid.registration.errors import DeclarationUnknownError
from vssid.registration.models import Declaration
from vssid.registration.seeking import parse_sought

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _page(part: Part = Part.ALL, *offices: str, by: str = "lan", **options: Any) -> list[str]:
    wanted = Wanted(offices or (THANH_TRI,), part, by)
    return [one.code for one in desk.page(wanted, now=utc_now(), **options)[0]]


def _one_of_each() -> dict[str, Declaration]:
    officer, now = lan(), utc_now()
    found = {
        "paper": a_declaration(HONG, now=now - 3 * DAY),
        "late": a_declaration(KHOA, now=now - 4 * DAY),
        "second": a_declaration(RIVAL, number="0198000033", now=now - DAY),
        "contested": a_declaration(KHOA, number="0198000044", now=now - DAY / 2),
        "elsewhere": a_declaration(KHOA, number="0198000055", office=HAI_BA_TRUNG),
    }
    for name in ("late", "second", "contested"):
        received(found[name], officer)
    second_officer.propose_approval(declaration=found["second"], by=officer, now=now)
    claiming.release_case(declaration=found["late"], by=officer)
    Declaration.objects.filter(id=found["late"].id).update(received_at=now - 2 * DAY)
    Declaration.objects.filter(id=found["contested"].id).update(is_contested=True)
    refused = a_declaration(KHOA, number="0198000066")
    deciding.refuse_declaration(declaration=refused, reason="Ảnh mờ.", by=officer, now=now)
    return found


@pytest.mark.parametrize(
    ("part", "names"),
    [
        (Part.ALL, ["late", "second", "contested", "paper"]),
        (Part.READY, ["late", "second", "contested"]),
        (Part.LATE, ["late"]),
        (Part.PAPER, ["paper"]),
        (Part.SECOND, ["second"]),
        (Part.CONTESTED, ["contested"]),
        (Part.MINE, ["contested"]),
    ],
)
def test_part_of_the_queue_holds_what_it_says(part: Part, names: list[str]) -> None:
    found = _one_of_each()
    assert _page(part) == [found[name].code for name in names]
    assert desk.count(Wanted((THANH_TRI,), part, "lan"), now=utc_now()) == Counted(len(names), 0)


def test_number_that_waits_for_a_second_officer_is_in_their_queue() -> None:
    a_person()
    declaration = a_declaration(number="0198000009")
    renumbering.propose_number(declaration=declaration, right=HONG.number, by=lan(), now=utc_now())
    assert _page(Part.SECOND) == [declaration.code]
    wanted = Wanted((THANH_TRI,), Part.SECOND, "minh")
    assert desk.count(wanted, now=utc_now()) == Counted(1, 0)


def test_province_sees_the_queues_below_in_one_order() -> None:
    found = _one_of_each()
    codes = _page(Part.ALL, HA_NOI, THANH_TRI, HAI_BA_TRUNG)
    assert codes[-2:] == [found["paper"].code, found["elsewhere"].code]
    assert len(codes) == 5


def test_pages_follow_one_another_without_a_gap_or_a_case_twice() -> None:
    now = utc_now()
    codes = [
        a_declaration(KHOA, number=f"01980002{n:02d}", now=now - timedelta(hours=n % 3)).code
        for n in range(7)
    ]
    wanted, after, seen = Wanted((THANH_TRI,), Part.ALL, ""), None, []
    while True:
        rows, after = desk.page(wanted, now=now, after=after, size=3)
        seen += [one.code for one in rows]
        if after is None:
            break
        after = desk.read_place(desk.write_place(after))
    assert sorted(seen) == sorted(codes)
    assert len(seen) == 7


@pytest.mark.parametrize("text", ["", "x", "1_2_3", "1_2", "nan_1_" + "0" * 32, "9e99_1_1", "\0"])
def test_address_of_a_page_that_is_none_begins_anew(text: str) -> None:
    assert desk.read_place(text) is None


def test_holder_is_named_while_the_claim_lasts() -> None:
    officer = lan()
    claiming.claim_case(declaration=a_declaration(), by=officer, now=utc_now())
    wanted = Wanted((THANH_TRI,), Part.ALL, "")
    ((row,), _after) = desk.page(wanted, now=utc_now())
    assert row.holder == "Đỗ Thị Lan"
    ((row,), _after) = desk.page(wanted, now=utc_now() + timedelta(hours=1))
    assert row.holder is None


def test_case_comes_with_the_names_of_all_its_officers_in_one_statement(
    django_assert_num_queries: Any,
) -> None:
    officer = lan()
    declaration = received(a_declaration(), officer)
    with django_assert_num_queries(1):
        found = desk.case(declaration.code)
    assert (found.holder, found.proposer, found.filer) == ("Đỗ Thị Lan", "", "")
    with pytest.raises(DeclarationUnknownError):
        desk.case("TK-0000-0000")


@pytest.mark.parametrize(
    "typed", ["Hồng Ánh", "hong anh", "HỒNG", HONG.number, HONG.id_number, f"{HONG.id_number}|x"]
)
def test_search_finds_by_name_number_and_id(typed: str) -> None:
    declaration = a_declaration()
    a_declaration(KHOA)
    found = desk.search(parse_sought(typed), [THANH_TRI])
    assert [one.id for one in found] == [declaration.id]
    assert desk.search(parse_sought(typed), [HAI_BA_TRUNG]) == []


def test_search_shows_open_cases_first() -> None:
    officer = an_officer()
    closed = a_declaration()
    deciding.refuse_declaration(declaration=closed, reason="Ảnh mờ.", by=officer, now=utc_now())
    again = a_declaration()
    found = desk.search(parse_sought(HONG.number), [THANH_TRI])
    assert [one.id for one in found] == [again.id, closed.id]


# --- a hundred thousand cases ---------------------------------------------------------------------


def _fill(count: int) -> None:
    """Open declarations of one office by one statement: copies of a real one."""
    one = a_declaration()
    columns = [field.column for field in Declaration._meta.concrete_fields]
    made = {
        "number": "lpad((5000000000 + n)::text, 10, '0')",
        "id": "gen_random_uuid()",
        "code": "'TK' || lpad(n::text, 8, '0')",
        "state": "CASE WHEN n %% 2 = 0 THEN 'received' ELSE 'filed' END",
        "received_at": "CASE WHEN n %% 2 = 0 THEN d.filed_at - n * interval '1 second' END",
        "filed_at": "d.filed_at - n * interval '2 seconds'",
        "is_contested": "n %% 500 = 0",
        "name_key": "'nguyen van ' || n",
    }
    values = ", ".join(made.get(name, f"d.{name}") for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO registration_declaration ({', '.join(columns)}) SELECT {values}"  # noqa: S608
            " FROM registration_declaration d, generate_series(1, %s) n WHERE d.id = %s",
            [count, one.id],
        )
        cursor.execute("ANALYZE registration_declaration")


def _plan(part: Part, after: Place) -> str:
    now = utc_now()
    params = {
        "offices": [THANH_TRI], "received": after.received, "filed": after.filed, "id": after.id,
        "limit": 26, "now": now, "late": now - DAY, "by": "lan",
    }  # fmt: skip
    named = {name: value for name, value in params.items() if f"%({name})s" in desk.PAGES[part]}
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + desk.PAGES[part], named)
        (answer,) = cursor.fetchone()
    return json.dumps(answer)


@pytest.mark.parametrize("part", Part)
def test_page_is_read_from_the_index_whatever_its_place(part: Part) -> None:
    _fill(4000)
    middle = utc_now() - timedelta(seconds=4000)
    for place in (desk.read_place(""), Place(middle, middle, uuid7())):
        plan = _plan(part, place or desk._START)
        assert "Seq Scan on registration_declaration" not in plan.replace('"', "")
        scans = [
            one for one in _nodes(json.loads(plan)) if "declaration" in one.get("Relation Name", "")
        ]
        assert scans
        for scan in scans:
            assert scan["Node Type"] == "Index Scan", scan
            assert scan["Actual Rows"] <= 26
            assert scan.get("Rows Removed by Filter", 0) <= 2100, scan


def _nodes(plan: Any) -> list[dict[str, Any]]:
    if isinstance(plan, list):
        return [one for part in plan for one in _nodes(part)]
    if not isinstance(plan, dict):
        return []
    return [plan, *(one for value in plan.values() for one in _nodes(value))]
