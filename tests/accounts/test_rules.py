"""Which passwords are taken, what a device is called, when a session is over."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vssid.accounts import errors, rules

NUMBER, PHONE = "0198000001", "+84912000001"
NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
IDLE, TOTAL = timedelta(minutes=30), timedelta(hours=12)


def _check(password: str) -> None:
    rules.check_new_password(password, number=NUMBER, phone=PHONE)


@pytest.mark.parametrize(
    "password",
    ["ghe da xanh 47", "Hoa-sen-xanh", "mưa rơi trên phố", "😀 bốn mùa 5", "kem 4 que 9"],
)
def test_ordinary_password_is_taken(password: str) -> None:
    _check(password)


@pytest.mark.parametrize(("length", "is_taken"), [(7, False), (8, True), (128, True), (129, False)])
def test_password_has_8_to_128_characters(length: int, *, is_taken: bool) -> None:
    password = ("ghế đá " * 20)[:length]
    if is_taken:
        _check(password)
    else:
        with pytest.raises(errors.PasswordLengthError):
            _check(password)


@pytest.mark.parametrize(
    "password",
    ["password1", "PASSWORD1", "12345678", "iloveyou", "Íloveyóu", "aaaaaaaaa", "abababab"],
)
def test_password_that_is_guessed_first_is_refused(password: str) -> None:
    with pytest.raises(errors.PasswordCommonError):
        _check(password)


@pytest.mark.parametrize(
    "password",
    [NUMBER, f"vssid{NUMBER}", "0198-000-001", "0912000001", "ha 0912 000 001 noi", "a0912b000001"],
)
def test_password_with_ones_own_number_or_phone_is_refused(password: str) -> None:
    with pytest.raises(errors.PasswordIsNumberError):
        _check(password)


def test_somebody_elses_number_is_no_reason_to_refuse() -> None:
    _check("vssid 0198000002")


@given(st.text(max_size=20))
def test_accent_typed_as_its_own_sign_is_the_same_password(text: str) -> None:
    forms = {unicodedata.normalize(form, text) for form in ("NFC", "NFD")}
    assert len({rules.normal_password(form) for form in forms}) == 1


def test_first_password_is_read_aloud_without_doubt() -> None:
    for _ in range(50):
        password = rules.first_password()
        assert len(password) == rules.PASSWORD_MIN
        assert password[:4].isalpha()
        assert password[4:].isdecimal()
        assert not set(password) & set("iloIO01")


def test_first_passwords_differ() -> None:
    assert len({rules.first_password() for _ in range(50)}) == 50


@pytest.mark.parametrize(
    ("started", "seen", "is_over"),
    [
        (timedelta(0), timedelta(0), False),
        (IDLE, IDLE, False),
        (IDLE * 2, IDLE + timedelta(seconds=1), True),
        (TOTAL, timedelta(0), False),
        (TOTAL + timedelta(seconds=1), timedelta(0), True),
    ],
)
def test_session_ends_by_idleness_or_by_age(
    started: timedelta, seen: timedelta, *, is_over: bool
) -> None:
    found = rules.is_session_over(
        started_at=NOW - started, last_seen_at=NOW - seen, now=NOW, idle=IDLE, total=TOTAL
    )
    assert found is is_over


@pytest.mark.parametrize("until", [None, NOW, NOW - timedelta(seconds=1)])
def test_changes_are_held_no_longer_than_said(until: datetime | None) -> None:
    rules.check_changes_not_held(until, NOW)


def test_held_changes_say_from_when_they_can_be_made() -> None:
    until = datetime(2026, 7, 2, 1, 30, tzinfo=UTC)
    with pytest.raises(errors.ChangesHeldError) as held:
        rules.check_changes_not_held(until, until - timedelta(hours=3))
    assert held.value.wait == timedelta(hours=3)
    assert "từ 08:30 02/07/2026" in str(held.value)


_PHONE = "Mozilla/5.0 (Linux; Android 13)"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (f"{_PHONE} Chrome/120.0 Mobile Safari/537.36", "Chrome trên Android"),
        (f"{_PHONE} SamsungBrowser/23.0 Chrome/115.0", "Samsung Internet trên Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0) Safari/604.1", "Safari trên iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Edg/120.0", "Edge trên Windows"),
        ("", "Trình duyệt trên thiết bị khác"),
    ],
)
def test_device_has_a_name_that_its_owner_knows(agent: str, name: str) -> None:
    assert rules.device_name(agent) == name
