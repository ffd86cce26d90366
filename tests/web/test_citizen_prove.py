"""«Xác nhận lại»: sensitive acts ask again after twenty minutes, and lose nothing."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.accounts.proofs import passkey_proof
from tests.authenticator import Authenticator
from tests.factories import HONG, PASSWORD
from tests.web.visiting import at_home, in_app, text_of
from vssid.accounts.models import Passkey, Session, SmartOtp
from vssid.accounts.sealing import seal_secret
from vssid.audit.models import Event
from vssid.kernel import totp
from vssid.kernel.clock import utc_now

pytestmark = pytest.mark.django_db
PROVE, LIST = "/xac-nhan-lai/", "/tai-khoan/van-tay/"


def _phone() -> Authenticator:
    return Authenticator(rp_id="testserver", origin="http://testserver", step=0)


def _with_passkey(client: Client, phone: Authenticator) -> str:
    proof = {"xac-nhan": passkey_proof(HONG.number)}
    asked = json.loads(client.post(f"{LIST}them/lua-chon/", proof).content)
    sent = {"ve": asked["ticket"], "tra_loi": phone.make(asked["options"])}
    assert client.post(f"{LIST}them/", sent).status_code == 302
    return f"{LIST}{Passkey.objects.get().id}/"


def _let_pass(minutes: int) -> None:
    Session.objects.update(proved_at=utc_now() - timedelta(minutes=minutes))


def _prove(client: Client, phone: Authenticator, **more: str) -> Any:
    asked = json.loads(client.post(f"{PROVE}van-tay/lua-chon/").content)
    sent = {"ve": asked["ticket"], "tra_loi": phone.use(asked["options"]), **more}
    return client.post(f"{PROVE}van-tay/", sent)


def test_twenty_minutes_are_not_asked_about_and_more_are() -> None:
    client = at_home()
    _let_pass(19)
    assert client.get(f"{LIST}them/").status_code == 200
    _let_pass(21)
    assert (
        client.get(f"{LIST}them/")["Location"] == f"{PROVE}?tiep=%2Ftai-khoan%2Fvan-tay%2Fthem%2F"
    )
    assert client.get(LIST).status_code == 200


def test_the_password_proves_and_what_was_typed_is_still_there() -> None:
    client = at_home()
    page = _with_passkey(client, _phone())
    _let_pass(21)
    sent_away = client.post(page, {"name": "Máy của Hồng"})
    asked = client.get(sent_away["Location"])
    assert "Xin xác nhận lại là chính bạn" in text_of(asked)
    assert "dùng được trong 20 phút" in text_of(asked)
    to = asked.content.decode().split('name="tiep" value="')[1].split('"')[0]
    answer = client.post(PROVE, {"password": PASSWORD, "tiep": to})
    assert answer["Location"] == to
    assert 'value="Máy của Hồng"' in client.get(to).content.decode()
    assert Event.objects.filter(act="session.prove").count() == 1


def test_a_passkey_of_the_account_proves_as_well() -> None:
    client, phone = at_home(), _phone()
    page = _with_passkey(client, phone)
    _let_pass(21)
    assert "Xác nhận bằng vân tay / khuôn mặt" in text_of(client.get(PROVE))
    assert _prove(client, phone, tiep=page)["Location"] == page
    assert client.get(page).status_code == 200


def test_who_has_no_passkey_is_not_offered_one() -> None:
    assert "vân tay" not in text_of(at_home().get(PROVE))


def test_a_wrong_password_is_explained_and_proves_nothing() -> None:
    client = at_home()
    _let_pass(21)
    answer = client.post(PROVE, {"password": "not mine 8", "tiep": LIST})
    assert answer.status_code == 422
    assert "Mật khẩu chưa đúng" in text_of(answer)
    assert "not mine 8" not in answer.content.decode()
    assert f'value="{LIST}"' in answer.content.decode()
    assert client.get(f"{LIST}them/").status_code == 302
    assert "Xin nhập mật khẩu" in text_of(client.post(PROVE, {}))


def test_wrong_passwords_lock_this_step_and_not_signing_in() -> None:
    client = at_home()
    for _attempt in range(4):
        assert client.post(PROVE, {"password": "not mine 8"}).status_code == 422
    for password in ("not mine 8", PASSWORD):
        answer = client.post(PROVE, {"password": password})
        assert answer.status_code == 429
        assert "Xin chờ 15 phút" in text_of(answer)
    number = Session.objects.get().account_id
    client.post("/thoat/")
    sent = {"number": number, "password": PASSWORD}
    assert in_app().post("/dang-nhap/", sent).status_code == 302


def test_a_right_password_begins_the_count_anew() -> None:
    client = at_home()
    for _round in range(2):
        for _attempt in range(4):
            assert client.post(PROVE, {"password": "not mine 8"}).status_code == 422
        assert client.post(PROVE, {"password": PASSWORD}).status_code == 302


def test_a_forged_or_foreign_answer_proves_nothing() -> None:
    client, phone = at_home(), _phone()
    page = _with_passkey(client, phone)
    _let_pass(21)
    answer = _prove(client, _phone(), tiep=page)
    assert answer.status_code == 422
    assert "Thiết bị chưa xác nhận được bạn" in text_of(answer)
    assert "Xin nhập mật khẩu" not in text_of(answer)
    door = json.loads(client.post("/dang-nhap/van-tay/lua-chon/").content)
    sent = {"ve": door["ticket"], "tra_loi": phone.use(door["options"])}
    assert client.post(f"{PROVE}van-tay/", sent).status_code == 422
    assert client.get(page).status_code == 302


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/can-bo/", "", "x"]
)
def test_one_goes_on_to_pages_of_ones_own_only(to: str) -> None:
    answer = at_home().post(PROVE, {"password": PASSWORD, "tiep": to})
    assert answer["Location"] == "/quan-ly-ca-nhan/"


def test_addresses_that_take_an_answer_lead_back_to_the_question() -> None:
    client = at_home()
    assert client.get(f"{PROVE}van-tay/")["Location"] == PROVE
    assert client.get(f"{PROVE}van-tay/lua-chon/").status_code == 422


def test_a_session_that_ended_is_not_proven() -> None:
    client = at_home()
    Session.objects.update(ended_at=utc_now(), end_reason="taken-over")
    answer = client.post(PROVE, {"password": PASSWORD, "tiep": LIST})
    assert answer["Location"].startswith("/dang-nhap/")


def _with_smart_otp(client: Client) -> bytes:
    number, secret = Session.objects.get(ended_at=None).account_id, totp.new_secret()
    SmartOtp.objects.create(
        account_id=number,
        secret=seal_secret(number, secret),
        device="Chrome",
        last_step=0,
        made_at=utc_now(),
    )
    return secret


def test_a_code_of_the_smart_otp_proves_as_well_and_once() -> None:
    client = at_home()
    assert "SmartOTP" not in text_of(client.get(PROVE)).split("Xác nhận bằng")[-1]
    secret = _with_smart_otp(client)
    _let_pass(21)
    assert "Xác nhận bằng SmartOTP" in text_of(client.get(PROVE))
    code = totp.code_at(secret, totp.step_at(utc_now()))
    answer = client.post(PROVE, {"code": f"{code[:3]} {code[3:]}", "tiep": LIST})
    assert answer["Location"] == LIST
    assert client.get(f"{LIST}them/").status_code == 200
    _let_pass(21)
    again = client.post(PROVE, {"code": code, "tiep": LIST})
    assert again.status_code == 422
    assert "đã dùng rồi" in text_of(again)
    assert client.get(f"{LIST}them/").status_code == 302


@pytest.mark.parametrize("code", ["", "12", "abcdef"])
def test_a_code_that_is_none_is_explained_and_proves_nothing(code: str) -> None:
    client = at_home()
    _with_smart_otp(client)
    _let_pass(21)
    answer = client.post(PROVE, {"code": code, "tiep": LIST})
    assert answer.status_code == 422
    assert "6 chữ số" in text_of(answer)
    assert f'value="{LIST}"' in answer.content.decode()


def test_a_wrong_code_is_explained_and_proves_nothing() -> None:
    client = at_home()
    secret = _with_smart_otp(client)
    _let_pass(21)
    far = totp.code_at(secret, totp.step_at(utc_now()) + 5000)
    answer = client.post(PROVE, {"code": far, "tiep": LIST})
    assert answer.status_code == 422
    assert "Mã SmartOTP chưa đúng" in text_of(answer)
    assert client.get(f"{LIST}them/").status_code == 302
