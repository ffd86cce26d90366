"""The pages of the look-ups: searching, one entry, near me, and what must not come of it (U02)."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import transaction
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker

from tests.web.visiting import at_home, text_of
from vssid.audit.actors import Actor
from vssid.reference import commands
from vssid.reference.models import CollectionPoint, Employer, Facility
from vssid.reference.searching import memory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

SLUGS = ("co-quan-bhxh", "cskcb-giay-nghi", "cskcb-bhyt", "don-vi", "diem-thu")
HERE = {"vi_do": "21.0391", "kinh_do": "105.8377"}


@pytest.fixture(scope="module")
def _directories(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock():
        with transaction.atomic():
            commands.load_reference(by=Actor.system("tests"))
            memory.forget()
            yield
            transaction.set_rollback(True)
        memory.forget()


@pytest.fixture
def loaded(_directories: None, db: None) -> Iterator[None]:
    """Everything loaded, one employer; what a test changes is forgotten after it."""
    Employer.objects.create(
        code="TZ0002Z",
        name="Công ty TNHH May Đồng Tâm",
        commune_code="00004",
        wage_region=1,
        tax_code="0100000009",
    )
    memory.forget()
    yield
    memory.forget()


def _page(address: str, **sent: str) -> str:
    answer = Client().get(f"/tra-cuu/{address}", sent)
    assert answer.status_code == 200
    return answer.content.decode()


def _first(html: str) -> str:
    return html.split('class="found-name">')[1].split("</h2>")[0]


def test_u02_the_index_names_them_and_says_when_to_use_which() -> None:
    html = _page("")
    for slug in SLUGS:
        assert f'href="/tra-cuu/{slug}/"' in html
    assert "Khi nghỉ ốm" in html
    assert 'href="/kiem-tra-giay/"' in html


def test_u02_where_no_hospital_has_the_name_the_nearest_say_how_far_they_are() -> None:
    html = _page("cskcb-bhyt/", tim="bv bach mai")
    assert "Không có nơi nào vừa đúng loại vừa đúng tên." in html
    assert "Bệnh viện Đa khoa thành phố Hà Nội" in _first(html)
    assert re.search(r"<p>Khoảng [\d,]+ km từ trạm Y tế phường Bạch Mai</p>", html)


def test_the_former_address_of_the_office_search_leads_to_the_new_one() -> None:
    answer = Client().get("/tra-cuu/", {"ten": "thanh trì"})
    assert answer["Location"] == "/tra-cuu/co-quan-bhxh/?tim=thanh+tr%C3%AC"


@pytest.mark.parametrize(
    ("slug", "typed", "found"),
    [
        ("co-quan-bhxh", "BHXH huyện Thanh Trì", "/tra-cuu/co-quan-bhxh/00114/"),
        ("cskcb-giay-nghi", "ttyt h thanh tri", "/tra-cuu/cskcb-giay-nghi/01024/"),
        ("cskcb-bhyt", "tyt p ba dinh", "/tra-cuu/cskcb-bhyt/01101/"),
        ("don-vi", "may dogn tam", "/tra-cuu/don-vi/TZ0002Z/"),
        ("don-vi", "0100000009", "/tra-cuu/don-vi/TZ0002Z/"),
        ("diem-thu", "buu dien thanh tri", "/tra-cuu/diem-thu/00114-B/"),
    ],
)
def test_u02_each_look_up_finds_and_leads_to_the_entry(slug: str, typed: str, found: str) -> None:
    assert f'href="{found}"' in _first(_page(f"{slug}/", tim=typed))
    assert Client().get(found).status_code == 200


def test_an_entry_says_everything_that_is_known() -> None:
    Facility.objects.filter(code="01001").update(
        phone="024 1234 5678",
        former_names="Nhà thương Phủ Doãn",
        contract_from=date(2025, 7, 1),
        valid_from=date(2001, 1, 1),
    )
    html = _page("cskcb-bhyt/01001/")

    for said in (
        "01001", "Phủ Doãn", "từ 01/07/2025", "từ 01/01/2001", 'href="tel:02412345678"',
        "Dữ liệu minh họa", "Có hợp đồng khám, chữa bệnh BHYT", "Được cấp giấy nghỉ việc",
        'href="geo:21.', "Bệnh viện, cấp cơ bản",
    ):  # fmt: skip
        assert said in html


def test_a_collection_point_says_what_is_paid_there_and_when() -> None:
    html = _page("diem-thu/00114-C/")
    for said in ("Thu BHXH tự nguyện", "Thu BHYT hộ gia đình", "BHXH cơ sở Thanh Trì", "7 giờ 30"):
        assert said in html


def test_a_facility_without_the_right_is_not_among_those_that_have_it() -> None:
    html = _page("cskcb-giay-nghi/", tim="tram y te phuong ba dinh")
    assert "Trạm Y tế" not in html.split('id="ket-qua"')[1]


def test_what_ended_leads_to_who_took_over() -> None:
    Facility.objects.filter(code="01001").update(valid_to=date(2026, 1, 1), successors="01011")
    html = _page("cskcb-bhyt/01001/")
    assert "Nơi này đã ngừng hoạt động." in html
    assert 'href="/tra-cuu/cskcb-bhyt/01011/"' in html


def test_a_search_that_finds_nothing_says_what_to_try() -> None:
    html = _page("don-vi/", tim="qwrtzp klmnbv")
    assert "Không tìm thấy nơi nào" in html
    assert "mã số thuế trên hợp đồng" in html
    assert "1900 9068" in html


def test_a_province_lists_its_entries_in_pages() -> None:
    html = _page("cskcb-bhyt/", tinh="01", trang="2")
    assert "Trang 2/" in html
    assert 'href="/tra-cuu/cskcb-bhyt/?tinh=01&amp;trang=3"' in html
    assert '<option value="00004">00004 - Phường Ba Đình</option>' in html


def test_a_commune_narrows_the_list() -> None:
    html = _page("cskcb-bhyt/", tinh="01", xa="00004")
    assert "Trạm Y tế phường Ba Đình" in _first(html)
    assert html.count('class="found-name"') < 5


def test_near_me_sorts_by_distance_and_says_it() -> None:
    answer = Client().post("/tra-cuu/cskcb-bhyt/", HERE)
    html = answer.content.decode()
    assert "Trạm Y tế phường Ba Đình" in _first(html)
    assert "khoảng 100 m" in html
    assert "theo đường chim bay" in html


def test_the_place_of_a_device_stands_in_no_address_log_or_row(
    caplog: pytest.LogCaptureFixture,
) -> None:
    answer = Client().post("/tra-cuu/cskcb-bhyt/", HERE)
    html = answer.content.decode()
    assert "105.8377" not in html
    assert "105.8377" not in caplog.text
    with_place_in_address = Client().get("/tra-cuu/cskcb-bhyt/", HERE)
    assert "theo đường chim bay" not in with_place_in_address.content.decode()


@pytest.mark.parametrize(
    "place",
    [{}, {"vi_do": "x", "kinh_do": "y"}, {"vi_do": "nan", "kinh_do": "nan"},
     {"vi_do": "51.5", "kinh_do": "-0.1"}, {"vi_do": "inf", "kinh_do": "105"},
     {"vi_do": "21" * 9999, "kinh_do": "105"}],
)  # fmt: skip
def test_a_place_that_is_none_gets_a_sentence(place: dict[str, str]) -> None:
    answer = Client().post("/tra-cuu/diem-thu/", {"tim": "buu dien", **place})
    assert answer.status_code == 200
    assert "Không dùng được vị trí" in text_of(answer)
    assert "Bưu điện" in _first(answer.content.decode())


BAD: list[dict[str, Any]] = [
    {"tim": "\0\x1b[31m%_%"},
    {"tim": "(a+)+$" * 40},
    {"tim": "x" * 60_000},
    {"tim": "<script>alert(1)</script>"},
    {"tim": "'; DROP TABLE reference_facility; --"},
    {"tinh": "99' OR 1=1", "xa": "\0"},
    {"tinh": "01", "xa": "' OR 1=1"},
    {"tim": "benh vien", "trang": "-1"},
    {"tim": "benh vien", "trang": "9" * 400},
    {"tim": ["a", "b"], "la": "x"},
]


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize("sent", BAD)
def test_whatever_is_sent_is_answered(slug: str, sent: dict[str, Any]) -> None:
    for ask in (Client().get, Client().post):
        answer = ask(f"/tra-cuu/{slug}/", sent)
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()


def test_a_megabyte_is_cut_and_said_so() -> None:
    answer = Client().post("/tra-cuu/cskcb-bhyt/", {"tim": "bệnh viện " * 60_000, **HERE})
    assert answer.status_code == 200
    assert "chỉ 100 ký tự đầu được dùng" in text_of(answer)


@pytest.mark.parametrize("code", ["KHONGCO", "%00", "..%2F", "x" * 3000, "☃"])
@pytest.mark.parametrize("slug", SLUGS)
def test_an_unknown_code_is_not_found_and_leads_to_the_search(slug: str, code: str) -> None:
    answer = Client().get(f"/tra-cuu/{slug}/{code}/")
    assert answer.status_code == 404
    if "%2F" not in code:
        assert f'href="/tra-cuu/{slug}/"' in answer.content.decode()


def test_a_code_in_small_letters_leads_to_the_one_address() -> None:
    answer = Client().get("/tra-cuu/don-vi/tz0002z/")
    assert answer["Location"] == "/tra-cuu/don-vi/TZ0002Z/"


@override_settings(VSSID_LOOKUPS_A_MINUTE=3)
def test_who_searches_too_often_waits_and_loses_nothing() -> None:
    client = Client()
    client.get("/tra-cuu/don-vi/")
    answers = [client.get("/tra-cuu/don-vi/", {"tim": "may dong tam"}) for _ in range(4)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429]
    assert int(answers[-1]["Retry-After"]) <= 60
    html = answers[-1].content.decode()
    assert "vừa tìm quá nhiều lần" in html
    assert 'value="may dong tam"' in html
    assert client.get("/tra-cuu/don-vi/").status_code == 200
    other = Client()
    other.get("/tra-cuu/don-vi/")
    assert other.get("/tra-cuu/don-vi/", {"tim": "may"}).status_code == 200


@override_settings(VSSID_LOOKUPS_PER_LINE_MINUTE=2)
def test_all_of_a_line_together_have_a_ceiling_and_who_is_signed_in_is_not_held_by_it() -> None:
    answers = [
        Client(headers={"user-agent": name}).get("/tra-cuu/don-vi/", {"tim": "may"})
        for name in ("Một", "Hai", "Ba")
    ]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert at_home().get("/tra-cuu/don-vi/", {"tim": "may"}).status_code == 200
    other = Client(REMOTE_ADDR="198.51.100.7")
    assert other.get("/tra-cuu/don-vi/", {"tim": "may"}).status_code == 200


def test_a_search_reads_one_page_from_the_database(django_assert_max_num_queries: Any) -> None:
    client = Client()
    client.get("/tra-cuu/cskcb-bhyt/", {"tim": "benh vien"})
    with django_assert_max_num_queries(3):
        client.get("/tra-cuu/cskcb-bhyt/", {"tim": "benh vien", "tinh": "01"})


def test_every_directory_has_entries_to_look_at() -> None:
    assert CollectionPoint.objects.count() > 2000
    assert Facility.objects.count() > 4000


def test_an_office_found_by_a_commune_says_why() -> None:
    html = _page("co-quan-bhxh/", tim="xa thanh tri")
    assert "Phục vụ xã Thạnh Trị" in html
    assert "Phục vụ" not in _page("co-quan-bhxh/", tim="00114")


def test_what_is_only_alike_says_so() -> None:
    said = "Không có nơi nào tên như vậy; gần giống:"
    assert said in _page("cskcb-bhyt/", tim="benh vien cho ray")
    assert said not in _page("cskcb-bhyt/", tim="bv da khoa ha noi")


def test_an_office_names_its_commune_of_today_and_province() -> None:
    html = _page("co-quan-bhxh/00114/")
    assert "thị trấn Văn Điển, Xã Thanh Trì, Thành phố Hà Nội" in html


def test_the_list_says_when_a_closed_office_opens_again(monkeypatch: pytest.MonkeyPatch) -> None:
    saturday = datetime(2026, 11, 28, 5, tzinfo=UTC)
    monkeypatch.setattr("vssid.web.citizen.lookups.results.utc_now", lambda: saturday)
    html = _page("co-quan-bhxh/", tim="00114")
    assert "Ngoài giờ làm việc" in html
    assert "Mở lại lúc 07:30 thứ Hai 30/11/2026." in html


@pytest.mark.parametrize(
    ("slug", "typed", "first"),
    [
        ("cskcb-bhyt", "benh vien gan nha", "Bệnh viện"),
        ("cskcb-bhyt", "hospital near me", "Bệnh viện"),
        ("co-quan-bhxh", "bhxh gần đây", "BHXH"),
    ],
)
def test_u02_words_for_near_lead_to_near_me(slug: str, typed: str, first: str) -> None:
    html = Client().get(f"/tra-cuu/{slug}/", {"tim": typed}).content.decode()
    assert "mở «Lọc, tìm gần tôi» ở trên" in html
    assert re.search(r"<details[^>]* open", html)
    assert first in _first(html)
    assert f'value="{typed}"' in html


def test_u02_near_me_with_words_for_near_finds_the_nearest_of_the_kind() -> None:
    html = Client().post("/tra-cuu/cskcb-bhyt/", {**HERE, "tim": "tram y te gan nha"}).content
    assert "Trạm Y tế phường Ba Đình" in _first(html.decode())
    assert "mở «Lọc" not in html.decode()


def test_u02_the_exact_name_is_said_to_be_first() -> None:
    html = Client().get("/tra-cuu/co-quan-bhxh/", {"tim": "bhxh huyen thanh tri"}).content.decode()
    assert "Nơi đúng tên bạn gõ đứng đầu" in html
    assert "gần với câu bạn gõ nhất" not in html


def test_u02_a_former_commune_says_where_it_was() -> None:
    html = Client().get("/tra-cuu/co-quan-bhxh/", {"tim": "phuong dich vong hau"}).content.decode()
    assert "Phục vụ phường Dịch Vọng Hậu trước đây (Quận Cầu Giấy, Thành phố Hà Nội)" in html


def test_demo_data_is_said_to_be_so_in_english() -> None:
    html = Client().get("/tra-cuu/cskcb-bhyt/01001/").content
    english = Client().get("/tra-cuu/cskcb-bhyt/01001/", {"ngon-ngu": "en"}).content.decode()
    assert "dữ liệu minh họa" in html.decode()
    assert "(demo data)" in english
    assert "minh họa" not in english


def test_what_is_still_to_come_says_from_when_it_is_there() -> None:
    Facility.objects.filter(code="01001").update(valid_from=date(2999, 1, 31))
    memory.forget()
    listed = _page("cskcb-bhyt/", tim="01001")
    entry = _page("cskcb-bhyt/01001/")
    for html in (listed, entry):
        assert "Hoạt động từ 31/01/2999" in html
        assert "ngừng hoạt động" not in html
        assert "Có hợp đồng khám, chữa bệnh BHYT" not in html
    assert "Trước ngày đó, xin tìm nơi khác." in entry
    assert '<meta name="robots" content="noindex">' in entry


def test_what_took_over_says_for_whom() -> None:
    changed = {"name": "Bệnh viện Hoa Ban", "valid_to": date(2026, 1, 1), "successors": "01011"}
    Facility.objects.filter(code="01001").update(**changed)
    memory.forget()
    assert "<p>Thay cho Bệnh viện Hoa Ban</p>" in _page("cskcb-bhyt/", tim="benh vien hoa ban")
    assert "Thay cho" not in _page("cskcb-bhyt/", tim="01011")


@pytest.mark.parametrize("view", ["", "ban-do/"])
def test_who_bears_the_name_but_may_not_is_named_above_the_others(view: str) -> None:
    html = _page(f"cskcb-giay-nghi/{view}", tim="tyt phuong ba dinh")
    said = re.search(r'<div id="dem".*?</div>', html, re.DOTALL)
    assert said is not None
    assert (
        '<p><a href="/tra-cuu/cskcb-giay-nghi/01101/">Trạm Y tế phường Ba Đình</a> (Thành phố Hà '
        "Nội) không cấp giấy nghỉ việc hưởng BHXH.</p>"
    ) in said[0]
    assert "Có " not in said[0]
    Facility.objects.filter(code="01101").update(has_contract=False)
    memory.forget()
    html = _page(f"cskcb-bhyt/{view}", tim="tyt phuong ba dinh")
    assert "</a> (Thành phố Hà Nội) chưa có hợp đồng khám, chữa bệnh BHYT.</p>" in html


def test_of_many_that_bear_the_name_three_are_named() -> None:
    codes = Facility.objects.filter(kind="station").order_by("code").values_list("code", flat=True)
    for number, code in enumerate(codes[:5]):
        Facility.objects.filter(code=code).update(name=f"Trạm Y tế {'xã' * (number % 2)} Hoa Ban")
    memory.forget()
    said = _page("cskcb-giay-nghi/", tim="tyt hoa ban").split('id="dem"')[1].split("</p>")[0]
    assert said.count("<a href=") == 3
    assert said.endswith(") và nơi khác cùng tên không cấp giấy nghỉ việc hưởng BHXH.")
