"""What the log says of a refused request: the reason and the route, and nobody's name."""

import logging
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.factories import HONG, KHOA, PASSWORD, an_account, an_officer
from tests.staff.keys import give_smart_otp
from tests.web.visiting import at_desk, at_home, in_app
from vssid.staff.models import Role

pytestmark = pytest.mark.django_db

WRONG = "mat khau sai 99"
DOOR = "/can-bo/dang-nhap/"


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Any:
    """The lines of refusals so far, each with its fields."""

    def read() -> list[dict[str, Any]]:
        lines = [one.msg for one in caplog.records if one.name == "vssid.refused"]
        assert all(isinstance(line, dict) for line in lines)
        return lines  # type: ignore[return-value] # structlog's fields

    with caplog.at_level(logging.INFO):
        yield read


def _sign_in(client: Client, password: str, number: str = HONG.number, **options: Any) -> Any:
    sent = {"number": number, "password": password}
    return client.post("/dang-nhap/", sent, **options)


def test_wrong_password_is_told_by_its_code_and_names_nobody(told: Any) -> None:
    an_account()
    _sign_in(in_app(), WRONG, REMOTE_ADDR="192.0.2.77")
    (line,) = told()
    assert (line["route"], line["status"], line["codes"]) == ("dang-nhap/", 422, ["sign-in.wrong"])
    assert line["request_id"]
    for private in (HONG.number, HONG.full_name, WRONG, "192.0.2.77"):
        assert private not in str(line)


def test_right_password_is_no_refusal(told: Any) -> None:
    an_account()
    assert _sign_in(in_app(), PASSWORD).status_code == 302
    assert told() == []


def test_form_that_is_not_filled_in_is_no_refusal(told: Any) -> None:
    assert in_app().post("/dang-nhap/", {}).status_code == 422
    assert told() == []


def test_lines_of_one_sender_bear_one_mark(told: Any) -> None:
    for at, address in enumerate(("2001:db8:1:2::1", "2001:db8:1:2::2", "2001:db8:1:3::1")):
        _sign_in(in_app(), WRONG, f"019800010{at}", REMOTE_ADDR=address)
    first, same, other = (line["sender"] for line in told())
    assert first == same != other


def test_tries_past_the_limit_are_told_as_too_many(told: Any, settings: LazySettings) -> None:
    settings.VSSID_SIGN_IN_TRIES = 1
    an_account()
    for password in (WRONG, PASSWORD):
        assert _sign_in(in_app(), password).status_code == 429
    assert [line["codes"] for line in told()] == [["sign-in.locked"], ["sign-in.locked"]]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({"ma_kiem_tra": "ABCDE", "ma_hinh": "x"}, "check.picture"),
        ({"altcha": "e30="}, "check.solution"),
    ],
)
def test_wrong_picture_code_is_told(told: Any, typed: dict[str, str], code: str) -> None:
    answer = Client().post("/dang-nhap/", {"number": HONG.number, "password": WRONG, **typed})
    assert answer.status_code == 422
    assert [line["codes"] for line in told()] == [[code]]


def test_wrong_second_factor_of_an_officer_is_told(told: Any) -> None:
    officer, client = give_smart_otp(an_officer()), Client()
    client.post(DOOR, {"user_name": officer.user_name, "password": PASSWORD})
    client.post(f"{DOOR}buoc-hai/", {"code": "000000"})
    (line,) = told()
    assert line["route"] == "can-bo/dang-nhap/buoc-hai/"
    assert len(line["codes"]) == 1
    assert officer.user_name not in str(line)


def test_page_of_another_role_is_told_with_a_mark_of_who_asked(told: Any) -> None:
    officer = an_officer(Role.CONTENT)
    for _ in range(2):
        assert at_desk(officer).get("/can-bo/tai-khoan/").status_code == 403
    first, second = told()
    assert (first["status"], first["codes"]) == (403, ["access.role"])
    assert first["who"] == second["who"] != ""
    assert officer.user_name not in str(first)


def test_what_is_not_ones_own_is_told_with_a_mark_of_who_asked(told: Any) -> None:
    for who in (HONG, KHOA):
        assert at_home(who).get("/so-kham-chua-benh/1800/").status_code == 404
    first, second = told()
    assert first["who"] != second["who"]
    assert HONG.number not in str(first)


def test_unknown_address_and_pages_of_nobody_are_no_refusals(told: Any) -> None:
    at_home().get("/khong-co-trang-nay/")
    Client().get("/khong-phai-toi/khong-co/")
    assert told() == []


def test_form_of_another_site_is_told(told: Any) -> None:
    answer = Client(enforce_csrf_checks=True).post("/dang-nhap/", {})
    assert answer.status_code == 403
    assert [line["codes"] for line in told()] == [["form.key"]]


@pytest.mark.parametrize(
    ("path", "sent", "code"),
    [
        ("/tin-tuc/anh/0195d1a4-0000-7000-8000-000000000000.jpg", None, ""),
        ("/tra-cuu/don-vi/ban-do/", None, ""),
        ("/ho-tro/tro-ly/", {"hoi": "a" * 2_700_000}, "request.too-large"),
        ("/ho-tro/tro-ly/", {f"o{at}": "1" for at in range(1_200)}, "request.too-many-fields"),
    ],
)
def test_what_a_visitor_asks_in_vain_or_sends_too_much_of_is_no_failure_of_ours(
    path: str, sent: dict[str, str] | None, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    form = "application/x-www-form-urlencoded"
    with caplog.at_level(logging.INFO):
        if sent is None:
            answer = Client().get(path)
        else:
            answer = Client().post(path, urlencode(sent), content_type=form)
    assert answer.status_code == (400 if sent else 404)
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []
    assert not any(one.exc_info or "trace" in str(one.msg) for one in caplog.records)
    codes = [one.msg["codes"] for one in caplog.records if one.name == "vssid.refused"]  # type: ignore[index]
    assert codes == ([[code]] if code else [])
