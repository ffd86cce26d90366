"""The days around 18: told before, ended on the birthday, told after; wards go on."""

from datetime import date, datetime, timedelta

import pytest

from tests.factories import CLERK, HONG, KHOA, AuditingFailedError, an_account, fail_auditing
from tests.registration.children import NGOC, TODAY, a_child, born, parents
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.messaging.models import Message
from vssid.people import commands, queries
from vssid.people.models import Guardianship, Person
from vssid.people.rules import age_on, of_age_on
from vssid.registration import tasks
from vssid.registration.commands import majority

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MONTH = timedelta(days=30)


@pytest.fixture(autouse=True)
def _child() -> None:
    """Ngọc is 18 today; on other days, time is moved."""
    parents()
    a_child(birth=born(18))


def _acts(
    guardian: str = HONG.number, relation: str = "mother", until: date | None = None
) -> Guardianship:
    return commands.open_guardianship(
        guardian=guardian,
        child=NGOC.number,
        relation=relation,
        on=TODAY - 2000 * DAY,
        until=until,
        by=CLERK,
    )


def _on(days: int) -> datetime:
    return utc_now() + days * DAY


def _told(template: str) -> list[str]:
    return list(Message.objects.filter(template=template).values_list("address", flat=True))


def _sees(on: datetime) -> bool:
    return queries.child_seen(HONG.number, NGOC.number, vietnam_today(on)) is not None


@pytest.mark.parametrize(
    ("days", "ends", "ending"),
    [(-31, 0, 0), (-30, 0, 1), (-1, 0, 1), (0, 1, 0), (1, 1, 0), (400, 1, 0)],
)
def test_days_around_the_birthday(days: int, ends: int, ending: int) -> None:
    _acts()
    assert majority.end_at_majority(now=_on(days)) == ends
    assert len(_told("guardianship.ending")) == ending
    assert len(_told("guardianship.ended")) == ends
    found = Guardianship.objects.get()
    assert found.to_date == (TODAY - DAY if ends else None)


def test_record_is_seen_on_the_last_day_and_not_on_the_birthday() -> None:
    _acts()
    for _ in range(2):
        majority.end_at_majority(now=_on(0))
    assert _sees(_on(-1))
    assert not _sees(_on(0))


def test_each_guardian_is_told_once_however_often_it_runs() -> None:
    _acts()
    _acts(KHOA.number, "father")
    for days in (-30, -30, -10, 0, 0, 1, 2, 8):
        majority.end_at_majority(now=_on(days))
    both = sorted([HONG.phone, KHOA.phone, KHOA.email])
    assert sorted(_told("guardianship.ending")) == both
    assert sorted(_told("guardianship.ended")) == both
    assert Event.objects.filter(act="guardianship.end", subject=NGOC.number).count() == 2


def test_guardian_by_law_with_an_end_is_told_before_and_after() -> None:
    _acts(relation="guardian", until=TODAY - DAY)
    for days in (-30, 0, 1):
        assert majority.end_at_majority(now=_on(days)) == 0
    assert _told("guardianship.ending") == [HONG.phone]
    assert _told("guardianship.ended") == [HONG.phone]


def test_ward_without_an_end_goes_on_untold() -> None:
    _acts(relation="guardian")
    for days in (-30, 0, 400):
        assert majority.end_at_majority(now=_on(days)) == 0
    assert Guardianship.objects.get().to_date is None
    assert _sees(_on(400))
    assert not Message.objects.filter(template__startswith="guardianship.").exists()


def test_one_that_ended_earlier_is_not_told() -> None:
    _acts(until=TODAY - 5 * DAY)
    majority.end_at_majority(now=_on(0))
    assert _told("guardianship.ended") == []


def test_child_with_an_account_is_told_once_for_both_guardians() -> None:
    _acts()
    _acts(KHOA.number, "father")
    an_account(NGOC.__class__(NGOC.number, NGOC.full_name, "", "+84912000055"))
    majority.end_at_majority(now=_on(0))
    assert _told("guardianship.of-age") == ["+84912000055"]


def test_of_a_birth_of_which_the_year_is_known_the_last_day_counts() -> None:
    _acts()
    Person.objects.filter(number=NGOC.number).update(
        birth_date=date(2008, 1, 1), birth_date_precision="year"
    )
    assert majority.end_at_majority(now=datetime.fromisoformat("2026-12-30T05:00:00Z")) == 0
    assert majority.end_at_majority(now=datetime.fromisoformat("2026-12-31T05:00:00Z")) == 1


@pytest.mark.parametrize("birth", [date(2008, 2, 29), date(2008, 2, 28), date(2007, 12, 31)])
def test_first_day_of_18_is_the_one_the_age_says(birth: date) -> None:
    of_age = of_age_on(birth, "day")
    assert age_on(birth, "day", of_age) == 18
    assert age_on(birth, "day", of_age - DAY) == 17


def test_nothing_ends_when_auditing_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    _acts()
    fail_auditing(monkeypatch, commands)
    with pytest.raises(AuditingFailedError):
        majority.end_at_majority(now=_on(0))
    assert Guardianship.objects.get().to_date is None
    assert _told("guardianship.ended") == []


def test_task_runs_it() -> None:
    _acts()
    tasks.end_guardianships(0)
    assert Guardianship.objects.get().to_date is not None
