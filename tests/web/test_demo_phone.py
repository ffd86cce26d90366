"""The demo phone shows what arrived (only in demo settings)."""

import pytest
from django.conf import LazySettings
from django.test import Client

from tests.factories import an_officer
from tests.messaging.letters import PHONE, a_code, a_notice, deliver
from tests.staff.keys import give_smart_otp
from tests.web.visiting import text_of
from vssid.kernel import totp
from vssid.kernel.clock import utc_now
from vssid.messaging.models import DemoMessage
from vssid.staff.commands import own_keys
from vssid.staff.models import OfficerOtp
from vssid.web.demo import authenticators, cast
from vssid.web.demo.otp_secrets import smart_otp_secret

pytestmark = pytest.mark.django_db


def test_sms_is_shown_once_it_was_delivered() -> None:
    message = a_code()
    assert "490217" not in text_of(Client().get("/demo/dien-thoai/"))
    deliver(message)
    assert "490217" in text_of(Client().get("/demo/dien-thoai/"))


@pytest.mark.parametrize("typed", [PHONE, "0912 000 001", "84912000001"])
def test_messages_of_one_phone_are_found_however_it_is_typed(typed: str) -> None:
    deliver(a_code())
    assert "490217" in text_of(Client().get("/demo/dien-thoai/", {"so": typed}))


def test_messages_of_another_phone_are_left_out() -> None:
    deliver(a_code())
    answer = Client().get("/demo/dien-thoai/", {"so": "0912000002"})
    assert "490217" not in text_of(answer)


def test_newest_message_stands_first() -> None:
    deliver(a_notice())
    deliver(a_code())
    said = text_of(Client().get("/demo/dien-thoai/"))
    assert said.index("490217") < said.index("vua duoc doi")


@pytest.mark.parametrize("typed", ["\0", "<b>x</b>", "x" * 1000])
def test_nonsense_is_no_failure_and_runs_nowhere(typed: str) -> None:
    answer = Client().get("/demo/dien-thoai/", {"so": typed})
    assert answer.status_code == 200
    assert "<b>x" not in answer.content.decode()


def test_link_in_a_message_opens_where_the_demo_is_visited(settings: LazySettings) -> None:
    settings.VSSID_PUBLIC_URL = "http://127.0.0.1:8000"
    deliver(a_code())
    DemoMessage.objects.update(text="Mở http://127.0.0.1:8000/khong-phai-toi/a_b-C/. Xong")
    page = Client().get("/demo/dien-thoai/").content.decode()
    address = "http://testserver/khong-phai-toi/a_b-C/"
    assert f'Mở <a href="{address}">{address}</a>. Xong' in page
    assert "127.0.0.1" not in page


@pytest.mark.parametrize("text", ["javascript:alert(1)", 'http://a.vn/"onclick="x', "http://"])
def test_what_only_looks_like_a_link_is_text(text: str) -> None:
    deliver(a_code())
    DemoMessage.objects.update(text=text)
    page = Client().get("/demo/dien-thoai/").content.decode()
    assert 'href="javascript' not in page
    assert '"onclick' not in page


def test_officers_codes_are_shown_while_their_secret_is_in_force() -> None:
    now = utc_now()
    officer, reset, other = (an_officer(user_name=worker.user_name) for worker in cast.OFFICERS[:3])
    assert authenticators.officers_codes(now) == []
    for one in (officer, reset):
        secret = smart_otp_secret(one.user_name)
        own_keys.put_smart_otp(
            officer=one, secret=secret, typed=totp.code_at(secret, totp.step_at(now)), now=now
        )
    give_smart_otp(other)
    OfficerOtp.objects.filter(officer=reset).delete()
    assert [name for name, _ in authenticators.officers_codes(now)] == [officer.user_name]
    page = text_of(Client().get("/demo/dien-thoai/"))
    assert officer.user_name in page
    assert reset.user_name not in page
    assert other.user_name not in page


def test_what_a_message_says_is_shown_as_text() -> None:
    deliver(a_code())
    DemoMessage.objects.update(text="<script>alert(1)</script>")
    assert "<script>alert" not in Client().get("/demo/dien-thoai/").content.decode()
