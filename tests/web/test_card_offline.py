"""What the phone may keep of the cards, and until when (guides I02, I07, C05)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings

from tests.factories import HONG, KHOA, a_session, an_account
from tests.insurance.building import AN, BINH, a_card, a_life, a_person, stored
from tests.web.others import acting_for, born_years_ago
from tests.web.signing_in import signed_in
from tests.web.visiting import with_session
from vssid.accounts.models import Session
from vssid.audit import commands as audit
from vssid.audit.commands import ONE_LOOK
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.people.models import Relation

pytestmark = pytest.mark.django_db

LIST = "/the-bhyt/ngoai-tuyen/"


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


def _childs_card(years: int, *, days: int = 0) -> str:
    """The address of the card of An's child, of that age."""
    born = born_years_ago(years, days=days)
    stored(a_life(), a_life(a_person(BINH, birth_date=born), cards=[a_card(BINH)]))
    return f"/con/{acting_for().id}/the-bhyt/xem/"


def test_worker_that_keeps_a_childs_card_looks_once_in_a_session(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    address, an = _childs_card(9), signed_in(AN)
    looks = Event.objects.filter(act="record.look", subject=BINH)
    for hours in (0, 1, 2):
        later = utc_now() + hours * ONE_LOOK
        monkeypatch.setattr(audit, "utc_now", lambda later=later: later)
        assert an.get(address, headers={"VssID-Keep": "1"}).status_code == 200
    assert looks.count() == 1
    an.get(address)
    assert looks.count() == 2


@pytest.mark.parametrize(("days", "is_kept"), [(-1, True), (0, False), (1, False)])
def test_childs_card_is_kept_until_the_eighteenth_birthday(days: int, *, is_kept: bool) -> None:
    address, an = _childs_card(18, days=days), signed_in(AN)
    kept = [one["href"] for one in an.get(LIST).json()["pages"]]
    assert kept == ["/the-bhyt/xem/", *([address] if is_kept else [])]


def test_card_of_a_ward_by_a_court_is_kept_after_it() -> None:
    stored(a_life(), a_life(a_person(BINH, birth_date=born_years_ago(40)), cards=[a_card(BINH)]))
    ward = acting_for(relation=Relation.GUARDIAN)
    kept = [one["href"] for one in signed_in(AN).get(LIST).json()["pages"]]
    assert kept == ["/the-bhyt/xem/", f"/con/{ward.id}/the-bhyt/xem/"]


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


def test_card_of_who_died_is_not_there_to_be_kept() -> None:
    stored(a_life(a_person(died_on=vietnam_today(utc_now())), cards=[a_card()]))
    page = signed_in(AN).get("/the-bhyt/xem/", headers={"VssID-Keep": "1"})
    assert (page.status_code, page["Location"]) == (302, "/the-bhyt/")


def test_card_says_how_old_it_is_only_as_a_copy() -> None:
    stored(a_life(cards=[a_card()]))
    page = signed_in(AN).get("/the-bhyt/xem/").content.decode()
    assert "data-made hidden" in page
    assert "Thẻ theo dữ liệu lúc" in page
