"""«Đổi mật khẩu» on the screen (guides A03–A05), and where its code has come to."""

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client

from tests.factories import HONG, KHOA, PASSWORD, another_code, last_code
from tests.web.visiting import at_home, text_of, typed_in, with_session
from vssid.accounts.models import Account
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Message, State

pytestmark = pytest.mark.django_db
NEW = "mua roi tren pho 8"


def _change(client: Client, old: str = PASSWORD, new: str = NEW, again: str = "") -> Any:
    sent = {"old": old, "new": new, "again": again or new}
    return client.post("/doi-mat-khau/", sent)


def _opens(password: str) -> bool:
    return check_password(password, Account.objects.get(pk=HONG.number).password)


def test_a03_first_change_lands_on_the_record() -> None:
    client = at_home(must_change=True)
    page = _change(client)
    assert "0912***001" in text_of(page)
    sent = {"ve": typed_in(page)["ve"], "code": last_code()}
    assert client.post("/doi-mat-khau/", sent)["Location"] == "/quan-ly-ca-nhan/"
    assert client.get("/quan-ly-ca-nhan/").status_code == 200
    assert _opens(NEW)


def test_a04_later_change_says_that_it_is_done() -> None:
    client = at_home()
    sent = {"ve": typed_in(_change(client))["ve"], "code": last_code()}
    answer = client.post("/doi-mat-khau/", sent)
    assert answer["Location"] == "/doi-mat-khau/xong/"
    assert client.get(answer["Location"]).status_code == 200


def test_copy_of_the_cookie_is_worth_nothing_after_the_change() -> None:
    client = at_home()
    thief = with_session(client.cookies["phien"].value)
    assert thief.get("/quan-ly-ca-nhan/").status_code == 200
    sent = {"ve": typed_in(_change(client))["ve"], "code": last_code()}
    answer = client.post("/doi-mat-khau/", sent)
    assert answer.cookies["phien"]["httponly"]
    assert client.get("/quan-ly-ca-nhan/").status_code == 200
    assert thief.get("/quan-ly-ca-nhan/").status_code == 302


@pytest.mark.parametrize("zero", ["\uff10", "\u0660", "\U0001d7ce"])
def test_code_may_be_typed_in_the_digits_of_any_keyboard(zero: str) -> None:
    client = at_home()
    ticket = typed_in(_change(client))["ve"]
    typed = "".join(chr(ord(zero) + int(digit)) for digit in last_code())
    assert client.post("/doi-mat-khau/", {"ve": ticket, "code": typed}).status_code == 302
    assert _opens(NEW)


def test_sign_that_only_looks_like_a_digit_is_none() -> None:
    client = at_home()
    ticket = typed_in(_change(client))["ve"]
    answer = client.post("/doi-mat-khau/", {"ve": ticket, "code": "12345²"})
    assert "Mã OTP gồm 6 chữ số" in text_of(answer)


def test_email_that_is_new_is_not_offered_for_the_code() -> None:
    client = at_home(KHOA)
    sent = {"ve": typed_in(_change(client))["ve"], "kiem-tra": "1"}
    assert 'value="email"' in client.post("/doi-mat-khau/", sent).content.decode()
    Account.objects.update(email_since=utc_now())
    page = client.post("/doi-mat-khau/", sent)
    assert "0912***002" in text_of(page)
    assert 'value="email"' not in page.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"old": "not mine 8"}, "Mật khẩu cũ chưa đúng"),
        ({"again": "another one 8"}, "chưa giống nhau"),
        ({"new": "short", "again": "short"}, "từ 8 đến 128 ký tự"),
        ({"new": "password1", "again": "password1"}, "quá phổ biến"),
        ({"new": f"x{HONG.number}", "again": f"x{HONG.number}"}, "không được chứa mã số BHXH"),
        ({"new": PASSWORD, "again": PASSWORD}, "đã dùng mật khẩu này gần đây"),
        ({"new": " ", "again": " "}, "từ 8 đến 128 ký tự"),
    ],
)
def test_bad_password_is_explained_and_shown_nowhere(sent: dict[str, str], said: str) -> None:
    answer = _change(at_home(), **sent)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert PASSWORD not in answer.content.decode()
    assert not Message.objects.exists()


def test_empty_form_is_explained() -> None:
    answer = at_home().post("/doi-mat-khau/", {})
    assert answer.status_code == 422
    assert "Xin nhập mật khẩu cũ" in text_of(answer)


def test_wrong_code_is_explained_and_may_be_typed_again() -> None:
    client = at_home()
    ticket = typed_in(_change(client))["ve"]
    wrong = another_code(last_code())
    answer = client.post("/doi-mat-khau/", {"ve": ticket, "code": wrong})
    assert answer.status_code == 422
    assert "bạn còn 4 lần nhập" in text_of(answer)
    assert typed_in(answer)["ve"] == ticket
    assert client.post("/doi-mat-khau/", {"ve": ticket, "code": last_code()}).status_code == 302


def test_code_missing_is_asked_for() -> None:
    client = at_home()
    ticket = typed_in(_change(client))["ve"]
    answer = client.post("/doi-mat-khau/", {"ve": ticket, "code": ""})
    assert "Xin nhập mã OTP" in text_of(answer)


def test_resend_too_early_is_explained() -> None:
    client = at_home()
    ticket = typed_in(_change(client))["ve"]
    answer = client.post("/doi-mat-khau/", {"ve": ticket, "gui-lai": "1"})
    assert "Xin chờ" in text_of(answer)


@pytest.mark.parametrize("ticket", ["", "nonsense"])
def test_ticket_that_is_not_ours_begins_again(ticket: str) -> None:
    answer = at_home().post("/doi-mat-khau/", {"ve": ticket, "code": "490217"})
    assert answer["Location"] == "/doi-mat-khau/"
    assert _opens(PASSWORD)


def test_password_without_end_is_explained() -> None:
    answer = _change(at_home(), new="x" * 10_000)
    assert answer.status_code == 422
    assert "từ 8 đến 128 ký tự" in text_of(answer)


# --- the code's message ---------------------------------------------------------------------------


def _mark(state: State) -> None:
    Message.objects.update(state=state, secret=None)


def _status_address(page: Any) -> str:
    found = re.search(r'data-code-status="([^"]+)"', page.content.decode())
    assert found
    return unescape(found[1])


def test_code_field_is_filled_by_the_phone_itself() -> None:
    html = _change(at_home()).content.decode()
    field = re.search(r'<input class="input input-code"[^>]*>', html)
    assert field
    assert 'autocomplete="one-time-code"' in field[0]
    assert 'inputmode="numeric"' in field[0]


def test_page_learns_that_the_message_was_sent() -> None:
    client = at_home()
    page = _change(client)
    assert "Đang gửi tin nhắn đến 0912***001" in text_of(page)
    _mark(State.SENT)
    piece = client.get(_status_address(page))
    assert piece["Cache-Control"] == "private, no-store"
    assert "Tin nhắn đã gửi đến 0912***001" in text_of(piece)


def test_undelivered_message_is_said_so_with_the_second_channel_and_the_hotline() -> None:
    client = at_home(KHOA)
    ticket = typed_in(_change(client))["ve"]
    _mark(State.FAILED)
    page = client.post("/doi-mat-khau/", {"ve": ticket, "kiem-tra": "1", "gui-lai": "1"})
    said = text_of(page)
    assert page.status_code == 200
    assert "Chưa gửi được tin nhắn đến 0912***002" in said
    assert "Gửi mã qua email" in said
    assert "1900 9068" in said
    assert Message.objects.count() == 1, "looking again sends nothing"
    page = client.post("/doi-mat-khau/", {"ve": ticket, "gui-lai": "1", "kenh": "email"})
    assert "Đang gửi thư điện tử đến k***@example.com" in text_of(page)
    assert Message.objects.order_by("id").last().address == KHOA.email  # type: ignore[union-attr]
    assert "Gửi mã qua tin nhắn SMS" in text_of(page)


def test_account_without_an_email_is_not_offered_one() -> None:
    client = at_home()
    page = _change(client)
    _mark(State.FAILED)
    assert "Gửi mã qua email" not in text_of(page)
    piece = text_of(client.get(_status_address(page)))
    assert "Chưa gửi được tin nhắn" in piece
    assert "kiểm tra lại địa chỉ nhận mã" in piece


def test_resend_too_early_waits_with_its_seconds() -> None:
    client = at_home()
    ticket = typed_in(_change(client))["ve"]
    answer = client.post("/doi-mat-khau/", {"ve": ticket, "gui-lai": "1"})
    assert answer.status_code == 429
    assert 55 <= int(answer["Retry-After"]) <= 60


@pytest.mark.parametrize("key", ["", "nonsense", "ă"])
def test_status_of_nothing_is_not_found(key: str) -> None:
    assert Client().get("/ma-otp/trang-thai/", {"ma": key}).status_code == 404


def test_status_of_a_used_code_is_not_found() -> None:
    client = at_home()
    page = _change(client)
    client.post("/doi-mat-khau/", {"ve": typed_in(page)["ve"], "code": last_code()})
    assert client.get(_status_address(page)).status_code == 404


# --- six months -----------------------------------------------------------------------------------


def _age(days: int) -> None:
    Account.objects.update(password_set_at=utc_now() - timedelta(days=days))


def test_a05_home_warns_in_the_last_two_weeks_until_the_password_is_changed() -> None:
    client = at_home()
    assert "đến hạn đổi" not in text_of(client.get("/quan-ly-ca-nhan/"))
    _age(170)
    page = client.get("/quan-ly-ca-nhan/")
    assert "Mật khẩu của bạn đến hạn đổi sau 10 ngày." in text_of(page)
    sent = {"ve": typed_in(_change(client))["ve"], "code": last_code()}
    client.post("/doi-mat-khau/", sent)
    fresh = client.get("/quan-ly-ca-nhan/", headers={"If-None-Match": page["ETag"]})
    assert fresh.status_code == 200
    assert "đến hạn đổi" not in text_of(fresh)


def test_a05_after_six_months_nothing_opens_before_the_change() -> None:
    client = at_home()
    _age(181)
    assert client.get("/the-bhyt/")["Location"] == "/doi-mat-khau/"
    said = text_of(client.get("/doi-mat-khau/"))
    assert "Đã đến hạn đổi mật khẩu" in said
    assert "lần đầu" not in said
    sent = {"ve": typed_in(_change(client))["ve"], "code": last_code()}
    assert client.post("/doi-mat-khau/", sent)["Location"] == "/quan-ly-ca-nhan/"
    assert client.get("/the-bhyt/").status_code == 200


def test_a03_first_password_has_its_own_sentence_however_old() -> None:
    client = at_home(must_change=True)
    _age(181)
    said = text_of(client.get("/doi-mat-khau/"))
    assert "Xin đổi mật khẩu lần đầu" in said
    assert "Đã đến hạn" not in said
