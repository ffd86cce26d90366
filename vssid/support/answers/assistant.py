"""Understands what is asked: an answer of the bank, a choice of two or three, or nothing known.

A wrong answer is worse than none: what is not near enough to one question, or is nearer to what
others do, is declined.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from vssid.support.answers import reading
from vssid.support.answers.bank import bank
from vssid.support.answers.manners import manner_of, without_anger
from vssid.support.answers.retrieval import Found, search

SURE: Final = 0.75
"""From here on the nearest question is answered."""
SURE_ALONE, ALONE = 0.6, 0.25
"""The same for a question that no other comes as near as `ALONE`."""
SURE_ANYHOW: Final = 0.85
"""The same for a text without any word of our own matters."""
PERHAPS: Final = 0.34
"""From here on the nearest questions are offered: «Ý bạn là…»."""
OFFERED: Final = 0.3
"""What is offered beside the nearest question is at least this near."""
CLOSE: Final = 0.1
"""Two questions that are this near to each other are offered both."""
AS_NEAR: Final = 0.03
"""A question of ours this near to what others do is offered before it."""
VAGUE: Final = 0.12
"""The same for a text of one word."""
_MOST_CHOICES: Final = 3
_ANOTHER: Final = "nguoikhac"
"""What words.toml makes of «bạn em», «đồng nghiệp», «hàng xóm» …"""
_OTHERS_DATA: Final = "others-data"


class Kind(StrEnum):
    """What can be said to a text."""

    ANSWER = "answer"
    CHOICE = "choice"
    ELSEWHERE = "elsewhere"
    UNKNOWN = "unknown"
    GREETING = "greeting"
    HELP = "help"
    THANKS = "thanks"
    DESPAIR = "despair"
    ANGER = "anger"


@dataclass(frozen=True, slots=True)
class Understanding:
    """`ids`: of questions, the nearest first; of what others do for ELSEWHERE; else empty.

    After an ANSWER the further ones are near as well: «Hoặc ý bạn là…».
    """

    kind: Kind
    ids: tuple[str, ...] = ()


def understand(text: str) -> Understanding:
    """What a text asks, of which at most `reading.LONGEST` characters are read."""
    text = text[: reading.LONGEST]
    if manner := manner_of(text):
        return Understanding(Kind(manner.value))
    calm = without_anger(text)
    understood = _asked(text if calm is None else calm)
    if calm is not None and (understood.kind is Kind.UNKNOWN or not search().is_ours(calm)):
        return Understanding(Kind.ANGER)
    return understood


def _asked(text: str) -> Understanding:
    found = search().find(text, limit=6)
    if not found or found[0].score < PERHAPS:
        return Understanding(Kind.UNKNOWN)
    first = found[0]
    if first.is_elsewhere:
        as_near = [one.id for one in found if _is_as_near(one, first)]
        if as_near and search().is_ours(text):
            return Understanding(Kind.CHOICE, tuple(as_near[:_MOST_CHOICES]))
        return Understanding(Kind.ELSEWHERE, (first.id,))
    if _asks_record_of_another(text, first):
        return Understanding(Kind.ELSEWHERE, (_OTHERS_DATA,))
    ours = [one for one in found if not one.is_elsewhere]
    if first.score < _enough(text, found) or _is_vague(text, ours) or _is_contested(found):
        offered = [one.id for one in ours if one.score >= OFFERED][:_MOST_CHOICES]
        return Understanding(Kind.CHOICE, tuple(offered))
    return Understanding(Kind.ANSWER, (first.id, *_also_near(first, ours[1:])))


def find_questions(text: str, limit: int = 10) -> tuple[str, ...]:
    """Ids of the questions a search as one types shows, the nearest first."""
    found = search().find(text, limit=3 * limit)
    enough = max(PERHAPS / 2, found[0].score / 3) if found else 0
    near = [one.id for one in found if not one.is_elsewhere and one.score >= enough]
    return tuple(near[:limit])


def is_known(id_: str) -> bool:
    """Whether the bank has a question of that id."""
    return id_ in bank().questions


def _asks_record_of_another(text: str, first: Found) -> bool:
    """What is answered from the own record says nothing about a friend or a neighbour."""
    is_of_record = bool(bank().questions[first.id].record)
    return is_of_record and _ANOTHER in reading.meanings(text, search().lexicon)


def _enough(text: str, found: list[Found]) -> float:
    if not search().is_ours(text):
        return SURE_ANYHOW
    is_alone = len(found) == 1 or found[0].score - found[1].score >= ALONE
    return SURE_ALONE if is_alone else SURE


def _is_vague(text: str, ours: list[Found]) -> bool:
    """One word that many questions begin with, such as «tiền»."""
    said = set(reading.meanings(text, search().lexicon))
    near = [one for one in ours if ours[0].score - one.score <= VAGUE]
    return len(said) == 1 and len(near) > _MOST_CHOICES


def _is_as_near(one: Found, first: Found) -> bool:
    return not one.is_elsewhere and first.score - one.score <= AS_NEAR


def _is_contested(found: list[Found]) -> bool:
    """What others do is nearly as near."""
    return any(one.is_elsewhere and found[0].score - one.score <= CLOSE for one in found)


def _also_near(first: Found, others: list[Found]) -> tuple[str, ...]:
    near = [one.id for one in others if first.score - one.score <= CLOSE]
    return tuple(near[: _MOST_CHOICES - 1])
