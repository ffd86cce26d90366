"""The map of the look-ups: its picture, its list, and what must not come of it (U03)."""

import gzip
import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker

from config.settings import environment
from tests.web.visiting import text_of
from vssid.audit.actors import Actor
from vssid.reference import commands, mapping
from vssid.reference.lookups import Wanted
from vssid.reference.models import Facility
from vssid.reference.outline.shapes import COUNTRY, Frame
from vssid.reference.rows import Point
from vssid.reference.searching import memory
from vssid.web.citizen.lookups.picture import WIDTH, picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]

OFFICES = "/tra-cuu/co-quan-bhxh/ban-do/"
MAPS = (OFFICES, "/tra-cuu/cskcb-giay-nghi/ban-do/", "/tra-cuu/cskcb-bhyt/ban-do/")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
TILES = "https://tiles.example.com/{z}/{x}/{y}.png"


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
    """Everything loaded; what a test changes is forgotten after it."""
    yield
    memory.forget()


def _page(address: str, **sent: str) -> str:
    answer = Client().get(address, sent)
    assert answer.status_code == 200
    return answer.content.decode()


def _numbers(html: str, kind: str) -> list[str]:
    return re.findall(rf'class="{kind}[^"]*"[^>]*>(?:<circle[^>]*><text[^>]*>)?(\d+)<', html)


@pytest.mark.parametrize("address", MAPS)
def test_u03_the_country_is_shown_by_province_with_both_archipelagos(address: str) -> None:
    html = _page(address)
    assert html.count('class="map-land"') == 34
    for name in ("Quần đảo Hoàng Sa", "Quần đảo Trường Sa"):
        assert re.search(rf'<text class="map-name"[^>]*>{name}</text>', html)
    assert f'href="{address}?tinh=01"' in html


def test_u03_picture_and_list_have_the_same_numbers() -> None:
    html = _page(OFFICES, tinh="01")
    listed = _numbers(html, "map-number")
    assert listed == [str(number) for number in range(1, len(listed) + 1)]
    assert sorted(_numbers(html, "map-pin"), key=int) == listed


def test_the_picture_leads_to_the_list() -> None:
    html = _page(OFFICES, tinh="01")
    assert re.findall(r'<a href="#(diem-\d+)" aria-label="\d+\. [^"]+"', html) == re.findall(
        r'<li [^>]*id="(diem-\d+)"', html
    )


def test_what_the_moving_map_is_made_with_is_not_loaded_with_the_page() -> None:
    html = _page(OFFICES)
    assert re.findall(r'(?:src|href)="[^"]*leaflet[^"]*"', html) == []
    assert re.search(r"<button [^>]*data-map-open[^>]* hidden>", html)


def test_provinces_that_lie_close_have_one_mark_and_a_link_each() -> None:
    html = _page(OFFICES)
    provinces = re.findall(rf'href="{OFFICES}\?tinh=(\d\d)"', html)
    assert len(provinces) == len(set(provinces)) == 34
    assert len(_numbers(html, "map-pin")) < 34


def test_more_than_ten_at_one_place_can_be_opened() -> None:
    row = Facility.objects.get(code="01001")
    for number in range(62):
        row.pk = None
        row.code, row.name = f"01Z{number:02d}", f"Phòng khám số {number}"
        row.latitude, row.longitude = 21.9, 105.1
        row.save(force_insert=True)
    memory.forget()
    html = _page("/tra-cuu/cskcb-bhyt/ban-do/", khung="21.88,105.08,21.92,105.12")
    group = html.split("data-whole")[1].split("</li>\n<")[0]
    assert "<details" in group
    assert group.count('href="/tra-cuu/cskcb-bhyt/01Z') == 60
    assert "và 2 nơi nữa: xin gõ tên để tìm." in text_of(
        Client().get("/tra-cuu/cskcb-bhyt/ban-do/", {"khung": "21.88,105.08,21.92,105.12"})
    )


def test_u03_an_office_is_found_on_the_map_with_directions() -> None:
    html = _page(OFFICES, tim="BHXH huyện Thanh Trì")
    first = html.split('id="diem-1"')[1].split("</li>")[0]
    assert 'href="/tra-cuu/co-quan-bhxh/00114/"' in first
    assert 'href="geo:2' in first
    assert "Chỉ đường" in first


def test_list_and_map_lead_to_each_other_with_the_question() -> None:
    assert f'href="{OFFICES}?tim=thanh+tri&amp;tinh=01"' in _page(
        "/tra-cuu/co-quan-bhxh/", tim="thanh tri", tinh="01"
    )
    html = _page(OFFICES, tim="thanh tri", tinh="01")
    assert 'href="/tra-cuu/co-quan-bhxh/?tim=thanh+tri&amp;tinh=01"' in html


def test_an_entry_shows_its_place() -> None:
    html = _page("/tra-cuu/co-quan-bhxh/00114/")
    assert "Trên bản đồ" in html
    assert _numbers(html, "map-pin") == ["1"]
    assert "data-map" not in _page("/tra-cuu/diem-thu/00114-C/")


def test_an_entry_without_a_place_has_no_map() -> None:
    Facility.objects.filter(code="01001").update(latitude=None, longitude=None)
    assert "data-map" not in _page("/tra-cuu/cskcb-bhyt/01001/")


def test_a_group_leads_to_the_map_from_nearer() -> None:
    html = _page(OFFICES, tinh="01")
    nearer = re.search(r'href="([^"]*khung=[^"]*)"', html)
    assert nearer
    assert Client().get(nearer[1].replace("&amp;", "&")).status_code == 200


def test_a_part_of_the_map_without_places_says_what_to_do() -> None:
    html = _page(OFFICES, khung="18.0,107.5,18.1,107.6")
    assert "Không có nơi nào trong phần bản đồ này" in html
    assert "thu nhỏ lại" in html


@pytest.mark.parametrize(
    "frame",
    ["x", "1,2,3", "nan,nan,nan,nan", "21,105,20,106", "inf,0,-inf,0", "50,1,51,2", "9" * 400,
     "20,105,21,106,7", "\0", "<script>alert(1)</script>"],
)  # fmt: skip
def test_a_frame_that_is_none_is_said_so_and_the_map_starts_anew(frame: str) -> None:
    answer = Client().get(OFFICES, {"khung": frame})
    assert answer.status_code == 200
    assert "Địa chỉ trang chép thiếu" in text_of(answer)
    assert answer.content.decode().count('class="map-land"') == 34


def test_the_widest_frame_is_answered_small() -> None:
    answer = Client().get("/tra-cuu/cskcb-bhyt/ban-do/", {"khung": "-90,-180,90,180"})
    assert answer.status_code == 200
    assert len(answer.content) < 120_000


def test_near_me_marks_my_place_and_keeps_it_out_of_the_address() -> None:
    answer = Client().post(OFFICES, {"vi_do": "21.039", "kinh_do": "105.838"})
    html = answer.content.decode()
    assert 'class="map-here"' in html
    assert "theo đường chim bay" in html
    asked = Client().get(OFFICES, {"vi_do": "21.039", "kinh_do": "105.838"})
    assert 'class="map-here"' not in asked.content.decode()


@override_settings(VSSID_LOOKUPS_A_MINUTE=2)
def test_who_moves_the_map_too_often_waits() -> None:
    client = Client(REMOTE_ADDR="198.51.100.77")
    client.get(OFFICES)
    answers = [client.get(OFFICES, {"tinh": "01"}) for _ in range(3)]
    assert [one.status_code for one in answers] == [200, 200, 429]
    assert int(answers[-1]["Retry-After"]) <= 60
    assert "vừa tìm quá nhiều lần" in answers[-1].content.decode()


@pytest.mark.parametrize("slug", ["don-vi", "diem-thu"])
def test_other_look_ups_have_no_map(slug: str) -> None:
    assert Client().get(f"/tra-cuu/{slug}/ban-do/").status_code == 404
    assert "/ban-do/" not in _page(f"/tra-cuu/{slug}/")


def test_no_other_host_may_be_asked_unless_tiles_are_configured() -> None:
    answer = Client().get(OFFICES)
    assert "img-src 'self' data: blob:;" in answer["Content-Security-Policy"]
    assert 'data-tiles=""' in answer.content.decode()
    with override_settings(VSSID_MAP_TILES_URL=TILES, VSSID_MAP_TILES_CREDIT="© Kho bản đồ"):
        answer = Client().get(OFFICES)
    policy = answer["Content-Security-Policy"]
    assert "img-src 'self' https://tiles.example.com data: blob:;" in policy
    assert policy.count("https://") == 1
    assert f'data-tiles="{TILES}"' in answer.content.decode()


def test_tiles_come_from_a_whole_address_or_the_start_stops() -> None:
    assert environment.map_tiles("") == ""
    assert environment.map_tiles(TILES) == TILES
    for wrong in ("http://a/{z}/{x}/{y}", "https://a/{z}/{x}", "https://a;b/{z}/{x}/{y}", "a"):
        with pytest.raises(ImproperlyConfigured):
            environment.map_tiles(wrong)


def _points(path: str) -> Iterator[tuple[float, float]]:
    """The corners of a path whose steps are relative: one wrong would push away all after it."""
    for begin, rest in re.findall(r"M([^a-z]+)([^M]+)", path):
        x, y = map(float, _NUMBER.findall(begin))
        yield x, y
        steps = [float(one) for one in _NUMBER.findall(rest)] if rest[0] == "l" else []
        assert len(steps) % 2 == 0
        for east, south in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + east, y + south
            yield x, y


def test_a_picture_keeps_to_its_paper() -> None:
    for frame in (COUNTRY, Frame(20.9, 105.7, 21.1, 106.0), Frame(8, 104, 8.001, 110)):
        drawn = picture(frame, [(Point(frame.north, frame.west), 1)])
        points = [point for path in drawn.land for point in _points(path)]
        assert all(-3 <= x <= WIDTH + 3 and -3 <= y <= drawn.height + 3 for x, y in points)
        assert 0 <= drawn.pins[0].x <= WIDTH
        assert 0 <= drawn.pins[0].y <= drawn.height


def test_u03_the_map_shows_what_has_the_name_and_not_what_is_only_like_it() -> None:
    named = mapping.agencies_on_map(Wanted("BHXH huyện Thanh Trì"), None)
    alike = mapping.agencies_on_map(Wanted("huyện Thanh"), None)

    assert named.total < 10
    assert named.frame.north - named.frame.south < 0.1
    assert alike.frame.north - alike.frame.south > 1
    html = _page(OFFICES, tim="BHXH huyện Thanh Trì")
    assert html.count('class="map-pin"') == html.count("found-entry") == named.total


@pytest.mark.parametrize("address", MAPS)
def test_u03_a_map_of_the_country_fits_a_later_page(address: str) -> None:
    assert len(gzip.compress(_page(address).encode())) < 15 * 1024


@pytest.mark.parametrize("days", [{"valid_from": date(2999, 1, 1)}, {"valid_to": date(2020, 1, 1)}])
def test_what_is_not_in_service_has_no_mark_and_the_list_is_named(days: dict[str, date]) -> None:
    Facility.objects.filter(code="01001").update(**days)
    memory.forget()
    html = _page("/tra-cuu/cskcb-bhyt/ban-do/", tim="benh vien da khoa thanh pho ha noi")
    assert "1 nơi đã ngừng hoặc chưa hoạt động, chỉ có trong danh sách." in html
    assert "01001" not in html
    assert "Không tìm thấy nơi nào" not in html
    assert mapping.facilities_on_map(Wanted("01001"), None).spots == []


def test_the_list_of_the_map_says_as_well_why_a_place_was_found() -> None:
    changed = {"name": "Bệnh viện Hoa Ban", "valid_to": date(2026, 1, 1), "successors": "01011"}
    Facility.objects.filter(code="01001").update(**changed)
    memory.forget()
    assert "<p>Thay cho Bệnh viện Hoa Ban</p>" in _page(MAPS[2], tim="benh vien hoa ban")
    offices = _page(OFFICES, tim="phuong dich vong hau")
    assert "<p>Phục vụ phường Dịch Vọng Hậu trước đây (Quận Cầu Giấy" in offices
