"""«Đổi mật khẩu» on the screen (guides A03, A04)."""

from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.test import Client

from tests.factories import HONG, PASSWORD, another_code, last_code
from tests.web.visiting import at_home, text_of, typed_in
from vssid.accounts.models import Account
from vssid.messaging.models import Message

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
