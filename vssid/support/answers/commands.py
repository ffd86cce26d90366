"""What is counted around answers: questions from one line, and how helpful an answer was."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F

from vssid.kernel.clock import vietnam_today
from vssid.kernel.networks import line_of, network_of
from vssid.limits import commands as limits
from vssid.support.answers.errors import TooManyQuestionsError
from vssid.support.answers.models import AnswerRating

_RATING = limits.Limit("answer.rating", 1, timedelta(days=1))
# Behind one network address many people ask at once.
_LINES_OF_A_NETWORK = 10


def count_question(*, address: str, now: datetime) -> None:
    """Count one question from a line and its network. Raises TooManyQuestionsError."""
    allowed, minute = settings.VSSID_ASSISTANT_QUESTIONS_A_MINUTE, timedelta(minutes=1)
    of_line = limits.Limit("assistant.question", allowed, minute)
    of_network = limits.Limit("assistant.network", allowed * _LINES_OF_A_NETWORK, minute)
    for limit, key in ((of_line, line_of(address)), (of_network, network_of(address))):
        wait = limits.hit(limit=limit, key=key, now=now)
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
