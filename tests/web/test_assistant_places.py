"""Places in questions to the assistant: former communes, and what is near whom."""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client

from vssid.reference.models import Facility
from vssid.reference.searching import memory

pytestmark = pytest.mark.django_db

CHAT = "/ho-tro/tro-ly/"


def _asked(text: str) -> str:
    client = Client()
    client.post(CHAT, {"hoi": text})
    return client.get(CHAT).content.decode()


@pytest.mark.parametrize(
    ("asked", "look_up"),
    [
        ("benh vien nao gan nha toi", "cskcb-bhyt"),
        ("bệnh viện gần tôi nhất ở đâu", "cskcb-bhyt"),
        ("where is my nearest hospital", "cskcb-bhyt"),
        ("cơ quan bhxh gần nhà", "co-quan-bhxh"),
    ],
)
def test_nearness_is_no_name_and_leads_to_the_look_up(asked: str, look_up: str) -> None:
    html = _asked(asked)
    assert "Tôi chưa tìm ra nơi nào tên" not in html
    assert 'class="places"' not in html
    assert f'href="/tra-cuu/{look_up}/' in html


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("cơ quan bhxh nào ở phường dịch vọng hậu", "BHXH cơ sở Cầu Giấy"),
        ("tram y te xa tu hiep thanh tri o dau", "Trạm Y tế xã Thanh Trì"),
    ],
)
def test_former_communes_are_places(asked: str, place: str) -> None:
    places = re.search(r'<ul class="places">(.*?)</ul>', _asked(asked), re.DOTALL)
    assert places is not None
    assert place in places[1]


@pytest.mark.parametrize(
    ("asked", "place"),
    [
        ("cơ quan bhxh thủ đức ở đâu", "BHXH cơ sở Thủ Đức"),
        ("bhxh thu duc o dau", "BHXH cơ sở Thủ Đức"),
        ("bảo hiểm xã hội quận 7 ở đâu", "BHXH cơ sở Quận 7"),
        ("bhxh quan 1 o dau", "BHXH cơ sở Quận 1"),
        ("quan 3 co bhxh ko", "BHXH cơ sở Quận 3"),
        ("so dt bhxh quan 10", "BHXH cơ sở Quận 10"),
        ("bhxh thu thua o cho nao", "BHXH cơ sở Thủ Thừa"),
        ("cơ quan nào ở Thanh Trì", "BHXH cơ sở Thanh Trì"),
        ("bệnh viện nào ở đống đa", "Trung tâm Y tế quận Đống Đa"),
        ("bv nao o da bac", "Trung tâm Y tế huyện Đà Bắc"),
        ("ttyt cu chi o dau", "Trung tâm Y tế huyện Củ Chi"),
        ("ma cskcb 01001 la benh vien nao", "Bệnh viện Đa khoa thành phố Hà Nội"),
        ("diem thu bhxh o dong anh", "Đông Anh"),
        ("bhxh quận tân phú nằm chỗ nào vậy", "BHXH cơ sở Tân Phú"),
        ("phường bến thành thuộc bhxh nào", "BHXH cơ sở Quận 1"),
        ("bhxh bình dương giờ ở đâu", "BHXH TP Hồ Chí Minh"),
        ("hà tây cũ giờ nộp bhxh ở đâu", "BHXH TP Hà Nội"),
        ("bhxh vĩnh phúc giờ ở đâu", "BHXH tỉnh Phú Thọ"),
        ("bhxh hà nam giờ thuộc đâu", "BHXH tỉnh Ninh Bình"),
        ("bhxh bắc kạn chuyển về đâu", "BHXH tỉnh Thái Nguyên"),
    ],
)
def test_a_named_place_is_told(asked: str, place: str) -> None:
    places = re.search(r'<ul class="places">(.*?)</ul>', _asked(asked), re.DOTALL)
    assert places is not None
    assert place in re.split("</li>", places[1])[0]


@pytest.mark.parametrize(
    "asked",
    [
        "cơ quan bhxh xứ xyzt ở đâu",
        "bệnh viện nào tốt nhất",
        "thu tuc rut bhxh mot lan o dau",
        "bhxh o dau",
    ],
)
def test_where_no_place_is_named_none_is_told(asked: str) -> None:
    assert 'class="places"' not in _asked(asked)


@pytest.fixture
def _read_again() -> Iterator[None]:
    """Whoever comes next finds the facilities as they were."""
    yield
    memory.forget()


@pytest.mark.usefixtures("_read_again")
def test_a_place_that_ended_is_not_told() -> None:
    Facility.objects.filter(code="01001").update(valid_to=date(2026, 1, 1))
    memory.forget()
    assert "Bệnh viện Đa khoa thành phố Hà Nội</b>" not in _asked("ma cskcb 01001 la benh vien nao")


@pytest.mark.usefixtures("_read_again")
def test_a_place_says_why_it_is_told_and_what_it_does_not_do() -> None:
    assert "Thay cho BHXH tỉnh Hà Nam" in _asked("bhxh hà nam giờ thuộc đâu")
    assert "Không có hợp đồng BHYT" not in _asked("trung tâm y tế đống đa có khám bhyt không")
    Facility.objects.filter(code="01016").update(has_contract=False)
    memory.forget()
    assert "Không có hợp đồng BHYT" in _asked("trung tâm y tế đống đa có khám bhyt không")
