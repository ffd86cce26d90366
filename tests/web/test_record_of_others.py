"""A child's record and a shared one: what is shown, to whom, at what age, and who is told."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from tests.insurance.building import (
    AN,
    BINH,
    CHI,
    a_benefit,
    a_life,
    a_period,
    a_person,
    a_visit,
    stored,
)  # fmt: skip
from tests.web.others import TODAY, acting_for, born_years_ago, shared
from tests.web.signing_in import signed_in
from tests.web.test_record_pages import CARD_STAGE, PAGES, everything
from tests.web.visiting import text_of
from vssid.accounts.models import Account
from vssid.audit import commands as audit
from vssid.audit.commands import ONE_LOOK
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.people.models import Guardianship, Person, Relation, Share
from vssid.people.visibility import Part
from vssid.reference import directory
from vssid.web.citizen.support.marks import mark_of

pytestmark = pytest.mark.django_db

ALL_PAGES = [*PAGES, CARD_STAGE, "qua-trinh-tham-gia/", "thong-tin-huong/"]
HOME = "quan-ly-ca-nhan/"
SEARCH = "so-kham-chua-benh/?tim=benh+vien"


def _stored(**child: Any) -> None:
    """An has nothing, Bình and Chi everything."""
    stored(a_life(), everything(BINH, "Trần Bình", **child), everything(CHI, "Lê Chi"))


@pytest.fixture
def child() -> Guardianship:
    """An's guardianship for Bình, five years old."""
    _stored(birth_date=born_years_ago(5))
    return acting_for()


@pytest.fixture
def share() -> Share:
    """Bình lets An read everything."""
    _stored()
    signed_in(BINH)
    return shared()


def _of(one: Guardianship | Share) -> str:
    return f"/xem-ho/{one.id}/" if isinstance(one, Share) else f"/con/{one.id}/"


@pytest.fixture(params=["child", "share"])
def other(request: pytest.FixtureRequest) -> str:
    """The beginning of the addresses of Bình's record, as An's child and as shared with An."""
    return _of(request.getfixturevalue(request.param))


def _text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return text_of(answer)


def _at_age(years: int, *, days: int = 0, **guardian: Any) -> str:
    _stored(birth_date=born_years_ago(years, days=days))
    return _of(acting_for(**guardian))


# --- two round trips --------------------------------------------------------------------------


@pytest.mark.parametrize("page", [*ALL_PAGES, SEARCH])
def test_page_of_another_takes_the_session_check_and_one_more_statement(
    other: str, page: str, django_assert_num_queries: Any
) -> None:
    directory.current()
    client = signed_in(AN)
    for _ in range(2):
        with django_assert_num_queries(2):
            assert client.get(f"{other}{page}").status_code in {200, 302}


def test_part_that_is_withheld_is_not_read(django_assert_num_queries: Any) -> None:
    _stored()
    client, share = signed_in(AN), shared(Part.CARD)
    signed_in(BINH, phone="+84912345679")
    with django_assert_num_queries(1):
        assert client.get(f"/xem-ho/{share.id}/so-kham-chua-benh/").status_code == 403


# --- looks ------------------------------------------------------------------------------------


def _looks() -> list[tuple[str, str]]:
    found = Event.objects.filter(act="record.look", subject=BINH, actor=AN).order_by("at")
    return [(one.reason, one.details.get("part", "")) for one in found]


def test_very_same_look_is_one_in_an_hour_and_two_after_it(
    other: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = signed_in(AN)
    for _ in range(3):
        client.get(f"{other}{CARD_STAGE}")
    why = "guardian" if "/con/" in other else "shared"
    assert _looks() == [(why, "card")]
    client.get(f"{other}so-kham-chua-benh/")
    assert _looks() == [(why, "card"), (why, "medical-book")]
    later = utc_now() + ONE_LOOK
    monkeypatch.setattr(audit, "utc_now", lambda: later)
    client.get(f"{other}{CARD_STAGE}")
    assert _looks() == [(why, "card"), (why, "medical-book"), (why, "card")]


def test_look_is_written_by_the_very_statement_that_reads(child: Guardianship) -> None:
    client = signed_in(AN)
    with CaptureQueriesContext(
        connection,
    ) as ran:
        client.get(f"/con/{child.id}/the-bhyt/")
    reading = ran.captured_queries[1]["sql"]
    assert "INSERT INTO audit_event" in reading
    assert "insurance_card" in reading


def test_owner_reads_who_looked_at_what(share: Share) -> None:
    signed_in(AN).get(f"/xem-ho/{share.id}/the-bhyt/")
    Account.objects.filter(person_id=BINH).delete()
    said = _text(signed_in(BINH), "/tai-khoan/ai-da-xem/")
    assert "Xem hồ sơ của bạn: Thẻ BHYT" in said
    assert "Người bạn cho xem hồ sơ, mã số 0123***789" in said


def test_page_of_another_is_never_answered_from_a_copy(other: str) -> None:
    assert "ETag" not in signed_in(AN).get(f"{other}the-bhyt/")


# --- the switch -------------------------------------------------------------------------------


@pytest.mark.parametrize("page", [*PAGES, CARD_STAGE])
def test_c05_every_page_says_whose_it_is_and_leads_back(other: str, page: str) -> None:
    answer = signed_in(AN).get(f"{other}{page}")
    html, said = answer.content.decode(), text_of(answer)
    assert "Hồ sơ của Trần Bình" in said
    assert ("Con của bạn" if "/con/" in other else "Chia sẻ cho bạn xem đến") in said
    assert re.search(r'<a href="/quan-ly-ca-nhan/">.*?Về hồ sơ của tôi', html, re.S)
    assert re.search(r"<title>[^<]+ của Trần Bình – VssID", html)
    assert "Lê Chi" not in said


@pytest.mark.parametrize("page", [*PAGES, CARD_STAGE])
def test_nothing_of_ones_own_account_is_offered_beside_another_record(
    other: str, page: str
) -> None:
    html = signed_in(AN).get(f"{other}{page}").content.decode()
    hrefs = set(re.findall(r'<a [^>]*href="(/[^"]*)"', html))
    # A line of the child's record is reported by an address that names whose it is.
    about = f"/ho-tro/phan-anh/bao-sai-sot/?ho-so={mark_of(BINH)}&amp;"
    own = {to for to in hrefs if not to.startswith((other, "/static/", about))}
    # The third stands in the words of a session that has ended.
    assert own <= {"/", "/quan-ly-ca-nhan/", "/quen-mat-khau/"}
    assert "Đổi mật khẩu" not in html


def test_own_pages_have_no_such_bar(child: Guardianship) -> None:
    html = signed_in(AN).get("/quan-ly-ca-nhan/").content.decode()
    assert "Về hồ sơ của tôi" not in html
    assert 'class="whose"' not in html


def test_c05_home_switches_between_all_whose_record_one_reads(child: Guardianship) -> None:
    share = shared(owner=CHI)
    client = signed_in(AN)
    signed_in(CHI, phone="+84912345679")
    child_home, shared_home = f"/con/{child.id}/{HOME}", f"/xem-ho/{share.id}/{HOME}"
    for address in (f"/{HOME}", child_home, shared_home):
        html = client.get(address).content.decode()
        for to in (f"/{HOME}", child_home, shared_home):
            assert f'href="{to}"' in html, (address, to)


def test_shared_record_does_not_print(share: Share) -> None:
    html = signed_in(AN).get(f"/xem-ho/{share.id}/so-kham-chua-benh/2025/").content.decode()
    assert "ui/print.js" not in html


# --- by age -----------------------------------------------------------------------------------


def test_small_childs_record_is_whole() -> None:
    of, client = _at_age(7, days=-1), signed_in(AN)
    assert "Viêm mũi họng cấp" in _text(client, f"{of}so-kham-chua-benh/2025/")
    assert "7.000.000 đ" in _text(client, f"{of}qua-trinh-tham-gia/bhxh/")
    assert f"00{BINH}" in _text(client, f"{of}{HOME}")


@pytest.mark.parametrize(
    ("years", "days", "is_shown"), [(7, -1, True), (7, 0, False), (15, 3, False)]
)
def test_guarded_disease_is_shown_until_the_seventh_birthday(
    years: int, days: int, *, is_shown: bool
) -> None:
    guarded = a_visit(BINH, disease_code="F41", disease_name="Rối loạn lo âu",
                      facility_name="Bệnh viện Tâm thần Thử")  # fmt: skip
    born = born_years_ago(years, days=days)
    life = everything(BINH, "Trần Bình", birth_date=born)
    stored(a_life(), replace(life, visits=[*life.visits, guarded]))
    said = _text(signed_in(AN), f"{_of(acting_for())}so-kham-chua-benh/2025/")
    assert ("Rối loạn lo âu" in said) is is_shown
    assert ("Bệnh viện Tâm thần Thử" in said) is is_shown
    assert ("không hiện tên" in said) is not is_shown
    assert "Viêm mũi họng cấp" in said


@pytest.mark.parametrize(("days", "is_shown"), [(-1, True), (0, False), (1, False)])
def test_money_is_shown_until_the_fifteenth_birthday(days: int, *, is_shown: bool) -> None:
    of, client = _at_age(15, days=days), signed_in(AN)
    pay = _text(client, f"{of}qua-trinh-tham-gia/bhxh/")
    assert "Công ty TNHH Thử nghiệm" in pay
    assert ("7.000.000 đ" in pay) is is_shown
    assert ("Tiền lương không hiện" in pay) is not is_shown
    sick = _text(client, f"{of}thong-tin-huong/ngan-han/")
    assert "12/QĐ-BHXH" in sick
    assert ("562.500 đ" in sick) is is_shown
    assert ("Ngân hàng Thử nghiệm" in sick) is is_shown
    assert ("999.000 đ" in _text(client, f"{of}thong-tin-huong/hang-thang/")) is is_shown


@pytest.mark.parametrize(("days", "is_shown"), [(-1, True), (0, False), (1, False)])
def test_what_for_and_where_is_shown_until_the_sixteenth_birthday(
    days: int, *, is_shown: bool
) -> None:
    of, client = _at_age(16, days=days), signed_in(AN)
    book = _text(client, f"{of}so-kham-chua-benh/2025/")
    assert "02/06/2025" in book
    for hidden in ("Viêm mũi họng cấp", "J00", "Bệnh viện Thử nghiệm", "02.1896", "01003-0001",
                   "BHYT trả", "Cùng chi trả", "Ngày thanh toán"):  # fmt: skip
        assert (hidden in book) is is_shown, hidden
    # What is hidden is not said to be missing.
    assert "chưa gửi bảng kê" not in book
    home = _text(client, f"{of}{HOME}")
    for hidden in (f"00{BINH}", "Số CCCD", "Số điện thoại"):
        assert (hidden in home) is is_shown, hidden
    assert f"DN401{BINH}" in _text(client, f"{of}the-bhyt/")


@pytest.mark.parametrize(("days", "is_shown"), [(-1, True), (0, False), (1, False)])
def test_months_of_unemployment_are_shown_until_the_fifteenth_birthday(
    days: int, *, is_shown: bool
) -> None:
    born = born_years_ago(15, days=days)
    life = everything(BINH, "Trần Bình", birth_date=born)
    jobless = a_benefit(
        BINH, kind="bhtn", regime="Trợ cấp thất nghiệp", months=5, to_date=None,
    )  # fmt: skip
    paid = a_period(BINH, fund="bhtn", from_month=202101, to_month=202405)
    stored(
        a_life(), replace(life, benefits=[*life.benefits, jobless], periods=[*life.periods, paid])
    )
    said = _text(signed_in(AN), f"{_of(acting_for())}thong-tin-huong/bhtn/")
    assert "Trợ cấp thất nghiệp" in said
    for hidden in ("Số tháng được hưởng", "Đã hưởng", "5 tháng"):
        assert (hidden in said) is is_shown, hidden
    assert ("số tháng hưởng không hiện" in said) is not is_shown


def test_months_left_are_not_told_to_whom_the_benefits_are_not_whole() -> None:
    paid = a_period(BINH, fund="bhtn", from_month=202101, to_month=202405)
    for years in (14, 15):
        Guardianship.objects.all().delete()
        person = a_person(BINH, full_name="Trần Bình", birth_date=born_years_ago(years))
        stored(a_life(), a_life(person, periods=[paid]))
        said = _text(signed_in(AN, phone=f"+8491234567{years % 10}"),
                     f"{_of(acting_for())}thong-tin-huong/bhtn/")  # fmt: skip
        assert ("Thời gian đóng BHTN chưa hưởng" in said) is (years == 14)
        Account.objects.filter(person_id=AN).delete()


@pytest.mark.parametrize(
    ("years", "days", "ordinary", "guarded"),
    [(7, -1, True, True), (7, 0, True, False), (16, -1, True, False), (16, 0, False, False)],
)
def test_search_through_all_years_finds_only_what_is_shown(
    years: int, days: int, *, ordinary: bool, guarded: bool
) -> None:
    hidden = a_visit(BINH, disease_code="F41", disease_name="Rối loạn lo âu",
                     facility_name="Bệnh viện Tâm thần Thử")  # fmt: skip
    born = born_years_ago(years, days=days)
    life = everything(BINH, "Trần Bình", birth_date=born)
    stored(a_life(), replace(life, visits=[*life.visits, hidden]))
    of, client = _of(acting_for()), signed_in(AN)
    said = _text(client, f"{of}{SEARCH}")
    assert ("Bệnh viện Thử nghiệm" in said) is ordinary
    assert ("Bệnh viện Tâm thần Thử" in said) is guarded
    assert ("Rối loạn lo âu" in said) is guarded
    in_year = _text(client, f"{of}so-kham-chua-benh/2025/?tim=tam+than")
    assert ("Bệnh viện Tâm thần Thử" in in_year) is guarded
    assert ("Tìm theo tên cơ sở" in in_year) is ordinary


@pytest.mark.parametrize(("days", "status"), [(-1, 200), (0, 403), (1, 403)])
@pytest.mark.parametrize("page", [HOME, "the-bhyt/", CARD_STAGE, "so-kham-chua-benh/"])
def test_from_eighteen_on_nothing_is_shown_and_the_page_says_why(
    days: int, status: int, page: str
) -> None:
    said = _text(signed_in(AN), f"{_at_age(18, days=days)}{page}", status)
    if status == 403:
        assert "Trần Bình đã đủ 18 tuổi" in said
        assert "Chia sẻ hồ sơ" in said
        assert BINH not in said
        assert _looks() == []


def test_ward_by_a_court_is_read_after_eighteen() -> None:
    of = _at_age(40, relation=Relation.GUARDIAN)
    said = _text(signed_in(AN), f"{of}so-kham-chua-benh/2025/")
    assert "Người bạn giám hộ" in said
    assert "Viêm mũi họng cấp" in said


# --- by share ---------------------------------------------------------------------------------

PAGE_OF = {
    Part.CARD: "the-bhyt/",
    Part.CONTRIBUTIONS: "qua-trinh-tham-gia/bhxh/",
    Part.BENEFITS: "thong-tin-huong/ngan-han/",
    Part.MEDICAL_BOOK: "so-kham-chua-benh/2025/",
}


@pytest.mark.parametrize("part", PAGE_OF)
def test_shared_part_is_read_and_no_other(part: Part) -> None:
    _stored()
    signed_in(BINH, phone="+84912345679")
    share, client = shared(part), signed_in(AN)
    for one, page in PAGE_OF.items():
        said = _text(client, f"/xem-ho/{share.id}/{page}", 200 if one is part else 403)
        assert ("không chia sẻ phần này" in said) is (one is not part)
    home = _text(client, f"/xem-ho/{share.id}/{HOME}")
    assert home.count("Không cho bạn xem") == 3
    assert ("Tổng thời gian tham gia BHXH" in home) is (part is Part.CONTRIBUTIONS)
    for personal in (f"00{BINH}", "12/05/1990", "Số 5", "0912"):
        assert personal not in home, personal


def test_shared_pages_change_nothing(share: Share) -> None:
    client = signed_in(AN)
    for page in ALL_PAGES:
        html = client.get(f"/xem-ho/{share.id}/{page}").content.decode()
        forms = re.findall(r'<form[^>]*method="post"[^>]*action="([^"]*)"', html)
        assert set(forms) <= {"/phien/gia-han/", "/thoat/"}, forms


@pytest.mark.parametrize("page", ALL_PAGES)
def test_whatever_is_sent_to_a_shared_record_is_refused(share: Share, page: str) -> None:
    client = signed_in(AN)
    before = Person.objects.values_list("record_version", flat=True).get(number=BINH)
    for method in (client.post, client.put, client.patch, client.delete):
        assert method(f"/xem-ho/{share.id}/{page}").status_code == 405
    assert Person.objects.values_list("record_version", flat=True).get(number=BINH) == before
    assert _looks() == []


def test_only_reading_pages_lie_below_a_shared_record() -> None:
    """What changes, or leaves with papers, is for the owner and, of a child, the guardian."""
    names = {
        str(route.name)
        for route in get_resolver("vssid.web.citizen.urls").url_patterns[0].url_patterns
        if str(route.pattern).startswith("xem-ho/")
    }
    shown = {name.partition("-")[2] for name in names}
    assert shown == {
        "overview", "card", "card-full", "history-start", "history", "benefits-start", "benefits",
        "medical-book", "medical-book-year", "by-number",
    }  # fmt: skip


# --- refused ----------------------------------------------------------------------------------


def _is_refused(client: Client, address: str) -> str:
    said = _text(client, address, 404)
    assert "Hồ sơ này không mở cho bạn" in said
    assert "Trần Bình" not in said
    return said


def _refusals(subject: str) -> list[tuple[str, str]]:
    found = Event.objects.filter(act="record.refused", subject=subject)
    return [(one.actor, one.reason) for one in found]


@pytest.mark.parametrize("page", [HOME, CARD_STAGE, "so-kham-chua-benh/2025/"])
def test_passage_of_somebody_else_is_refused_logged_and_shown(other: str, page: str) -> None:
    client = signed_in(CHI, phone="+84912345670")
    for _ in range(2):
        _is_refused(client, f"{other}{page}")
    assert _refusals(BINH) == [(CHI, "guardian" if "/con/" in other else "shared")]
    Account.objects.filter(person_id=BINH).delete()
    said = _text(signed_in(BINH), "/tai-khoan/ai-da-xem/")
    assert "Thử mở hồ sơ không thuộc quyền, đã bị từ chối" in said
    assert "Một tài khoản khác, mã số 0123***791" in said
    assert not Event.objects.filter(act="record.look").exists()


def test_guardian_is_told_who_tried_the_childs_address(child: Guardianship) -> None:
    _is_refused(signed_in(CHI), f"/con/{child.id}/the-bhyt/")
    assert _refusals(AN) == [(CHI, "guardian-of")]
    assert "Bằng địa chỉ hồ sơ con của bạn" in _text(signed_in(AN), "/tai-khoan/ai-da-xem/")


def test_ended_guardianship_opens_nothing(child: Guardianship) -> None:
    Guardianship.objects.update(
        from_date=TODAY - timedelta(days=9), to_date=TODAY - timedelta(days=1)
    )
    _is_refused(signed_in(AN), f"/con/{child.id}/the-bhyt/")
    assert _refusals(BINH) == [(AN, "guardian")]


@pytest.mark.parametrize(
    "end",
    [
        lambda: Share.objects.update(ended_at=utc_now(), end_reason="owner"),
        lambda: Share.objects.update(made_at=utc_now() - timedelta(days=2),
                                     ends_at=utc_now() - timedelta(seconds=1)),
        lambda: Share.objects.update(accepted_at=None),
        lambda: Account.objects.filter(person_id=BINH).update(locked_at=utc_now()),
        lambda: Account.objects.filter(person_id=BINH).delete(),
        lambda: Person.objects.filter(number=BINH).update(died_on=TODAY),
    ],
    ids=["ended", "lapsed", "not-accepted", "locked", "closed", "dead"],
)  # fmt: skip
def test_share_that_is_over_opens_nothing(share: Share, end: Any) -> None:
    client = signed_in(AN)
    assert client.get(f"/xem-ho/{share.id}/the-bhyt/").status_code == 200
    end()
    _is_refused(client, f"/xem-ho/{share.id}/the-bhyt/")


def test_id_that_never_was_reads_the_same_and_tells_nobody(child: Guardianship) -> None:
    client = signed_in(CHI)
    theirs = _is_refused(client, f"/con/{child.id}/the-bhyt/")
    assert _is_refused(client, f"/con/{uuid4()}/the-bhyt/") == theirs
    assert _is_refused(client, f"/xem-ho/{uuid4()}/the-bhyt/") == theirs
    assert Event.objects.filter(act="record.refused").count() == 2


@pytest.mark.parametrize("page", ALL_PAGES)
def test_visitor_is_led_to_sign_in(other: str, page: str) -> None:
    assert Client().get(f"{other}{page}")["Location"].startswith("/dang-nhap/")
