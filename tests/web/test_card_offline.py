"""What the phone may keep of the cards, and until when (guides I02, I07, C05)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from tests.factories import HONG, KHOA, a_session, an_account
from tests.insurance.building import AN, BINH, CLERK, a_card, a_life, a_person, stored
from tests.web.signing_in import signed_in
from tests.web.visiting import with_session
from vssid.accounts.models import Session
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.people.commands import open_guardianship

pytestmark = pytest.mark.django_db

LIST = "/the-bhyt/ngoai-tuyen/"
TODAY = vietnam_today(utc_now())


def test_list_names_the_own_card_until_the_last_moment_of_the_session() -> None:
    now = utc_now()
    client = with_session(a_session(an_account(), now))
    said = client.get(LIST)
    assert said["Cache-Control"] == "private, no-store"
    page = client.get("/quan-ly-ca-nhan/").content.decode()
    [owner] = re.findall(r'data-worker="/sw.js" data-owner="(\w+)"', page)
    assert said.json() == {
        "owner": owner,
        "until": int((now + settings.VSSID_SESSION_TOTAL).timestamp()),
        "pages": [{"href": "/the-bhyt/xem/", "name": HONG.full_name}],
    }


def test_asking_keeps_no_session_awake() -> None:
    seen = utc_now() - timedelta(minutes=20)
    client = with_session(a_session(an_account(), seen))
    assert client.get(LIST).status_code == 200
    assert Session.objects.get().last_seen_at == seen


def test_another_session_has_another_mark() -> None:
    first = with_session(a_session(an_account(HONG))).get(LIST).json()
    assert with_session(a_session(an_account(KHOA))).get(LIST).json()["owner"] != first["owner"]


def test_worker_that_keeps_a_childs_card_looks_once_in_a_session() -> None:
    stored(a_life(), a_life(a_person(BINH), cards=[a_card(BINH)]))
    child = open_guardianship(guardian=AN, child=BINH, relation="mother", on=TODAY, by=CLERK)
    an, address = signed_in(AN), f"/con/{child.id}/the-bhyt/xem/"
    for _ in range(3):
        assert an.get(address, headers={"VssID-Keep": "1"}).status_code == 200
    looks = Event.objects.filter(act="record.look", subject=BINH)
    assert looks.count() == 1
    an.get(address)
    assert looks.count() == 2


@pytest.mark.parametrize("cookie", ["", "nonsense"])
def test_nobody_signed_in_is_told_so_and_nothing_else(cookie: str) -> None:
    said = with_session(cookie).get(LIST)
    assert (said.status_code, said.json()) == (401, {})


def test_session_that_is_over_keeps_nothing() -> None:
    long_ago = utc_now() - timedelta(hours=13)
    assert with_session(a_session(an_account(), long_ago)).get(LIST).status_code == 401


def test_page_without_a_network_knows_nobody(django_assert_num_queries: Any) -> None:
    client = with_session(a_session(an_account()))
    with django_assert_num_queries(0):
        page = client.get("/ngoai-tuyen/").content.decode()
    assert HONG.full_name not in page
    assert "Điện thoại đang không có mạng" in page


def test_card_says_how_old_it_is_only_as_a_copy() -> None:
    stored(a_life(cards=[a_card()]))
    page = signed_in(AN).get("/the-bhyt/xem/").content.decode()
    assert "data-made hidden" in page
    assert "Thẻ theo dữ liệu lúc" in page
