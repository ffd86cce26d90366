"""A page is reloaded, or a change begun again, while the pause between two codes runs."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import HONG, PASSWORD, last_code
from tests.web.visiting import at_home, text_of, typed_in
from vssid.accounts.models import Account, OneTimeCode
from vssid.messaging.models import Message

pytestmark = pytest.mark.django_db

NEW = "mua roi tren pho 8"
PASSWORDS = {"old": PASSWORD, "new": NEW, "again": NEW}
NEW_PHONE = "0987 654 321"
SERVES, EARLIER = "Mã vừa được gửi", "Mã đã gửi trước đó không dùng cho lần này"
STARTS = [
    ("/tai-khoan/so-dien-thoai/", {"phone": NEW_PHONE}),
    ("/tai-khoan/email/", {"email": "anh.moi@example.com"}),
    ("/tai-khoan/smart-otp/", {"cach": "may"}),
    ("/tai-khoan/van-tay/them/", {}),
    ("/tai-khoan/dong/", {}),
]


@pytest.fixture
def client() -> Client:
    """Hồng's browser."""
    return at_home()


def _typed(page: Any, code: str) -> dict[str, str]:
    return {**{k: v for k, v in typed_in(page).items() if k != "gui-lai"}, "code": code}


def _asks_for_a_code(page: Any) -> bool:
    return 'name="code"' in page.content.decode() and "Gửi lại mã" in text_of(page)


def _pause_is_over() -> None:
    for code in OneTimeCode.objects.all():
        code.created_at -= settings.VSSID_CODE_RESEND_AFTER
        code.save(update_fields=["created_at"])


@pytest.mark.parametrize(("address", "sent"), STARTS)
def test_whoever_begins_the_same_again_types_the_code_in_hand(
    client: Client, address: str, sent: dict[str, str]
) -> None:
    assert client.post(address, sent).status_code == 200
    code = last_code()
    again = client.post(address, sent)
    assert again.status_code == 429
    assert SERVES in text_of(again)
    assert _asks_for_a_code(again)
    assert Message.objects.filter(template__startswith="code.").count() == 1
    answer = client.post(address, _typed(again, code))
    assert answer.status_code in {200, 302}
    assert "Mã OTP chưa đúng" not in text_of(answer)


@pytest.mark.parametrize(
    ("address", "first", "other"),
    [
        ("/doi-mat-khau/", PASSWORDS, PASSWORDS),
        ("/tai-khoan/so-dien-thoai/", {"phone": NEW_PHONE}, {"phone": "0987 654 322"}),
        ("/tai-khoan/email/", {"email": "a@example.com"}, {"email": "b@example.com"}),
    ],
)
def test_code_for_something_else_is_said_so_and_another_comes_after_the_pause(
    client: Client, address: str, first: dict[str, str], other: dict[str, str]
) -> None:
    client.post(address, first)
    page = client.post(address, other)
    assert page.status_code == 429
    assert EARLIER in text_of(page)
    assert _asks_for_a_code(page)
    assert 'data-resend="0"' not in page.content.decode()
    _pause_is_over()
    page = client.post(address, {"ve": typed_in(page)["ve"], "gui-lai": "1"})
    assert page.status_code == 200
    assert client.post(address, _typed(page, last_code())).status_code in {200, 302}


def test_second_channel_counts_down_with_its_own_words() -> None:
    client = at_home()
    Account.objects.update(email="hong@example.com")
    html = client.post("/doi-mat-khau/", PASSWORDS).content.decode()
    assert "Gửi mã qua email sau {s} giây" in html
    assert "Gửi lại mã sau {s} giây" in html


def test_spent_hour_keeps_what_was_typed_as_well(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "VSSID_CODES_PER_HOUR", 0)
    page = client.post("/doi-mat-khau/", PASSWORDS)
    assert page.status_code == 429
    assert "đã nhận nhiều mã" in text_of(page)
    assert _asks_for_a_code(page)
    monkeypatch.undo()
    page = client.post("/doi-mat-khau/", {"ve": typed_in(page)["ve"], "gui-lai": "1"})
    assert client.post("/doi-mat-khau/", _typed(page, last_code())).status_code == 302


def test_code_page_says_how_long_a_code_holds_and_where_a_slip_is_mended(client: Client) -> None:
    page = client.post("/tai-khoan/email/", {"email": "anh.moi@example.com"})
    assert "anh.moi@example.com" in text_of(page)
    page = client.post("/tai-khoan/email/", _typed(page, last_code(HONG.phone)))
    said = text_of(page)
    assert "Đang gửi thư điện tử đến anh.moi@example.com" in said
    assert "tin nhắn" not in said.split("Bước 2/2")[1]
    assert f"Mã có hiệu lực {settings.VSSID_CODE_LIFETIME // timedelta(minutes=1)} phút" in said
    assert "Sửa lại" in said
