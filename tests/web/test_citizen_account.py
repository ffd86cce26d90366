"""«Thông tin tài khoản» on the screen: details, email, phone, address, closing (A08, A11)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import (
    HONG,
    KHOA,
    a_person,
    a_session,
    an_account,
    another_code,
    last_code,
)
from tests.web.others import born_years_ago
from tests.web.visiting import at_home, text_of, typed_in, with_session
from vssid.accounts.models import Account, EndReason, Session
from vssid.kernel.clock import format_datetime, utc_now
from vssid.messaging.models import Kind, Message
from vssid.people.models import Guardianship, Person
from vssid.reference.queries import area, convert_legacy
from vssid.web.ui.access import SESSION_COOKIE

pytestmark = pytest.mark.django_db

DETAILS = "/tai-khoan/"
EMAIL, PHONE, ADDRESS = f"{DETAILS}email/", f"{DETAILS}so-dien-thoai/", f"{DETAILS}dia-chi/"
CLOSE, CLOSED = f"{DETAILS}dong/", f"{DETAILS}da-dong/"
NEW_EMAIL, NEW_PHONE = "anh.moi@example.com", "+84987654321"
WHOLE = {"era": "legacy", "province": "01", "district": "020", "commune": "00676"}
SPLIT = {"era": "legacy", "province": "48", "district": "497", "commune": "20296"}


@pytest.fixture
def client() -> Client:
    """Hồng's browser."""
    return at_home()


def _account() -> Account:
    return Account.objects.get(pk=HONG.number)


def _set(**changes: Any) -> None:
    Account.objects.filter(pk=HONG.number).update(**changes)


def _hold() -> None:
    _set(changes_held_until=utc_now() + timedelta(hours=3))


def _live_in(areas: dict[str, str]) -> None:
    _set(**{f"address_{name}": code for name, code in areas.items()})


def _typed_code(page: Any, code: str) -> dict[str, str]:
    """What the page's own fields hold, with the code typed."""
    kept = {name: text for name, text in typed_in(page).items() if name != "gui-lai"}
    return {**kept, "code": code}


# --- the details ----------------------------------------------------------------------------------


def test_a08_details_say_who_it_is_and_how_they_are_reached(client: Client) -> None:
    _set(email="hong@example.com")
    said = text_of(client.get(DETAILS))
    for text in (HONG.full_name, HONG.number, "12/05/1990", "0912 000 001", "hong@example.com"):
        assert text in said
    assert "Phường Ba Đình" in said
    assert "Đặt hôm nay" in said
    assert "TK1-TS" in said


def test_id_is_masked_until_it_is_asked_for(client: Client) -> None:
    page = client.get(DETAILS).content.decode()
    shown, _, hidden = page.partition('<summary><span class="fold-title"><span>Số CCCD')
    assert HONG.id_number not in shown
    assert "0011***011" in hidden.split("</summary>")[0]
    assert HONG.id_number in hidden.split("</summary>")[1].split("</details>")[0]


def test_details_name_every_change_and_no_foreign_data(client: Client) -> None:
    an_account(KHOA)
    page = client.get(DETAILS).content.decode()
    for address in (EMAIL, PHONE, ADDRESS, CLOSE, "/doi-mat-khau/", "/tai-khoan/ai-da-xem/"):
        assert f'href="{address}"' in page
    assert KHOA.full_name not in page


def test_details_tell_of_a_password_that_is_due(client: Client) -> None:
    left = timedelta(days=5, minutes=1)
    _set(password_set_at=utc_now() - settings.VSSID_PASSWORD_LIFETIME + left)
    assert "Cần đổi trong 5 ngày tới" in text_of(client.get(DETAILS))


def test_whoever_is_not_signed_in_sees_nothing() -> None:
    for address in (DETAILS, EMAIL, PHONE, ADDRESS, CLOSE):
        assert Client().get(address)["Location"].startswith("/dang-nhap/?tiep=")


def test_details_say_until_when_changes_wait(client: Client) -> None:
    assert "Thay đổi phải chờ" not in text_of(client.get(DETAILS))
    _hold()
    for address in (DETAILS, EMAIL, PHONE, ADDRESS, CLOSE):
        assert "Thay đổi phải chờ" in text_of(client.get(address)), address


def test_what_waits_has_no_link_but_its_hour(client: Client) -> None:
    _hold()
    answer = client.get(DETAILS)
    assert f"Chờ đến {format_datetime(Account.objects.get().changes_held_until)}" in text_of(answer)
    for address in (EMAIL, PHONE, ADDRESS, CLOSE):
        assert f'href="{address}"' not in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("password_set_at", "Mật khẩu vừa được đặt lại."),
        ("email_since", "Email vừa được đổi."),
        ("activated_at", "Mật khẩu, số điện thoại hoặc email vừa được đổi."),
    ],
)
def test_wait_says_what_was_changed_when_that_is_known(
    client: Client, field: str, said: str
) -> None:
    at = utc_now() - timedelta(hours=1)
    _set(**{field: at, "changes_held_until": at + settings.VSSID_CHANGES_HELD})
    assert said in text_of(client.get(DETAILS))


def test_closing_is_red_at_its_last_press_only(client: Client) -> None:
    first = client.get(CLOSE).content.decode()
    assert "button danger" not in first
    last = client.post(CLOSE).content.decode()
    assert "button danger" in last


# --- email ----------------------------------------------------------------------------------------


def test_a08_email_is_changed_by_codes_of_the_phone_and_of_itself(client: Client) -> None:
    page = client.post(EMAIL, {"email": NEW_EMAIL})
    assert "0912***001" in text_of(page)
    page = client.post(EMAIL, _typed_code(page, last_code()))
    assert "Bước 2/2" in text_of(page)
    answer = client.post(EMAIL, _typed_code(page, last_code(NEW_EMAIL)))
    assert answer["Location"] == f"{DETAILS}?xong=email"
    said = text_of(client.get(answer["Location"]))
    assert "Email mới đã được dùng" in said
    assert NEW_EMAIL in said


def test_email_is_removed(client: Client) -> None:
    _set(email=NEW_EMAIL)
    assert "Bỏ email này" in text_of(client.get(EMAIL))
    page = client.post(EMAIL, {"bo": "1"})
    assert _account().email == NEW_EMAIL
    answer = client.post(EMAIL, _typed_code(page, last_code()))
    assert answer["Location"] == f"{DETAILS}?xong=bo-email"
    assert _account().email == ""
    assert "Bỏ email này" not in text_of(client.get(EMAIL))


def test_email_is_not_removed_while_changes_wait(client: Client) -> None:
    _set(email=NEW_EMAIL)
    _hold()
    assert client.post(EMAIL, {"bo": "1"})["Location"] == EMAIL
    assert _account().email == NEW_EMAIL


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "Xin nhập địa chỉ email"),
        ("anh", "cần có một dấu @"),
        ("anh@ví-dụ.vn", "không có dấu tiếng Việt"),
        ("hong@example.com", "Đây đã là email của tài khoản"),
    ],
)
def test_email_that_will_not_do_is_explained_and_kept(
    client: Client, email: str, said: str
) -> None:
    _set(email="hong@example.com")
    answer = client.post(EMAIL, {"email": email})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert typed_in(answer)["email"] == email
    assert not Message.objects.exists()


def test_wrong_code_is_explained_and_may_be_typed_again(client: Client) -> None:
    page = client.post(EMAIL, {"email": NEW_EMAIL})
    page = client.post(EMAIL, _typed_code(page, last_code()))
    code = last_code(NEW_EMAIL)
    answer = client.post(EMAIL, _typed_code(page, another_code(code)))
    assert answer.status_code == 422
    assert "bạn còn 4 lần nhập" in text_of(answer)
    assert client.post(EMAIL, _typed_code(answer, code)).status_code == 302


def test_another_code_too_soon_is_answered_with_the_wait(client: Client) -> None:
    page = client.post(EMAIL, {"email": NEW_EMAIL})
    answer = client.post(EMAIL, {"ve": typed_in(page)["ve"], "gui-lai": "1"})
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) > 0
    assert "Xin chờ" in text_of(answer)


@pytest.mark.parametrize("address", [EMAIL, PHONE])
def test_ticket_that_is_not_ours_begins_again(client: Client, address: str) -> None:
    for sent in ({"code": "490217"}, {"gui-lai": "1"}, {"kiem-tra": "1"}):
        assert client.post(address, {"ve": "nonsense", **sent})["Location"] == address


# --- phone ----------------------------------------------------------------------------------------


def test_a11_phone_is_changed_by_the_old_and_the_new_one(client: Client) -> None:
    first = client.post(PHONE, {"phone": "0987 654 321"})
    assert "0912***001" in text_of(first)
    second = client.post(PHONE, _typed_code(first, last_code()))
    assert "0987 654 321" in text_of(second)
    assert "Sửa lại" in text_of(second)
    answer = client.post(PHONE, _typed_code(second, last_code(NEW_PHONE)))
    assert answer["Location"] == f"{DETAILS}?xong=dien-thoai"
    said = text_of(client.get(answer["Location"]))
    assert "0987 654 321" in said
    assert "Thay đổi phải chờ" in said


def test_lost_phone_leads_to_the_desk(client: Client) -> None:
    said = text_of(client.get(PHONE))
    assert "Số cũ đã mất?" in said
    assert "đến cơ quan BHXH gần nhất" in said


def test_phone_of_somebody_else_is_refused_without_a_word_about_them(client: Client) -> None:
    an_account(KHOA)
    first = client.post(PHONE, {"phone": KHOA.phone})
    assert first.status_code == 200
    second = client.post(PHONE, _typed_code(first, last_code()))
    answer = client.post(PHONE, _typed_code(second, last_code(KHOA.phone)))
    assert answer.status_code == 422
    said = text_of(answer)
    assert "chưa dùng được cho tài khoản của bạn" in said
    assert KHOA.number not in said
    assert _account().phone == HONG.phone


def test_first_ticket_does_not_do_for_the_second_step(client: Client) -> None:
    first = client.post(PHONE, {"phone": NEW_PHONE})
    sent = {**_typed_code(first, last_code()), "buoc": "so-moi"}
    assert client.post(PHONE, sent)["Location"] == PHONE
    assert _account().phone == HONG.phone


@pytest.mark.parametrize(
    ("phone", "said"),
    [
        ("", "Xin nhập số điện thoại di động"),
        ("024 3861 1234", "không phải số di động"),
        ("0912 000 001", "Đây đã là số điện thoại của tài khoản"),
    ],
)
def test_phone_that_will_not_do_is_explained_and_kept(
    client: Client, phone: str, said: str
) -> None:
    answer = client.post(PHONE, {"phone": phone})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert typed_in(answer)["phone"] == phone


def test_phone_waits_while_changes_are_held(client: Client) -> None:
    _hold()
    answer = client.post(PHONE, {"phone": NEW_PHONE})
    assert answer.status_code == 429
    assert not Message.objects.filter(kind=Kind.CODE).exists()


@pytest.mark.parametrize("address", [EMAIL, PHONE, CLOSE])
def test_sensitive_change_asks_again_who_it_is(client: Client, address: str) -> None:
    Session.objects.update(proved_at=utc_now() - settings.VSSID_PROOF_LIFETIME * 2)
    assert client.get(address)["Location"].startswith("/xac-nhan-lai/?tiep=")


# --- address --------------------------------------------------------------------------------------


def test_a08_address_is_changed_to_todays_areas(client: Client) -> None:
    assert typed_in(client.get(ADDRESS))["street"] == "Số 5, ngõ 12"
    sent = {"era": "2025", "province": "01", "commune": "00004", "street": "Số 9, ngõ 2"}
    assert client.post(ADDRESS, sent)["Location"] == f"{DETAILS}?xong=dia-chi"
    assert "Số 9, ngõ 2, Phường Ba Đình" in text_of(client.get(DETAILS))
    # The record's first page shows it as well.
    assert "Số 9, ngõ 2, Phường Ba Đình" in text_of(client.get("/quan-ly-ca-nhan/"))


def test_lists_follow_without_scripts(client: Client) -> None:
    answer = client.post(ADDRESS, {**WHOLE, "street": "Thôn Đông", "cap-nhat": "1"})
    assert answer.status_code == 200
    today = area("2025", convert_legacy("00676")[0].code)
    assert today is not None
    assert f"Nay thuộc {today.label}" in text_of(answer)
    assert typed_in(answer)["street"] == "Thôn Đông"
    assert _account().address_era == "2025"


def test_legacy_address_is_shown_in_todays_names_with_what_was_entered_beside(
    client: Client,
) -> None:
    answer = client.post(ADDRESS, {**WHOLE, "street": "Thôn Đông"})
    assert answer.status_code == 302
    said = text_of(client.get(DETAILS))
    today = area("2025", convert_legacy("00676")[0].code)
    assert today is not None
    assert f"Thôn Đông, {today.name}, Thành phố Hà Nội" in said
    assert "Địa chỉ đã khai (trước 1/7/2025)" in said
    assert "Huyện Thanh Trì" in said


def test_split_ward_asks_where_the_house_lies(client: Client) -> None:
    sent = {**SPLIT, "street": "Thôn Đông"}
    answer = client.post(ADDRESS, sent)
    assert answer.status_code == 422
    said = text_of(answer)
    assert "Xin chọn xã, phường hiện nay có nhà của bạn" in said
    assert "Phường Liên Chiểu" in said
    assert "Phường Hải Vân" in said
    chosen = convert_legacy("20296")[1].code
    assert client.post(ADDRESS, {**sent, "today": chosen}).status_code == 302
    assert _account().address_today == chosen


def test_commune_that_a_split_ward_never_went_to_is_refused(client: Client) -> None:
    answer = client.post(ADDRESS, {**SPLIT, "street": "Thôn Đông", "today": "00004"})
    assert answer.status_code == 422
    assert _account().address_era == "2025"


def test_old_legacy_address_is_converted_in_one_press(client: Client) -> None:
    _live_in(WHOLE)
    page = client.get(DETAILS)
    assert "Chuyển sang tên hiện nay" in text_of(page)
    assert client.post(ADDRESS, {"chuyen": typed_in(page)["chuyen"]}).status_code == 302
    assert _account().address_commune == "00676"
    assert "Chuyển sang tên hiện nay" not in text_of(client.get(DETAILS))


def test_old_address_in_a_split_ward_offers_each_place(client: Client) -> None:
    _live_in(SPLIT)
    page = client.get(DETAILS).content.decode()
    for place in convert_legacy("20296"):
        assert f'name="chuyen" value="{place.code}"' in page


def test_conversion_elsewhere_is_refused_with_the_form(client: Client) -> None:
    _live_in(WHOLE)
    answer = client.post(ADDRESS, {"chuyen": "00004"})
    assert answer.status_code == 422
    assert "Xin chọn một trong các xã, phường được nêu" in text_of(answer)
    assert typed_in(answer)["era"] == "legacy"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"province": ""}, "Xin chọn tỉnh, thành phố"),
        ({"commune": ""}, "Xin chọn xã, phường"),
        ({"commune": "x" * 99}, "99"),
        ({"era": "1999"}, "1999"),
        ({"street": ""}, "Xin nhập số nhà"),
    ],
)
def test_address_that_will_not_do_is_explained(
    client: Client, changes: dict[str, str], said: str
) -> None:
    sent = {"era": "2025", "province": "01", "commune": "00004", "street": "Số 9", **changes}
    answer = client.post(ADDRESS, sent)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_address_waits_while_changes_are_held(client: Client) -> None:
    _hold()
    sent = {"era": "2025", "province": "01", "commune": "00004", "street": "Số 9"}
    assert client.post(ADDRESS, sent).status_code == 429


# --- what was typed when the session ended --------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "sent", "field"),
    [
        (EMAIL, {"email": NEW_EMAIL}, "email"),
        (PHONE, {"phone": "0987 654 321"}, "phone"),
        (ADDRESS, {**WHOLE, "street": "Thôn Đông"}, "street"),
    ],
)
def test_ended_session_keeps_what_was_typed(
    client: Client, address: str, sent: dict[str, str], field: str
) -> None:
    Session.objects.update(ended_at=utc_now(), end_reason=EndReason.EXPIRED)
    to = client.post(address, sent)["Location"]
    assert to.startswith("/dang-nhap/?tiep=")
    back = next(one for one in to.split("?", 1)[1].split("&") if one.startswith("tiep="))
    again = with_session(a_session(_account()))
    page = again.get(
        back.removeprefix("tiep=").replace("%2F", "/").replace("%3F", "?").replace("%3D", "=")
    )
    assert page.status_code == 200
    assert typed_in(page)[field] == sent[field]


# --- closing --------------------------------------------------------------------------------------


def test_closing_says_what_goes_and_what_stays(client: Client) -> None:
    said = text_of(client.get(CLOSE))
    for text in ("Sẽ mất", "ảnh chân dung", "Vẫn còn", "cơ quan BHXH vẫn giữ", "đăng ký lại"):
        assert text in said
    assert "Quyền xem hồ sơ" not in said


def test_closing_names_the_children_whose_records_are_no_longer_seen(client: Client) -> None:
    a_person(KHOA)
    Person.objects.filter(number=KHOA.number).update(birth_date=born_years_ago(9))
    Guardianship.objects.create(
        guardian_id=HONG.number,
        child_number=KHOA.number,
        child_name="Bé Khoa",
        relation="mother",
        from_date=date(2020, 1, 1),
    )
    said = text_of(client.get(CLOSE))
    assert "Quyền xem hồ sơ của Bé Khoa" in said
    assert "Hồ sơ và quyền lợi của các con" in said


def test_account_closes_with_the_code_and_says_farewell(client: Client) -> None:
    page = client.post(CLOSE, {})
    assert Account.objects.filter(pk=HONG.number).exists()
    answer = client.post(CLOSE, _typed_code(page, last_code()))
    assert answer["Location"] == CLOSED
    assert answer["Clear-Site-Data"] == '"cache"'
    assert answer.cookies[SESSION_COOKIE].value == ""
    assert not Account.objects.filter(pk=HONG.number).exists()
    assert client.get(DETAILS)["Location"].startswith("/dang-nhap/")
    said = text_of(client.get(CLOSED))
    assert "Tài khoản đã được đóng" in said
    assert "Đăng ký lại" in said


def test_other_device_is_out_as_well(client: Client) -> None:
    other = with_session(next(iter(client.cookies.values())).value)
    page = client.post(CLOSE, {})
    client.post(CLOSE, _typed_code(page, last_code()))
    assert other.get(DETAILS)["Location"].startswith("/dang-nhap/")


def test_wrong_code_closes_nothing(client: Client) -> None:
    page = client.post(CLOSE, {})
    answer = client.post(CLOSE, _typed_code(page, another_code(last_code())))
    assert answer.status_code == 422
    assert Account.objects.filter(pk=HONG.number).exists()


def test_closing_waits_while_changes_are_held(client: Client) -> None:
    _hold()
    assert client.post(CLOSE, {}).status_code == 429
    assert not Message.objects.filter(kind=Kind.CODE).exists()
