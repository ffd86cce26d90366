"""Health facilities check cards. Every check is a look that the person finds among the others."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from django.conf import settings
from django.db import transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import open_record, record_look
from vssid.insurance import checking
from vssid.insurance import queries as insurance
from vssid.insurance.card_pass import tokens
from vssid.insurance.card_pass.keys import public_keys
from vssid.insurance.checking import Asked, Code, Verdict
from vssid.insurance.records import CardBook
from vssid.kernel.clock import vietnam_today
from vssid.kernel.identifiers import INSURANCE_NUMBER_LENGTH, PERSONAL_NUMBER_LENGTH
from vssid.limits import commands as limits
from vssid.people import queries as people
from vssid.reference import lookups
from vssid.staff import errors
from vssid.staff.models import FacilityKey, Officer, ReportedCheck

CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""How far a facility's clock may be off ours."""

_MISSES: Final = frozenset({Code.WRONG_NAME, Code.WRONG_BIRTH, Code.WRONG_SEX, Code.WRONG_CARD})
_GUESSES: Final = _MISSES | {Code.UNKNOWN}


class Way(StrEnum):
    """How the patient was told."""

    PASS = "pass"  # noqa: S105 - the name of a way
    CARD_QR = "card-qr"
    ID_QR = "id-qr"
    TYPED = "number"


class Reported(StrEnum):
    """What became of an offline check that was reported."""

    KEPT = "kept"
    KNOWN = "known"
    REFUSED = "refused"
    TOO_EARLY = "too-early"


@dataclass(frozen=True, slots=True)
class Checker:
    """Who checks: an account or a program of a health facility, and how often it may a minute."""

    actor: Actor
    facility: str
    checks_a_minute: int

    @classmethod
    def account(cls, officer: Officer) -> "Checker":
        """Somebody at the counter."""
        return cls(officer.actor, officer.office, settings.VSSID_CARD_CHECKS_A_MINUTE)

    @classmethod
    def program(cls, key: FacilityKey) -> "Checker":
        """The facility's own program."""
        actor = Actor.facility(f"key {key.id}", key.facility)
        return cls(actor, key.facility, settings.VSSID_API_CHECKS_A_MINUTE)


@dataclass(frozen=True, slots=True)
class OfflineCheck:
    """A pass that a facility checked by itself, under an id of the facility's own."""

    reference: str
    text: str
    happened_at: datetime


def check_card(*, asked: Asked, way: Way, by: Checker, now: datetime) -> Verdict:
    """What the record says about the card of a patient; the look is written down.

    Nothing is looked up, and nothing written, while the question itself is incomplete.
    Raises FacilityEndedError, TooManyChecksError, TooManyMissesError, TooManyFacilityMissesError.
    """
    count_call(by=by, now=now)
    today = vietnam_today(now)
    refused = checking.check_asked(asked, today)
    if refused is not None:
        return Verdict(refused)
    return _check(asked, by, now, {"way": way.value})


def check_pass(
    *, text: str, admitted_on: date | None, by: Checker, now: datetime
) -> tuple[Asked, Verdict]:
    """The same by a scanned «mã xác thực»; who it names is returned with the answer.

    The record decides, not the token: it may have changed since. A pass that is used again is
    another look with the same fingerprint.
    Raises what check_card raises, DamagedPassError, ForgedPassError, ExpiredPassError.
    """
    count_call(by=by, now=now)
    said = tokens.read_pass(text, keys=public_keys(), now=now)
    asked = Asked(said.card_number, said.full_name, said.born, said.sex, admitted_on)
    refused = checking.check_asked(asked, vietnam_today(now))
    if refused is not None:
        return asked, Verdict(refused)
    used = {"way": Way.PASS.value, "pass": tokens.fingerprint(text)}
    return asked, _check(asked, by, now, used, number=said.number)


def report_offline(*, check: OfflineCheck, by: Checker, now: datetime) -> Reported:
    """Keep one offline check as a look of the moment it happened; reported again it is known.

    Refused: a moment that is still to come, and one before the pass was made (TOO_EARLY).

    Raises DamagedPassError, ForgedPassError.
    """
    said = tokens.read_signed(check.text, keys=public_keys())
    if check.happened_at > now + CLOCKS_DIFFER:
        return Reported.REFUSED
    made_at = said.expires_at - settings.VSSID_CARD_PASS_LIFETIME
    if check.happened_at < made_at - CLOCKS_DIFFER:
        return Reported.TOO_EARLY
    with transaction.atomic():
        _row, is_new = ReportedCheck.objects.get_or_create(
            facility=by.facility, reference=check.reference, defaults={"reported_at": now}
        )
        if not is_new:
            return Reported.KNOWN
        record_look(
            by=by.actor,
            act="card.check",
            subject=said.number,
            reason="card offline",
            details={
                "way": Way.PASS.value,
                "pass": tokens.fingerprint(check.text),
                "happened_at": check.happened_at.isoformat(),
                "was_late": check.happened_at > said.expires_at + CLOCKS_DIFFER,
            },
            once_in=timedelta(),
        )
    return Reported.KEPT


def count_call(*, by: Checker, now: datetime, items: int = 1) -> None:
    """Count one call of a facility in service, or each item of a queue.

    A queue longer than a minute's calls takes all of them. Raises FacilityEndedError,
    TooManyChecksError.
    """
    if lookups.facility_with_contract(by.facility, vietnam_today(now)) is None:
        raise errors.FacilityEndedError(code=by.facility)
    limit = limits.Limit("card-check", by.checks_a_minute, timedelta(minutes=1))
    times = min(items, by.checks_a_minute)
    pause = limits.hit(limit=limit, key=f"{by.actor.kind}|{by.actor.name}", now=now, times=times)
    if pause is not None:
        raise errors.TooManyChecksError(wait=pause)


def _check(
    asked: Asked, by: Checker, now: datetime, details: Mapping[str, object], number: str = ""
) -> Verdict:
    is_signed = bool(number)
    # A number that leads to nobody is a look at it all the same.
    number = number or _number_of(asked.number) or asked.number
    # Who shows a signed code guesses nothing.
    if not is_signed:
        _stop_guessing(by.facility, number, now)
    book = _look(number, asked, by, details)
    verdict = checking.judge(_by_number(asked, number), book, vietnam_today(now))
    if not is_signed and verdict.code in _GUESSES:
        limits.hit(limit=_facility_misses(), key=by.facility, now=now)
    if not is_signed and verdict.code in _MISSES:
        limits.hit(limit=_misses(), key=f"{by.facility}|{number}", now=now)
    return verdict


def _stop_guessing(facility: str, number: str, now: datetime) -> None:
    here, there = limits.running(
        of=[(_misses(), f"{facility}|{number}"), (_facility_misses(), facility)], now=now
    )
    if here.wait is not None:
        hours = math.ceil(here.wait / timedelta(hours=1))
        raise errors.TooManyMissesError(wait=here.wait, hours=hours)
    if there.wait is not None:
        raise errors.TooManyFacilityMissesError(wait=there.wait)


def _look(number: str, asked: Asked, by: Checker, details: Mapping[str, object]) -> CardBook | None:
    purpose = "card visit" if asked.admitted_on is None else "card stay"
    access = open_record(
        by=by.actor, subject=number, purpose=purpose, act="card.check", details=details
    )
    try:
        return insurance.cards(access)
    except insurance.UnknownPerson:
        return None


def _number_of(typed: str) -> str:
    """The BHXH number that a number of 10, 12 or 15 leads to; empty when it leads to none."""
    if len(typed) == PERSONAL_NUMBER_LENGTH:
        return people.number_by_identity(typed) or ""
    number = typed[-INSURANCE_NUMBER_LENGTH:]
    # Cards of before 2017 may have letters in it.
    return number if number.isascii() and number.isdigit() else ""


def _by_number(asked: Asked, number: str) -> Asked:
    """A personal number names the person as their BHXH number does."""
    if len(asked.number) != PERSONAL_NUMBER_LENGTH:
        return asked
    return Asked(number, asked.full_name, asked.born, asked.sex, asked.admitted_on)


def _facility_misses() -> limits.Limit:
    allowed = settings.VSSID_CARD_FACILITY_MISSES_AN_HOUR
    return limits.Limit("card-facility-misses", allowed, timedelta(hours=1))


def _misses() -> limits.Limit:
    return limits.Limit("card-misses", settings.VSSID_CARD_MISSES_A_DAY, timedelta(days=1))
