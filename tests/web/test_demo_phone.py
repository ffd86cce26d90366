"""The demo phone shows what arrived (only in demo settings)."""

import pytest
from django.test import Client

from tests.messaging.letters import PHONE, a_code, a_notice, deliver
from tests.web.visiting import text_of
from vssid.messaging.models import DemoMessage

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


def test_what_a_message_says_is_shown_as_text() -> None:
    deliver(a_code())
    DemoMessage.objects.update(text="<script>alert(1)</script>")
    assert "<script>alert" not in Client().get("/demo/dien-thoai/").content.decode()
