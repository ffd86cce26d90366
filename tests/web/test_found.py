"""Which pages search engines may list, and what those say of themselves."""

import re
from datetime import datetime
from typing import Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from django.test import Client, override_settings

from tests.architecture.test_routes import DECIDED
from tests.support.news.writing import an_article
from tests.web.microdata import items
from tests.web.visiting import at_home
from vssid.reference.models import Agency
from vssid.reference.searching import memory
from vssid.web.ui.display import route_exists
from vssid.web.ui.found import OPEN

pytestmark = pytest.mark.django_db

MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOST = "http://testserver"
NOINDEX = '<meta name="robots" content="noindex">'
# Open to everybody, yet no page: files, scripts' answers, pictures, what needs a code.
NO_PAGES = re.compile(r"\.|/healthz/|/metrics|/ma-|/phien/|/thu-thach/|/lua-chon/|/api/|<")


def _listed() -> list[str]:
    tree = ET.fromstring(Client().get("/sitemap.xml").content)  # noqa: S314 - our own
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
    assert len(listed) == sum(route_exists(route) for route in OPEN) + 1
    assert {"/", "/tin-tuc/", "/ho-tro/", "/tra-cuu/", "/dang-ky/", "/tin-tuc/mot/"} <= set(listed)


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
