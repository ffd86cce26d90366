"""Signing in (guides A01–A03)."""

from typing import Any
from uuid import uuid4

import pytest
from captcha.models import CaptchaStore
from django.test import Client

from tests.factories import HONG, KHOA, PASSWORD, a_session, an_account
from tests.web.visiting import at_home, in_app, live_session, text_of, typed_in, with_session
from vssid.accounts import tokens
from vssid.accounts.commands import sessions
from vssid.accounts.models import Account
from vssid.kernel.clock import utc_now

pytestmark = pytest.mark.django_db
ANDROID = "Mozilla/5.0 (Linux; Android 13) Chrome/120.0 Mobile Safari/537.36"


def _sign_in(
    client: Client, number: str = HONG.number, password: str = PASSWORD, **more: str
) -> Any:
    sent = {"number": number, "password": password, **more}
    return client.post("/dang-nhap/", sent, headers={"User-Agent": ANDROID})


def _is_in(client: Client) -> bool:
    return client.get("/quan-ly-ca-nhan/").status_code == 200


# --- number and password --------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [HONG.number, "0198 000 001", HONG.id_number, "001 190 000 011"])
def test_a01_number_of_10_or_12_digits_signs_in(typed: str) -> None:
    an_account()
    client = in_app()
    assert _sign_in(client, typed)["Location"] == "/quan-ly-ca-nhan/"
    assert _is_in(client)


def test_session_cookie_is_out_of_reach_of_scripts() -> None:
    an_account()
    cookie = _sign_in(in_app()).cookies["phien"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert HONG.number not in cookie.value


def test_device_is_known_again_by_a_sealed_cookie_that_outlives_the_session() -> None:
    account = an_account()
    client = in_app()
    answer = _sign_in(client)
    cookie = answer.cookies["thiet_bi"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert cookie["max-age"] == 400 * 86400
    known = account.knowndevice_set.get()
    assert str(known.id) not in cookie.value
    assert known.id.hex not in cookie.value
    client.post("/thoat/")
    _sign_in(client)
    assert account.knowndevice_set.get().id == known.id


@pytest.mark.parametrize("forged", ["nonsense", "A" * 80, "another purpose", "too long"])
def test_forged_device_cookie_is_no_device_of_anybody(forged: str) -> None:
    account = an_account()
    chosen = uuid4()
    client = in_app()
    client.cookies["thiet_bi"] = {
        "another purpose": tokens.seal("session", chosen.bytes),
        "too long": tokens.seal("device", chosen.bytes + b"!"),
    }.get(forged, forged)
    assert _sign_in(client).status_code == 302
    assert account.knowndevice_set.get().id != chosen


def test_a03_first_sign_in_leads_to_the_password_and_nowhere_else() -> None:
    an_account(must_change=True)
    client = in_app()
    answer = _sign_in(client, tiep="/the-bhyt/")
    assert answer["Location"] == "/doi-mat-khau/"
    for address in ("/quan-ly-ca-nhan/", "/the-bhyt/", "/doi-mat-khau/xong/"):
        assert client.get(address)["Location"] == "/doi-mat-khau/"
    assert client.get("/doi-mat-khau/").status_code == 200


def test_a01_portal_asks_for_a_picture_code_and_keeps_what_was_typed() -> None:
    an_account()
    client = Client()
    answer = _sign_in(client)
    assert answer.status_code == 422
    assert "Xin nhập mã kiểm tra" in text_of(answer)
    assert typed_in(answer)["number"] == HONG.number
    key = typed_in(answer)["ma_hinh"]
    picture = CaptchaStore.objects.get(hashkey=key).response
    assert _sign_in(client, ma_hinh=key, ma_kiem_tra=picture).status_code == 302


def test_wrong_picture_code_costs_no_try_of_the_password() -> None:
    an_account()
    for _ in range(6):
        answer = _sign_in(Client(), password="wrong", ma_hinh="x", ma_kiem_tra="xxxxx")
        assert "Mã kiểm tra chưa đúng" in text_of(answer)
    assert _sign_in(in_app()).status_code == 302


@pytest.mark.parametrize("number", [HONG.number, HONG.id_number, "0198000999", "001190000999"])
def test_wrong_password_and_unknown_number_read_the_same(number: str) -> None:
    an_account()
    answer = _sign_in(in_app(), number, "wrong password")
    assert answer.status_code == 422
    assert "Mã số hoặc mật khẩu chưa đúng" in text_of(answer)
    assert typed_in(answer)["number"] == number
    assert "wrong password" not in answer.content.decode()


def _with_picture(client: Client, page: Any, **sent: str) -> Any:
    key = typed_in(page)["ma_hinh"]
    answer = CaptchaStore.objects.get(hashkey=key).response
    return _sign_in(client, **sent, ma_hinh=key, ma_kiem_tra=answer)


def test_sixth_try_is_locked_also_with_the_other_number_of_the_same_person() -> None:
    an_account()
    client = in_app()
    answer = _sign_in(client, password="wrong password")
    answer = _sign_in(client, HONG.id_number, "wrong password")
    for count in range(3):
        number = (HONG.number, HONG.id_number)[count % 2]
        answer = _with_picture(client, answer, number=number, password="wrong password")
    assert "Xin chờ 15 phút" in text_of(answer)
    answer = _with_picture(client, answer)
    assert "Xin chờ 15 phút" in text_of(answer)
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 15 * 60


@pytest.mark.parametrize("number", [HONG.number, "0198000999"])
def test_app_asks_for_a_picture_code_after_the_second_failure_known_number_or_not(
    number: str,
) -> None:
    an_account()
    client = in_app()
    first = _sign_in(client, number, "wrong password")
    assert "ma_hinh" not in typed_in(first)
    second = _sign_in(client, number, "wrong password")
    assert "ma_hinh" in typed_in(second)
    without = _sign_in(client, number)
    assert "Xin nhập mã kiểm tra" in text_of(without)
    another = _sign_in(client, number, new_picture="1")
    assert "ma_hinh" in typed_in(another)
    assert typed_in(another)["number"] == number


def test_picture_code_of_the_app_lets_the_right_password_in() -> None:
    an_account()
    client = in_app()
    _sign_in(client, password="wrong password")
    page = _sign_in(client, password="wrong password")
    assert _with_picture(client, page)["Location"] == "/quan-ly-ca-nhan/"


def test_owner_on_a_known_device_is_not_locked_out_by_a_stranger() -> None:
    an_account()
    owner = in_app()
    _sign_in(owner)
    owner.post("/thoat/")
    stranger = in_app()
    page = _sign_in(stranger, password="wrong password")
    for _ in range(5):
        page = (
            _with_picture(stranger, page, password="wrong password")
            if "ma_hinh" in typed_in(page)
            else _sign_in(stranger, password="wrong password")
        )
    assert page.status_code == 429
    assert _sign_in(owner)["Location"] == "/quan-ly-ca-nhan/"


def test_account_that_its_owner_locked_says_how_to_open_it_again() -> None:
    account = an_account()
    Account.objects.filter(pk=account.pk).update(locked_at=utc_now())
    answer = _sign_in(in_app())
    assert answer.status_code == 422
    assert "đặt mật khẩu mới" in text_of(answer)
    assert "phien" not in answer.cookies
    wrong = _sign_in(in_app(), password="wrong password")
    assert "khóa" not in text_of(wrong), "only the owner learns of it"


@pytest.mark.parametrize(
    ("number", "password", "said"),
    [
        ("", PASSWORD, "Xin nhập tên đăng nhập: mã số BHXH"),
        (HONG.number, "", "Xin nhập mật khẩu"),
        ("123", PASSWORD, "bạn đã nhập 3 số"),
        ("DN4010198000001", PASSWORD, "mã thẻ BHYT"),
    ],
)
def test_form_that_is_not_filled_in_is_explained(number: str, password: str, said: str) -> None:
    answer = _sign_in(in_app(), number, password)
    assert answer.status_code == 422
    assert said in text_of(answer)


# --- where it leads -------------------------------------------------------------------------------


def test_who_was_on_the_way_somewhere_gets_there() -> None:
    an_account()
    client = in_app()
    page = client.get(client.get("/the-bhyt/")["Location"])
    assert typed_in(page)["tiep"] == "/the-bhyt/"
    assert _sign_in(client, tiep="/the-bhyt/")["Location"] == "/the-bhyt/"


@pytest.mark.parametrize(
    "to",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "\\\\evil.example",
        "///evil.example",
        "javascript:alert(1)",
        "http:/evil.example",
        " https://evil.example",
        "\t//evil.example",
        "quan-ly-ca-nhan/",
        "/can-bo/",
        "",
    ],
)
def test_address_that_is_not_ours_is_not_followed(to: str) -> None:
    an_account()
    assert _sign_in(in_app(), tiep=to)["Location"] == "/quan-ly-ca-nhan/"


def test_address_cannot_bring_headers_of_its_own() -> None:
    an_account()
    answer = _sign_in(in_app(), tiep="/the-bhyt/\r\nSet-Cookie: a=b")
    assert "a" not in answer.cookies
    assert "\n" not in answer["Location"]


def test_who_is_signed_in_starts_at_their_record() -> None:
    assert at_home().get("/")["Location"] == "/quan-ly-ca-nhan/"


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("/dang-nhap/", "/quan-ly-ca-nhan/"),
        ("/dang-nhap/?ly_do=expired", "/quan-ly-ca-nhan/"),
        ("/dang-nhap/?tiep=%2Fthe-bhyt%2F", "/the-bhyt/"),
        ("/dang-nhap/?tiep=https%3A%2F%2Fevil.example%2F", "/quan-ly-ca-nhan/"),
    ],
)
def test_going_back_to_the_door_while_signed_in_leads_on(address: str, leads_to: str) -> None:
    assert at_home().get(address)["Location"] == leads_to


# --- cookies that do not come back ----------------------------------------------------------------


@pytest.mark.parametrize("door", ["/", "/?app=1", "/dang-nhap/?tiep=x", "/dang-nhap/thiet-bi/"])
def test_session_cookie_that_does_not_come_back_is_explained(door: str) -> None:
    browser = Client(headers={"Referer": f"http://testserver{door}"})
    answer = browser.get("/quan-ly-ca-nhan/")
    said = text_of(browser.get(answer["Location"]))
    assert "trình duyệt không giữ cookie" in said
    assert "cho phép cookie với trang này" in said


@pytest.mark.parametrize(
    "came_from", ["", "http://testserver/ho-tro/", "https://evil.example/", "http://[", "//"]
)
def test_who_comes_from_elsewhere_is_not_told_of_cookies(came_from: str) -> None:
    browser = Client(headers={"Referer": came_from})
    assert browser.get("/quan-ly-ca-nhan/")["Location"] == "/dang-nhap/"


def test_going_back_after_signing_out_is_not_told_of_cookies() -> None:
    an_account()
    client = in_app()
    _sign_in(client)
    client.post("/thoat/")
    answer = client.get("/quan-ly-ca-nhan/", headers={"Referer": "http://testserver/dang-nhap/"})
    assert answer["Location"] == "/dang-nhap/"


# --- pages over one account -----------------------------------------------------------------------


def test_portrait_is_ones_own() -> None:
    client = at_home()
    assert client.get("/quan-ly-ca-nhan/anh/").status_code == 404


def test_session_of_one_never_shows_another() -> None:
    at_home(KHOA)
    assert KHOA.full_name not in at_home().get("/quan-ly-ca-nhan/").content.decode()


def test_ended_session_does_not_come_back_by_its_id() -> None:
    account = an_account()
    client = with_session(a_session(account))
    sessions.sign_out(number=HONG.number, session_id=live_session(account), now=utc_now())
    assert not _is_in(client)
    assert Account.objects.filter(pk=HONG.number).exists()
