"""What is counted around answers: questions from one line, and how helpful an answer was."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from vssid.kernel.clock import vietnam_today
from vssid.kernel.networks import line_of
from vssid.limits import commands as limits
from vssid.support.answers.errors import TooManyQuestionsError
from vssid.support.answers.models import AnswerRating

_MINUTE = timedelta(minutes=1)
_RATING = limits.Limit("answer.rating", 1, timedelta(days=1))


def count_question(*, browser: str, line: str, now: datetime) -> None:
    """Count one question to the assistant. Raises TooManyQuestionsError."""
    own, shared = (
        settings.VSSID_ASSISTANT_QUESTIONS_A_MINUTE,
        settings.VSSID_ASSISTANT_QUESTIONS_PER_LINE_MINUTE,
    )
    _count("assistant.question", own, shared, browser, line, now)


def count_search(*, browser: str, line: str, now: datetime) -> None:
    """Count one search of the frequent questions, which runs as one types. Raises likewise."""
    own, shared = settings.VSSID_LOOKUPS_A_MINUTE, settings.VSSID_LOOKUPS_PER_LINE_MINUTE
    _count("answer.search", own, shared, browser, line, now)


def _count(name: str, own: int, shared: int, browser: str, line: str, now: datetime) -> None:
    of_browser = limits.Limit(name, own, _MINUTE)
    of_line = limits.Limit(f"{name}.line", shared, _MINUTE)
    wait = limits.hit_in_turn(of=[(of_browser, browser), (of_line, line)], now=now)
    if wait is not None:
        raise TooManyQuestionsError(wait=wait)


@transaction.atomic
def rate_answer(*, question: str, helpful: bool, address: str, now: datetime) -> bool:
    """Count a press on «Có hữu ích không?», once a day for an answer and a line.

    Nothing tells who pressed. Returns whether it was counted.
    """
    if limits.hit(limit=_RATING, key=f"{question}|{line_of(address)}", now=now) is not None:
        return False
    today = vietnam_today(now)
    row, _made = AnswerRating.objects.get_or_create(
        question=question, month=today.year * 100 + today.month
    )
    column = "helpful" if helpful else "not_helpful"
    AnswerRating.objects.filter(question=row.question, month=row.month).update(
        **{column: F(column) + 1}
    )
    return True
