"""How a session ends, and what the open page is told (guides A07, A10)."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import HONG, KHOA, PASSWORD, a_session, an_account
from tests.web.visiting import at_home, text_of, typed_in, with_session
from vssid.accounts.commands import sessions
from vssid.accounts.models import Account, EndReason, KeptForm, Session
from vssid.kernel.clock import utc_now

pytestmark = pytest.mark.django_db
KEPT = "Chúng tôi đã giữ lại những gì bạn gõ lúc trước."
IDLE, TOTAL = 30 * 60, 12 * 60 * 60


def _is_in(client: Client) -> bool:
    return client.get("/quan-ly-ca-nhan/").status_code == 200


def _seen(minutes_ago: float, *, started_hours_ago: float = 1) -> None:
    now = utc_now()
    Session.objects.update(
        last_seen_at=now - timedelta(minutes=minutes_ago),
        started_at=now - timedelta(hours=started_hours_ago),
    )


# --- signing out ----------------------------------------------------------------------------------


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


# --- what was typed -------------------------------------------------------------------------------


def test_ended_session_keeps_what_was_typed_and_returns_to_it_after_signing_in() -> None:
    client = at_home()
    _seen(31)
    sent = client.post("/tai-khoan/email/", {"email": "hong.anh@example.com"})
    door = client.get(sent["Location"])
    assert "đã hết thời gian" in text_of(door)
    client.cookies["ung_dung"] = "1"
    entered = {"number": HONG.number, "password": PASSWORD, "tiep": typed_in(door)["tiep"]}
    page = client.get(client.post("/dang-nhap/", entered)["Location"])
    assert typed_in(page)["email"] == "hong.anh@example.com"
    assert KEPT in text_of(page)
    assert KEPT not in text_of(client.get("/tai-khoan/email/"))


@pytest.mark.parametrize("reason", EndReason)
def test_what_was_typed_is_kept_only_where_the_owner_may_have_typed_it(reason: EndReason) -> None:
    client = at_home()
    sessions.end_sessions(number=HONG.number, reason=reason, now=utc_now())
    client.post("/tai-khoan/email/", {"email": "hong.anh@example.com"})
    is_kept = reason in {EndReason.EXPIRED, EndReason.TAKEN_OVER}
    assert KeptForm.objects.exists() == is_kept


def test_page_says_nothing_of_what_it_does_not_show_again() -> None:
    client = at_home()
    _seen(31)
    sent = client.post("/tai-khoan/email/", {"bo": "1"})
    to = typed_in(client.get(sent["Location"]))["tiep"]
    again = with_session(a_session(Account.objects.get()))
    assert KEPT not in text_of(again.get(to))


def test_what_was_typed_is_given_to_nobody_else() -> None:
    client = at_home()
    _seen(31)
    sent = client.post("/tai-khoan/email/", {"email": "hong.anh@example.com"})
    to = typed_in(client.get(sent["Location"]))["tiep"]
    another = at_home(KHOA)
    assert "hong.anh@example.com" not in another.get(to).content.decode()


# --- what the open page asks ----------------------------------------------------------------------


def test_open_page_is_told_how_long_the_session_lasts() -> None:
    client = at_home()
    _seen(10)
    answer = client.get("/phien/")
    assert answer.status_code == 200
    assert answer.json()["ends_in"] == pytest.approx(IDLE - 10 * 60, abs=30)
    assert answer.json()["may_extend"]
    assert answer["Cache-Control"] == "private, no-store"


def test_open_page_is_told_whose_session_it_is_and_the_present_key_of_its_forms() -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["phien"] = a_session(an_account())
    old = typed_in(client.get("/cai-dat/"))["csrfmiddlewaretoken"]
    del client.cookies["chong_gia_mao"]
    told = client.get("/phien/").json()
    assert told["number"] == HONG.number
    assert client.post("/phien/gia-han/", {"csrfmiddlewaretoken": old}).status_code == 403
    sent = {"csrfmiddlewaretoken": told["key"]}
    assert client.post("/phien/gia-han/", sent).status_code == 200


def test_asking_neither_extends_the_session_nor_writes() -> None:
    client = at_home()
    _seen(10)
    before = Session.objects.values().get()
    client.get("/phien/")
    assert Session.objects.values().get() == before


def test_last_minutes_of_the_day_cannot_be_extended() -> None:
    client = at_home()
    _seen(1, started_hours_ago=11.99)
    told = client.get("/phien/").json()
    assert told["ends_in"] < 60
    assert not told["may_extend"]
    assert client.post("/phien/gia-han/").json()["ends_in"] <= told["ends_in"]


def test_extending_begins_the_idle_time_anew() -> None:
    client = at_home()
    _seen(29)
    assert client.get("/phien/").json()["ends_in"] < 120
    assert client.post("/phien/gia-han/").json()["ends_in"] == pytest.approx(IDLE, abs=30)
    assert client.get("/phien/").json()["ends_in"] == pytest.approx(IDLE, abs=30)


def test_extending_needs_the_key_of_a_page_of_ours() -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["phien"] = a_session(an_account())
    _seen(29)
    assert client.post("/phien/gia-han/").status_code == 403
    assert client.get("/phien/").json()["ends_in"] < 120


def test_link_alone_extends_nothing() -> None:
    client = at_home()
    _seen(29)
    assert client.get("/phien/gia-han/").status_code == 302
    assert client.get("/phien/").json()["ends_in"] < 120


def test_ended_session_is_not_extended() -> None:
    client = at_home()
    _seen(31)
    answer = client.post("/phien/gia-han/")
    assert (answer.status_code, answer.json()["reason"]) == (401, "expired")
    assert not _is_in(client)


@pytest.mark.parametrize("cookie", ["", "nonsense"])
def test_open_page_of_nobody_is_told_so(cookie: str) -> None:
    for answer in (
        with_session(cookie).get("/phien/"),
        with_session(cookie).post("/phien/gia-han/"),
    ):
        assert answer.status_code == 401
        assert answer.json()["reason"] == ""
        assert "Xin đăng nhập lại" in answer.json()["sentence"]
        assert "phien" not in answer.cookies


SENTENCES = {
    EndReason.SIGNED_OUT: "Bạn đã thoát",
    EndReason.TAKEN_OVER: "trên thiết bị khác",
    EndReason.EXPIRED: "đã hết thời gian",
    EndReason.RESET: "Mật khẩu vừa được đặt lại",
    EndReason.DISOWNED: "báo «Không phải tôi»",
    EndReason.DESK: "Cơ quan BHXH vừa đổi",
}


@pytest.mark.parametrize("reason", EndReason)
def test_each_end_has_its_own_sentence_on_the_open_page_and_at_the_door(reason: EndReason) -> None:
    client = at_home()
    sessions.end_sessions(number=HONG.number, reason=reason, now=utc_now())
    told = client.get("/phien/")
    assert (told.status_code, told.json()["reason"]) == (401, reason.value)
    assert SENTENCES[reason] in told.json()["sentence"]
    door = client.get(client.get("/the-bhyt/")["Location"])
    assert told.json()["sentence"] in text_of(door)


# --- the page itself ------------------------------------------------------------------------------


def test_page_of_somebody_signed_in_watches_its_session() -> None:
    page = at_home().get("/quan-ly-ca-nhan/").content.decode()
    assert 'data-state="/phien/"' in page
    assert 'action="/phien/gia-han/"' in page


@pytest.mark.parametrize("address", ["/", "/dang-nhap/", "/ho-tro/"])
def test_page_of_nobody_watches_nothing(address: str) -> None:
    assert "/phien/gia-han/" not in Client().get(address).content.decode()


@pytest.mark.parametrize("address", ["/dang-nhap/"])
def test_door_knows_the_time_to_compare_the_clock_of_the_device_with(address: str) -> None:
    page = Client().get(address).content.decode()
    told = int(page.partition('data-clock="')[2].partition('"')[0])
    assert abs(told - utc_now().timestamp()) < 60
    assert abs(Client().get("/phien/").json()["now"] - told) < 60
