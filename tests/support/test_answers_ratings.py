"""«Có hữu ích không?» counts presses and nobody; questions have limits."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.management import call_command

from vssid.support.answers.commands import count_question, count_search, rate_answer
from vssid.support.answers.errors import TooManyQuestionsError
from vssid.support.answers.models import AnswerRating

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 28, 3, tzinfo=UTC)


def _rated(*, helpful: bool, address: str = "192.0.2.1", now: datetime = NOW) -> bool:
    return rate_answer(question="card-lost", helpful=helpful, address=address, now=now)


def test_presses_are_counted_by_month() -> None:
    assert _rated(helpful=True)
    assert _rated(helpful=False, address="192.0.2.2")
    assert _rated(helpful=True, now=NOW + timedelta(days=30))
    rows = AnswerRating.objects.order_by("month").values_list("month", "helpful", "not_helpful")
    assert list(rows) == [(202611, 1, 1), (202612, 1, 0)]


def test_second_press_of_a_line_in_a_day_does_not_count() -> None:
    assert _rated(helpful=True)
    assert not _rated(helpful=False)
    assert AnswerRating.objects.get().not_helpful == 0


def test_operators_see_the_least_helpful_first() -> None:
    _rated(helpful=False)
    rate_answer(question="card-where", helpful=True, address="192.0.2.1", now=NOW)
    said = StringIO()
    call_command("answer_ratings", month=202611, stdout=said)
    assert [line.split() for line in said.getvalue().splitlines()] == [
        ["1", "0", "card-lost"],
        ["0", "1", "card-where"],
    ]


def test_month_without_presses_says_so() -> None:
    said = StringIO()
    call_command("answer_ratings", month=202001, stdout=said)
    assert "Nobody pressed in 202001." in said.getvalue()


def _count(browser: str = "a", line: str = "192.0.2.1/32", now: datetime = NOW) -> None:
    count_question(browser=browser, line=line, now=now)


def test_questions_of_a_browser_have_a_limit_that_others_of_its_line_do_not_feel(
    settings: LazySettings,
) -> None:
    settings.VSSID_ASSISTANT_QUESTIONS_A_MINUTE = 2
    for _ in range(2):
        _count()
    with pytest.raises(TooManyQuestionsError) as refused:
        _count()
    assert "60 giây" in str(refused.value)
    _count("b")
    _count(now=NOW + timedelta(minutes=1))


def test_line_has_a_ceiling_that_refused_questions_do_not_use_up(settings: LazySettings) -> None:
    settings.VSSID_ASSISTANT_QUESTIONS_A_MINUTE = 1
    settings.VSSID_ASSISTANT_QUESTIONS_PER_LINE_MINUTE = 3
    _count("a")
    for _ in range(5):
        with pytest.raises(TooManyQuestionsError):
            _count("a")
    _count("b")
    _count("c")
    with pytest.raises(TooManyQuestionsError):
        _count("d")
    _count("e", line="192.0.2.2/32")


def test_searches_as_one_types_use_up_no_questions(settings: LazySettings) -> None:
    settings.VSSID_ASSISTANT_QUESTIONS_A_MINUTE = 1
    for _ in range(100):
        count_search(browser="a", line="192.0.2.1/32", now=NOW)
    _count()
