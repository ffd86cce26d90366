"""Who looks up by the thousand: what they get, and whether the others are still served."""

import sys
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.conf import settings

from tests.people.number_search.seeking import BY_PERSON, HOME, PHONE, an, write
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.people.number_search import commands
from vssid.people.number_search.errors import CodeNeededError, SearchesSpentError
from vssid.people.number_search.limits import Sender

pytestmark = pytest.mark.django_db

ADDRESSES, PHONES = 500, 3
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


def _senders() -> list[Sender]:
    """Phones, then addresses in networks of their own, a fresh browser behind each."""
    return [
        *(replace(PHONE, phone=f"+8491200000{n}") for n in range(PHONES)),
        *(Sender(f"10.{n // 250}.{n % 250}.7", f"browser {n}") for n in range(ADDRESSES)),
    ]


def _finds(sender: Sender, now: datetime) -> bool:
    try:
        return commands.search_number(wanted=BY_PERSON, sender=sender, now=now) is not None
    except (CodeNeededError, SearchesSpentError):
        return False


def _wave(senders: list[Sender], begin: datetime) -> list[datetime]:
    """Each tries once, phones three times, one after the other within a minute."""
    tries = [*senders[:PHONES], *senders[:PHONES], *senders]
    step = MINUTE / len(tries)
    return [now for turn, sender in enumerate(tries) if _finds(sender, now := begin + turn * step)]


def test_harvester_with_500_addresses_finds_fewer_than_50_in_any_day() -> None:
    """The worst there is: everything they type is right, every picture is read, and they know when
    a count begins: one find opens it, the rest comes at its end, and the next follows at once.
    """
    write(an())
    begin, senders = utc_now(), _senders()
    opening = [begin for one in senders[: PHONES + 1] if _finds(one, begin)]
    moments = [
        *opening,
        *_wave(senders, begin + DAY - 2 * MINUTE),
        *_wave(senders, begin + DAY + MINUTE),
        *_wave(senders, begin + 3 * DAY / 2),
    ]
    most = max(sum(first <= one < first + DAY for one in moments) for first in moments)
    sys.stdout.write(
        f"\nnumber look-up: {ADDRESSES} addresses and {PHONES} phones find {len(moments)} in a day"
        f" and a half, at most {most} in any 24 hours\n"
    )
    assert 0 < most < 50


def test_thousand_a_minute_are_held_and_the_others_are_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "VSSID_NUMBER_SEARCHES_PER_HOUR", 150)
    write(an())
    begin = utc_now()
    missed = replace(BY_PERSON, full_name="Lê Không Ai")
    answered = 0
    for n in range(1_000):
        sender = Sender(f"10.1.{n % 250}.{n // 250}", f"browser {n % 400}")
        now = begin + n * timedelta(milliseconds=60)
        try:
            commands.search_number(wanted=missed, sender=sender, now=now)
            answered += 1
        except CodeNeededError:
            continue
    assert answered == settings.VSSID_NUMBER_SEARCHES_PER_HOUR
    # Nothing is written down for those who were held.
    assert Event.objects.filter(act="number.search").count() == answered
    later = begin + timedelta(minutes=2)
    with pytest.raises(CodeNeededError):
        commands.search_number(wanted=BY_PERSON, sender=HOME, now=later)
    assert commands.search_number(wanted=BY_PERSON, sender=PHONE, now=later)
    assert commands.search_number(wanted=BY_PERSON, sender=HOME, now=begin + timedelta(hours=2))
