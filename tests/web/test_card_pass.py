"""The page of both QRs: the signed one is fresh each time and reads back, also of a child."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.factories import CLERK, HONG, KHOA, a_person, a_session, an_account
from tests.insurance import photographs
from tests.staff.test_card_checks import give_card, make_near_poor
from tests.web.visiting import at_home, live_session, text_of, with_session
from vssid.accounts.commands import sessions
from vssid.accounts.models import Session
from vssid.audit.models import Event
from vssid.insurance import card_qr
from vssid.insurance.card_pass import keys, tokens
from vssid.kernel.clock import VIETNAM, utc_now, vietnam_today
from vssid.people.models import Guardianship, Person

pytestmark = pytest.mark.django_db
PAGE, NEXT = "/the-bhyt/ma-xac-thuc/", "/the-bhyt/ma-xac-thuc/moi/"


@pytest.fixture
def home() -> Client:
    """Hồng's phone; she has a card."""
    client = at_home()
    give_card()
    return client


def _read(svg: str) -> str:
    return photographs.scan(photographs.drawn(svg, side=600))


def _svgs(html: str) -> list[str]:
    return [one for one in re.findall(r"<svg.*?</svg>", html, re.S) if 'stroke="#000"' in one]


def test_page_shows_the_signed_code_and_the_cards_own(home: Client) -> None:
    answer = home.get(PAGE)
    signed, plain = _svgs(answer.content.decode())
    said = tokens.read_pass(_read(signed), keys=keys.public_keys(), now=utc_now())
    assert (said.number, said.full_name, said.born) == (
        HONG.number,
        HONG.full_name,
        date(1990, 5, 12),
    )
    assert card_qr.parse(_read(plain)).full_name == HONG.full_name
    until = f"{said.expires_at.astimezone(VIETNAM):%H:%M}"
    assert f"Mã xác thực, có hạn đến {until}" in text_of(answer)
    assert timedelta(minutes=9) < said.expires_at - utc_now() <= timedelta(minutes=10)


def test_signed_code_carries_the_level_that_counts_today(home: Client) -> None:
    make_near_poor()
    signed, _plain = _svgs(home.get(PAGE).content.decode())
    assert tokens.read_pass(_read(signed), keys=keys.public_keys(), now=utc_now()).level == 2


def test_page_is_drawn_anew_and_kept_nowhere(home: Client) -> None:
    first = home.get(PAGE)
    assert first["Cache-Control"] == "private, no-store"
    assert "ETag" not in first
    assert "svg" in home.get(PAGE, headers={"If-None-Match": "*"}).content.decode()


def test_page_of_the_card_leads_there_and_back(home: Client) -> None:
    assert f'href="{PAGE}"' in home.get("/the-bhyt/xem/").content.decode()
    html = home.get(PAGE).content.decode()
    assert 'href="/the-bhyt/xem/"' in html
    assert f'href="{PAGE}"' in html, "renewed without a script"
    assert f'data-pass="{NEXT}"' in html


def test_who_has_no_card_is_led_back(home: Client) -> None:
    client = at_home(KHOA)
    assert client.get(PAGE)["Location"] == "/the-bhyt/"
    assert client.get(NEXT).status_code == 404


def test_no_code_is_signed_for_who_died(home: Client) -> None:
    Person.objects.filter(number=HONG.number).update(died_on=vietnam_today(utc_now()))
    assert home.get(PAGE)["Location"] == "/the-bhyt/"
    assert home.get(NEXT).status_code == 404


def test_next_code_is_fetched_and_keeps_no_session_awake(home: Client) -> None:
    long_ago = utc_now() - timedelta(minutes=20)
    Session.objects.update(last_seen_at=long_ago)
    answer = home.get(NEXT)
    said = answer.json()
    read = tokens.read_pass(_read(said["drawn"]), keys=keys.public_keys(), now=utc_now())
    assert read.number == HONG.number
    assert said["clock"] == f"{read.expires_at.astimezone(VIETNAM):%H:%M}"
    assert 590 <= said["seconds"] <= 600
    assert answer["Cache-Control"] == "private, no-store"
    assert Session.objects.get().last_seen_at == long_ago


def test_next_code_is_not_given_to_who_is_signed_out() -> None:
    account = an_account()
    give_card()
    client = with_session(a_session(account))
    sessions.sign_out(number=HONG.number, session_id=live_session(account), now=utc_now())
    for one in (client, Client()):
        assert (one.get(NEXT).status_code, one.get(NEXT).json()) == (401, {})
    assert client.get(PAGE)["Location"].startswith("/dang-nhap/")


def test_next_code_waits_for_the_first_password(home: Client) -> None:
    assert at_home(KHOA, must_change=True).get(NEXT).status_code == 401


def test_guardian_shows_the_childs_code_and_only_theirs(home: Client) -> None:
    child = a_person(KHOA)
    give_card(KHOA.number)
    row = Guardianship.objects.create(
        guardian_id=HONG.number,
        child_number=child.number,
        child_name=child.full_name,
        relation="guardian",
        from_date=date(2020, 1, 1),
    )
    page = f"/con/{row.id}/the-bhyt/ma-xac-thuc/"
    signed, _plain = _svgs(home.get(page).content.decode())
    drawn = home.get(f"{page}moi/").json()["drawn"]
    for svg in (signed, drawn):
        said = tokens.read_pass(_read(svg), keys=keys.public_keys(), now=utc_now())
        assert said.number == KHOA.number
    home.get(f"{page}moi/")
    assert Event.objects.filter(subject=KHOA.number, reason="guardian").count() == 1
    for stranger in (f"/con/{uuid4()}/the-bhyt/ma-xac-thuc/",):
        assert home.get(stranger).status_code == 404
        assert home.get(f"{stranger}moi/").status_code == 404
    Guardianship.objects.update(to_date=date(2020, 2, 1))
    assert home.get(f"{page}moi/").status_code == 404
    assert CLERK
