"""«Quên mật khẩu» on the screen: alike for every number until the right code (guides A06)."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from captcha.models import CaptchaStore
from django.contrib.auth.hashers import check_password
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.factories import HONG, KHOA, Citizen, an_account, another_code, last_code
from tests.web.visiting import text_of, typed_in
from vssid.accounts.commands import resets
from vssid.accounts.models import Account
from vssid.kernel.clock import utc_now
from vssid.limits.models import Bucket
from vssid.messaging.models import Message

pytestmark = pytest.mark.django_db

HERE = "/quen-mat-khau/"
NEW = "mua roi tren pho 8"
UNKNOWN = "0198999999"


def _start(client: Client, number: str, *, channel: str = "sms", picture: str = "") -> Any:
    """Fill in the first form as it is shown, the picture read from its store."""
    key = typed_in(client.get(HERE))["ma_hinh"]
    shown = CaptchaStore.objects.get(hashkey=key).response
    sent = {"number": number, "channel": channel, "ma_hinh": key, "ma_kiem_tra": picture or shown}
    return client.post(HERE, sent)


def _work() -> None:
    """Do what waits for a worker."""
    waiting = ProcrastinateJob.objects.filter(task_name="vssid.accounts.tasks.send_reset_code")
    for args in waiting.values_list("args", flat=True):
        resets.send_reset_code(ticket=args["ticket"], code_id=UUID(args["code_id"]), now=utc_now())


def _asked(client: Client, who: Citizen = HONG, channel: str = "sms") -> str:
    an_account(who)
    ticket = typed_in(_start(client, who.number, channel=channel))["ve"]
    _work()
    return ticket


def _type(client: Client, ticket: str, code: str) -> Any:
    return client.post(HERE, {"ve": ticket, "code": code})


def _opens(password: str) -> bool:
    return check_password(password, Account.objects.get(pk=HONG.number).password)


def _without_what_always_differs(answer: Any) -> str:
    html = re.sub(
        r'(name="(csrfmiddlewaretoken|ve)" value)="[^"]*"', r"\1", answer.content.decode()
    )
    return re.sub(r"[0-9a-f]{16,}", "", html)


def test_a06_code_then_a_new_password_then_sign_in() -> None:
    client = Client()
    ticket = _asked(client)
    page = _type(client, ticket, last_code())
    assert page.status_code == 200
    assert 'autocomplete="new-password"' in page.content.decode()
    answer = client.post(HERE, {"duoc": typed_in(page)["duoc"], "new": NEW, "again": NEW})
    assert answer["Location"] == "/quen-mat-khau/xong/"
    said = text_of(client.get(answer["Location"]))
    assert "đăng nhập lại bằng mật khẩu mới" in said
    assert "Trong 24 giờ tới" in said
    assert _opens(NEW)


def test_sign_in_page_leads_here() -> None:
    assert f'href="{HERE}"' in Client().get("/dang-nhap/").content.decode()


def test_refused_sign_in_names_the_way_here() -> None:
    an_account()
    client = Client()
    client.cookies["ung_dung"] = "1"
    answer = client.post("/dang-nhap/", {"number": HONG.number, "password": "not this one"})
    assert "bấm «Quên mật khẩu»" in text_of(answer)


def test_pages_are_the_same_for_a_number_without_an_account() -> None:
    an_account()
    seen = []
    for number in (HONG.number, UNKNOWN):
        client = Client()
        asked = _start(client, number)
        ticket = typed_in(asked)["ve"]
        _work()
        wrong = another_code(last_code())
        again = client.post(HERE, {"ve": ticket, "gui-lai": "1", "kenh": "email"})
        refused = [_type(client, ticket, wrong) for _ in range(6)]
        early = _start(Client(), number)
        Bucket.objects.filter(name="code.reset.pause").delete()
        seen.append([asked, again, *refused, early])
    for known, unknown in zip(*seen, strict=True):
        assert known.status_code == unknown.status_code
    # The number itself stands in the first form only when it comes back.
    for known, unknown in zip(seen[0][:-1], seen[1][:-1], strict=True):
        same = [_without_what_always_differs(one) for one in (known, unknown)]
        assert same[0] == same[1]
    assert [one.status_code for one in seen[0]] == [200, 429, 422, 422, 422, 422, 422, 422, 429]


def test_nothing_on_the_code_page_shows_an_address() -> None:
    client = Client()
    an_account(KHOA)
    page = _start(client, KHOA.number, channel="email").content.decode()
    assert "khoa" not in page
    assert "@" not in page.split("<main")[1]
    assert "email đã đăng ký" in page


def test_wrong_picture_asks_for_nothing() -> None:
    answer = _start(Client(), HONG.number, picture="khong")
    assert answer.status_code == 422
    assert "Mã kiểm tra chưa đúng" in text_of(answer)
    assert not ProcrastinateJob.objects.filter(
        task_name="vssid.accounts.tasks.send_reset_code"
    ).exists()


def test_another_picture_keeps_what_was_typed() -> None:
    answer = Client().post(HERE, {"number": HONG.number, "channel": "email", "new_picture": "1"})
    assert answer.status_code == 200
    assert typed_in(answer)["number"] == HONG.number
    assert re.search(r'value="email" checked', answer.content.decode())


@pytest.mark.parametrize(
    ("number", "said"),
    [("", "Xin nhập"), ("12345", "số"), ("abc", "số"), ("0" * 10_000, "số")],
)
def test_nonsense_in_place_of_a_number_is_explained(number: str, said: str) -> None:
    answer = _start(Client(), number)
    assert answer.status_code == 422
    assert said in text_of(answer)


@pytest.mark.parametrize("channel", ["", "pigeon"])
def test_unknown_channel_is_refused(channel: str) -> None:
    assert _start(Client(), HONG.number, channel=channel).status_code == 422


def test_whoever_begins_again_within_the_minute_is_at_the_code_page_with_a_way_on() -> None:
    client = Client()
    _start(client, HONG.number)
    page = _start(client, HONG.number)
    assert page.status_code == 429
    assert "Mã đã gửi trước đó không dùng cho lần này" in text_of(page)
    Bucket.objects.filter(name="code.reset.pause").delete()
    page = client.post("/quen-mat-khau/", {"ve": typed_in(page)["ve"], "gui-lai": "1"})
    assert page.status_code == 200
    assert "Mã có hiệu lực 5 phút" in text_of(page)


def test_too_many_requests_wait_in_words() -> None:
    for _ in range(5):
        assert _start(Client(), UNKNOWN).status_code == 200
        Bucket.objects.filter(name="code.reset.pause").delete()
    answer = _start(Client(), UNKNOWN)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 3000
    assert "thử lại sau" in text_of(answer)


def test_wrong_code_is_explained_and_may_be_typed_again() -> None:
    client = Client()
    ticket = _asked(client)
    answer = _type(client, ticket, another_code(last_code()))
    assert answer.status_code == 422
    assert "bạn còn 4 lần nhập" in text_of(answer)
    assert _type(client, typed_in(answer)["ve"], last_code()).status_code == 200


@pytest.mark.parametrize("code", ["", "12", "x" * 10_000])
def test_code_of_another_shape_costs_no_try(code: str) -> None:
    client = Client()
    ticket = _asked(client)
    assert _type(client, ticket, code).status_code == 422
    assert "bạn còn 4 lần" in text_of(_type(client, ticket, another_code(last_code())))


def test_other_channel_sends_another_code() -> None:
    client = Client()
    ticket = _asked(client, KHOA)
    Bucket.objects.all().delete()
    Message.objects.all().delete()
    resets_at = utc_now() + timedelta(minutes=1)
    again = resets.ask_for_code(
        ticket=ticket,
        channel=resets.Channel.EMAIL,
        origin=resets.Origin(None, "Chrome", "203.0.113.7"),
        now=resets_at,
    )
    _work()
    assert Message.objects.get().address == KHOA.email
    assert _type(client, again, last_code(KHOA.email)).status_code == 200


@pytest.mark.parametrize(
    ("new", "again", "said"),
    [
        ("short", "short", "từ 8 đến 128 ký tự"),
        ("x" * 10_000, "x" * 10_000, "từ 8 đến 128 ký tự"),
        (NEW, "another one", "chưa giống nhau"),
        ("password1", "password1", "quá phổ biến"),
        ("", "", "Xin nhập mật khẩu mới"),
    ],
)
def test_bad_new_password_is_explained_and_the_form_stays(new: str, again: str, said: str) -> None:
    client = Client()
    proven = typed_in(_type(client, _asked(client), last_code()))["duoc"]
    answer = client.post(HERE, {"duoc": proven, "new": new, "again": again})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert typed_in(answer)["duoc"] == proven
    assert client.post(HERE, {"duoc": proven, "new": NEW, "again": NEW}).status_code == 302


@pytest.mark.parametrize("sent", [{"ve": "nonsense", "code": "490217"}, {"duoc": "nonsense"}])
def test_ticket_that_is_not_ours_begins_again_with_a_sentence(sent: dict[str, str]) -> None:
    answer = Client().post(HERE, sent)
    assert answer.status_code == 409
    assert "Xin làm lại từ đầu" in text_of(answer)
    assert "Gửi mã OTP" in text_of(answer)


def test_used_code_begins_again() -> None:
    client = Client()
    proven = typed_in(_type(client, _asked(client), last_code()))["duoc"]
    client.post(HERE, {"duoc": proven, "new": NEW, "again": NEW})
    answer = client.post(HERE, {"duoc": proven, "new": "another one 9", "again": "another one 9"})
    assert answer.status_code == 409
    assert _opens(NEW)


def test_who_lost_phone_and_email_is_led_to_the_desk() -> None:
    page = Client().get(HERE)
    assert "mang bản chính CMND/CCCD hoặc hộ chiếu đến cơ quan BHXH gần nhất" in text_of(page)
    assert 'href="/tra-cuu/"' in page.content.decode()
