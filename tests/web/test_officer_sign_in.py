"""The officers' door: password, second factor, first sign-in; what half a sign-in opens."""

from contextlib import ExitStack
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.test import Client

from tests.authenticator import Authenticator
from tests.factories import HONG, PASSWORD, an_account, an_officer
from tests.staff.keys import code_at, give_smart_otp
from tests.web.visiting import at_desk, text_of
from vssid.audit.models import Event
from vssid.kernel import totp
from vssid.kernel.clock import utc_now
from vssid.staff import secrets
from vssid.staff.commands import officers
from vssid.staff.models import Officer, OfficerOtp, OfficerPasskey, Role
from vssid.web.officer import door

pytestmark = pytest.mark.django_db

DOOR = "/can-bo/dang-nhap/"
SECOND, NEW, SET_UP = f"{DOOR}buoc-hai/", f"{DOOR}mat-khau-moi/", f"{DOOR}smart-otp/"
OWN = "cây đa bến nước 2026"


def _sign_in(client: Client, user_name: str, password: str = PASSWORD, to: str = "") -> Any:
    return client.post(DOOR, {"user_name": user_name, "password": password, "tiep": to})


def _at_second_step(to: str = "") -> tuple[Client, Officer]:
    officer, client = give_smart_otp(an_officer()), Client()
    assert _sign_in(client, officer.user_name, to=to)["Location"] == SECOND
    return client, officer


def _code(client: Client, now: datetime | None = None) -> Any:
    return client.post(SECOND, {"code": code_at(now or utc_now())})


# --- how many at once -----------------------------------------------------------------------------


def _known_computer(officer: Officer) -> Client:
    client = Client()
    _sign_in(client, officer.user_name)
    _code(client)
    client.post("/can-bo/thoat/")
    return client


def test_stranger_waits_while_three_passwords_are_checked_a_known_computer_while_four() -> None:
    officer = give_smart_otp(an_officer())
    stranger, known = Client(), _known_computer(officer)
    with ExitStack() as busy:
        for _ in range(3):
            assert busy.enter_context(door.PLACES.enter()) is None
        answer = _sign_in(stranger, officer.user_name)
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert "Xin chờ 5 giây rồi bấm lại" in text_of(answer)
        assert f'value="{officer.user_name}"' in answer.content.decode()
        assert _sign_in(known, officer.user_name)["Location"] == SECOND
        assert busy.enter_context(door.PLACES.enter(0.0)) is None
        assert _sign_in(known, officer.user_name).status_code == 503
    assert _sign_in(stranger, officer.user_name)["Location"] == SECOND


def test_password_that_was_not_looked_at_is_no_wrong_one() -> None:
    officer = give_smart_otp(an_officer())
    with ExitStack() as busy:
        for _ in range(3):
            busy.enter_context(door.PLACES.enter())
        for _ in range(9):
            assert _sign_in(Client(), officer.user_name).status_code == 503
    assert _sign_in(Client(), officer.user_name)["Location"] == SECOND


# --- two steps ------------------------------------------------------------------------------------


def test_officer_signs_in_with_a_code_and_out() -> None:
    client, _officer = _at_second_step()
    assert _code(client)["Location"] == "/can-bo/"
    assert client.get("/can-bo/").status_code == 200
    assert client.get("/can-bo/thoat/")["Location"] == "/can-bo/"
    assert client.post("/can-bo/thoat/")["Clear-Site-Data"] == '"cache"'
    assert client.get("/can-bo/").status_code == 302


def test_password_alone_opens_nothing_but_the_second_step() -> None:
    client, _officer = _at_second_step()
    for address in ("/can-bo/", "/can-bo/khoa/", "/can-bo/bao-mat/", "/can-bo/nhan-su/"):
        assert client.get(address)["Location"].startswith(DOOR)
    client, _officer = _at_second_step()
    for address in (NEW, SET_UP):
        assert client.get(address)["Location"] == SECOND
    assert not Event.objects.filter(act="officer.sign-in").exists()


def test_key_of_the_session_changes_at_each_step() -> None:
    client = Client()
    officer = give_smart_otp(an_officer())
    _sign_in(client, officer.user_name)
    half = client.cookies["can_bo"].value
    _code(client)
    assert client.cookies["can_bo"].value != half
    stolen = Client()
    stolen.cookies["can_bo"] = half
    assert stolen.get("/can-bo/")["Location"].startswith(DOOR)


def test_wrong_password_and_unknown_officer_read_the_same() -> None:
    officer = an_officer()
    for name in (officer.user_name, "nobody"):
        answer = _sign_in(Client(), name, "wrong password")
        assert answer.status_code == 422
        assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in text_of(answer)
        assert f'value="{name}"' in answer.content.decode()


def test_lock_is_answered_with_the_wait() -> None:
    officer = an_officer()
    for _ in range(5):
        _sign_in(Client(), officer.user_name, "wrong password")
    answer = _sign_in(Client(), officer.user_name)
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")
    assert "Xin chờ 15 phút" in text_of(answer)


def test_stranger_does_not_lock_the_head_out_of_their_computer() -> None:
    client, officer = _at_second_step()
    _code(client)
    client.post("/can-bo/thoat/")
    for _ in range(9):
        _sign_in(Client(), officer.user_name, "wrong password")
    assert _sign_in(Client(), officer.user_name).status_code == 429
    assert _sign_in(client, officer.user_name)["Location"] == SECOND


@pytest.mark.parametrize("cookie", ["", "x", "AAAA", "%%%"])
def test_forged_cookie_of_a_computer_is_a_stranger(cookie: str) -> None:
    client, officer = Client(), an_officer()
    client.cookies[door.DEVICE_COOKIE] = cookie
    assert _sign_in(client, officer.user_name)["Location"] == SET_UP


def test_citizen_does_not_sign_in_at_the_desk() -> None:
    an_account()
    assert _sign_in(Client(), HONG.number).status_code == 422


@pytest.mark.parametrize(
    ("to", "leads_to"),
    [
        ("/can-bo/?trang=2", "/can-bo/?trang=2"),
        ("//evil.example/can-bo/", "/can-bo/"),
        ("https://evil.example/can-bo/", "/can-bo/"),
        ("/quan-ly-ca-nhan/", "/can-bo/"),
    ],
)
def test_officer_gets_where_they_were_going_at_the_desk_only(to: str, leads_to: str) -> None:
    client, _officer = _at_second_step(to)
    assert _code(client)["Location"] == leads_to


def test_session_of_the_desk_is_not_sent_to_citizens_pages() -> None:
    client, _officer = _at_second_step()
    answer = _code(client)
    for name in ("can_bo", door.DEVICE_COOKIE):
        cookie = answer.cookies[name]
        found = (cookie["path"], cookie["samesite"], cookie["httponly"])
        assert found == ("/can-bo/", "Strict", True)


def test_code_is_used_once() -> None:
    now = utc_now()
    client, officer = _at_second_step()
    typed = code_at(now)
    client.post(SECOND, {"code": typed})
    again = Client()
    _sign_in(again, officer.user_name)
    answer = again.post(SECOND, {"code": typed})
    assert answer.status_code == 422
    assert "vừa được dùng" in text_of(answer)


def test_wrong_codes_are_answered_with_the_wait() -> None:
    client, _officer = _at_second_step()
    for _ in range(5):
        assert client.post(SECOND, {"code": "xxxxxx"}).status_code == 422
    answer = _code(client)
    assert (answer.status_code, answer["Retry-After"]) == (429, "900")


@pytest.mark.parametrize("sent", [{}, {"code": ""}, {"code": "\0"}, {"tra_loi": "{}"}])
def test_second_step_without_a_code_says_what_is_missing(sent: dict[str, str]) -> None:
    client, _officer = _at_second_step()
    assert client.post(SECOND, sent).status_code == 422


def test_twenty_wrong_codes_in_a_day_send_the_officer_to_the_head(settings: LazySettings) -> None:
    settings.VSSID_DESK_CODES_WRONG_A_DAY = 2
    client, _officer = _at_second_step()
    for _ in range(2):
        assert client.post(SECOND, {"code": "xxxxxx"}).status_code == 422
    answer = _code(client)
    assert answer.status_code == 429
    assert "Xin nhờ phụ trách cơ quan cấp lại mật khẩu" in text_of(answer)


def test_half_a_sign_in_ends_after_a_quarter_of_an_hour() -> None:
    client, _officer = _at_second_step()
    session = client.session
    half = {**session["half"], "at": (utc_now() - timedelta(minutes=16)).timestamp()}
    session["half"] = half
    session.save()
    answer = client.get(SECOND)
    assert answer["Location"] == f"{DOOR}?lau=1"
    assert "quá thời gian" in text_of(client.get(answer["Location"]))


@pytest.mark.parametrize("address", [SECOND, NEW, SET_UP])
def test_step_without_a_password_leads_to_the_door(address: str) -> None:
    assert Client().get(address)["Location"].startswith(DOOR)


def test_password_changed_by_the_head_meanwhile_ends_half_a_sign_in() -> None:
    client, officer = _at_second_step()
    head = an_officer(Role.HEAD)
    officers.reset_password(officer_id=officer.pk, by=head, now=utc_now())
    assert _code(client)["Location"].startswith(DOOR)


# --- the first time -------------------------------------------------------------------------------


def test_first_sign_in_changes_the_password_then_sets_smart_otp_up() -> None:
    new = officers.NewOfficer("canbo.moi", "Phan Văn Lộc", Role.DECISION, "00114")
    made, password = officers.hire_officer(officer=new, by=an_officer(Role.HEAD), now=utc_now())
    client = Client()
    assert _sign_in(client, made.user_name, password)["Location"] == NEW
    assert client.get(SET_UP)["Location"] == NEW
    assert client.post(NEW, {"new": OWN, "again": "khác"}).status_code == 422
    assert client.post(NEW, {"new": password, "again": password}).status_code == 422
    assert client.post(NEW, {"new": OWN, "again": OWN})["Location"] == SET_UP
    assert client.get("/can-bo/")["Location"].startswith(DOOR)


def test_smart_otp_is_shown_as_picture_and_text_and_confirmed_by_a_code() -> None:
    officer, client = an_officer(), Client()
    assert _sign_in(client, officer.user_name)["Location"] == SET_UP
    page = client.get(SET_UP)
    secret = secrets.unseal_text(f"new-otp:{officer.pk}", client.session["half-secret"])
    assert secret is not None
    assert totp.readable_secret(secret) in text_of(page)
    assert "otpauth://totp/" in page.content.decode()
    assert "<svg" in page.content.decode()
    assert client.post(SET_UP, {"code": "xxxxxx"}).status_code == 422
    assert not OfficerOtp.objects.exists()
    now = utc_now()
    answer = client.post(SET_UP, {"code": totp.code_at(secret, totp.step_at(now))})
    assert answer["Location"] == "/can-bo/"
    assert client.get("/can-bo/").status_code == 200
    assert Event.objects.filter(act="officer.sign-in", actor=officer.user_name).count() == 1


def test_late_first_password_is_told_so() -> None:
    officer = an_officer(first_password_until=utc_now() - timedelta(minutes=1))
    answer = _sign_in(Client(), officer.user_name)
    assert answer.status_code == 422
    assert "quá 24 giờ" in text_of(answer)


# --- the session ----------------------------------------------------------------------------------


def test_session_ends_after_twelve_hours_in_all() -> None:
    client = at_desk(an_officer())
    session = client.session
    began = utc_now() - settings.VSSID_SESSION_TOTAL - timedelta(seconds=1)
    session["desk"] = {**session["desk"], "began": began.timestamp()}
    session.save()
    answer = client.get("/can-bo/")
    assert answer["Location"].startswith(DOOR)
    assert answer["Clear-Site-Data"] == '"cache"'


def test_user_of_django_alone_is_nobody_at_the_desk() -> None:
    client = Client()
    client.force_login(an_officer())
    assert client.get("/can-bo/")["Location"].startswith(DOOR)


@pytest.mark.parametrize(
    "act", [officers.end_officer, officers.reset_password, officers.reset_second_factor]
)
def test_open_session_dies_at_its_next_request_after(act: Any) -> None:
    head, officer = an_officer(Role.HEAD), give_smart_otp(an_officer())
    client = at_desk(officer)
    assert client.get("/can-bo/").status_code == 200
    act(officer_id=officer.pk, by=head, now=utc_now())
    assert client.get("/can-bo/")["Location"].startswith(DOOR)


# --- passkeys and the officer's own keys ----------------------------------------------------------


def _with_passkey(client: Client, origin: str = "http://testserver") -> Authenticator:
    device = Authenticator("testserver", origin)
    options = client.post("/can-bo/bao-mat/van-tay/").json()["options"]
    sent = {"name": "Máy quầy 2", "password": PASSWORD, "tra_loi": device.make(options)}
    assert client.post("/can-bo/bao-mat/van-tay/them/", sent)["Location"].endswith("xong=them")
    return device


def test_passkey_is_added_used_at_the_door_and_removed() -> None:
    officer = give_smart_otp(an_officer())
    desk = at_desk(officer)
    device = _with_passkey(desk)
    client = Client()
    _sign_in(client, officer.user_name)
    assert "Dùng vân tay hoặc khuôn mặt" in text_of(client.get(SECOND))
    options = client.post(f"{DOOR}van-tay/").json()["options"]
    answer = client.post(SECOND, {"tra_loi": device.use(options)})
    assert answer["Location"] == "/can-bo/"
    kept = OfficerPasskey.objects.get()
    assert "Máy quầy 2" in text_of(desk.get("/can-bo/bao-mat/"))
    desk.post(f"/can-bo/bao-mat/van-tay/{kept.id}/bo/", {"password": PASSWORD})
    assert not OfficerPasskey.objects.exists()


def test_question_to_a_passkey_is_answered_once() -> None:
    officer = give_smart_otp(an_officer())
    device = _with_passkey(at_desk(officer))
    client = Client()
    _sign_in(client, officer.user_name)
    options = client.post(f"{DOOR}van-tay/").json()["options"]
    client.post(SECOND, {"tra_loi": "{}"})
    assert client.post(SECOND, {"tra_loi": device.use(options)}).status_code == 422


def test_passkey_is_not_added_without_the_password() -> None:
    client = at_desk(an_officer())
    device = Authenticator("testserver", "http://testserver")
    options = client.post("/can-bo/bao-mat/van-tay/").json()["options"]
    sent = {"name": "", "password": "wrong password", "tra_loi": device.make(options)}
    assert client.post("/can-bo/bao-mat/van-tay/them/", sent).status_code == 422
    assert not OfficerPasskey.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"password": ""}, {"password": "wrong password"}])
def test_passkey_is_not_removed_without_the_password(sent: dict[str, str]) -> None:
    client = at_desk(an_officer())
    _with_passkey(client)
    kept = OfficerPasskey.objects.get()
    answer = client.post(f"/can-bo/bao-mat/van-tay/{kept.id}/bo/", sent)
    assert answer.status_code == 422
    assert f'id="bo-{kept.id}-password"' in answer.content.decode()
    assert '<details class="fold" open>' in answer.content.decode()
    assert "ật khẩu đang dùng" in text_of(answer).partition("Còn chỗ cần sửa")[2][:60]
    assert OfficerPasskey.objects.exists()


def test_passkeys_work_behind_a_proxy_that_speaks_tls(settings: LazySettings) -> None:
    settings.VSSID_SECURE_COOKIES = True
    officer, origin = give_smart_otp(an_officer()), "https://testserver"
    device = _with_passkey(at_desk(officer), origin)
    client = Client()
    _sign_in(client, officer.user_name)
    options = client.post(f"{DOOR}van-tay/").json()["options"]
    assert client.post(SECOND, {"tra_loi": device.use(options)})["Location"] == "/can-bo/"


def test_passkeys_are_made_for_the_domain_of_the_deployment(settings: LazySettings) -> None:
    settings.VSSID_SECURE_COOKIES, settings.VSSID_PASSKEY_DOMAIN = True, "vssid.example"
    settings.ALLOWED_HOSTS = ["desk.vssid.example"]
    client = at_desk(an_officer())
    answer = client.post("/can-bo/bao-mat/van-tay/", headers={"host": "desk.vssid.example"})
    assert answer.json()["options"]["rp"]["id"] == "vssid.example"


@pytest.mark.parametrize("address", [f"{DOOR}van-tay/", "/can-bo/khoa/van-tay/"])
def test_question_to_a_passkey_is_for_who_has_one(address: str) -> None:
    for client in (Client(), at_desk(an_officer())):
        assert client.post(address).status_code in {302, 403}


def test_officer_changes_their_own_password_and_stays_signed_in() -> None:
    officer = an_officer()
    client, elsewhere = at_desk(officer), at_desk(officer)
    sent = {"old": PASSWORD, "new": OWN, "again": OWN}
    address = "/can-bo/bao-mat/mat-khau/"
    assert client.post(address, {**sent, "old": "wrong password"}).status_code == 422
    assert client.post(address, sent)["Location"] == "/can-bo/bao-mat/?xong=mat-khau"
    assert client.get("/can-bo/bao-mat/").status_code == 200
    assert elsewhere.get("/can-bo/")["Location"].startswith(DOOR)
