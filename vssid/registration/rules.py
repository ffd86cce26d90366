"""Decisions about drafts and declarations, without a database."""

import secrets
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from vssid.kernel.clock import VIETNAM, vietnam_today
from vssid.kernel.text import is_unaccented
from vssid.registration.answers import Answers
from vssid.registration.models import OPEN

# Crockford's base 32: no I, L, O, U to misread on paper.
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
CODE_LENGTH = 8


class Step(StrEnum):
    """The steps of the form, in the order of guide L."""

    PERSON = "ban-than"
    PAPERS = "giay-to"
    ADDRESS = "dia-chi"
    OFFICE = "co-quan"
    CONFIRM = "xac-nhan"
    REVIEW = "xem-lai"


STEPS = tuple(Step)
FILLED = (Step.PERSON, Step.PAPERS, Step.ADDRESS, Step.OFFICE)


def missing_step(
    answers: Answers, *, has_portrait: bool, has_front: bool, has_back: bool
) -> Step | None:
    """The first step that still lacks something; None when all that is asked for is there."""
    is_passport = answers.id_kind == "passport"
    if not (has_portrait and answers.full_name and answers.number and answers.id_number):
        return Step.PERSON
    if not has_front or not (has_back or is_passport):
        return Step.PAPERS
    if not (answers.address_province and answers.address_street and answers.phone):
        return Step.ADDRESS
    if not answers.office:
        return Step.OFFICE
    return None


class ChildStep(StrEnum):
    """The steps of a child's form (guides C02, C03)."""

    CHILD = "con"
    OFFICE = "co-quan"
    REVIEW = "xem-lai"


def missing_child_step(
    answers: Answers, *, has_portrait: bool, has_certificate: bool
) -> ChildStep | None:
    """The first step that still lacks something; None when all that is asked for is there."""
    is_told = answers.full_name and answers.number and answers.relation
    if not (is_told and has_portrait and has_certificate):
        return ChildStep.CHILD
    return None if answers.office else ChildStep.OFFICE


def asks_about_accents(
    full_name: str, *, id_kind: str, was_confirmed: bool, is_vietnamese_passport: bool = False
) -> bool:
    """Whether to ask «is the name really without accents?» (guides R03).

    Of a passport only where its photo says that it is a Vietnamese one.
    """
    is_of_this_country = id_kind != "passport" or is_vietnamese_passport
    return is_unaccented(full_name) and is_of_this_country and not was_confirmed


def is_confirmed(answers: Answers, *, confirmed_number: str, confirmed_phone: str) -> bool:
    """Whether the typed-back code still stands for what is filled in now (guides R07)."""
    return bool(answers.phone) and (answers.number, answers.phone) == (
        confirmed_number,
        confirmed_phone,
    )


def is_open(state: str) -> bool:
    """Whether a declaration still waits for its decision."""
    return state in OPEN


def is_held(holder: str, until: datetime | None, by: str, now: datetime) -> bool:
    """Whether an officer other than `by` (user names) works on a case at this moment."""
    return holder not in {"", by} and until is not None and now < until


def new_code() -> str:
    """A code for paper and QR: «TK-7F3K92QD» is stored, shown with a second dash."""
    return "TK" + "".join(secrets.choice(_SIGNS) for _ in range(CODE_LENGTH))


def photos_of_paper(id_kind: str, front: UUID | None, back: UUID | None) -> list[UUID | None]:
    """The photos of the one paper that is declared, front first: a passport has one page.

    A back may be left from a card that was taken before; it is none of the passport's.
    """
    if front is None:
        return []
    return [front] if id_kind == "passport" else [front, back]


def parse_code(text: str) -> str:
    """A typed or scanned code in its stored form; empty when it cannot be one."""
    # The paper's QR leads a phone to its page: the code is the last part of that address.
    last = text.rstrip("/").rpartition("/")[2]
    letters = "".join(sign for sign in last.upper() if sign.isalnum())
    rest = letters.removeprefix("TK").translate(_MISREAD)
    is_code = letters.startswith("TK") and len(rest) == CODE_LENGTH and set(rest) <= set(_SIGNS)
    return f"TK{rest}" if is_code else ""


def display_code(code: str) -> str:
    """TK7F3K92QD → «TK-7F3K-92QD»."""
    return f"{code[:2]}-{code[2:6]}-{code[6:]}"


def answer_due(received_at: datetime | None, within: timedelta) -> datetime | None:
    """When the answer is due, counted from the complete dossier (guides R13)."""
    return received_at + within if received_at else None


def paper_due(filed_at: datetime, within: timedelta) -> datetime:
    """The last moment for the signed paper: the end of its day in Vietnam (guides R11).

    The form and the SMS name a day, so the whole day counts.
    """
    last_day = vietnam_today(filed_at + within)
    return datetime.combine(last_day, time(23, 59, 59), VIETNAM).astimezone(UTC)


def filed_before(now: datetime, days: int) -> datetime:
    """Whatever was filed before this moment is `days` days old in Vietnam's calendar, or older."""
    day = vietnam_today(now) - timedelta(days=days - 1)
    return datetime.combine(day, time(), VIETNAM).astimezone(UTC)
