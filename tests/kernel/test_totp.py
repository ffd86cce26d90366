"""SmartOTP codes agree with RFC 6238 (Appendix B, the rows for SHA-1) and serve once."""

from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import parse_qs, unquote, urlsplit

import pyotp
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vssid.kernel import totp

RFC_SECRET = b"12345678901234567890"
# Time in seconds, and the eight digits of the appendix: six-digit codes are their last six.
RFC_ROWS = [
    (59, "94287082"),
    (1111111109, "07081804"),
    (1111111111, "14050471"),
    (1234567890, "89005924"),
    (2000000000, "69279037"),
    (20000000000, "65353130"),
]
NOW = datetime(2026, 11, 21, 8, 0, 7, tzinfo=UTC)
PRESENT = totp.step_at(NOW)
NEVER = -1

secrets = st.binary(min_size=totp.SECRET_BYTES, max_size=totp.SECRET_BYTES)
moments = st.datetimes(
    min_value=datetime(2000, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=datetime(2100, 1, 1),  # noqa: DTZ001 - the same
    timezones=st.just(UTC),
)


def _later(steps: int) -> datetime:
    return NOW + timedelta(seconds=steps * totp.STEP_SECONDS)


@pytest.mark.parametrize(("seconds", "digits"), RFC_ROWS)
def test_codes_are_those_of_the_rfc(seconds: int, digits: str) -> None:
    now = datetime.fromtimestamp(seconds, UTC)
    assert totp.code_at(RFC_SECRET, totp.step_at(now)) == digits[-6:]


@given(secrets, moments)
def test_any_authenticator_makes_the_same_code(secret: bytes, now: datetime) -> None:
    typed_in = totp.readable_secret(secret).replace(" ", "")
    assert pyotp.TOTP(typed_in).at(now) == totp.code_at(secret, totp.step_at(now))


@given(secrets, moments, st.integers(-totp.WINDOW, totp.WINDOW))
def test_clock_off_by_one_step_is_forgiven(secret: bytes, now: datetime, drift: int) -> None:
    step = totp.step_at(now) + drift
    found = totp.matching_step(secret, totp.code_at(secret, step), now, NEVER)
    assert found is not None
    assert totp.code_at(secret, found) == totp.code_at(secret, step)


@given(secrets, moments, st.integers(-500, -2) | st.integers(2, 500))
def test_clock_off_by_more_is_refused(secret: bytes, now: datetime, drift: int) -> None:
    present = totp.step_at(now)
    typed = totp.code_at(secret, present + drift)
    assume(typed not in {totp.code_at(secret, present + near) for near in (-1, 0, 1)})
    assert totp.matching_step(secret, typed, now, NEVER) is None


@given(secrets, moments, st.lists(st.integers(0, 12), max_size=12))
def test_no_digits_are_accepted_twice(secret: bytes, start: datetime, waits: list[int]) -> None:
    """However the owner types, the steps that are used up only grow."""
    last, now = NEVER, start
    for wait in waits:
        now += timedelta(seconds=10 * wait)
        typed = totp.code_at(secret, totp.step_at(now))
        found = totp.matching_step(secret, typed, now, last)
        if found is not None:
            assert found > last
            last = found
        assert totp.matching_step(secret, typed, now, last) is None


@given(secrets, moments, st.text(max_size=12))
def test_only_the_digits_themselves_are_right(secret: bytes, now: datetime, typed: str) -> None:
    right = {totp.code_at(secret, totp.step_at(now) + near) for near in (-1, 0, 1)}
    found = totp.matching_step(secret, typed, now, NEVER)
    assert (found is not None) == ("".join(typed.split()) in right)


def test_spaces_are_forgiven() -> None:
    code = totp.code_at(RFC_SECRET, PRESENT)
    assert totp.matching_step(RFC_SECRET, f" {code[:3]} {code[3:]} ", NOW, NEVER) == PRESENT


def test_step_before_the_last_used_one_is_refused_inside_of_the_window() -> None:
    code = totp.code_at(RFC_SECRET, PRESENT - 1)
    assert totp.matching_step(RFC_SECRET, code, NOW, PRESENT - 2) == PRESENT - 1
    assert totp.matching_step(RFC_SECRET, code, NOW, PRESENT - 1) is None
    assert totp.matching_step(RFC_SECRET, code, NOW, PRESENT) is None


def test_wider_window_reaches_further() -> None:
    code = totp.code_at(RFC_SECRET, PRESENT - 3)
    assert totp.matching_step(RFC_SECRET, code, NOW, NEVER, window=3) == PRESENT - 3


def test_of_two_steps_with_the_same_digits_the_later_is_used_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(totp, "code_at", lambda _secret, _step: "111111")
    found = totp.matching_step(RFC_SECRET, "111111", NOW, NEVER)
    assert found == PRESENT + 1
    assert totp.matching_step(RFC_SECRET, "111111", NOW, found) is None


@pytest.mark.parametrize("drift", [-20, -7, -2, -1, 0, 1, 2, 13, 20])
def test_drift_of_a_clock_is_recognised(drift: int) -> None:
    code = totp.code_at(RFC_SECRET, PRESENT + drift)
    assert totp.clock_drift(RFC_SECRET, code, NOW) == drift


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１２３４５６", "000000"])
def test_what_is_no_code_is_no_drift(typed: str) -> None:
    assert totp.clock_drift(RFC_SECRET, typed, NOW) is None
    assert totp.matching_step(RFC_SECRET, typed, NOW, NEVER) is None


def test_drift_beyond_ten_minutes_is_just_a_wrong_code() -> None:
    for drift in (-21, 21):
        code = totp.code_at(RFC_SECRET, PRESENT + drift)
        assert totp.clock_drift(RFC_SECRET, code, NOW) is None


def test_step_is_the_same_wherever_the_clock_hangs() -> None:
    hanoi = NOW.astimezone(timezone(timedelta(hours=7)))
    assert totp.step_at(hanoi) == PRESENT
    assert totp.step_at(_later(1)) == PRESENT + 1
    with pytest.raises(ValueError, match="time zone"):
        totp.step_at(NOW.replace(tzinfo=None))


def test_secrets_are_long_and_each_is_new() -> None:
    made = {totp.new_secret() for _ in range(50)}
    assert len(made) == 50
    assert {len(secret) for secret in made} == {20}


def test_secret_is_read_in_groups_of_four() -> None:
    assert totp.readable_secret(RFC_SECRET) == "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ"


def test_address_for_authenticators_leads_back_to_the_secret() -> None:
    address = urlsplit(totp.otpauth_uri(RFC_SECRET, label="0198***001"))
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert unquote(address.path) == "/VssID:0198***001"
    assert parse_qs(address.query) == {
        "secret": ["GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"],
        "issuer": ["VssID"],
    }
