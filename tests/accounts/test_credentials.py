"""Number and password: five tries, and strangers never lock an owner out (guides A01)."""

import unicodedata
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    HONG,
    KHOA,
    PASSWORD,
    all_at_once,
    an_account,
    an_origin,
    check_credentials,
)
from vssid.accounts import buckets, errors
from vssid.accounts.commands import credentials, devices, sessions
from vssid.accounts.models import Account
from vssid.accounts.origin import Origin
from vssid.kernel.clock import utc_now
from vssid.kernel.errors import CodedError
from vssid.limits.models import Bucket

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
NOBODY = "0198000999"
NOW = utc_now()
ELSEWHERE = an_origin(address="198.51.100.4")


def _check(
    password: str = PASSWORD,
    *,
    number: str = HONG.number,
    origin: Origin | None = None,
    now: datetime = NOW,
) -> Account:
    return check_credentials(
        number=number, password=password, origin=origin or an_origin(), now=now
    )


def _refusals(
    times: int, *, number: str = HONG.number, origin: Origin | None = None, now: datetime = NOW
) -> list[str]:
    found = []
    for _ in range(times):
        with pytest.raises(CodedError) as refused:
            _check("wrong password", number=number, origin=origin, now=now)
        found.append(refused.value.code)
    return found


def _device_of(account: Account) -> Origin:
    """A device on which the owner signed in, and out again."""
    started = sessions.start_session(account=account, origin=an_origin(), now=NOW)
    assert isinstance(started, sessions.Started)
    sessions.sign_out(number=account.person_id, session_id=started.session.id, now=NOW)
    return an_origin(device=started.device)


def _locks() -> list[str]:
    return ["sign-in.wrong"] * 4 + ["sign-in.locked"]


# --- five tries -----------------------------------------------------------------------------------


def test_number_and_password_open_the_account_as_it_is_stored() -> None:
    account = an_account(KHOA)
    found = _check(number=KHOA.number)
    names = [field.attname for field in Account._meta.concrete_fields]
    assert {name: found.__dict__[name] for name in names} == {
        name: getattr(account, name) for name in names
    }


def test_fifth_wrong_password_locks_for_a_quarter_of_an_hour() -> None:
    an_account()
    assert _refusals(5) == _locks()
    with pytest.raises(errors.SignInLockedError) as locked:
        _check(now=NOW + 10 * MINUTE)
    assert "Xin chờ 5 phút" in str(locked.value)
    assert _check(now=NOW + 15 * MINUTE)


def test_lock_tells_the_minutes_that_remain_never_too_few() -> None:
    _refusals(4)
    with pytest.raises(errors.SignInLockedError) as locked:
        _check("wrong password", now=NOW + 3 * MINUTE)
    assert locked.value.wait == 15 * MINUTE
    with pytest.raises(errors.SignInLockedError) as locked:
        _check(now=NOW + timedelta(minutes=7, seconds=30))
    assert "Xin chờ 11 phút" in str(locked.value)


def test_right_password_forgets_the_wrong_ones() -> None:
    an_account()
    _refusals(4)
    _check()
    assert _refusals(4) == ["sign-in.wrong"] * 4
    assert _check()


@pytest.mark.parametrize("unknown", [NOBODY, "001190000999"])
@pytest.mark.parametrize("device", [None, uuid4()], ids=["no device", "a device"])
def test_unknown_number_is_told_the_same_by_as_many_statements(
    unknown: str, device: UUID | None
) -> None:
    an_account()
    seen = []
    for number in (unknown, HONG.number):
        with CaptureQueriesContext(connection) as asked:
            told = _refusals(7, number=number, origin=an_origin(device=device))
        seen.append((told, [query["sql"].split("'")[0] for query in asked]))
    assert seen[0] == seen[1]


def test_lock_of_one_unknown_number_does_not_show_that_another_is_unknown() -> None:
    _refusals(5, number="001190000998")
    assert _refusals(1, number="001190000999") == ["sign-in.wrong"]


def test_unknown_number_costs_a_hash_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    hashed = []

    def spy(_password: str, stored: str) -> bool:
        hashed.append(stored.partition("$")[0])
        return False

    monkeypatch.setattr(credentials, "check_password", spy)
    _refusals(1, number=NOBODY)
    assert hashed == ["argon2"]


@pytest.mark.parametrize("is_known", [False, True])
@pytest.mark.django_db(transaction=True)
def test_guessing_from_many_machines_at_once_gets_five_tries(
    monkeypatch: pytest.MonkeyPatch, *, is_known: bool
) -> None:
    account = an_account()
    origin = _device_of(account) if is_known else None
    looked_at = []

    def spy(_password: str, stored: str) -> bool:
        looked_at.append(stored)
        return False

    monkeypatch.setattr(credentials, "check_password", spy)
    found = all_at_once([lambda: _check("wrong password", origin=origin)] * 24)
    assert len(looked_at) == 5
    assert sum(isinstance(one, errors.SignInLockedError) for one in found) == 20


def test_sign_in_on_a_known_device_takes_eight_statements() -> None:
    account = an_account()
    origin = _device_of(account)
    with CaptureQueriesContext(connection) as asked:
        sessions.start_session(account=_check(origin=origin), origin=origin, now=NOW)
    assert len(asked) <= 8


# --- strangers and owners -------------------------------------------------------------------------


def test_strangers_never_lock_a_device_that_the_account_knows() -> None:
    account = an_account()
    mine = _device_of(account)
    _refusals(20, origin=ELSEWHERE)
    assert _check(origin=mine) == account


def test_known_device_locks_for_itself_alone() -> None:
    account = an_account()
    mine, other = _device_of(account), _device_of(account)
    assert _refusals(5, origin=mine) == _locks()
    assert _check(origin=other) == account
    assert _check(origin=ELSEWHERE) == account
    assert _refusals(1, origin=mine) == ["sign-in.locked"]


def test_unknown_devices_share_their_tries_whatever_cookie_or_address_they_bring() -> None:
    an_account()
    for count in range(5):
        _refusals(1, origin=an_origin(device=uuid4(), address=f"198.51.100.{count}"))
    assert _refusals(1, origin=an_origin(device=uuid4(), address="192.0.2.1")) == ["sign-in.locked"]


def test_right_password_elsewhere_gives_a_known_device_no_further_tries() -> None:
    account = an_account()
    mine = _device_of(account)
    _refusals(4, origin=mine)
    _check(origin=ELSEWHERE)
    assert _refusals(1, origin=mine) == ["sign-in.locked"]


def test_right_password_on_a_known_device_gives_strangers_no_further_tries() -> None:
    account = an_account()
    mine = _device_of(account)
    _refusals(4, origin=ELSEWHERE)
    _check(origin=mine)
    assert _refusals(1, origin=ELSEWHERE) == ["sign-in.locked"]


def test_device_of_another_account_gains_nothing() -> None:
    an_account()
    theirs = _device_of(an_account(KHOA))
    _refusals(5, origin=ELSEWHERE)
    assert _refusals(1, origin=theirs) == ["sign-in.locked"]
    with pytest.raises(errors.SignInLockedError):
        _check(origin=theirs)


def test_forgotten_device_is_a_strangers_again() -> None:
    account = an_account()
    mine = _device_of(account)
    assert mine.device is not None
    devices.forget_device(number=HONG.number, device=mine.device)
    _refusals(5, origin=ELSEWHERE)
    assert _refusals(1, origin=mine) == ["sign-in.locked"]


# --- one network address --------------------------------------------------------------------------


@pytest.fixture
def _six_wrong_per_address(settings: LazySettings) -> None:
    settings.VSSID_SIGN_IN_TRIES_PER_ADDRESS = 6


def _spray(times: int, address: str = ELSEWHERE.address) -> list[str]:
    """One wrong password for each of many numbers."""
    found = []
    for count in range(times):
        number = f"01980007{count:02d}"
        found += _refusals(1, number=number, origin=an_origin(address=address))
    return found


@pytest.mark.usefixtures("_six_wrong_per_address")
def test_spraying_over_many_numbers_ends_for_the_address() -> None:
    an_account()
    assert _spray(8) == ["sign-in.wrong"] * 6 + ["sign-in.address-locked"] * 2
    with pytest.raises(errors.AddressLockedError) as locked:
        _check(origin=ELSEWHERE, now=NOW + 10 * MINUTE)
    assert "Xin chờ 5 phút" in str(locked.value)
    assert _check(origin=ELSEWHERE, now=NOW + 15 * MINUTE)


@pytest.mark.usefixtures("_six_wrong_per_address")
def test_full_address_stops_neither_known_devices_nor_other_addresses() -> None:
    account = an_account()
    mine = _device_of(account)
    _spray(7)
    there = an_origin(device=mine.device, address=ELSEWHERE.address)
    assert _check(origin=there) == account
    assert _check(origin=an_origin(address="192.0.2.9")) == account


@pytest.mark.usefixtures("_six_wrong_per_address")
def test_full_address_uses_up_no_tries_of_a_number() -> None:
    account = an_account()
    _spray(6)
    assert _refusals(9, origin=ELSEWHERE) == ["sign-in.address-locked"] * 9
    assert _check(origin=an_origin(address="192.0.2.9")) == account


@pytest.mark.usefixtures("_six_wrong_per_address")
def test_right_passwords_and_known_devices_fill_no_address() -> None:
    account = an_account()
    mine = _device_of(account)
    for _ in range(10):
        assert _check() == account
        _refusals(1, origin=mine)
    assert not Bucket.objects.filter(name="sign-in.address").exists()


@pytest.mark.usefixtures("_six_wrong_per_address")
def test_ipv6_addresses_of_one_line_are_one() -> None:
    for count in range(6):
        _refusals(1, number=f"019800070{count}", origin=an_origin(address=f"2001:db8:7::{count}"))
    assert _spray(1, "2001:db8:7::ffff") == ["sign-in.address-locked"]
    assert _spray(1, "2001:db8:7:1::1") == ["sign-in.wrong"]


# --- the picture code in the app ------------------------------------------------------------------


def _wants_picture(origin: Origin, number: str = HONG.number) -> bool:
    return credentials.begin_attempt(number=number, origin=origin, now=NOW).wants_picture


@pytest.mark.parametrize("number", [HONG.number, NOBODY])
def test_picture_is_asked_for_after_the_second_wrong_password_of_a_number(number: str) -> None:
    an_account()
    other = an_origin(address="192.0.2.9")
    _refusals(1, number=number, origin=ELSEWHERE)
    assert not _wants_picture(other, number)
    _refusals(1, number=number, origin=ELSEWHERE)
    assert _wants_picture(other, number)
    assert not _wants_picture(other, KHOA.number)


def test_picture_is_asked_for_after_the_tenth_wrong_password_from_an_address() -> None:
    _spray(9)
    assert not _wants_picture(ELSEWHERE)
    _spray(1)
    assert _wants_picture(ELSEWHERE)
    assert _wants_picture(an_origin(device=uuid4(), address=ELSEWHERE.address))


def test_strangers_bring_no_picture_to_a_known_device() -> None:
    mine = _device_of(an_account())
    _refusals(4, origin=an_origin(address=mine.address))
    assert not _wants_picture(mine)
    _refusals(2, origin=mine)
    assert _wants_picture(mine)


def test_no_picture_is_asked_for_once_the_wait_is_over() -> None:
    _refusals(2, origin=ELSEWHERE)
    later = NOW + 15 * MINUTE
    attempt = credentials.begin_attempt(number=HONG.number, origin=ELSEWHERE, now=later)
    assert not attempt.wants_picture


def test_looking_who_wants_in_is_two_statements_and_counts_nothing() -> None:
    an_account()
    for number in (HONG.number, NOBODY):
        with CaptureQueriesContext(connection) as asked:
            _wants_picture(ELSEWHERE, number)
        assert len(asked) == 2
    assert not Bucket.objects.exists()


# --- an account that its owner locked -------------------------------------------------------------


def test_locked_account_says_how_to_open_it_to_the_right_password_only() -> None:
    an_account()
    Account.objects.update(locked_at=NOW)
    with pytest.raises(errors.AccountLockedError, match="«Quên mật khẩu»"):
        _check()
    assert _refusals(1) == ["sign-in.wrong"]


# --- what is typed --------------------------------------------------------------------------------

VIETNAMESE = "mưa rơi trên phố Huế 8"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
def test_accents_may_be_typed_either_way(form: str, typed: str) -> None:
    an_account(password=unicodedata.normalize("NFC", VIETNAMESE))
    assert unicodedata.normalize("NFC", VIETNAMESE) != unicodedata.normalize("NFD", VIETNAMESE)
    assert _check(unicodedata.normalize(typed, unicodedata.normalize(form, VIETNAMESE)))


def test_longest_password_opens_and_one_sign_more_does_not() -> None:
    longest = "ế8" * 64
    account = an_account(password=longest)
    assert _check(unicodedata.normalize("NFD", longest)) == account
    with pytest.raises(errors.SignInRefusedError):
        _check(longest + "x")


@pytest.mark.parametrize("sign", ["a", "\u0301", "\u0323\u0301", "😀"])
def test_password_of_ten_thousand_signs_is_wrong_like_any_other(sign: str) -> None:
    an_account()
    with pytest.raises(errors.SignInRefusedError):
        _check(PASSWORD + sign * 10_000)


def test_every_bucket_has_a_name_and_a_key_of_its_own() -> None:
    device = uuid4()
    found = [
        buckets.sign_in_on_device(HONG.number, device),
        buckets.sign_in_on_device(KHOA.number, device),
        buckets.sign_in_on_device(HONG.number, uuid4()),
        buckets.sign_in_elsewhere(HONG.number),
        buckets.sign_in_from(HONG.number),
        buckets.old_password(HONG.number),
    ]
    assert len({(limit.name, key) for limit, key in found}) == len(found)
