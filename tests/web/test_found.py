"""Which pages search engines may list, and what those say of themselves."""

import re
from datetime import datetime, timedelta
from html import unescape
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from django.test import Client, override_settings

from tests.architecture.test_routes import DECIDED
from tests.support.news.writing import an_article
from tests.web.microdata import items
from tests.web.visiting import at_home
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.reference.models import Agency, CollectionPoint, Employer, Facility
from vssid.reference.searching import memory
from vssid.support.answers.bank import bank
from vssid.web.citizen.news import search_engines
from vssid.web.ui.display import route_exists
from vssid.web.ui.found import OPEN

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOST = "http://testserver"
NOINDEX = '<meta name="robots" content="noindex">'
# Open to everybody, yet no page: files, scripts' answers, pictures, what needs a code.
NO_PAGES = re.compile(r"\.|/healthz/|/metrics|/ma-|/phien/|/thu-thach/|/lua-chon/|/api/|<")


def _listed(path: str = "/sitemap.xml") -> list[str]:
    tree = ET.fromstring(Client().get(path).content)  # noqa: S314 - our own
    return [str(one.text).removeprefix(HOST) for one in tree.iter(f"{MAP}loc")]


def _meta(html: str) -> dict[str, str]:
    found = re.findall(r'<meta (?:name|property)="([^"]+)" content="([^"]*)"', html)
    links = re.findall(
        r'<link rel="(?:canonical|alternate)"(?: hreflang="([\w-]+)")? href="([^"]*)"', html
    )
    return dict(found) | {name or "canonical": address for name, address in links}


def test_sitemap_lists_open_pages_and_open_articles_once() -> None:
    an_article(title="Một")
    an_article(title="Nháp", publish_at=None)
    listed = _listed()
    assert len(listed) == len(set(listed))
    pages = sum(route_exists(route) for route in OPEN)
    assert len(listed) == pages + len(bank().questions) + 1
    assert {"/", "/tin-tuc/", "/ho-tro/", "/tra-cuu/", "/dang-ky/", "/tin-tuc/mot/"} <= set(listed)


@pytest.mark.parametrize("slug", ["co-quan-bhxh", "cskcb-giay-nghi", "cskcb-bhyt"])
def test_the_map_of_everything_is_listed(slug: str) -> None:
    address = f"/tra-cuu/{slug}/ban-do/"
    html = Client().get(address).content.decode()
    assert address in _listed()
    assert NOINDEX not in html
    assert _meta(html)["description"].startswith("Bản đồ các")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_listed_page_says_what_it_is(language: str) -> None:
    an_article(title="Một")
    seen: dict[str, str] = {}
    for path in _listed():
        query = "?ngon-ngu=en" if language == "en" else ""
        answer = Client().get(path + query)
        assert answer.status_code == 200, path
        html = answer.content.decode()
        meta = _meta(html)
        assert f'<html lang="{language}"' in html
        assert meta["canonical"] == HOST + path + query
        assert (meta["vi"], meta["x-default"]) == (HOST + path, HOST + path)
        assert meta["en"] == f"{HOST}{path}?ngon-ngu=en"
        assert meta["og:url"] == meta["canonical"]
        assert meta["og:title"] == re.findall(r"<title>(.*?)</title>", html)[0]
        assert meta["og:image"].startswith(f"{HOST}/")
        assert 20 <= len(meta["description"]) <= 400
        assert "robots" not in meta
        assert meta["description"] not in seen, (path, seen[meta["description"]])
        seen[meta["description"]] = path


def test_every_other_open_page_is_not_listed() -> None:
    listed = set(_listed())
    for path in DECIDED["public"].split():
        if path in listed or NO_PAGES.search(path):
            continue
        answer = Client().get(path)
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            assert NOINDEX in answer.content.decode(), path


@pytest.mark.parametrize(
    "address",
    [
        "/tra-cuu/co-quan-bhxh/?ten=thanh+tri",
        "/tin-tuc/?tim=the",
        "/?tiep=/the-bhyt/",
        "/tra-cuu/co-quan-bhxh/ban-do/?tim=thanh+tri",
        "/tra-cuu/cskcb-bhyt/ban-do/?khung=20.9,105.7,21.15,106.0",
        "/tra-cuu/cskcb-giay-nghi/ban-do/?tinh=01",
        "/khong-co-trang-nay/",
    ],
)
def test_answers_to_questions_and_errors_are_not_listed(address: str) -> None:
    html = Client().get(address).content.decode()
    assert NOINDEX in html
    assert 'rel="canonical"' not in html


def test_pages_and_categories_of_the_news_have_addresses_of_their_own() -> None:
    an_article()
    html = Client().get("/tin-tuc/?muc=huong-dan").content.decode()
    assert _meta(html)["canonical"] == f"{HOST}/tin-tuc/?muc=huong-dan"
    assert _meta(html)["en"] == f"{HOST}/tin-tuc/?muc=huong-dan&amp;ngon-ngu=en"


def test_article_is_marked_up_for_machines() -> None:
    an_article(title="Một")
    html = Client().get("/tin-tuc/mot/").content.decode()
    assert _meta(html)["og:type"] == "article"
    assert 'itemtype="https://schema.org/NewsArticle"' in html
    (found,) = items(html)
    assert found["type"] == ["https://schema.org/NewsArticle"]
    assert found["headline"] == ["Một"]
    assert found["inLanguage"] == ["vi"]
    for name in ("datePublished", "dateModified"):
        assert datetime.fromisoformat(found[name][0]).tzinfo
    for name in ("author", "publisher"):
        (who,) = found[name]
        assert (who["type"], who["name"]) == (["https://schema.org/Organization"], ["VssID"])
    assert found["articleBody"][0].strip()
    assert found["description"][0].strip()


@pytest.mark.parametrize("is_real", [True, False])
def test_an_office_is_marked_up_and_listed_where_it_is_no_demo(*, is_real: bool) -> None:
    Agency.objects.filter(code="00114").update(is_derived=not is_real)
    memory.forget()
    try:
        html = Client().get("/tra-cuu/co-quan-bhxh/00114/").content.decode()
    finally:
        memory.forget()
    assert (NOINDEX in html) is not is_real
    if not is_real:
        assert items(html) == []
        return
    (found,) = items(html)
    assert found["type"] == ["https://schema.org/GovernmentOffice"]
    assert found["name"] == ["BHXH cơ sở Thanh Trì"]
    assert found["telephone"] == ["024 386 12458"]
    assert found["url"] == [f"{HOST}/tra-cuu/co-quan-bhxh/00114/"]
    place = found["location"][0]["geo"][0]
    assert 8 < float(place["latitude"][0]) < 24
    assert 102 < float(place["longitude"][0]) < 118
    assert "024 386 12458" in _meta(html)["description"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_question_is_marked_up_with_its_answer(language: str) -> None:
    path = "/ho-tro/cau-hoi-thuong-gap/card-valid/"
    query = "?ngon-ngu=en" if language == "en" else ""
    html = Client().get(path + query).content.decode()
    (found,) = items(html)
    assert found["type"] == ["https://schema.org/FAQPage"]
    assert found["url"] == [HOST + path + query]
    (question,) = found["mainEntity"]
    one = bank().questions["card-valid"]
    assert question["name"] == [one.ask_en if language == "en" else one.ask]
    text = question["acceptedAnswer"][0]["text"][0]
    assert text.startswith(unescape(_meta(html)["description"]).rstrip("…"))


def test_the_questions_are_marked_up_as_the_parts_of_their_list() -> None:
    (found,) = items(Client().get("/ho-tro/cau-hoi-thuong-gap/").content.decode())
    assert found["type"] == ["https://schema.org/CollectionPage"]
    assert len(found["hasPart"]) == len(bank().questions)
    assert set(found["hasPart"]) <= set(_listed())


def test_home_says_whose_site_it_is_and_where_to_search() -> None:
    (found,) = items(Client().get("/").content.decode())
    assert found["type"] == ["https://schema.org/WebSite"]
    (who,) = found["publisher"]
    assert (who["type"], who["name"]) == (["https://schema.org/Organization"], ["VssID"])
    (search,) = found["potentialAction"]
    target = search["target"][0].replace("{search_term_string}", "the+bhyt")
    assert Client().get(target.removeprefix(HOST)).status_code == 200
    assert search["query-input"][0]["valueName"] == ["search_term_string"]


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/", "WebSite"),
        ("/ho-tro/cau-hoi-thuong-gap/card-valid/", "FAQPage"),
        ("/tra-cuu/co-quan-bhxh/00114/", "GovernmentOffice"),
        ("/tin-tuc/mot/", "Organization"),
    ],
)
def test_what_is_said_to_machines_alone_takes_no_place_on_the_page(path: str, said: str) -> None:
    an_article(title="Một")
    Agency.objects.filter(code="00114").update(is_derived=False)
    memory.forget()
    try:
        html = Client().get(path).content.decode()
    finally:
        memory.forget()
    (tag, *_) = re.findall(rf'<[^>]+itemtype="https://schema.org/{said}"', html)
    assert " hidden " in tag


def test_an_answer_thanked_for_is_not_listed() -> None:
    html = Client().get("/ho-tro/cau-hoi-thuong-gap/card-valid/?cam-on=co").content.decode()
    assert NOINDEX in html
    assert items(html) == []


@pytest.mark.parametrize("path", ["/ho-tro/", "/ho-tro/cau-hoi-thuong-gap/card-valid/"])
def test_open_pages_say_nothing_to_search_engines_when_signed_in(path: str) -> None:
    html = at_home().get(path).content.decode()
    assert "og:" not in html
    assert 'rel="canonical"' not in html
    assert items(html) == []


def test_real_entries_are_listed_and_those_of_the_demo_or_not_of_today_are_not() -> None:
    yesterday = vietnam_today(utc_now()) - timedelta(days=1)
    now, over, later = Facility.objects.order_by("code").values_list("code", flat=True)[:3]
    Facility.objects.filter(code__in=[now, over, later]).update(is_derived=False)
    Facility.objects.filter(code=later).update(valid_from=yesterday + timedelta(days=2))
    Facility.objects.filter(code=over).update(valid_from=None, valid_to=yesterday)
    for code, closed_on in (("TX0001", None), ("TX0002", yesterday)):
        Employer.objects.create(code=code, name="May Lá Biếc", wage_region=1, closed_on=closed_on)
    Employer.objects.create(code="TX0003", name="Của bản thử", wage_region=1, is_invented=True)
    point = CollectionPoint.objects.order_by("code").values_list("code", flat=True)[0]
    CollectionPoint.objects.filter(code=point).update(is_derived=False)
    Agency.objects.filter(code="00114").update(is_derived=False)
    memory.forget()
    try:
        entries = [
            path
            for path in _listed()
            if path.startswith("/tra-cuu/") and path.count("/") > 3 and "/ban-do/" not in path
        ]
        answers = [Client().get(path).content.decode() for path in entries]
    finally:
        memory.forget()
    below = ("co-quan-bhxh/00114", f"cskcb-bhyt/{now}", "don-vi/TX0001", f"diem-thu/{point}")
    assert entries == [f"/tra-cuu/{one}/" for one in below]
    assert [NOINDEX in html for html in answers] == [False] * len(entries)


def test_what_no_longer_fits_into_one_map_is_split(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _listed()
    monkeypatch.setattr(search_engines, "MOST_IN_A_MAP", len(whole) // 2)
    parts = _listed()
    assert parts == [f"/sitemap-{at}.xml" for at in (1, 2, 3)][: len(parts)]
    assert [path for part in parts for path in _listed(part)] == whole
    assert Client().get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404
    assert Client().get("/sitemap-0.xml").status_code == 404


def test_addresses_are_those_that_people_open() -> None:
    with override_settings(VSSID_PUBLIC_URL="https://bhxh.example"):
        html = Client().get("/ho-tro/").content.decode()
        assert _meta(html)["canonical"] == "https://bhxh.example/ho-tro/"
        assert "https://bhxh.example/sitemap.xml" in Client().get("/robots.txt").content.decode()


def _allowed(path: str) -> bool:
    robots = RobotFileParser()
    text = Client().get("/robots.txt").content.decode()
    robots.parse([line.replace("$", "") for line in text.splitlines()])
    return robots.can_fetch("*", f"{HOST}{path}")


def test_robots_ask_for_no_private_page() -> None:
    private = [access for access in DECIDED if access not in {"public", "visitor"}]
    for access in private:
        for path in DECIDED[access].split():
            plain = re.sub(r"<[^>]+>", "x", path)
            # Of the record's roots the sign-in answers; nothing below them is asked for.
            assert not _allowed(plain) or plain == "/xem-ho/x/", plain


def test_robots_may_ask_for_every_listed_page() -> None:
    an_article(title="Một")
    assert [path for path in _listed() if not _allowed(path)] == []


def test_who_comes_in_english_goes_on_in_english() -> None:
    client = Client()
    client.get("/tin-tuc/?ngon-ngu=en")
    assert '<html lang="en"' in client.get("/ho-tro/").content.decode()
    chosen = Client()
    chosen.cookies["ngon_ngu"] = "vi"
    chosen.get("/tin-tuc/?ngon-ngu=en")
    assert '<html lang="vi"' in chosen.get("/ho-tro/").content.decode()
    assert '<html lang="vi"' in Client().get("/ho-tro/?ngon-ngu=xx").content.decode()


def test_page_of_somebody_signed_in_tells_search_engines_nothing_private() -> None:
    html: Any = at_home().get("/the-bhyt/").content.decode()
    assert "og:" not in html
    assert 'rel="canonical"' not in html


def test_the_look_ups_are_described_as_all_six() -> None:
    said = _meta(Client().get("/tra-cuu/").content.decode())["description"]
    for one in ("mã số BHXH", "cơ quan BHXH", "nơi khám", "giấy nghỉ", "đơn vị", "điểm thu"):
        assert one in said
