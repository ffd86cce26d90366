"""«Thiết bị» and «Cài đặt» (guides A07)."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.factories import HONG, KHOA, PASSWORD, an_account
from tests.web.visiting import at_home, in_app, text_of
from vssid.accounts.models import Account, KnownDevice, Session
from vssid.kernel.clock import format_datetime, utc_now

pytestmark = pytest.mark.django_db
ANDROID = "Mozilla/5.0 (Linux; Android 13) Chrome/120.0 Mobile Safari/537.36"
OTHER = "Safari trên iPhone"


def _signed_in() -> Client:
    """The browser of a phone that signed in by the door, and so has its device's cookie."""
    an_account()
    client = in_app()
    sent = {"number": HONG.number, "password": PASSWORD}
    client.post("/dang-nhap/", sent, headers={"User-Agent": ANDROID})
    return client


def _another(account: Account | None = None, name: str = OTHER) -> UUID:
    now = utc_now()
    made = KnownDevice.objects.create(
        account=account or Account.objects.get(),
        id=uuid4(),
        name=name,
        first_seen_at=now - timedelta(days=40),
        last_seen_at=now - timedelta(days=3),
    )
    return made.id


def _forgetting(client: Client) -> str:
    """Where «Quên thiết bị này» of the first device leads."""
    page = client.get("/tai-khoan/thiet-bi/").content.decode()
    return "/tai-khoan/thiet-bi/quen/?may=" + page.partition("quen/?may=")[2].partition('"')[0]


def _confirm(client: Client, address: str) -> Any:
    return client.post("/tai-khoan/thiet-bi/quen/", {"may": address.partition("=")[2]})


def test_this_device_is_shown_with_the_time_it_signed_in() -> None:
    said = text_of(_signed_in().get("/tai-khoan/thiet-bi/"))
    assert "Chrome trên Android" in said
    assert format_datetime(Session.objects.get().started_at) in said
    assert "Chưa có thiết bị nào khác" in said
    assert "Quên thiết bị này" not in said


def test_known_devices_are_shown_with_their_first_and_last_day() -> None:
    client = _signed_in()
    device = KnownDevice.objects.get(id=_another())
    said = text_of(client.get("/tai-khoan/thiet-bi/"))
    for text in (
        OTHER,
        format_datetime(device.first_seen_at),
        format_datetime(device.last_seen_at),
    ):
        assert text in said
    assert device.id.hex not in client.get("/tai-khoan/thiet-bi/").content.decode()


def test_forgetting_asks_first_and_then_forgets_that_device_alone() -> None:
    client = _signed_in()
    device = _another()
    address = _forgetting(client)
    assert f"Quên {OTHER}?" in text_of(client.get(address))
    assert KnownDevice.objects.filter(id=device).exists()
    done = client.get(_confirm(client, address)["Location"])
    assert "Đã quên thiết bị" in text_of(done)
    assert [one.name for one in KnownDevice.objects.all()] == ["Chrome trên Android"]


def test_forgetting_asks_for_a_fresh_proof_and_comes_back() -> None:
    client = _signed_in()
    device = _another()
    address = _forgetting(client)
    Session.objects.update(proved_at=utc_now() - timedelta(minutes=21))
    asked = client.get(address)
    assert asked["Location"].startswith("/xac-nhan-lai/?tiep=%2Ftai-khoan%2Fthiet-bi%2Fquen%2F")
    assert _confirm(client, address)["Location"].startswith("/xac-nhan-lai/")
    assert KnownDevice.objects.filter(id=device).exists()


@pytest.mark.parametrize("token", ["", "nonsense", "A" * 80])
def test_token_that_is_not_ours_forgets_nothing(token: str) -> None:
    client = _signed_in()
    _another()
    assert _confirm(client, f"?may={token}")["Location"] == "/tai-khoan/thiet-bi/"
    assert client.get(f"/tai-khoan/thiet-bi/quen/?may={token}").status_code == 302
    assert KnownDevice.objects.count() == 2


def test_device_of_another_account_is_out_of_reach() -> None:
    client = _signed_in()
    _another(an_account(KHOA), "Edge trên Windows")
    device = _another(Account.objects.get(pk=HONG.number))
    address = _forgetting(client)
    KnownDevice.objects.filter(id=device).delete()
    KnownDevice.objects.filter(account_id=KHOA.number).update(id=device)
    assert _confirm(client, address)["Location"] == "/tai-khoan/thiet-bi/"
    assert KnownDevice.objects.filter(account_id=KHOA.number).exists()
    assert "Edge trên Windows" not in text_of(client.get("/tai-khoan/thiet-bi/"))


# --- «Cài đặt» ------------------------------------------------------------------------------------


def test_settings_lead_to_what_belongs_to_the_account() -> None:
    page = at_home().get("/cai-dat/").content.decode()
    for address in (
        "/ngon-ngu/",
        "/tai-khoan/van-tay/",
        "/tai-khoan/smart-otp/",
        "/tai-khoan/thiet-bi/",
        "/doi-mat-khau/",
    ):
        assert f'class="link-row" href="{address}"' in page


def test_settings_of_a_visitor_hold_the_language_and_the_way_in() -> None:
    answer = Client().get("/cai-dat/")
    assert answer.status_code == 200
    page = answer.content.decode()
    assert 'href="/ngon-ngu/"' in page
    assert 'href="/dang-nhap/?tiep=/cai-dat/"' in page
    assert "/tai-khoan/thiet-bi/" not in page
    assert "Thêm vào màn hình chính" in page
    assert "Cookie" in answer["Vary"]
