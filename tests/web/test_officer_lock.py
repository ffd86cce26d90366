"""Counter screens lock, and open again for the same officer where they were."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.sessions.backends.base import UpdateError
from django.test import Client

from tests.authenticator import Authenticator
from tests.factories import HONG, PASSWORD, a_declaration, an_officer, received
from tests.staff.keys import code_at, give_smart_otp
from tests.web.visiting import at_desk, text_of
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.registration.models import Declaration, State
from vssid.registration.rules import display_code
from vssid.staff.commands.desk_sessions import SessionStore
from vssid.staff.models import OfficerPasskey

pytestmark = pytest.mark.django_db

LOCK, OPEN = "/can-bo/khoa/", "/can-bo/khoa/mo/"
IDLE = settings.VSSID_DESK_IDLE


def _idle(client: Client, span: timedelta = IDLE + timedelta(seconds=1)) -> Client:
    session = client.session
    seen = utc_now() - span
    session["desk"] = {**session["desk"], "seen": seen.timestamp()}
    session.save()
    return client


def _pressed(client: Client, to: str = "/can-bo/", **kept: Any) -> Any:
    return client.post(LOCK, {"tiep": to, **kept})


def test_screen_that_nobody_touches_locks() -> None:
    client = _idle(at_desk(an_officer()))
    answer = client.get("/can-bo/?trang=1")
    assert answer["Location"] == f"{LOCK}?tiep=%2Fcan-bo%2F%3Ftrang%3D1"
    page = text_of(client.get(answer["Location"]))
    assert "Màn hình đang khóa" in page
    assert "Tờ khai chờ xử lý" not in page


def test_every_act_keeps_the_screen_open() -> None:
    client = _idle(at_desk(an_officer()), IDLE - timedelta(seconds=20))
    assert client.get("/can-bo/").status_code == 200
    assert client.get("/can-bo/con-day/").json()["seconds"] > IDLE.total_seconds() / 2


def test_asking_how_long_is_no_act_and_typing_is_one() -> None:
    client = _idle(at_desk(an_officer()), IDLE - timedelta(seconds=30))
    for _ in range(2):
        assert 25 <= client.get("/can-bo/con-day/").json()["seconds"] <= 30
    assert client.post("/can-bo/con-day/").json()["seconds"] == IDLE.total_seconds()


def test_locked_screen_tells_no_script_that_somebody_is_there() -> None:
    client = _idle(at_desk(an_officer()))
    assert client.post("/can-bo/con-day/")["Location"].startswith(LOCK)
    assert client.get("/can-bo/")["Location"].startswith(LOCK)


def test_one_press_locks_and_the_password_opens_where_it_was() -> None:
    client = at_desk(an_officer())
    assert _pressed(client, "/can-bo/?trang=2")["Location"].startswith(LOCK)
    assert client.get("/can-bo/")["Location"].startswith(LOCK)
    before = client.cookies["can_bo"].value
    answer = client.post(OPEN, {"password": PASSWORD, "tiep": "/can-bo/?trang=2"})
    assert answer["Location"] == "/can-bo/?trang=2"
    assert client.get("/can-bo/").status_code == 200
    assert client.cookies["can_bo"].value != before
    assert Event.objects.filter(act="officer.unlock").count() == 1


@pytest.mark.parametrize("to", ["//evil.example/can-bo/", "/quan-ly-ca-nhan/", LOCK, ""])
def test_screen_opens_on_a_page_of_the_desk_only(to: str) -> None:
    client = at_desk(an_officer())
    _pressed(client)
    assert client.post(OPEN, {"password": PASSWORD, "tiep": to})["Location"] == "/can-bo/"


def test_code_of_the_same_officer_opens() -> None:
    client = at_desk(give_smart_otp(an_officer()))
    _pressed(client)
    assert client.post(OPEN, {"code": code_at(utc_now())})["Location"] == "/can-bo/"


def test_passkey_of_the_same_officer_opens() -> None:
    officer = give_smart_otp(an_officer())
    client, device = at_desk(officer), Authenticator("testserver", "http://testserver")
    options = client.post("/can-bo/bao-mat/van-tay/").json()["options"]
    sent = {"name": "", "password": PASSWORD, "tra_loi": device.make(options)}
    client.post("/can-bo/bao-mat/van-tay/them/", sent)
    _pressed(client)
    options = client.post("/can-bo/khoa/van-tay/").json()["options"]
    assert client.post(OPEN, {"tra_loi": device.use(options)})["Location"] == "/can-bo/"


@pytest.mark.parametrize("sent", [{"password": "wrong"}, {"password": ""}, {"code": "xxxxxx"}, {}])
def test_wrong_keys_leave_the_screen_locked(sent: dict[str, str]) -> None:
    client = at_desk(give_smart_otp(an_officer()))
    _pressed(client)
    assert client.post(OPEN, sent).status_code == 422
    assert client.get("/can-bo/")["Location"].startswith(LOCK)


def test_guessing_at_a_locked_screen_has_to_wait() -> None:
    client = at_desk(an_officer())
    _pressed(client)
    for _ in range(5):
        client.post(OPEN, {"password": "wrong password"})
    answer = client.post(OPEN, {"password": PASSWORD})
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")


def test_another_officers_password_does_not_open() -> None:
    an_officer(password="")
    client = at_desk(an_officer(password=""))
    _pressed(client)
    assert client.post(OPEN, {"password": PASSWORD}).status_code == 422


def test_another_officer_may_sign_in_instead() -> None:
    client, other = at_desk(an_officer()), give_smart_otp(an_officer(full_name="Mai Thị Duyên"))
    _pressed(client)
    sent = {"user_name": other.user_name, "password": PASSWORD}
    client.post("/can-bo/dang-nhap/", sent)
    client.post("/can-bo/dang-nhap/buoc-hai/", {"code": code_at(utc_now())})
    assert "Mai Thị Duyên" in text_of(client.get("/can-bo/"))


def test_locked_screen_can_be_left() -> None:
    client = at_desk(an_officer())
    _pressed(client)
    assert client.post("/can-bo/thoat/")["Location"] == "/can-bo/dang-nhap/"


def test_open_screen_needs_no_opening() -> None:
    client = at_desk(an_officer())
    assert client.get(f"{LOCK}?tiep=/can-bo/bao-mat/")["Location"] == "/can-bo/bao-mat/"
    assert client.post(OPEN, {})["Location"].startswith(LOCK)


# --- requests at the same time --------------------------------------------------------------------


def _loaded(client: Client) -> SessionStore:
    """The session as a request that has just begun holds it."""
    session = SessionStore(client.cookies["can_bo"].value)
    assert session["desk"]
    return session


def test_request_that_began_before_the_lock_and_ends_after_it_opens_nothing() -> None:
    client = at_desk(an_officer())
    slow = _loaded(client)
    _pressed(client)
    slow["account"] = {"number": HONG.number}
    slow.save()
    assert client.get("/can-bo/")["Location"].startswith(LOCK)


def test_request_that_began_before_the_unlocking_leaves_no_open_session() -> None:
    client = at_desk(an_officer())
    slow, key = _loaded(client), client.cookies["can_bo"].value
    _pressed(client)
    client.post(OPEN, {"password": PASSWORD})
    slow["account"] = {"number": HONG.number}
    with pytest.raises(UpdateError):
        slow.save()
    client.cookies["can_bo"] = key
    assert client.get("/can-bo/")["Location"].startswith("/can-bo/dang-nhap/")


def test_question_to_a_passkey_that_another_request_writes_back_serves_once() -> None:
    officer = give_smart_otp(an_officer())
    client, device = at_desk(officer), Authenticator("testserver", "http://testserver")
    options = client.post("/can-bo/bao-mat/van-tay/").json()["options"]
    slow = _loaded(client)
    sent = {"name": "", "password": PASSWORD, "tra_loi": device.make(options)}
    add = "/can-bo/bao-mat/van-tay/them/"
    assert client.post(add, sent)["Location"].endswith("xong=them")
    slow["account"] = {}
    slow.save()
    assert client.session["challenge"] == slow["challenge"]
    other = Authenticator("testserver", "http://testserver")
    assert client.post(add, {**sent, "tra_loi": other.make(options)}).status_code == 422
    assert OfficerPasskey.objects.count() == 1


# --- what was typed -------------------------------------------------------------------------------


def _refusal(declaration: Declaration) -> str:
    return f"/can-bo/ho-so/{display_code(declaration.code)}/"


def test_decision_sent_from_a_locked_screen_is_not_taken_but_kept() -> None:
    officer = an_officer()
    declaration = received(a_declaration(), officer)
    client, page = _idle(at_desk(officer)), _refusal(declaration)
    sent = {"reasons": ["name-differs", "paper-unreadable"], "words": "Ảnh mờ ở góc."}
    answer = client.post(f"{page}tu-choi/", sent)
    assert answer["Location"].startswith(LOCK)
    assert Declaration.objects.get().state == State(declaration.state)
    opened = client.post(OPEN, {"password": PASSWORD, "tiep": f"{page}tu-choi/"})
    case = client.get(client.get(opened["Location"])["Location"]).content.decode()
    assert 'value="Ảnh mờ ở góc."' in case
    assert case.count(" checked") == 2
    assert 'value="Ảnh mờ ở góc."' not in client.get(page).content.decode()


def test_what_stood_in_the_form_when_the_screen_was_locked_stands_there_again() -> None:
    officer = an_officer()
    page = _refusal(received(a_declaration(), officer))
    client = at_desk(officer)
    _pressed(client, page, giu_words="Họ tên khác.", giu_reasons=["id-number-differs"])
    assert "Họ tên khác." not in str(dict(client.session))
    client.post(OPEN, {"password": PASSWORD, "tiep": page})
    assert 'value="Họ tên khác."' in client.get(page).content.decode()


def test_secrets_are_never_kept() -> None:
    client = _idle(at_desk(an_officer()))
    client.post("/can-bo/bao-mat/mat-khau/", {"old": PASSWORD, "new": "x", "again": "x"})
    assert "kept" not in client.session


def test_what_one_officer_typed_is_not_shown_to_the_next() -> None:
    officer, other = an_officer(), give_smart_otp(an_officer())
    page = _refusal(received(a_declaration(), officer))
    client = at_desk(officer)
    _pressed(client, page, giu_words="Họ tên khác.")
    client.post("/can-bo/dang-nhap/", {"user_name": other.user_name, "password": PASSWORD})
    client.post("/can-bo/dang-nhap/buoc-hai/", {"code": code_at(utc_now())})
    assert "Họ tên khác." not in client.get(page).content.decode()
