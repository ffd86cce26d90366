"""What «Trợ lý» reads from the asker's own record, and what it says first to who is ill."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tests.insurance.building import AN, a_card, a_life, a_period, a_visit, stored
from tests.support.reporting import a_line, own_key, report
from tests.web.signing_in import signed_in
from tests.web.visiting import text_of
from vssid.audit.actors import Actor
from vssid.kernel.clock import format_date

pytestmark = pytest.mark.django_db

CHAT, LIST = "/ho-tro/tro-ly/", "/ho-tro/cau-hoi-thuong-gap/"


def _asked(text: str, client: Client | None = None) -> Any:
    client = client or Client()
    assert client.post(CHAT, {"hoi": text}).status_code == 302
    return client.get(CHAT)


@pytest.fixture
def worker() -> Client:
    """An, with a card and contributions, signed in."""
    stored(a_life(periods=[a_period()], cards=[a_card()]))
    return signed_in(AN)


@pytest.mark.parametrize(
    ("question", "shown", "answer"),
    [
        ("tôi đăng ký khám ban đầu ở đâu", "Nơi đăng ký KCB ban đầu", a_card().facility_name),
        ("lương đóng bhxh của tôi", "Mức lương đóng BHXH gần nhất", "6.000.000\xa0đ"),
        ("mã số của tôi", "Mã số BHXH của bạn", AN),
        ("lần khám gần nhất hết bao nhiêu", "Lần khám gần nhất", "Chưa có"),
        ("phản ánh của tôi đến đâu", "Phản ánh của bạn", "Chưa có"),
    ],
)
def test_more_of_the_own_record_is_read(
    question: str, shown: str, answer: str, worker: Client
) -> None:
    html = _asked(question, worker).content.decode()
    own = re.findall(r'"own own-\w+"><a href="([^"]+)"><small>([^<]+)</small><b>([^<]+)', html)
    assert own[0][1] == shown
    assert answer in own[0][2]
    assert worker.get(own[0][0]).status_code == 200
    signed_out = text_of(_asked(question))
    assert "xin đăng nhập" in signed_out
    assert AN not in signed_out


def test_last_visit_is_told_with_who_paid_what(worker: Client) -> None:
    stored(a_life(visits=[a_visit()]))
    page = text_of(_asked("lần khám gần nhất hết bao nhiêu", worker))
    assert "200.000 đ" in page
    assert "Ngày 02/06/2025, Bệnh viện Thử nghiệm. BHYT trả 160.000 đ, bạn trả 40.000 đ." in page


@pytest.mark.parametrize(
    ("valid_to", "said"),
    [
        (date(2099, 12, 31), "Đến hết ngày 31/12/2099"),
        (None, "Từ ngày 01/01/2026. Thẻ không ghi ngày hết hạn: còn giá trị khi bảo hiểm y tế"),
    ],
)
def test_card_is_told_with_its_end_or_what_it_means_that_it_names_none(
    valid_to: date | None, said: str
) -> None:
    stored(a_life(periods=[a_period()], cards=[a_card(valid_to=valid_to)]))
    page = text_of(_asked("thẻ bhyt của tôi đến khi nào", signed_in(AN)))
    assert "Còn giá trị" in page
    assert said in page


@pytest.mark.parametrize("question", ["công ty tôi có nợ bhxh không", "công ty nợ bhxh"])
def test_what_the_employer_owes_is_told_from_the_record(question: str) -> None:
    owed = a_period(state="late", from_month=202601, to_month=202603, employer_name="May Lá Biếc")
    stored(a_life(periods=[a_period(), owed], cards=[a_card()]))
    page = text_of(_asked(question, signed_in(AN)))
    assert "Tháng BHXH đơn vị chậm đóng 3 tháng Gần nhất: tháng 03/2026, May Lá Biếc" in page


def test_who_is_owed_nothing_is_told_how_far_it_is_paid(worker: Client) -> None:
    page = text_of(_asked("công ty tôi có nợ bhxh không", worker))
    assert "Tháng BHXH đơn vị chậm đóng Không có Đã ghi nhận đóng đến tháng 12/2025" in page


def test_petition_is_told_with_its_state_and_when_its_answer_is_due(worker: Client) -> None:
    one = report(a_line(number=AN), access=own_key(AN), by=Actor.citizen(AN))
    page = text_of(_asked("phản ánh của tôi đến đâu", worker))
    assert "Đã tiếp nhận" in page
    assert f"Hẹn trả lời trước hết ngày {format_date(one.due_on)}" in page


def test_who_is_signed_in_is_not_led_to_signing_in(worker: Client) -> None:
    assert 'href="/dang-nhap/' in _asked("thẻ của tôi còn hạn không").content.decode()
    for page in (_asked("thẻ của tôi còn hạn không", worker), worker.get(f"{LIST}card-valid/")):
        assert 'href="/dang-nhap/' not in page.content.decode()


def test_who_is_ill_is_given_the_number_to_press_first() -> None:
    html = _asked("tôi đau ngực khó thở").content.decode()
    assert html.index('href="tel:115"') < html.index('href="tel:19009068"')


def test_places_of_an_earlier_turn_stay() -> None:
    client = Client()
    _asked("cơ quan nào ở Thanh Trì", client)
    html = _asked("quen mk", client).content.decode()
    assert "BHXH cơ sở Thanh Trì" in html.partition('id="moi-nhat"')[0]
