"""Pages that are open to everybody and know who is signed in; what the menu marks."""

import re

import pytest
from django.test import Client

from tests.factories import HONG, an_account
from tests.web.visiting import at_home, text_of
from vssid.accounts.models import EndReason, Session
from vssid.kernel.clock import utc_now

pytestmark = pytest.mark.django_db

OPEN = (
    "/ho-tro/",
    "/ho-tro/tro-ly/",
    "/dich-vu-cong/",
    "/tra-cuu/",
    "/ngon-ngu/",
    "/cai-dat/",
    "/kiem-tra-giay/",
)


@pytest.mark.parametrize("address", OPEN)
def test_open_page_knows_who_is_signed_in(address: str) -> None:
    answer = at_home().get(address)
    page = answer.content.decode()
    assert HONG.number in page
    assert "data-personal" in page
    assert 'data-door="/dang-nhap/"' in page
    assert answer["Cache-Control"] == "private, no-cache"
    assert "Cookie" in answer["Vary"]


@pytest.mark.parametrize("address", OPEN)
def test_open_page_is_shown_to_who_is_not_signed_in_any_more(address: str) -> None:
    client = at_home()
    Session.objects.update(ended_at=utc_now(), end_reason=EndReason.SIGNED_OUT)
    for visitor in (client, Client()):
        answer = visitor.get(address)
        assert answer.status_code == 200
        assert HONG.number not in answer.content.decode()
        assert 'href="/dang-nhap/"' in answer.content.decode()


def test_page_of_the_owner_leads_back_to_itself_and_not_to_the_door() -> None:
    assert "data-door" not in at_home().get("/tai-khoan/").content.decode()


@pytest.mark.parametrize(
    ("address", "entry", "how"),
    [
        ("/tai-khoan/", "/tai-khoan/", "page"),
        ("/tai-khoan/van-tay/", "/tai-khoan/", "true"),
        ("/tai-khoan/thiet-bi/", "/tai-khoan/thiet-bi/", "page"),
        ("/cai-dat/", "/cai-dat/", "page"),
        ("/the-bhyt/", "/quan-ly-ca-nhan/", "true"),
    ],
)
def test_menu_marks_the_entry_that_the_page_is(address: str, entry: str, how: str) -> None:
    page = at_home().get(address).content.decode()
    sheet = page.split('class="drawer-sheet"')[1].split("</nav>")[0]
    marked = re.findall(r'<a class="entry" href="([^"]+)" aria-current="(\w+)"', sheet)
    assert marked == [(entry, how)]


def test_door_of_a_locked_account_has_the_way_to_open_it_again() -> None:
    an_account()
    page = Client().get("/dang-nhap/?ly_do=disowned").content.decode()
    title = page.split('class="notice-title"')[1].split("</p>")[0]
    assert "Để mở lại" not in title
    assert "Để mở lại" in page
    notices = page.partition("</header>")[2].split("<form")[0]
    assert 'href="/quen-mat-khau/"' in notices.split("notice-title")[1]


def test_proving_oneself_can_be_left() -> None:
    said = text_of(at_home().get("/xac-nhan-lai/"))
    assert "Thôi, quay lại" in said
