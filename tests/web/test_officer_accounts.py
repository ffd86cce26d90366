"""An officer helps with an account at the counter (guides O04)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.test import Client

from tests.factories import (
    HONG,
    KHOA,
    PASSWORD,
    THANH_TRI,
    AuditingFailedError,
    a_session,
    an_account,
    an_officer,
    another_code,
    fail_auditing,
    last_code,
)
from tests.web.visiting import at_desk, text_of, with_session
from vssid.accounts.models import Account, Passkey, SmartOtp
from vssid.audit import commands as audit
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.messaging.models import Message
from vssid.staff.models import Role

pytestmark = pytest.mark.django_db

FIND, ACCOUNT = "/can-bo/tai-khoan/", "/can-bo/tai-khoan/ho-so/"
PASSWORD_AGAIN, PHONE = "/can-bo/tai-khoan/mat-khau/", "/can-bo/tai-khoan/so-dien-thoai/"
REASON = {"reason": "forgotten-password"}
COMPARED = {"mk-paper": "cccd", "mk-compared": "1"}
NOON, FAR = datetime(2020, 3, 1, 5, tzinfo=UTC), datetime(2126, 3, 1, 5, tzinfo=UTC)
NEW_PHONE = {"dt-phone": "0912 000 077", "dt-paper": "passport", "dt-compared": "1"}


@pytest.fixture
def _one_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """An office too small for a second officer."""
    monkeypatch.setattr(settings, "VSSID_OFFICES_WITHOUT_SECOND", frozenset({THANH_TRI}))


def _found(client: Client, number: str = HONG.number) -> Any:
    return client.post(FIND, {"number": number, **REASON})


def _helping() -> Client:
    an_account()
    client = at_desk(an_officer())
    assert _found(client)["Location"] == ACCOUNT
    return client


def _looks() -> list[tuple[str, str]]:
    events = Event.objects.filter(act="record.look", subject=HONG.number)
    return list(events.values_list("actor", "reason"))


# --- finding --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.INTAKE, Role.SUPPORT, Role.CONTENT, Role.OPERATOR])
@pytest.mark.parametrize("address", [FIND, ACCOUNT, PASSWORD_AGAIN, PHONE])
def test_o04_is_for_who_decides(role: Role, address: str) -> None:
    assert at_desk(an_officer(role)).get(address).status_code == 403
    assert "Hỗ trợ tài khoản" not in text_of(at_desk(an_officer(role)).get("/can-bo/"))


@pytest.mark.parametrize("role", [Role.DECISION, Role.HEAD])
def test_o04_stands_in_the_menu_of_who_decides(role: Role) -> None:
    assert "Hỗ trợ tài khoản" in text_of(at_desk(an_officer(role)).get("/can-bo/"))


@pytest.mark.parametrize("number", [HONG.number, HONG.id_number, " 019 800 0001 "])
def test_o04_account_is_found_by_either_number_and_the_look_has_its_reason(number: str) -> None:
    an_account()
    officer = an_officer()
    client = at_desk(officer)
    assert _found(client, number)["Location"] == ACCOUNT
    page = text_of(client.get(ACCOUNT))
    assert HONG.full_name in page
    assert "12/05/1990" in page
    assert _looks() == [(officer.user_name, "account forgotten-password")]


def test_o04_look_is_recorded_by_the_search_itself_and_once_with_its_page() -> None:
    client = _helping()
    assert len(_looks()) == 1
    client.get(ACCOUNT)
    _found(client)
    assert len(_looks()) == 1


def test_o04_account_is_not_found_when_the_look_cannot_be_recorded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    an_account()
    client = at_desk(an_officer())
    fail_auditing(monkeypatch, audit)
    with pytest.raises(AuditingFailedError):
        _found(client)
    assert "account" not in client.session


def test_o04_contacts_are_masked_and_the_paper_can_be_compared() -> None:
    an_account(KHOA)
    client = at_desk(an_officer())
    _found(client, KHOA.number)
    page = client.get(ACCOUNT).content.decode()
    for whole in (KHOA.phone, "0912000002", KHOA.email):
        assert whole not in page
    assert KHOA.id_number in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, "Tình trạng Đang mở"),
        ({"locked_at": NOON}, "Đang khóa từ 12:00 01/03/2020 vì chủ tài khoản báo"),
        ({}, "Thay đổi và tải tệp Làm được"),
        ({"changes_held_until": NOON}, "Thay đổi và tải tệp Làm được"),
        ({"changes_held_until": FAR}, "Thay đổi và tải tệp Phải chờ đến 12:00 01/03/2126"),
        (
            {"must_change_password": True, "password_set_at": NOON},
            "Chưa đổi mật khẩu được cấp ngày 01/03/2020",
        ),
        ({"must_change_password": False, "password_set_at": NOON}, "Quá hạn, phải đổi"),
        ({"must_change_password": False, "password_set_at": FAR}, "Tự đặt ngày 01/03/2126"),
        ({}, "SmartOTP Chưa có Vân tay, khuôn mặt Chưa có"),
    ],
)
def test_o04_page_says_how_the_account_stands(changes: dict[str, Any], said: str) -> None:
    client = _helping()
    Account.objects.update(**changes)
    assert said in text_of(client.get(ACCOUNT))


def test_o04_page_says_that_second_keys_are_set() -> None:
    client = _helping()
    now, account = utc_now(), Account.objects.get()
    SmartOtp.objects.create(
        account=account, secret=b"x", device="Máy khác", last_step=0, made_at=now
    )
    Passkey.objects.create(
        account=account,
        credential_id=b"x",
        public_key=b"x",
        handle=b"x",
        sign_count=0,
        name="Máy nhà",
        made_at=now,
    )
    page = text_of(client.get(ACCOUNT))
    assert "SmartOTP Đã thiết lập Vân tay, khuôn mặt 1 thiết bị" in page
    assert "Máy nhà" not in page


def test_o04_look_needs_a_reason() -> None:
    an_account()
    answer = at_desk(an_officer()).post(FIND, {"number": HONG.number})
    assert answer.status_code == 422
    assert "Xin chọn lý do tra cứu" in text_of(answer)
    assert _looks() == []


@pytest.mark.parametrize("number", ["", "12345", "0199999999", "001190999999", "\0"])
def test_o04_number_that_leads_to_no_account_is_explained(number: str) -> None:
    answer = _found(at_desk(an_officer()), number)
    assert answer.status_code == 422


def test_o04_search_for_nothing_is_recorded_too() -> None:
    _found(at_desk(an_officer()), "0199999999")
    event = Event.objects.get(act="account.not-found")
    assert (event.subject, event.reason) == ("0199999999", "account forgotten-password")


@pytest.mark.parametrize("address", [ACCOUNT, PASSWORD_AGAIN, PHONE, f"{PHONE}ma/"])
def test_o04_page_without_a_found_account_leads_to_the_search(address: str) -> None:
    client = at_desk(an_officer())
    assert client.get(address)["Location"] == FIND
    assert client.post(address, COMPARED)["Location"] == FIND


def test_o04_found_account_is_forgotten_after_half_an_hour() -> None:
    client = _helping()
    session = client.session
    late = (utc_now() - timedelta(minutes=31)).timestamp()
    session["account"] = {**session["account"], "at": late}
    session.save()
    assert client.get(ACCOUNT)["Location"] == FIND


def test_o04_account_without_a_picture_has_none() -> None:
    assert _helping().get("/can-bo/tai-khoan/anh/").status_code == 404


# --- the password ---------------------------------------------------------------------------------


@pytest.mark.usefixtures("_one_alone")
def test_o04_new_password_goes_to_the_owner_and_never_to_the_screen() -> None:
    client = _helping()
    signed_in = with_session(a_session(Account.objects.get()))
    answer = client.post(PASSWORD_AGAIN, COMPARED)
    page = client.get(answer["Location"])
    assert "Đã cấp lại mật khẩu và chỉ gửi đến số điện thoại" in text_of(page)
    account = Account.objects.get()
    assert not check_password(PASSWORD, account.password)
    assert account.must_change_password
    assert Message.objects.filter(address=HONG.phone).exists()
    assert signed_in.get("/quan-ly-ca-nhan/").status_code == 302
    compared = Event.objects.get(act="identity.compare", subject=HONG.number)
    assert compared.details == {"paper": "cccd", "for": "password"}
    assert Event.objects.filter(act="password.reset-by-desk", subject=HONG.number).exists()


@pytest.mark.parametrize(
    "sent", [{"mk-paper": "cccd"}, {"mk-compared": "1"}, {**COMPARED, "mk-paper": "library"}]
)
def test_o04_no_password_without_the_original(sent: dict[str, str]) -> None:
    client = _helping()
    assert client.post(PASSWORD_AGAIN, sent).status_code == 422
    assert check_password(PASSWORD, Account.objects.get().password)


# --- the phone ------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_one_alone")
def test_o04_phone_is_changed_by_a_code_on_the_new_one() -> None:
    client = _helping()
    assert client.post(PHONE, NEW_PHONE)["Location"] == ACCOUNT
    assert "Nhập mã trên điện thoại mới" in text_of(client.get(ACCOUNT))
    assert Account.objects.get().phone == HONG.phone
    code = last_code("+84912000077")
    wrong = client.post(f"{PHONE}ma/", {"code": another_code(code)})
    assert wrong.status_code == 422
    answer = client.post(f"{PHONE}ma/", {"code": code})
    assert "Đã đổi số điện thoại" in text_of(client.get(answer["Location"]))
    assert Account.objects.get().phone == "+84912000077"
    assert Message.objects.filter(address=HONG.phone).exists()
    event = Event.objects.get(act="phone.change-by-desk")
    assert (event.subject, event.details["paper"]) == (HONG.number, "passport")


def test_o04_change_of_phone_can_be_given_up() -> None:
    client = _helping()
    client.post(PHONE, NEW_PHONE)
    client.post(f"{PHONE}ma/", {"thoi": "1"})
    assert "Cấp lại mật khẩu" in text_of(client.get(ACCOUNT))
    answer = client.post(f"{PHONE}ma/", {"code": last_code("+84912000077")})
    assert answer["Location"] == ACCOUNT
    assert Account.objects.get().phone == HONG.phone


def test_o04_code_again_too_soon_says_how_long() -> None:
    client = _helping()
    client.post(PHONE, NEW_PHONE)
    answer = client.post(f"{PHONE}gui-lai/")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) <= 60


@pytest.mark.parametrize("changes", [{"dt-phone": "123"}, {"dt-compared": ""}])
def test_o04_no_code_without_a_mobile_and_the_original(changes: dict[str, str]) -> None:
    client = _helping()
    assert client.post(PHONE, {**NEW_PHONE, **changes}).status_code == 422
    assert not Message.objects.filter(address="+84912000077").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Xin nhập số điện thoại mới của người đến."),
        ("024 3999 9999", "số di động mới của người đến"),
        ("0912 00000", "Xin hỏi lại số mới của người đến"),
        (HONG.phone, "Đây đã là số điện thoại của tài khoản này"),
    ],
)
def test_o04_refused_phone_is_said_to_the_officer(typed: str, said: str) -> None:
    page = text_of(_helping().post(PHONE, {**NEW_PHONE, "dt-phone": typed}))
    assert said in page
    assert "của bạn" not in page


def test_o04_refusals_stand_in_the_order_of_the_fields() -> None:
    page = _helping().post(PHONE, {}).content.decode()
    summary = page[page.index('class="errors"') :]
    places = [summary.index(f'href="#dt-{name}"') for name in ("phone", "paper", "compared")]
    assert places == sorted(places)


def test_o04_wrong_code_is_said_to_the_officer_with_the_tries_left() -> None:
    client = _helping()
    client.post(PHONE, NEW_PHONE)
    wrong = another_code(last_code("+84912000077"))
    page = text_of(client.post(f"{PHONE}ma/", {"code": wrong}))
    assert "Mã chưa đúng, còn 4 lần nhập. Xin nhờ người đến đọc lại" in page


@pytest.mark.parametrize("number", ["", "12345", "01980000O1", "GD4010198000001"])
def test_o04_refused_number_is_said_to_the_officer(number: str) -> None:
    page = text_of(_found(at_desk(an_officer()), number))
    assert "để đăng nhập" not in page
    assert "Tên đăng nhập" not in page


def test_o04_code_of_another_counter_serves_nothing() -> None:
    client = _helping()
    client.post(PHONE, NEW_PHONE)
    code = last_code("+84912000077")
    other = at_desk(an_officer())
    _found(other)
    assert other.post(f"{PHONE}ma/", {"code": code})["Location"] == ACCOUNT
    assert Account.objects.get().phone == HONG.phone


def test_officer_finds_so_many_accounts_in_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "VSSID_DESK_LOOK_UPS_PER_HOUR", 1)
    an_account()
    client = at_desk(an_officer())
    _found(client, KHOA.number)
    answer = _found(client)
    assert answer.status_code == 429
    assert "Bạn đã tra nhiều mã số trong giờ qua" in text_of(answer)
    assert _looks() == []
