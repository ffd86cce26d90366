"""«Vân tay, khuôn mặt» on the screens: adding, signing in, renaming, removing."""

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.accounts.proofs import passkey_proof
from tests.authenticator import Authenticator
from tests.factories import (
    HONG,
    KHOA,
    PASSWORD,
    an_account,
    an_origin,
    check_credentials,
    last_code,
)
from tests.web.visiting import at_home, in_app, text_of, typed_in
from vssid.accounts.errors import SignInLockedError, SignInRefusedError
from vssid.accounts.models import Account, Passkey, Session
from vssid.kernel.clock import utc_now

pytestmark = pytest.mark.django_db
LIST, ADD = "/tai-khoan/van-tay/", "/tai-khoan/van-tay/them/"
DOOR = "/dang-nhap/van-tay/"


def _phone(host: str = "testserver", scheme: str = "http") -> Authenticator:
    return Authenticator(rp_id=host.partition(":")[0], origin=f"{scheme}://{host}", step=0)


def _asked(
    client: Client, address: str, number: str = HONG.number, **headers: Any
) -> dict[str, Any]:
    sent = {"xac-nhan": passkey_proof(number)} if address == ADD else {}
    answer = client.post(f"{address}lua-chon/", sent, **headers)
    assert answer.status_code == 200, answer.content
    asked: dict[str, Any] = json.loads(answer.content)
    return asked


def _add(client: Client, phone: Authenticator, number: str = HONG.number, **headers: Any) -> Any:
    asked = _asked(client, ADD, number, **headers)
    sent = {"ve": asked["ticket"], "tra_loi": phone.make(asked["options"])}
    return client.post(ADD, sent, **headers)


def _come_in(client: Client, phone: Authenticator, **more: str) -> Any:
    asked = _asked(client, DOOR)
    return client.post(
        DOOR, {"ve": asked["ticket"], "tra_loi": phone.use(asked["options"]), **more}
    )


def _with_passkey(**account: Any) -> Authenticator:
    """A phone that holds a passkey of Hồng, whose session was then ended."""
    phone = _phone()
    client = at_home(**account)
    assert _add(client, phone).status_code == 302
    client.post("/thoat/")
    return phone


def test_list_says_what_it_is_and_that_there_is_none_yet() -> None:
    said = text_of(at_home().get(LIST))
    assert "không bao giờ rời khỏi thiết bị" in said
    assert "Chưa có thiết bị nào" in said


def test_a_device_is_added_and_listed() -> None:
    client = at_home()
    answer = _add(client, _phone(), headers={"user-agent": "Chrome/130 Android"})
    assert answer["Location"] == f"{LIST}?xong=them"
    said = text_of(client.get(answer["Location"]))
    assert "Đã thêm." in said
    assert "Chrome trên Android" in said
    assert "chưa dùng lần nào" in said
    assert "Thêm thiết bị khác" in said


def test_a_code_of_the_phone_comes_before_the_press() -> None:
    client = at_home()
    page = client.post(ADD)
    assert "Bước 1/2" in text_of(page)
    page = client.post(ADD, {"xac-nhan": typed_in(page)["xac-nhan"], "code": last_code()})
    assert "Bước 2/2" in text_of(page)
    proof = {"xac-nhan": typed_in(page)["xac-nhan"]}
    asked = json.loads(client.post(f"{ADD}lua-chon/", proof).content)
    sent = {"ve": asked["ticket"], "tra_loi": _phone().make(asked["options"]), **proof}
    assert client.post(ADD, sent)["Location"] == f"{LIST}?xong=them"


@pytest.mark.parametrize("proof", ["", "forged"])
def test_without_that_code_the_browser_is_asked_nothing(proof: str) -> None:
    client = at_home()
    answer = client.post(f"{ADD}lua-chon/", {"xac-nhan": proof})
    assert answer.status_code == 422
    assert "quá thời gian" in json.loads(answer.content)["problem"]
    assert "quá thời gian" in text_of(client.post(ADD, {"xac-nhan": proof, "code": "490217"}))


def test_page_without_scripts_says_that_another_browser_is_needed() -> None:
    html = at_home().get(ADD).content.decode()
    assert "Trình duyệt này chưa dùng được" in html
    assert "<div data-passkey-able hidden>" in html


def test_press_is_hidden_until_the_browser_is_known_to_have_it() -> None:
    html = in_app().get("/dang-nhap/").content.decode()
    form = re.search(r"<form[^>]*data-passkey=[^>]*>", html)
    assert form is not None
    assert form[0].endswith(" hidden>")


def test_what_the_browser_is_asked_is_kept_by_nobody() -> None:
    answer = at_home().post(f"{ADD}lua-chon/", {"xac-nhan": passkey_proof(HONG.number)})
    assert answer["Cache-Control"] == "private, no-store"
    assert Client().get(f"{DOOR}lua-chon/").status_code == 422


def test_an_answer_that_is_wrong_is_explained_and_nothing_kept() -> None:
    client = at_home()
    asked = _asked(client, ADD)
    answer = client.post(ADD, {"ve": asked["ticket"], "tra_loi": "{}"})
    assert answer.status_code == 422
    assert "Thiết bị chưa xác nhận được bạn" in text_of(answer)
    assert not Passkey.objects.exists()


def test_an_account_whose_changes_wait_is_told_until_when() -> None:
    client = at_home()
    Account.objects.update(changes_held_until=utc_now().replace(year=2099))
    answer = client.post(f"{ADD}lua-chon/", {"xac-nhan": passkey_proof(HONG.number)})
    assert answer.status_code in {422, 429}
    assert "2099" in json.loads(answer.content)["problem"]
    page = client.get(ADD)
    assert "2099" in text_of(page)
    assert "Gửi mã cho tôi" not in text_of(page)


def test_one_press_signs_in_without_a_number_and_goes_where_one_was_going() -> None:
    phone = _with_passkey()
    client = Client()
    answer = _come_in(client, phone, tiep="/the-bhyt/")
    assert answer["Location"] == "/the-bhyt/"
    assert {"phien", "thiet_bi"} <= set(client.cookies)
    assert client.get("/the-bhyt/").status_code == 200


def test_a_passkey_passes_the_lock_of_wrong_passwords() -> None:
    phone = _with_passkey()
    for _attempt in range(settings.VSSID_SIGN_IN_TRIES):
        with pytest.raises((SignInRefusedError, SignInLockedError)):
            _type_password("wrong one")
    with pytest.raises(SignInLockedError):
        _type_password(PASSWORD)
    assert _come_in(in_app(), phone)["Location"] == "/quan-ly-ca-nhan/"
    with pytest.raises(SignInLockedError):
        _type_password(PASSWORD)


def _type_password(password: str) -> None:
    check_credentials(number=HONG.number, password=password, origin=an_origin(), now=utc_now())


def test_an_account_that_its_owner_locked_stays_shut() -> None:
    phone = _with_passkey()
    Account.objects.update(locked_at=utc_now())
    answer = _come_in(in_app(), phone)
    assert answer.status_code == 422
    assert "Tài khoản đang khóa" in text_of(answer)
    assert not Session.objects.filter(ended_at=None).exists()


def test_an_issued_password_is_changed_first_all_the_same() -> None:
    phone = _with_passkey()
    Account.objects.update(must_change_password=True)
    assert _come_in(in_app(), phone)["Location"] == "/doi-mat-khau/"


def test_a_second_device_is_warned_as_after_a_password() -> None:
    phone = _phone()
    first = at_home()
    _add(first, phone)
    answer = _come_in(in_app(), phone, tiep="/the-bhyt/")
    assert answer.status_code == 200
    assert "Tài khoản đang mở trên thiết bị khác" in text_of(answer)
    assert first.get("/the-bhyt/").status_code == 200


def test_a_forged_answer_is_refused_kindly_and_keeps_where_one_was_going() -> None:
    _with_passkey()
    answer = _come_in(in_app(), _phone(), tiep="/the-bhyt/")
    assert answer.status_code == 422
    said = text_of(answer)
    assert "Xin thử lại, hoặc dùng mật khẩu" in said
    assert "Xin nhập mật khẩu" not in said
    assert 'name="tiep" value="/the-bhyt/"' in answer.content.decode()


def test_an_answer_for_another_host_is_refused() -> None:
    phone = _with_passkey()
    phone.origin = "http://localhost"
    assert _come_in(in_app(), phone).status_code == 422


def test_an_answer_sent_twice_is_refused() -> None:
    phone = _with_passkey()
    asked = _asked(Client(), DOOR)
    sent = {"ve": asked["ticket"], "tra_loi": phone.use(asked["options"])}
    first = Client()
    assert first.post(DOOR, sent).status_code == 302
    first.post("/thoat/")
    again = Client().post(DOOR, sent)
    assert again.status_code == 422
    assert "quá thời gian" in text_of(again)


def test_too_many_wrong_answers_wait_and_say_how_long() -> None:
    phone = _with_passkey()
    wrong = phone.use(_asked(Client(), DOOR)["options"])
    for _attempt in range(100):
        Client().post(DOOR, {"ve": "forged", "tra_loi": wrong})
    answer = _come_in(in_app(), phone)
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0


def test_at_an_address_of_digits_one_is_sent_to_the_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["127.0.0.1", "192.0.2.7", "localhost"])
    client = at_home()
    page = client.get(LIST, headers={"host": "127.0.0.1:8000"})
    assert f'href="//localhost:8000{LIST}"' in page.content.decode()
    assert "Thêm thiết bị này" not in page.content.decode()
    other = client.get(LIST, headers={"host": "192.0.2.7:8000"})
    assert "tên miền thay vì địa chỉ gồm các số" in text_of(other)
    assert client.get(ADD, headers={"host": "127.0.0.1:8000"})["Location"] == LIST
    assert Client().post(DOOR, headers={"host": "127.0.0.1"})["Location"] == "/dang-nhap/"


def test_behind_a_proxy_with_tls_the_origin_is_https(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_SECURE_COOKIES", True)
    client = at_home()
    assert _add(client, _phone(scheme="http")).status_code == 422
    assert _add(client, _phone(scheme="https")).status_code == 302


def test_a_domain_above_serves_all_its_hosts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", [".vssid.example"])
    monkeypatch.setattr(settings, "VSSID_PASSKEY_DOMAIN", "vssid.example")
    phone = Authenticator(rp_id="vssid.example", origin="http://app.vssid.example", step=0)
    client = at_home()
    added = _add(client, phone, headers={"host": "app.vssid.example"})
    assert added.status_code == 302


def test_a_device_is_renamed_in_its_owners_words() -> None:
    client = at_home()
    _add(client, _phone())
    page = f"{LIST}{Passkey.objects.get().id}/"
    assert client.post(page, {"name": "  Máy   của Hồng "})["Location"] == f"{LIST}?xong=ten"
    assert "Máy của Hồng" in text_of(client.get(LIST))


@pytest.mark.parametrize("name", ["", "   ", "\u200b", "a" * 41])
def test_a_name_that_is_none_is_explained(name: str) -> None:
    client = at_home()
    _add(client, _phone())
    answer = client.post(f"{LIST}{Passkey.objects.get().id}/", {"name": name})
    assert answer.status_code == 422
    assert "Xin đặt" in text_of(answer)


def test_a_device_is_removed_after_one_more_question() -> None:
    phone = _phone()
    client = at_home()
    _add(client, phone)
    page = f"{LIST}{Passkey.objects.get().id}/go/"
    assert "Bạn vẫn đăng nhập bằng mật khẩu" in text_of(client.get(page))
    assert Passkey.objects.exists()
    assert client.post(page)["Location"] == f"{LIST}?xong=go"
    assert client.post(page)["Location"] == f"{LIST}?xong=go"
    assert not Passkey.objects.exists()
    client.post("/thoat/")
    assert _come_in(in_app(), phone).status_code == 422


def test_another_persons_device_is_not_found() -> None:
    mine = at_home(KHOA)
    _add(mine, _phone(), KHOA.number)
    theirs = at_home(HONG)
    page = f"{LIST}{Passkey.objects.get().id}/"
    assert theirs.get(page).status_code == theirs.get(f"{page}go/").status_code == 404
    assert theirs.post(page, {"name": "x"}).status_code == 404
    theirs.post(f"{page}go/")
    assert Passkey.objects.exists()


def test_a_full_account_is_told_to_remove_one() -> None:
    client = at_home()
    for _count in range(10):
        _add(client, _phone())
    page = client.get(LIST)
    assert "Tài khoản đã có 10 thiết bị" in text_of(page)
    assert f'href="{ADD}"' not in page.content.decode()
    answer = client.post(f"{ADD}lua-chon/", {"xac-nhan": passkey_proof(HONG.number)})
    assert answer.status_code == 422
    assert "10 thiết bị" in json.loads(answer.content)["problem"]


def test_an_account_that_has_none_cannot_be_told_from_one_that_has() -> None:
    an_account()
    before = _asked(Client(), DOOR)["options"]
    _with_passkey_of_khoa()
    after = _asked(Client(), DOOR)["options"]
    assert before["allowCredentials"] == after["allowCredentials"] == []


def _with_passkey_of_khoa() -> None:
    assert _add(at_home(KHOA), _phone(), KHOA.number).status_code == 302
