"""Signing in, the second device, signing out (guides A01–A03, A07, A10)."""

from datetime import timedelta
from typing import Any

import pytest
from captcha.models import CaptchaStore
from django.test import Client

from tests.factories import HONG, KHOA, PASSWORD, a_session, an_account, another_code, last_code
from tests.web.visiting import at_home, in_app, live_session, text_of, typed_in, with_session
from vssid.accounts.commands import sessions
from vssid.accounts.models import Account, Session
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Message

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


def test_sixth_try_is_locked_also_with_the_other_number_of_the_same_person() -> None:
    an_account()
    for count in range(5):
        answer = _sign_in(in_app(), (HONG.number, HONG.id_number)[count % 2], "wrong password")
    assert "Xin chờ 15 phút" in text_of(answer)
    assert "Xin chờ 15 phút" in text_of(_sign_in(in_app()))


@pytest.mark.parametrize(
    ("number", "password", "said"),
    [
        ("", PASSWORD, "Xin nhập mã số BHXH"),
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


# --- the second device ----------------------------------------------------------------------------


def _second(client: Client, **sent: str) -> Any:
    ticket = typed_in(_sign_in(client))["ve"]
    return ticket, client.post("/dang-nhap/thiet-bi/", {"ve": ticket, **sent})


def test_a07_second_device_is_warned_which_one_is_signed_in() -> None:
    first = with_session(a_session(an_account()))
    answer = _sign_in(in_app())
    assert "Firefox trên Linux" in text_of(answer)
    assert "phien" not in answer.cookies
    assert _is_in(first)
    assert not Message.objects.exists()


def test_a07_code_moves_the_account_and_the_first_device_is_told_why() -> None:
    first, second = with_session(a_session(an_account())), in_app()
    ticket, page = _second(second)
    assert "0912***001" in text_of(page)
    sent = {"ve": ticket, "code": last_code(), "tiep": "/the-bhyt/"}
    answer = second.post("/dang-nhap/thiet-bi/", sent, headers={"User-Agent": ANDROID})
    assert answer["Location"] == "/the-bhyt/"
    assert _is_in(second)
    out = first.get("/quan-ly-ca-nhan/")
    assert "đăng nhập trên thiết bị khác" in text_of(first.get(out["Location"]))
    assert Session.objects.get(ended_at=None).device == "Chrome trên Android"


def test_a07_wrong_code_moves_nothing_and_may_be_typed_again() -> None:
    first, second = with_session(a_session(an_account())), in_app()
    ticket, _page = _second(second)
    wrong = another_code(last_code())
    answer = second.post("/dang-nhap/thiet-bi/", {"ve": ticket, "code": wrong})
    assert answer.status_code == 422
    assert "bạn còn 4 lần nhập" in text_of(answer)
    assert _is_in(first)
    assert typed_in(answer)["ve"] == ticket


def test_resend_too_early_is_explained() -> None:
    a_session(an_account())
    client = in_app()
    ticket, _page = _second(client)
    assert "Xin chờ" in text_of(client.post("/dang-nhap/thiet-bi/", {"ve": ticket}))


@pytest.mark.parametrize("ticket", ["", "nonsense", "A" * 80])
def test_ticket_that_is_not_ours_leads_back(ticket: str) -> None:
    answer = Client().post("/dang-nhap/thiet-bi/", {"ve": ticket, "code": "490217"})
    assert answer["Location"] == "/dang-nhap/?ly_do=expired"
    assert "đã hết thời gian" in text_of(Client().get(answer["Location"]))


def test_ticket_is_too_old_after_a_quarter_of_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    a_session(an_account())
    client = in_app()
    ticket, _page = _second(client)
    later = utc_now() + timedelta(minutes=16)
    monkeypatch.setattr("vssid.web.citizen.sign_in.utc_now", lambda: later)
    answer = client.post("/dang-nhap/thiet-bi/", {"ve": ticket, "code": last_code()})
    assert answer["Location"] == "/dang-nhap/?ly_do=expired"


def test_code_page_is_no_address_of_its_own() -> None:
    assert Client().get("/dang-nhap/thiet-bi/").status_code == 302


# --- out again ------------------------------------------------------------------------------------


def test_a10_signing_out_ends_the_session_and_empties_the_cache_only() -> None:
    client = at_home()
    cookie = client.cookies["phien"].value
    answer = client.post("/thoat/")
    assert answer["Clear-Site-Data"] == '"cache"'
    assert answer.cookies["phien"].value == ""
    assert "Hẹn gặp lại" in text_of(client.get(answer["Location"]))
    assert not _is_in(with_session(cookie)), "a kept cookie opens nothing"


def test_link_alone_signs_nobody_out() -> None:
    client = at_home()
    assert client.get("/thoat/")["Location"] == "/quan-ly-ca-nhan/"
    assert _is_in(client)


def test_signing_out_twice_is_no_failure() -> None:
    client = at_home()
    client.post("/thoat/")
    assert client.post("/thoat/").status_code == 302


def test_session_that_went_idle_says_so_and_comes_back_to_the_page() -> None:
    client = at_home()
    Session.objects.update(last_seen_at=utc_now() - timedelta(minutes=31))
    answer = client.get("/the-bhyt/")
    assert answer.cookies["phien"].value == ""
    page = client.get(answer["Location"])
    assert "đã hết thời gian" in text_of(page)
    assert typed_in(page)["tiep"] == "/the-bhyt/"


def test_unknown_reason_in_the_address_says_nothing() -> None:
    page = Client().get("/dang-nhap/?ly_do=<b>free+money</b>")
    assert "free money" not in page.content.decode()


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
