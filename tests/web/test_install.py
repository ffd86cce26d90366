"""Installing the app, and the leaflets of the offices (guides R17)."""

import io
import json
from dataclasses import replace
from datetime import date

import pytest
import zxingcpp
from django.conf import LazySettings
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from vssid.documents.typesetting import typeset
from vssid.reference import queries as reference
from vssid.web.citizen.install import leaflet
from vssid.web.pwa.manifest import ICONS

pytestmark = pytest.mark.django_db

THANH_TRI = "00114"


def test_r17_manifest_says_what_is_installed_and_where_it_starts(client: Client) -> None:
    answer = client.get("/manifest.webmanifest")
    assert answer["Content-Type"] == "application/manifest+json"
    said = json.loads(answer.content)
    assert (said["short_name"], said["display"], said["scope"]) == ("VssID", "standalone", "/")
    assert client.get(said["start_url"]).status_code == 200
    for shortcut in said["shortcuts"]:
        assert client.get(shortcut["url"]).status_code in {200, 302}
    assert {icon["sizes"] for icon in said["icons"]} == {"192x192", "512x512"}


@pytest.mark.parametrize(("file", "side", "purpose"), ICONS)
def test_icon_is_what_the_manifest_says(file: str, side: int, purpose: str) -> None:
    found = finders.find(file)
    assert isinstance(found, str)
    with Image.open(found) as icon:
        assert icon.size == (side, side)
        corner = icon.convert("RGBA").getpixel((0, 0))
    assert isinstance(corner, tuple)
    # Phones cut the corners of a maskable icon; where they do not, nothing may shine through.
    assert corner[3] == (255 if purpose == "maskable" else 0)


def test_every_page_leads_to_the_manifest(client: Client) -> None:
    page = client.get("/tai-ung-dung/").content.decode()
    assert '<link rel="manifest" href="/manifest.webmanifest">' in page
    assert "apple-touch-icon" in page


def test_r17_install_page_explains_every_phone_without_scripts(client: Client) -> None:
    page = client.get("/tai-ung-dung/").content.decode()
    for said in ("Thêm vào màn hình chính", "Thêm vào MH chính", "Mở bằng trình duyệt"):
        assert said in page
    assert "Google Play" not in page


def test_stores_are_offered_where_an_agency_has_put_the_app_there(
    client: Client, settings: LazySettings
) -> None:
    settings.VSSID_PLAY_STORE_URL = "https://play.example.vn/vssid"
    page = client.get("/tai-ung-dung/").content.decode()
    assert 'href="https://play.example.vn/vssid"' in page
    assert "App Store" not in page


def test_r17_leaflet_has_the_office_and_three_codes_that_lead_here(
    client: Client, settings: LazySettings
) -> None:
    settings.VSSID_PUBLIC_URL = "https://vssid.example.vn"
    answer = client.get(f"/tai-ung-dung/to-roi/{THANH_TRI}.pdf")
    assert answer["Content-Type"] == "application/pdf"
    pages = PdfReader(io.BytesIO(answer.content)).pages
    assert len(pages) == 1
    text = pages[0].extract_text()
    for said in ("BHXH cơ sở Thanh Trì", "BHXH huyện Thanh Trì", "024 386 12458", "1900 9068"):
        assert said in text
    assert "Giờ làm việc: Thứ Hai – thứ Sáu: 07:30–11:30, 13:30–17:00" in " ".join(text.split())


def test_leaflet_stays_one_page_with_hours_of_every_day() -> None:
    office = replace(reference.known_office(THANH_TRI), address="Số 1 đường dài, " * 6)
    day = "thứ Hai: 07:30–11:30, 13:30–17:00, 18:00–20:00"
    content = leaflet.leaflet_pdf.__wrapped__(
        office=office,
        hours=(day,) * 7,
        origin="https://vssid.example.vn",
        language="vi",
        made=date(2026, 11, 28),
    )
    assert len(PdfReader(io.BytesIO(content)).pages) == 1


def test_r17_codes_of_a_leaflet_are_read_by_a_phone(monkeypatch: pytest.MonkeyPatch) -> None:
    pictures: dict[str, bytes] = {}

    def spy(**given: object) -> bytes:
        pictures["png"] = typeset(**{**given, "output": "png"})  # type: ignore[arg-type] # as given
        return b"%PDF"

    monkeypatch.setattr(leaflet, "typeset", spy)
    leaflet.leaflet_pdf.__wrapped__(
        office=reference.known_office(THANH_TRI),
        hours=("thứ Hai – thứ Sáu: 07:30–11:30",),
        origin="https://vssid.example.vn",
        language="vi",
        made=date(2026, 11, 28),
    )
    with Image.open(io.BytesIO(pictures["png"])) as page:
        read = {found.text for found in zxingcpp.read_barcodes(page)}
    assert read == {
        "https://vssid.example.vn/tai-ung-dung/",
        "https://vssid.example.vn/dang-ky-cho-con/",
        "https://vssid.example.vn/tra-cuu/ma-so-bhxh/",
    }


@pytest.mark.parametrize("office", ["99999", "x", "00114/..", "%00"])
def test_unknown_office_has_no_leaflet(client: Client, office: str) -> None:
    assert client.get(f"/tai-ung-dung/to-roi/{office}.pdf").status_code == 404


def test_office_of_a_leaflet_is_found_by_its_former_name(client: Client) -> None:
    page = client.get("/tai-ung-dung/to-roi/", {"ten": "huyen thanh tri"}).content.decode()
    assert f"/tai-ung-dung/to-roi/{THANH_TRI}.pdf" in page


def test_code_of_an_office_leads_to_its_leaflet(client: Client) -> None:
    answer = client.get("/tai-ung-dung/to-roi/", {"ten": THANH_TRI})
    assert answer["Location"] == f"/tai-ung-dung/to-roi/{THANH_TRI}.pdf"


def test_leaflet_speaks_the_language_that_was_chosen(client: Client) -> None:
    client.post("/ngon-ngu/", {"ngon_ngu": "en"})
    answer = client.get(f"/tai-ung-dung/to-roi/{THANH_TRI}.pdf")
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "Social insurance on your phone" in text
