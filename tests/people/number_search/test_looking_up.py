"""«Tìm mã số BHXH»: who is found by what, what is told, and what it leaves behind."""

import re
from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import AuditingFailedError, fail_auditing
from tests.insurance.building import CLERK
from tests.people.number_search.seeking import (
    AN,
    BINH,
    BY_HEAD,
    BY_HOUSE,
    BY_NAME,
    BY_PERSON,
    CHI,
    HOME,
    HOUSE,
    OF_HEAD,
    PAPER,
    PHONE,
    a_person,
    an,
    family,
    write,
)
from vssid.audit.models import Event
from vssid.audit.queries import looks_at
from vssid.kernel.clock import utc_now
from vssid.limits.models import Bucket
from vssid.people import commands as people
from vssid.people.models import Person, SearchKey
from vssid.people.number_search import commands
from vssid.people.number_search.errors import CodeNeededError, SearchesSpentError
from vssid.people.number_search.rules import Found, Wanted

pytestmark = pytest.mark.django_db


def _search(wanted: Wanted) -> Found | None:
    """Without a limit in the way."""
    Bucket.objects.all().delete()
    return commands.search_number(wanted=wanted, sender=HOME, now=utc_now())


# --- by personal details --------------------------------------------------------------------------


def test_u01_who_types_the_paper_as_well_gets_the_whole_number() -> None:
    write(an())
    assert _search(BY_PERSON) == Found(
        AN, is_whole=True, initials="N. T. A.", born_in=1990, has_twin=False, lacks_paper=False
    )


def test_who_types_no_paper_gets_the_middle_hidden() -> None:
    write(an())
    found = _search(BY_NAME)
    assert found is not None
    assert (found.number, found.is_whole) == ("01******89", False)


@pytest.mark.parametrize(
    "name", ["nguyen thi an", "NGUYỄN  THỊ AN", "Nguyen Thị An", "nguyễnthịan"]
)
@pytest.mark.parametrize("born_on", [date(1990, 5, 12), None])
def test_name_is_found_with_accents_or_without_and_by_the_year(
    name: str, born_on: date | None
) -> None:
    write(an())
    assert _search(replace(BY_PERSON, full_name=name, born_on=born_on)) is not None


@pytest.mark.parametrize(
    "other",
    [
        {"full_name": "Nguyễn Thị Ân"},
        {"full_name": "Nguyễn Thị"},
        {"born_on": date(1990, 5, 13)},
        {"born_in": 1991, "born_on": None},
        {"province": "79"},
        {"id_number": "001190000124"},
    ],
)
def test_one_field_that_differs_finds_nobody(other: dict[str, object]) -> None:
    write(an())
    assert _search(replace(BY_PERSON, **other)) is None


def test_paper_of_somebody_else_finds_nobody() -> None:
    write(an(), a_person(BINH, id_kind="cccd", id_number=OF_HEAD, full_name="Trần Bình"))
    assert _search(replace(BY_PERSON, id_number=OF_HEAD)) is None


def test_whose_day_of_birth_is_not_known_is_found_by_any_day_of_the_year() -> None:
    write(an(birth_date=date(1990, 1, 1), birth_date_precision="year"))
    assert _search(BY_NAME) is not None


def test_province_of_before_leads_to_todays() -> None:
    write(an(address_era="legacy", address_province="02", address_district="024",
             address_commune="00688"))  # fmt: skip
    assert _search(replace(BY_NAME, province="08")) is not None


def test_of_two_people_with_the_same_details_nobody_is_told() -> None:
    write(an(), a_person(BINH))
    assert _search(BY_NAME) is None


def test_paper_tells_two_numbers_of_one_person_apart_and_warns() -> None:
    write(an(), a_person(BINH))
    found = _search(BY_PERSON)
    assert found is not None
    assert (found.number, found.has_twin) == (AN, True)


def test_common_name_is_found_by_its_paper_among_many() -> None:
    write(an(), *(a_person(f"90000000{n:02d}", birth_date=date(1990, 1, 1 + n)) for n in range(20)))
    by_year = replace(BY_PERSON, born_on=None)
    assert _search(by_year) is not None
    assert _search(replace(by_year, id_number="")) is None


def test_who_has_died_is_not_found() -> None:
    write(an(died_on=date(2025, 1, 1)))
    assert _search(BY_PERSON) is None


def test_registry_without_a_paper_is_told_to_whom_it_concerns() -> None:
    write(a_person())
    found = _search(BY_NAME)
    assert found is not None
    assert found.lacks_paper


# --- by household ---------------------------------------------------------------------------------


@pytest.mark.parametrize("wanted", [BY_HOUSE, BY_HEAD])
def test_u01_child_is_found_by_the_household(wanted: Wanted) -> None:
    family()
    found = _search(wanted)
    assert found is not None
    assert found.number == "01******91"
    whole = _search(replace(wanted, id_number=OF_HEAD))
    assert whole is not None
    assert whole.number == CHI


@pytest.mark.parametrize("wanted", [BY_HOUSE, BY_HEAD])
@pytest.mark.parametrize(
    "other", [{"full_name": "Trần Minh Châu"}, {"born_on": date(2020, 2, 4)}, {"id_number": PAPER}]
)
def test_household_does_not_help_with_a_field_that_differs(
    wanted: Wanted, other: dict[str, object]
) -> None:
    family()
    write(an())
    assert _search(replace(wanted, **other)) is None


@pytest.mark.parametrize(
    "wanted",
    [
        replace(BY_HOUSE, household="0100000000"),
        replace(BY_HEAD, head_name="Trần Văn Bính"),
        replace(BY_HEAD, head_name="Trần Minh Chi"),
        replace(BY_HEAD, communes=("00008",)),
    ],
)
def test_other_household_finds_nobody(wanted: Wanted) -> None:
    family()
    assert _search(wanted) is None


def test_head_of_before_leads_to_the_household_no_more() -> None:
    family()
    people.write_households(households=[SimpleNamespace(code=HOUSE, head_number=CHI)], by=CLERK)
    assert _search(BY_HEAD) is None
    assert _search(replace(BY_HEAD, head_name="Trần Minh Chi")) is not None


# --- the keys -------------------------------------------------------------------------------------


def test_who_is_written_anew_is_not_found_by_what_was_before() -> None:
    write(an())
    write(an(full_name="Nguyễn Thị Ân", address_province="79", address_commune=""))
    assert _search(BY_PERSON) is None
    now = replace(BY_PERSON, full_name="Nguyễn Thị Ân", province="79")
    assert _search(now) is not None


def test_keys_of_everybody_are_made_anew_in_batches() -> None:
    family()
    write(an())
    before = set(SearchKey.objects.values_list("key", "number"))
    SearchKey.objects.all().delete()
    assert commands.write_all_keys(batch=2) == 3
    assert set(SearchKey.objects.values_list("key", "number")) == before


def test_key_holds_nothing_to_read() -> None:
    write(an())
    assert {len(key.bytes) for key in SearchKey.objects.values_list("key", flat=True)} == {16}


# --- what it leaves behind ------------------------------------------------------------------------


def test_find_is_a_look_that_its_subject_reads_and_that_names_nobody() -> None:
    write(an())
    _search(BY_PERSON)
    (look,) = looks_at(subject=AN, now=utc_now(), others_only=True)
    assert (look.act, look.actor_name, look.reason) == ("number.search", "number-search", "person")
    assert look.details == {"is_whole": True, "had_code": False}


def test_miss_is_an_event_about_nobody_and_keeps_nothing_that_was_typed() -> None:
    write(an())
    _search(replace(BY_PERSON, province="79"))
    (event,) = Event.objects.filter(act="number.search")
    assert (event.subject, event.reason) == ("", "person")
    assert PAPER not in str(event.details)


def test_nothing_is_told_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    write(an())
    fail_auditing(monkeypatch, commands)
    with pytest.raises(AuditingFailedError):
        _search(BY_PERSON)
    assert not Bucket.objects.filter(name__startswith="number.found").exists()


# --- alike, found or not --------------------------------------------------------------------------


def _work(wanted: Wanted) -> list[str]:
    with CaptureQueriesContext(connection) as ran:
        _search(wanted)
    return [_shape(one["sql"]) for one in ran.captured_queries]


def _shape(sql: str) -> str:
    """Without its values: a list of one and a list of two are one statement."""
    bare = re.sub(r"'[^']*'(::\w+)?|\b\d+\b|NULL", "?", re.sub(r'"s\d+_x\d+"', "", sql))
    return re.sub(r"\(\?(, \?)*\)", "(?)", bare)


@pytest.mark.parametrize("wanted", [BY_PERSON, BY_NAME, BY_HOUSE, BY_HEAD])
@pytest.mark.parametrize(
    "other",
    [
        {"full_name": "Lê Không Ai"},
        {"born_in": 1950, "born_on": None},
        {"province": "79", "household": "0100000000", "communes": ("00008",)},
        {"id_number": "001190009999"},
    ],
)
def test_found_and_not_found_run_the_same_statements(
    wanted: Wanted, other: dict[str, object]
) -> None:
    family()
    write(an())
    found, missed = _work(wanted), _work(replace(wanted, **other))
    assert found == missed
    assert len(found) > 10


def _plan(wanted: Wanted) -> list[dict[str, object]]:
    with CaptureQueriesContext(connection) as ran:
        _search(wanted)
    plans = []
    with connection.cursor() as cursor:
        for one in ran.captured_queries:
            if one["sql"].startswith("SELECT") and "people_" in one["sql"]:
                cursor.execute("EXPLAIN (ANALYZE, FORMAT JSON) " + one["sql"].replace("%", "%%"))
                plans.append(cursor.fetchone()[0][0]["Plan"])
    return plans


def _nodes(plan: dict[str, object]) -> list[dict[str, object]]:
    below = plan.get("Plans", [])
    assert isinstance(below, list)
    return [plan, *(node for one in below for node in _nodes(one))]


@pytest.mark.parametrize("wanted", [BY_PERSON, BY_HOUSE, BY_HEAD, replace(BY_NAME, province="79")])
def test_no_statement_scans_a_registry_of_many(wanted: Wanted) -> None:
    """Thirty thousand people, of whom each statement reads a few by an index."""
    family()
    write(an())
    with connection.cursor() as cursor:
        columns = [
            field.column for field in Person._meta.concrete_fields if field.column != "number"
        ]
        cursor.execute(
            f"INSERT INTO people_person (number, {', '.join(columns)})"  # noqa: S608 - our own
            f" SELECT '7' || lpad(n::text, 9, '0'), {', '.join(columns)} FROM people_person,"
            " generate_series(1, 30000) n WHERE number = %s",
            [CHI],
        )
        cursor.execute(
            "INSERT INTO people_searchkey (key, number) SELECT gen_random_uuid(), number"
            " FROM people_person, generate_series(1, 3)"
        )
        cursor.execute("ANALYZE people_person, people_searchkey")
    plans = _plan(wanted)
    assert len(plans) >= 4
    big = [
        node
        for plan in plans
        for node in _nodes(plan)
        if node.get("Relation Name") in {"people_person", "people_searchkey"}
    ]
    assert big
    assert not [node for node in big if node["Node Type"] == "Seq Scan"]
    for node in big:
        read = float(str(node["Actual Rows"])) + float(str(node.get("Rows Removed by Filter", 0)))
        assert read <= 60, node


# --- how often ------------------------------------------------------------------------------------


def test_fourth_find_of_a_day_asks_for_a_code_and_tells_nothing() -> None:
    write(an())
    now = utc_now()
    for _ in range(settings.VSSID_NUMBERS_FOUND_A_DAY):
        assert commands.search_number(wanted=BY_PERSON, sender=HOME, now=now)
    with pytest.raises(CodeNeededError):
        commands.search_number(wanted=BY_PERSON, sender=HOME, now=now)
    # Whether anybody would have been found is not told either.
    with pytest.raises(CodeNeededError):
        commands.search_number(wanted=replace(BY_PERSON, province="79"), sender=HOME, now=now)
    assert commands.search_number(wanted=BY_PERSON, sender=PHONE, now=now)
    tomorrow = now + timedelta(days=1, seconds=1)
    assert commands.search_number(wanted=BY_PERSON, sender=HOME, now=tomorrow)


def test_phone_has_its_own_limit_and_is_told_how_long_to_wait() -> None:
    write(an())
    now = utc_now()
    for _ in range(settings.VSSID_NUMBERS_FOUND_A_DAY):
        commands.search_number(wanted=BY_PERSON, sender=PHONE, now=now)
    with pytest.raises(SearchesSpentError) as refused:
        commands.search_number(wanted=BY_PERSON, sender=PHONE, now=now)
    assert refused.value.wait > timedelta(hours=23)
    with pytest.raises(SearchesSpentError):
        commands.refuse_spent(sender=PHONE, now=now)


@pytest.mark.parametrize(
    "other",
    [
        replace(HOME, address="203.0.113.9", device="a-browser"),
        replace(HOME, device="another"),
        replace(HOME, address="203.0.113.7", device=""),
    ],
    ids=["the browser elsewhere", "another browser there", "without a cookie"],
)
def test_neither_another_browser_nor_another_line_begins_anew(other: object) -> None:
    write(an())
    now = utc_now()
    for _ in range(settings.VSSID_NUMBERS_FOUND_A_DAY):
        commands.search_number(wanted=BY_PERSON, sender=HOME, now=now)
    with pytest.raises(CodeNeededError):
        commands.search_number(wanted=BY_PERSON, sender=other, now=now)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("home", "away"), [("203.0.113.{}", "203.0.114.1"), ("2001:db8:1:{}::5", "2001:db8:2::1")]
)
def test_network_is_counted_as_one(home: str, away: str) -> None:
    write(an())
    now = utc_now()
    for n in range(settings.VSSID_NUMBERS_FOUND_PER_NETWORK_DAY):
        sender = replace(HOME, address=home.format(n), device=f"browser {n}")
        assert commands.search_number(wanted=BY_PERSON, sender=sender, now=now)
    next_door = replace(HOME, address=home.format(99), device="fresh")
    with pytest.raises(CodeNeededError):
        commands.search_number(wanted=BY_PERSON, sender=next_door, now=now)
    elsewhere = replace(HOME, address=away, device="other")
    assert commands.search_number(wanted=BY_PERSON, sender=elsewhere, now=now)


def test_find_that_others_overtook_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two at once may both see room for one: the count decides, not the look ahead."""
    write(an())
    now = utc_now()
    for _ in range(settings.VSSID_NUMBERS_FOUND_A_DAY):
        commands.search_number(wanted=BY_PERSON, sender=HOME, now=now)
    monkeypatch.setattr(commands.limits, "running", lambda **_of: [])
    with pytest.raises(CodeNeededError):
        commands.search_number(wanted=BY_PERSON, sender=HOME, now=now)
    assert Event.objects.filter(subject=AN, act="number.search").count() == 3
