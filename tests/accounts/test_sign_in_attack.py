"""10,000 guesses get nowhere, and every owner gets in all the same."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import CommonPasswordValidator

from tests.factories import (
    HONG,
    a_person,
    all_at_once,
    an_origin,
    check_credentials,
)
from vssid.accounts import buckets
from vssid.accounts.commands import endings, sessions
from vssid.accounts.models import Account, Session
from vssid.accounts.origin import Origin
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.limits import commands as limits
from vssid.people.models import Person

pytestmark = pytest.mark.django_db(transaction=True)

NUMBERS = [f"0198{count:06d}" for count in range(100)]
ADDRESSES = [f"198.51.100.{count}" for count in range(25)] + [
    f"2001:db8:{count:x}::1" for count in range(25)
]
GUESSES_EACH = 100
# Where in a list of guesses the owner's own password stands: after the tries, by far.
RIGHT_GUESS = 50


def _password(number: str) -> str:
    return f"mua roi tren pho {number[-3:]}"


def _hundred_people(now: datetime) -> None:
    """Owners of accounts, all of them made in two statements."""
    pattern = a_person(replace(HONG, number=NUMBERS[0]))
    facts = {field.attname: getattr(pattern, field.attname) for field in Person._meta.fields}
    Person.objects.bulk_create(
        Person(**{**facts, "number": number}) for number in NUMBERS if number != NUMBERS[0]
    )
    Account.objects.bulk_create(
        Account(
            person_id=number,
            phone="+84912000001",
            address_era="2025",
            address_province="01",
            address_commune="00004",
            password=make_password(_password(number)),
            password_set_at=now,
            must_change_password=False,
            activated_at=now,
        )
        for number in NUMBERS
    )


def _signs_in(number: str, origin: Origin, now: datetime) -> sessions.Started:
    """One owner's sign-in at the first try, and out again."""
    account = check_credentials(number=number, password=_password(number), origin=origin, now=now)
    found = sessions.start_session(account=account, origin=origin, now=now)
    assert isinstance(found, sessions.Started)
    endings.sign_out(number=number, session_id=found.session.id, now=now)
    return found


def _common_passwords() -> list[str]:
    return sorted(CommonPasswordValidator().passwords, key=lambda one: (len(one), one))


def _guess(number: str, password: str, address: str, now: datetime) -> Callable[[], str]:
    def call() -> str:
        try:
            check_credentials(
                number=number, password=password, origin=an_origin(address=address), now=now
            )
        except CodedError as refused:
            return refused.code
        return "opened"

    return call


def _attack(now: datetime) -> list[Callable[[], str]]:
    """Every number in turn, from one address after the other."""
    guesses = _common_passwords()[: GUESSES_EACH - 1]
    return [
        _guess(
            number,
            _password(number) if at == RIGHT_GUESS else guesses[at - (at > RIGHT_GUESS)],
            ADDRESSES[(at * len(NUMBERS) + which) % len(ADDRESSES)],
            now,
        )
        for at in range(GUESSES_EACH)
        for which, number in enumerate(NUMBERS)
    ]


def test_guesses_get_nowhere_while_every_owner_gets_in_on_their_device() -> None:
    now = utc_now()
    _hundred_people(now)
    homes = {
        # Half of them live behind the addresses that the attack comes from.
        number: ADDRESSES[at // 2] if at % 2 else f"203.0.113.{at}"
        for at, number in enumerate(NUMBERS)
    }
    devices = {
        number: an_origin(
            device=_signs_in(number, an_origin(address=home), now).device, address=home
        )
        for number, home in homes.items()
    }

    def owner(number: str) -> Callable[[], str]:
        return lambda: f"owner {_signs_in(number, devices[number], now).session.account_id}"

    guesses = _attack(now)
    assert len(guesses) == 10_000
    everybody: list[Callable[[], str]] = []
    for at, number in enumerate(NUMBERS):
        everybody += [*guesses[at * 100 : (at + 1) * 100], owner(number)]
    found = Counter(map(str, all_at_once(everybody, threads=4)))

    assert found.pop("sign-in.wrong") == 400, "four are told that they were wrong"
    assert found.pop("sign-in.locked") == 9600, "the fifth and all others are told to wait"
    assert found == Counter(f"owner {number}" for number in NUMBERS), "during the attack"
    for number in NUMBERS:
        assert _signs_in(number, devices[number], now), "and after it"
    assert not Session.objects.filter(ended_at__isnull=True).exists()
    # The addresses kept within their limit: it was the numbers that held.
    assert _counted(ADDRESSES[0], now) == 10


def _counted(address: str, now: datetime) -> int:
    return limits.running(of=[buckets.sign_in_from(address)], now=now)[0].count


def test_one_guess_for_each_of_many_numbers_ends_for_the_address() -> None:
    """Spraying: no number is tried twice, so none locks."""
    now = utc_now()
    _hundred_people(now)
    mine = an_origin(device=_signs_in(NUMBERS[7], an_origin(), now).device, address=ADDRESSES[0])
    nobody = [f"0199{count:06d}" for count in range(100)]
    spray = [_guess(number, "matkhau123", ADDRESSES[0], now) for number in [*NUMBERS[:60], *nobody]]
    found = Counter(map(str, all_at_once(spray, threads=4)))
    # Those that were looked at in the same moment may pass it: never more than come at once.
    assert 100 <= found.pop("sign-in.wrong") < 104
    assert list(found) == ["sign-in.address-locked"]
    right = _guess(NUMBERS[80], _password(NUMBERS[80]), ADDRESSES[0], now)
    assert right() == "sign-in.address-locked"
    assert _signs_in(NUMBERS[7], mine, now)
