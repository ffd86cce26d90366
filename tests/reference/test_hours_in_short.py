"""The week of an office as an SMS tells it."""

from datetime import time

import pytest

from vssid.kernel.clock import utc_now
from vssid.reference.hours import queries
from vssid.reference.hours.queries import WeekRun, week_in_short
from vssid.reference.hours.rules import USUAL, Span

pytestmark = pytest.mark.django_db
SATURDAY = WeekRun(6, 6, (Span(time(8, 0), time(11, 30)),))


def _week(monkeypatch: pytest.MonkeyPatch, *runs: WeekRun) -> None:
    hours = queries.hours_of("00114", utc_now())
    found = queries.OfficeHours(runs, hours.standing, hours.special)
    monkeypatch.setattr(queries, "hours_of", lambda _code, _now: found)


def test_usual_week() -> None:
    assert week_in_short("00114", utc_now(), 30) == "T2-T6 7:30-11:30, 13:30-17:00"


def test_days_unlike_the_others_follow(monkeypatch: pytest.MonkeyPatch) -> None:
    _week(monkeypatch, WeekRun(1, 5, USUAL), SATURDAY, WeekRun(7, 7, ()))
    said = week_in_short("00114", utc_now(), 60)
    assert said == "T2-T6 7:30-11:30, 13:30-17:00; T7 8:00-11:30"


def test_what_would_not_fit_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    _week(monkeypatch, WeekRun(1, 5, USUAL), SATURDAY)
    assert week_in_short("00114", utc_now(), 30) == "T2-T6 7:30-11:30, 13:30-17:00"
    assert week_in_short("00114", utc_now(), 20) == "T7 8:00-11:30"


def test_sunday_has_its_own_name_and_a_closed_week_none(monkeypatch: pytest.MonkeyPatch) -> None:
    _week(monkeypatch, WeekRun(6, 7, SATURDAY.spans))
    assert week_in_short("00114", utc_now(), 30) == "T7-CN 8:00-11:30"
    _week(monkeypatch, WeekRun(1, 7, ()))
    assert week_in_short("00114", utc_now(), 30) == ""
