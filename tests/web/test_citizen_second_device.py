"""The second device is told of the first, and moved to by a code (guides A07)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    HONG,
    KHOA,
    PASSWORD,
    a_session,
    an_account,
    another_code,
    last_code,
)
from tests.web.visiting import in_app, text_of, typed_in, with_session
from vssid.accounts.models import Account, OneTimeCode, Session
from vssid.kernel.clock import format_datetime, utc_now
from vssid.messaging.models import Message

pytestmark = pytest.mark.django_db
ANDROID = "Mozilla/5.0 (Linux; Android 13) Chrome/120.0 Mobile Safari/537.36"


def _is_in(client: Client) -> bool:
    return client.get("/quan-ly-ca-nhan/").status_code == 200


def _sign_in(client: Client) -> Any:
    sent = {"number": HONG.number, "password": PASSWORD}
    return client.post("/dang-nhap/", sent, headers={"User-Agent": ANDROID})


def _second(client: Client, **sent: str) -> Any:
    ticket = typed_in(_sign_in(client))["ve"]
    return ticket, client.post("/dang-nhap/thiet-bi/", {"ve": ticket, **sent})


def test_a07_second_device_is_warned_which_one_is_signed_in() -> None:
    first = with_session(a_session(an_account()))
    answer = _sign_in(in_app())
    assert "Firefox trên Linux" in text_of(answer)
    assert format_datetime(Session.objects.get().started_at) in text_of(answer)
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
    monkeypatch.setattr("vssid.web.citizen.entry.second_device.utc_now", lambda: later)
    answer = client.post("/dang-nhap/thiet-bi/", {"ve": ticket, "code": last_code()})
    assert answer["Location"] == "/dang-nhap/?ly_do=expired"


@pytest.mark.parametrize("change", [{"password": "another hash"}, {"locked_at": utc_now()}])
def test_ticket_from_before_a_new_password_or_a_lock_opens_nothing_and_sends_no_code(
    change: dict[str, object],
) -> None:
    a_session(an_account())
    client = in_app()
    ticket, _page = _second(client)
    code, sent = last_code(), Message.objects.count()
    Account.objects.update(**change)
    OneTimeCode.objects.update(created_at=utc_now() - timedelta(minutes=2))
    for typed in ({}, {"gui-lai": "1"}, {"code": code}):
        answer = client.post("/dang-nhap/thiet-bi/", {"ve": ticket, **typed})
        assert answer["Location"] == "/dang-nhap/?ly_do=expired"
    assert Message.objects.count() == sent
    assert "phien" not in client.cookies


def test_email_that_is_new_is_not_offered_for_the_code() -> None:
    a_session(an_account(KHOA))
    client = in_app()
    sent = {"number": KHOA.number, "password": PASSWORD}
    ticket = typed_in(client.post("/dang-nhap/", sent))["ve"]
    assert 'value="email"' in client.post("/dang-nhap/thiet-bi/", {"ve": ticket}).content.decode()
    Account.objects.update(email_since=utc_now())
    OneTimeCode.objects.update(created_at=utc_now() - timedelta(minutes=2))
    wish = {"ve": ticket, "gui-lai": "1", "kenh": "email"}
    page = client.post("/dang-nhap/thiet-bi/", wish)
    assert 'value="email"' not in page.content.decode()
    codes = Message.objects.filter(template="code.device")
    assert {one.address for one in codes} == {KHOA.phone}
    assert codes.count() == 2


def test_code_page_is_no_address_of_its_own() -> None:
    assert Client().get("/dang-nhap/thiet-bi/").status_code == 302


def test_code_page_tells_how_long_another_code_takes() -> None:
    a_session(an_account())
    client = in_app()
    ticket, _page = _second(client)
    answer = client.post("/dang-nhap/thiet-bi/", {"ve": ticket, "gui-lai": "1"})
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 60


def test_ticket_of_an_account_that_is_gone_leads_back() -> None:
    a_session(an_account())
    client = in_app()
    ticket = typed_in(_sign_in(client))["ve"]
    Session.objects.all().delete()
    Account.objects.filter(pk=HONG.number).delete()
    answer = client.post("/dang-nhap/thiet-bi/", {"ve": ticket})
    assert answer["Location"] == "/dang-nhap/?ly_do=expired"


def test_same_device_goes_on_without_a_code() -> None:
    an_account()
    client = in_app()
    _sign_in(client)
    del client.cookies["phien"]
    assert _sign_in(client)["Location"] == "/quan-ly-ca-nhan/"
