"""«Mã kiểm tra»: a picture serves one try, a proof of work serves once (guides R06)."""

from datetime import timedelta
from typing import Any

import altcha
import pytest
from captcha.models import CaptchaStore
from django.test import Client

from tests.factories import all_at_once
from vssid.kernel.clock import utc_now
from vssid.web.ui import checks, tasks

pytestmark = pytest.mark.django_db


def _drawn(picture: checks.PictureCheck) -> str:
    return str(CaptchaStore.objects.get(hashkey=picture.key).challenge)


def _is_right(key: str, typed: str, **changes: Any) -> bool:
    return checks.is_picture_right(key=key, typed=typed, **{"now": utc_now(), **changes})


def _solved(challenge: dict[str, Any]) -> str:
    made = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(made)
    assert solution is not None
    return altcha.Payload(made, solution).to_base64()


# --- the picture ----------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["{}", " {} ", "{0[0]} {0[1]}{0[2]}{0[3]}{0[4]}"])
def test_what_is_drawn_is_what_is_expected(typed: str) -> None:
    picture = checks.new_picture()
    assert _is_right(picture.key, typed.format(_drawn(picture)))


def test_capitals_do_not_matter() -> None:
    for change in (str.upper, str.lower):
        picture = checks.new_picture()
        assert _is_right(picture.key, change(_drawn(picture)))


def test_picture_is_used_up_by_a_right_answer() -> None:
    picture = checks.new_picture()
    drawn = _drawn(picture)
    assert _is_right(picture.key, drawn)
    assert not _is_right(picture.key, drawn)


def test_picture_is_used_up_by_a_wrong_answer() -> None:
    picture = checks.new_picture()
    drawn = _drawn(picture)
    assert not _is_right(picture.key, "xxxxx")
    assert not _is_right(picture.key, drawn)


@pytest.mark.django_db(transaction=True)
def test_picture_answered_many_times_at_once_serves_one() -> None:
    picture = checks.new_picture()
    drawn = _drawn(picture)
    assert all_at_once([lambda: _is_right(picture.key, drawn)] * 12).count(True) == 1


def test_picture_is_too_old_after_a_while() -> None:
    picture = checks.new_picture()
    assert not _is_right(picture.key, _drawn(picture), now=utc_now() + timedelta(minutes=11))


@pytest.mark.parametrize("typed", ["", "ăâđêô", "😀", "\0", "x" * 20])
def test_anything_else_is_wrong_and_no_failure(typed: str) -> None:
    assert not _is_right(checks.new_picture().key, typed)


@pytest.mark.parametrize("key", ["", "\0", "nothing", "ă" * 40, "x" * 500])
def test_unknown_picture_is_wrong_and_no_failure(key: str) -> None:
    assert not _is_right(key, "ACDEF")


def test_signs_that_look_alike_are_not_drawn() -> None:
    drawn = "".join(checks.picture_challenge()[0] for _ in range(100))
    assert not set(drawn) & set("0O1IL5S8B2Z")


def test_address_of_the_picture_gives_a_picture() -> None:
    answer = Client().get(checks.new_picture().image_url)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/png"


def test_old_pictures_are_forgotten() -> None:
    old, new = checks.new_picture(), checks.new_picture()
    CaptchaStore.objects.filter(hashkey=old.key).update(expiration=utc_now())
    tasks.forget_pictures(0)
    assert [one.hashkey for one in CaptchaStore.objects.all()] == [new.key]


# --- the proof of work ----------------------------------------------------------------------------


def test_solved_challenge_serves_once() -> None:
    payload, now = _solved(checks.new_challenge()), utc_now()
    assert checks.is_solution_right(payload=payload, now=now)
    assert not checks.is_solution_right(payload=payload, now=now)
    assert not checks.is_solution_right(payload=payload, now=now + timedelta(minutes=50))


def test_each_challenge_is_its_own() -> None:
    now = utc_now()
    for _ in range(2):
        assert checks.is_solution_right(payload=_solved(checks.new_challenge()), now=now)


def test_challenge_expires_before_its_use_is_forgotten() -> None:
    expires_at = int(str(checks.new_challenge()["parameters"]["expiresAt"]))  # type: ignore[index]
    left = expires_at - utc_now().timestamp()
    assert 0 < left < checks._USED_ONCE.period.total_seconds()


def test_challenge_of_another_maker_is_refused() -> None:
    challenge = altcha.create_challenge(
        algorithm="PBKDF2/SHA-256", cost=1, key_prefix="0", hmac_secret="not ours"
    )
    payload = _solved(challenge.to_dict())
    assert not checks.is_solution_right(payload=payload, now=utc_now())


def test_challenge_made_easier_is_refused() -> None:
    challenge: Any = checks.new_challenge()
    challenge["parameters"]["cost"] = 1
    assert not checks.is_solution_right(payload=_solved(challenge), now=utc_now())


@pytest.mark.parametrize(
    "payload",
    ["", "nonsense", "e30=", "bnVsbA==", "eyJjaGFsbGVuZ2UiOiAxfQ==", "ă", "A" * 9000, "W1tb" * 900],
)
def test_nonsense_is_no_solution_and_no_failure(payload: str) -> None:
    assert not checks.is_solution_right(payload=payload, now=utc_now())


def test_challenge_is_asked_for_over_the_network_and_not_kept() -> None:
    answer = Client().get("/dang-ky/thu-thach/")
    assert answer["Cache-Control"] == "no-store"
    assert checks.is_solution_right(payload=_solved(answer.json()), now=utc_now())
