"""What travels compressed, and what does not."""

import gzip

import pytest
from django.test import Client

from tests.insurance.building import AN, stored
from tests.insurance.long_life import a_long_life
from tests.web.signing_in import signed_in
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.web.ui.checks import new_picture

pytestmark = pytest.mark.django_db
READS = {"Accept-Encoding": "gzip, deflate, br"}


def test_page_travels_compressed_to_who_can_read_that() -> None:
    answer = Client().get("/ho-tro/", headers=READS)
    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert int(answer["Content-Length"]) == len(answer.content)
    plain = Client().get("/ho-tro/")
    assert "Content-Encoding" not in plain
    assert len(answer.content) < len(plain.content) / 2
    assert "Tổng đài" in gzip.decompress(answer.content).decode()


def test_unchanged_page_is_known_again_by_its_compressed_form() -> None:
    stored(a_long_life(vietnam_today(utc_now())))
    reader = signed_in(AN)
    reader.cookies.update(reader.get("/the-bhyt/").cookies)
    first = reader.get("/the-bhyt/", headers=READS)
    assert first["Content-Encoding"] == "gzip"
    again = {**READS, "If-None-Match": first["ETag"]}
    assert reader.get("/the-bhyt/", headers=again).status_code == 304
    news = Client().get("/tin-tuc/", headers=READS)
    again = {**READS, "If-None-Match": news["ETag"]}
    assert Client().get("/tin-tuc/", headers=again).status_code == 304


def test_picture_travels_as_it_is() -> None:
    answer = Client().get(new_picture().image_url, headers=READS)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("image/")
    assert "Content-Encoding" not in answer
