"""«Không phải tôi?»: the link in the notice of a sign-in (guides A07)."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import HONG, PASSWORD, a_session, an_account, another_code, last_code
from tests.web.visiting import in_app, live_session, text_of, typed_in, with_session
from vssid.accounts.commands.disowning import make_link
from vssid.accounts.models import Account, DisownLink, EndReason, Session
from vssid.kernel.clock import format_datetime, utc_now

pytestmark = pytest.mark.django_db


def _link() -> str:
    """The path that the notice of the live session leads to."""
    account = Account.objects.get()
    link = make_link(number=HONG.number, session_id=live_session(account), now=utc_now())
    return "/khong-phai-toi/" + link.partition("/khong-phai-toi/")[2]


def _sign_in(client: Client) -> Any:
    return client.post("/dang-nhap/", {"number": HONG.number, "password": PASSWORD})


def test_link_shows_the_sign_in_and_what_the_button_does() -> None:
    a_session(an_account())
    answer = Client().get(_link())
    said = text_of(answer)
    assert answer.status_code == 200
    assert "Firefox trên Linux" in said
    assert format_datetime(Session.objects.get().started_at) in said
    assert "thiết bị đó bị đăng xuất ngay và tài khoản bị khóa" in said
    assert HONG.number not in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"


def test_looking_changes_nothing() -> None:
    client = with_session(a_session(an_account()))
    Client().get(_link())
    assert Account.objects.get().locked_at is None
    assert client.get("/quan-ly-ca-nhan/").status_code == 200


def test_button_cuts_the_session_off_locks_the_account_and_says_how_to_get_in_again() -> None:
    client = with_session(a_session(an_account()))
    link, owner = _link(), Client()
    said = text_of(owner.get(owner.post(link)["Location"]))
    assert "đã được khóa" in said
    assert "Đặt mật khẩu mới bằng «Quên mật khẩu»" in said
    assert client.get("/phien/").json()["reason"] == EndReason.DISOWNED
    assert "chủ tài khoản đã báo «Không phải tôi»" in text_of(_sign_in(in_app()))


def test_pressing_twice_is_no_failure() -> None:
    a_session(an_account())
    link = _link()
    assert [Client().post(link).status_code for _ in range(2)] == [302, 302]


@pytest.mark.parametrize("code", ["nonsense", "a" * 16, "A-_" * 100])
def test_link_that_is_not_ours_leads_on_and_does_nothing(code: str) -> None:
    an_account()
    for answer in (
        Client().get(f"/khong-phai-toi/{code}/"),
        Client().post(f"/khong-phai-toi/{code}/"),
    ):
        assert answer.status_code == 404
        assert "xin đặt lại mật khẩu" in text_of(answer)
    assert Account.objects.get().locked_at is None


def test_link_past_its_days_does_nothing() -> None:
    a_session(an_account())
    link = _link()
    DisownLink.objects.update(expires_at=utc_now())
    assert Client().get(link).status_code == 404
    assert Client().post(link).status_code == 404
    assert Account.objects.get().locked_at is None


def test_session_begun_before_the_link_was_used_cannot_be_taken_over_afterwards() -> None:
    a_session(an_account())
    thief = in_app()
    ticket = typed_in(_sign_in(thief))["ve"]
    thief.post("/dang-nhap/thiet-bi/", {"ve": ticket})
    code = last_code()
    Client().post(_link())
    answer = thief.post("/dang-nhap/thiet-bi/", {"ve": ticket, "code": code})
    assert answer["Location"] == "/dang-nhap/?ly_do=expired"
    assert "phien" not in answer.cookies
    wrong = thief.post("/dang-nhap/thiet-bi/", {"ve": ticket, "code": another_code(code)})
    assert "phien" not in wrong.cookies


def test_both_answers_stand_above_the_details() -> None:
    a_session(an_account())
    said = text_of(Client().get(_link()))
    places = [
        said.index(words)
        for words in ("Không phải tôi, khóa tài khoản", "Đúng là tôi", "Lần đăng nhập này")
    ]
    assert places == sorted(places)


def test_bad_link_has_a_button_to_what_it_names() -> None:
    page = Client().get("/khong-phai-toi/nonsense/").content.decode()
    assert 'href="/quen-mat-khau/"' in page
    title = page.split('class="notice-title"')[1].split("</p>")[0]
    assert "Quên mật khẩu" not in title
