"""«Thiết lập SmartOTP» on the screen, and the page of codes that knows nobody (guides A09)."""

import json
import re
from base64 import b32decode
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, override_settings

from tests.factories import HONG, PASSWORD, a_session, an_account, another_code, last_code
from tests.insurance.building import AN, a_card, a_life, stored
from tests.web.signing_in import signed_in
from tests.web.visiting import at_home, text_of, typed_in, with_session
from vssid.accounts.models import Account, CodePurpose, OneTimeCode, Session, SmartOtp
from vssid.accounts.sealing import seal_secret, unseal_secret
from vssid.kernel import totp
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Message
from vssid.web.pwa import views as pwa

pytestmark = pytest.mark.django_db
PAGE, REMOVAL, CODES = "/tai-khoan/smart-otp/", "/tai-khoan/smart-otp/go/", "/smart-otp/"
HERE, OTHER = {"cach": "may"}, {"cach": "ung-dung"}


def _in_force() -> bytes:
    secret = totp.new_secret()
    SmartOtp.objects.create(
        account_id=HONG.number,
        secret=seal_secret(HONG.number, secret),
        device="Safari trên iPhone",
        last_step=0,
        made_at=utc_now() - timedelta(days=3),
    )
    return secret


def _code(secret: bytes, steps: int = 0) -> str:
    return totp.code_at(secret, totp.step_at(utc_now()) + steps)


def _proven(client: Client, way: dict[str, str]) -> Any:
    """The page that holds the secret."""
    asked = client.post(PAGE, way)
    assert "0912***001" in text_of(asked)
    return client.post(PAGE, {"ve": typed_in(asked)["ve"], "code": last_code()})


def _secret_here(page: Any) -> bytes:
    found = re.search(r'data-secret="([0-9a-f]{40})"', page.content.decode())
    assert found
    return bytes.fromhex(found[1])


def _secret_other(page: Any) -> bytes:
    found = re.search(r'href="otpauth://totp/[^"]*secret=([A-Z2-7]{32})', page.content.decode())
    assert found
    return b32decode(found[1])


def _stored() -> bytes:
    return unseal_secret(HONG.number, SmartOtp.objects.get().secret)


# --- setting up -----------------------------------------------------------------------------------


def test_authenticator_is_set_up_by_qr_link_or_typing() -> None:
    client = at_home()
    page = _proven(client, OTHER)
    secret = _secret_other(page)
    assert totp.readable_secret(secret) in text_of(page)
    assert "<title>Mã QR để cài SmartOTP</title>" in page.content.decode()
    answer = client.post(PAGE, {"ve": typed_in(page)["ve"], "code": _code(secret)})
    assert answer["Location"].startswith(f"{PAGE}?xong=")
    assert _stored() == secret
    done = text_of(client.get(answer["Location"]))
    assert "SmartOTP đã sẵn sàng" in done
    assert "Cài trên Ứng dụng xác thực" in done


def test_this_device_is_named_and_keeps_the_secret_itself() -> None:
    client = at_home()
    page = _proven(client, HERE)
    assert "Bước 2/2: đặt PIN" in text_of(page)
    secret = _secret_here(page)
    answer = client.post(PAGE, {"ve": typed_in(page)["ve"], "code": _code(secret)})
    assert answer.status_code == 302
    assert _stored() == secret
    assert "trên" in SmartOtp.objects.get().device


def test_what_is_kept_becomes_valid_by_the_mark_of_its_own_setup_only() -> None:
    client = at_home()
    page = _proven(client, HERE)
    mark = re.search(r'data-mark="([0-9a-f]{16})"', page.content.decode())
    assert mark
    sent = {"ve": typed_in(page)["ve"], "code": _code(_secret_here(page))}
    assert client.post(PAGE, sent)["Location"] == f"{PAGE}?xong={mark[1]}"


def test_pin_has_no_name_by_which_it_could_be_sent() -> None:
    html = _proven(at_home(), HERE).content.decode()
    pins = re.findall(r'<input[^>]*id="pin(?:-again)?"[^>]*>', html)
    assert len(pins) == 2
    assert all('name=""' in pin for pin in pins)


@pytest.mark.parametrize("way", [HERE, OTHER])
def test_secret_is_in_no_page_before_the_phone_has_proven_the_owner(way: dict[str, str]) -> None:
    client = at_home()
    asked = client.post(PAGE, way)
    wrong = another_code(last_code())
    refused = client.post(PAGE, {"ve": typed_in(asked)["ve"], "code": wrong})
    assert refused.status_code == 422
    for page in (asked, refused):
        assert "otpauth:" not in page.content.decode()
        assert "data-secret" not in page.content.decode()


def test_page_with_the_secret_is_never_kept_and_names_nobody_in_the_link() -> None:
    page = _proven(at_home(), OTHER)
    assert "no-store" in page["Cache-Control"]
    link = re.search(r'href="(otpauth:[^"]+)"', page.content.decode())
    assert link
    assert HONG.number not in link[1]
    assert HONG.phone not in link[1]


def test_wrong_first_code_may_be_typed_again() -> None:
    client = at_home()
    page = _proven(client, OTHER)
    secret, ticket = _secret_other(page), typed_in(page)["ve"]
    refused = client.post(PAGE, {"ve": ticket, "code": "not a code"})
    assert refused.status_code == 422
    assert "không phải của SmartOTP vừa cài" in text_of(refused)
    assert client.post(PAGE, {"ve": ticket, "code": ""}).status_code == 422
    assert client.post(PAGE, {"ve": ticket, "code": _code(secret)}).status_code == 302


def test_wrong_clock_is_explained() -> None:
    client = at_home()
    page = _proven(client, HERE)
    late = _code(_secret_here(page), -6)
    refused = client.post(PAGE, {"ve": typed_in(page)["ve"], "code": late})
    assert "chậm khoảng 3 phút" in text_of(refused)
    assert not SmartOtp.objects.exists()


@pytest.mark.parametrize("sent", [{}, {"cach": "khac"}])
def test_way_must_be_chosen(sent: dict[str, str]) -> None:
    answer = at_home().post(PAGE, sent)
    assert answer.status_code == 422
    assert "Xin chọn" in text_of(answer)


@pytest.mark.parametrize("ticket", ["", "nonsense"])
def test_ticket_that_is_not_ours_begins_again(ticket: str) -> None:
    client = at_home()
    answer = client.post(PAGE, {"ve": ticket, "code": "490217"})
    assert answer["Location"] == f"{PAGE}?xong=muon"
    assert "Xin làm lại từ đầu" in text_of(client.get(answer["Location"]))


def test_second_code_within_the_minute_says_how_long_to_wait() -> None:
    client = at_home()
    client.post(PAGE, OTHER)
    answer = client.post(PAGE, OTHER)
    assert answer.status_code == 429
    assert "Xin chờ" in text_of(answer)
    assert int(answer["Retry-After"]) <= 60


def test_resend_too_early_is_explained_on_the_code_page() -> None:
    client = at_home()
    asked = client.post(PAGE, OTHER)
    answer = client.post(PAGE, {"ve": typed_in(asked)["ve"], "gui-lai": "1"})
    assert "Xin chờ" in text_of(answer)


def test_setup_waits_after_a_reset_and_says_until_when() -> None:
    client = at_home()
    Account.objects.update(changes_held_until=utc_now() + timedelta(hours=5))
    assert "Thay đổi phải chờ" in text_of(client.get(PAGE))
    answer = client.post(PAGE, OTHER)
    assert answer.status_code == 429
    assert not Message.objects.exists()


def test_owner_is_asked_again_when_they_proved_themselves_long_ago() -> None:
    client = at_home()
    Session.objects.update(proved_at=utc_now() - timedelta(minutes=21))
    for address in (PAGE, REMOVAL):
        assert client.get(address)["Location"].startswith("/xac-nhan-lai/")


# --- in force -------------------------------------------------------------------------------------


def test_state_says_since_when_and_where() -> None:
    client = at_home()
    _in_force()
    page = text_of(client.get(PAGE))
    assert "Safari trên iPhone" in page
    assert "Chuyển sang thiết bị khác" in page
    assert "Gỡ SmartOTP" in page


def test_move_to_a_new_device_is_confirmed_by_the_old_one() -> None:
    client = at_home()
    old = _in_force()
    asked = client.post(PAGE, HERE)
    page = client.post(PAGE, {"ve": typed_in(asked)["ve"], "code": _code(old)})
    secret = _secret_here(page)
    client.post(PAGE, {"ve": typed_in(page)["ve"], "code": _code(secret)})
    assert _stored() == secret != old


def test_password_is_changed_with_a_code_of_the_device() -> None:
    client = at_home()
    secret = _in_force()
    new = "mua roi tren pho 8"
    asked = client.post("/doi-mat-khau/", {"old": PASSWORD, "new": new, "again": new})
    assert "Mã do SmartOTP của bạn tạo cũng được" in text_of(asked)
    sent = {"ve": typed_in(asked)["ve"], "code": _code(secret)}
    assert client.post("/doi-mat-khau/", sent)["Location"] == "/doi-mat-khau/xong/"


def test_wrong_pin_and_wrong_sms_code_are_refused_in_the_same_words() -> None:
    """Nobody learns from the server which of the two was nearly right."""
    client = at_home()
    _in_force()
    new = "mua roi tren pho 8"
    asked = client.post("/doi-mat-khau/", {"old": PASSWORD, "new": new, "again": new})
    other_secret = _code(totp.new_secret())
    refused = client.post("/doi-mat-khau/", {"ve": typed_in(asked)["ve"], "code": other_secret})
    assert "Mã OTP chưa đúng, bạn còn 4 lần nhập" in text_of(refused)


# --- removing -------------------------------------------------------------------------------------


def test_removal_is_explained_then_confirmed_with_a_code() -> None:
    client = at_home()
    _in_force()
    assert "Gỡ SmartOTP khỏi tài khoản?" in text_of(client.get(REMOVAL))
    asked = client.post(REMOVAL)
    wrong = another_code(last_code())
    sent = {"ve": typed_in(asked)["ve"], "code": wrong}
    assert client.post(REMOVAL, sent).status_code == 422
    assert SmartOtp.objects.exists()
    answer = client.post(REMOVAL, {**sent, "code": last_code()})
    assert answer["Location"] == f"{PAGE}?xong=go"
    assert not SmartOtp.objects.exists()
    assert "Đã gỡ SmartOTP" in text_of(client.get(answer["Location"]))


def test_removal_of_nothing_leads_back() -> None:
    client = at_home()
    for answer in (client.get(REMOVAL), client.post(REMOVAL), client.post(REMOVAL, {"ve": "go"})):
        assert answer["Location"] == PAGE
    assert not OneTimeCode.objects.exists()


def test_removal_again_within_the_minute_says_how_long_to_wait() -> None:
    client = at_home()
    _in_force()
    client.post(REMOVAL)
    answer = client.post(REMOVAL)
    assert answer.status_code == 429
    assert OneTimeCode.objects.get().purpose == CodePurpose.SMART_OTP


# --- the page of codes, and what is kept offline --------------------------------------------------


def test_page_of_codes_is_the_same_for_everybody() -> None:
    """It is kept in the browser: nothing of a person may stand in it, whoever is signed in."""
    owner = with_session(a_session(an_account()))
    pages = [client.get(CODES).content.decode() for client in (Client(), owner)]
    assert pages[0] == pages[1]
    for mine in (HONG.number, HONG.full_name, "csrfmiddlewaretoken", "data-personal"):
        assert mine not in pages[0]


def test_worker_keeps_every_file_that_its_pages_ask_for() -> None:
    pages = [Client().get(page).content.decode() for page in _shell()["pages"]]
    stored(a_life(cards=[a_card()]))
    pages.append(signed_in(AN).get("/the-bhyt/xem/").content.decode())
    asked = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', "".join(pages)))
    assert len(asked) >= 9
    # A browser keeps none of a list that names one twice.
    assert len(set(pwa.FILES)) == len(pwa.FILES)
    assert asked <= _shell()["files"]
    for name in pwa.FILES:
        found = finders.find(name)
        assert found, name
        if name.endswith(".css"):
            with open(found) as sheet:
                drawn = set(re.findall(r'url\("([^"]+)"\)', sheet.read()))
            assert {f"/static/{name.split('/')[0]}/{one}" for one in drawn} <= _shell()["files"]


def test_worker_keeps_no_page_of_a_person() -> None:
    pages = _shell()["pages"]
    assert pages == {CODES, "/ngoai-tuyen/"}
    owner = at_home()
    for page in pages:
        assert HONG.number not in owner.get(page).content.decode()


def test_worker_changes_with_the_release() -> None:
    before = Client().get("/sw.js")
    assert before["Content-Type"].startswith("text/javascript")
    assert before["Cache-Control"] == "no-cache"
    assert Client().get("/sw.js").content == before.content
    with override_settings(VSSID_RELEASE="2026.12"):
        assert Client().get("/sw.js").content != before.content


def _shell() -> dict[str, set[str]]:
    found = re.match(r"self\.SHELL = (\{.*\});\n", Client().get("/sw.js").content.decode())
    assert found
    shell = json.loads(found[1])
    return {"pages": set(shell["pages"]), "files": set(shell["files"])}
