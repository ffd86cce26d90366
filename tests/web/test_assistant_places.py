"""Places in questions to the assistant: former communes, and what is near whom."""

import re

import pytest
from django.test import Client

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
