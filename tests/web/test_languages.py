"""The other language: one press on a page of who is signed out, and back on the same page."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.web.visiting import at_home, text_of
from vssid.web.pwa.views import PAGES

pytestmark = pytest.mark.django_db

OFFER = "This page is available in English."
ABROAD = {"HTTP_ACCEPT_LANGUAGE": "en-GB,en;q=0.9"}


@pytest.mark.parametrize("page", ["/", "/tin-tuc/", "/ho-tro/", "/tra-cuu/", "/dang-nhap/"])
def test_top_bar_switches_and_stays_on_the_page(page: str) -> None:
    client = Client()
    top = client.get(page).content.decode().partition("</header>")[0]
    assert 'action="/ngon-ngu/"' in top
    assert 'value="en" lang="en" aria-label="English"' in top
    assert f'name="tro_lai" value="{page}"' in top
    answer = client.post("/ngon-ngu/", {"ngon_ngu": "en", "tro_lai": page})
    assert answer["Location"] == page
    english = client.get(page).content.decode()
    assert '<html lang="en"' in english
    assert 'value="vi" lang="vi" aria-label="Tiếng Việt"' in english.partition("</header>")[0]


def test_search_is_kept_and_a_language_in_the_address_is_not() -> None:
    html = Client().get("/tin-tuc/?tim=the&ngon-ngu=en").content.decode()
    assert 'name="tro_lai" value="/tin-tuc/?tim=the"' in html


@pytest.mark.parametrize("to", ["https://x.example/", "//x.example/", "/can-bo/", "javascript:1"])
def test_nobody_is_led_away(to: str) -> None:
    answer = Client().post("/ngon-ngu/", {"ngon_ngu": "en", "tro_lai": to})
    assert answer["Location"] == "/quan-ly-ca-nhan/"


def test_without_a_page_to_go_back_to_the_choice_itself_is_shown() -> None:
    assert Client().post("/ngon-ngu/", {"ngon_ngu": "en"})["Location"] == "/ngon-ngu/"


def test_signed_in_and_on_what_was_typed_there_is_no_switch() -> None:
    assert 'name="tro_lai"' not in at_home().get("/tin-tuc/").content.decode()
    answer = Client().post("/dang-nhap/", {"number": "1"})
    assert answer.status_code == 422
    assert 'name="tro_lai"' not in answer.content.decode()


@pytest.mark.parametrize("route", PAGES)
def test_pages_that_a_phone_keeps_hold_no_form_of_one_session(route: str) -> None:
    answer = Client(**ABROAD).get(reverse(route))
    assert answer.status_code == 200
    assert 'name="tro_lai"' not in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "is_offered"),
    [
        ("en-GB,en;q=0.9", True),
        ("ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", True),
        ("vi-VN,vi;q=0.9,en-US;q=0.8", False),
        ("en-US,en;q=0.9,vi;q=0.8", False),
        ("en-US,vi;q=0", True),
        ("fr-FR,fr;q=0.9", False),
        ("", False),
        (";;q=,", False),
    ],
)
def test_english_is_offered_in_english_to_who_reads_no_vietnamese(
    asked: str, *, is_offered: bool
) -> None:
    for page in ("/", "/tin-tuc/"):
        answer = Client(HTTP_ACCEPT_LANGUAGE=asked).get(page)
        assert (OFFER in text_of(answer)) is is_offered
        assert '<html lang="vi"' in answer.content.decode()


@pytest.mark.parametrize("chosen", ["vi", "en"])
def test_who_has_chosen_is_offered_nothing_more(chosen: str) -> None:
    client = Client(**ABROAD)
    client.post("/ngon-ngu/", {"ngon_ngu": chosen, "tro_lai": "/tin-tuc/"})
    assert OFFER not in text_of(client.get("/tin-tuc/"))
    assert OFFER not in text_of(Client(**ABROAD).get("/tin-tuc/?ngon-ngu=en"))
