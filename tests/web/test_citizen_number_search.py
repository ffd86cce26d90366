"""«Tìm mã số BHXH» on the screen: three ways, what is told, the code that may come first."""

from typing import Any

import altcha
import pytest
from captcha.models import CaptchaStore
from django.conf import settings
from django.test import Client

from tests.factories import HONG, another_code, last_code
from tests.people.number_search.seeking import AN, CHI, OF_HEAD, PAPER, an, family, write
from tests.web.visiting import at_home, text_of, typed_in
from vssid.audit.models import Event
from vssid.limits.models import Bucket
from vssid.messaging.models import Message
from vssid.registration.models import Draft
from vssid.web.ui import checks

pytestmark = pytest.mark.django_db
SEARCH = "/tra-cuu/ma-so-bhxh/"
MISSED = "Chưa tìm thấy đúng một người khớp với mọi ô"
ASKS = "mã OTP"

PERSON = {"cach": "ca-nhan", "province": "2025:01", "full_name": "Nguyễn Thị An",
          "birth": "12/05/1990"}  # fmt: skip
HOUSEHOLD = {"cach": "ma-ho", "household": "01 1234.5678", "full_name": "Tran Minh Chi",
             "birth": "2020"}  # fmt: skip
HEAD = {
    "cach": "chu-ho",
    "era": "2025",
    "province": "01",
    "commune": "00004",
    "head_name": "Trần Văn Bình",
    "full_name": "Trần Minh Chi",
    "birth": "3-2-2020",
}


def _picture() -> dict[str, str]:
    key = checks.new_picture().key
    return {"ma_hinh": key, "ma_kiem_tra": CaptchaStore.objects.get(hashkey=key).response}


def _send(client: Client, typed: dict[str, str], **more: str) -> Any:
    return client.post(SEARCH, {**typed, **_picture(), **more})


# --- what is told ---------------------------------------------------------------------------------


def test_u01_person_is_found_whole_by_the_paper_as_well() -> None:
    write(an())
    page = _send(Client(), PERSON, id_number="001.190.000123")
    text = text_of(page)
    assert page.status_code == 200
    assert AN in text
    assert "N. T. A." in text
    assert page["Cache-Control"] == "private, no-store"


def test_without_the_paper_the_middle_is_hidden_and_the_form_waits_for_it() -> None:
    write(an())
    page = _send(Client(), PERSON)
    assert "01******89" in text_of(page)
    assert "nhập thêm số CCCD" in text_of(page)
    assert AN not in page.content.decode()
    assert "12/05/1990" in typed_in(page).values()
    # Of the record nothing but what was typed is told.
    for secret in (PAPER, "12345678", "ngõ 12"):
        assert secret not in page.content.decode()


def test_of_a_huge_name_no_megabyte_comes_back() -> None:
    page = _send(Client(), PERSON, full_name="An " * 300_000)
    assert page.status_code == 422
    assert len(page.content) < 100_000
    assert "12/05/1990" in typed_in(page).values()


@pytest.mark.parametrize("typed", [HOUSEHOLD, HEAD])
def test_u01_child_is_found_by_the_household(typed: dict[str, str]) -> None:
    family()
    assert "01******91" in text_of(_send(Client(), typed))
    assert CHI in text_of(_send(Client(), typed, id_number=OF_HEAD))


def test_province_and_commune_of_before_are_taken() -> None:
    write(an(address_province="08", address_commune=""))
    old = {**PERSON, "province": "legacy:02"}
    assert "01******89" in text_of(_send(Client(), old))


def test_r16_miss_says_what_to_try_and_whom_to_ask_and_keeps_everything() -> None:
    page = _send(Client(), PERSON, id_number=PAPER)
    text = text_of(page)
    assert page.status_code == 200
    assert MISSED in text
    assert "BHXH TP Hà Nội" in text
    assert "Cơ quan BHXH nơi bạn thường trú cấp mã số" in text
    assert settings.VSSID_HOTLINE in text
    kept = typed_in(page)
    assert (kept["full_name"], kept["birth"], kept["id_number"]) == (
        "Nguyễn Thị An", "12/05/1990", PAPER,
    )  # fmt: skip


def test_r19_office_of_the_commune_is_named_with_its_phone() -> None:
    page = _send(Client(), HEAD)
    assert MISSED in text_of(page)
    assert "BHXH cơ sở" in text_of(page)
    assert 'href="tel:' in page.content.decode()


@pytest.mark.parametrize(
    "other",
    [
        {"full_name": "Nguyễn Thị Ân"},
        {"birth": "13/05/1990"},
        {"province": "2025:79"},
        {"id_number": "001190000124"},
    ],
)
def test_which_field_did_not_agree_is_told_to_nobody(other: dict[str, str]) -> None:
    """But for what was typed itself, the page is that of somebody who does not exist."""
    write(an())
    near = {**PERSON, "id_number": PAPER, **other}
    partly = text_of(_send(Client(), near))
    nobody = text_of(_send(Client(), {**near, "full_name": "Lê Không Ai"}))
    assert partly == nobody


def test_two_numbers_of_one_person_are_warned_of() -> None:
    write(an(), an(number="0123456790", id_kind="", id_number=""))
    assert "Có thể bạn có hai mã số" in text_of(_send(Client(), PERSON, id_number=PAPER))


# --- what is typed badly --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"province": ""}, "Xin chọn tỉnh, thành phố."),
        ({"province": "2025:99"}, "Xin chọn tỉnh, thành phố trong danh sách."),
        ({"full_name": ""}, "Xin nhập họ và tên"),
        ({"full_name": "Nguyễn V4n An"}, "Họ tên chỉ gồm chữ cái"),
        ({"full_name": "\x00\x07"}, "Xin nhập họ và tên"),
        ({"full_name": "A" * 1_000_000}, "Họ tên dài quá"),
        ({"birth": ""}, "Xin nhập ngày sinh, hoặc năm sinh."),
        ({"birth": "31/02/1990"}, "Ngày này không có trong lịch"),
        ({"birth": "00/00/0000"}, "Ngày này không có trong lịch"),
        ({"birth": "1890"}, "từ năm 1900 đến hôm nay"),
        ({"birth": "9999"}, "từ năm 1900 đến hôm nay"),
        ({"birth": "hôm qua"}, "Ngày sinh viết như 12/05/1990"),
        ({"birth": "1" * 1_000_000}, "Ngày sinh viết như 12/05/1990"),
        ({"birth": "𝟏𝟐/𝟎𝟓/²"}, "Ngày sinh viết như 12/05/1990"),
        ({"id_number": "12345"}, "CCCD có 12 số, CMND có 9 số"),
        ({"id_number": "'; DROP TABLE"}, "Số giấy tờ chỉ gồm chữ và số"),
    ],
)
def test_bad_input_gets_a_sentence_and_looks_nobody_up(typed: dict[str, str], says: str) -> None:
    page = _send(Client(), {**PERSON, **typed})
    assert page.status_code == 422
    assert says in text_of(page)
    assert not Event.objects.filter(act="number.search").exists()


@pytest.mark.parametrize(
    ("way", "typed", "says"),
    [
        (HOUSEHOLD, {"household": ""}, "Xin nhập mã hộ gia đình"),
        (HOUSEHOLD, {"household": "…"}, "Mã hộ gia đình thường gồm 10 chữ số"),
        (HOUSEHOLD, {"full_name": ""}, "Xin nhập họ và tên của người cần tìm"),
        (HEAD, {"head_name": ""}, "Xin nhập họ và tên của chủ hộ"),
        (HEAD, {"commune": ""}, "Xin chọn xã, phường"),
        (HEAD, {"commune": "99999"}, "xã, phường"),
        (HEAD, {"era": "1802"}, ""),
    ],
)
def test_bad_input_of_a_household_gets_a_sentence(
    way: dict[str, str], typed: dict[str, str], says: str
) -> None:
    page = _send(Client(), {**way, **typed})
    assert page.status_code == 422
    assert says in text_of(page)


@pytest.mark.parametrize("way", ["ca-nhan", "ma-ho", "chu-ho", "khong-co", ""])
def test_required_fields_carry_a_star_in_every_way(way: str) -> None:
    page = Client().get(SEARCH, {"cach": way})
    assert "Các ô có dấu * là bắt buộc." in text_of(page)
    assert page.content.decode().count('class="required"') >= 4


def test_changed_hidden_fields_change_nothing() -> None:
    write(an())
    page = _send(Client(), PERSON, cach="../../etc", find_all="1", is_whole="True", number=AN)
    assert "01******89" in text_of(page)
    forged = Client().post(SEARCH, {"ve": "forged", "phone": "0912000001"})
    assert forged.status_code == 409
    assert "Xin làm lại từ đầu" in text_of(forged)


def test_areas_follow_the_province_without_scripts() -> None:
    page = Client().post(SEARCH, {**HEAD, "province": "79", "commune": "", "cap-nhat": "1"})
    assert page.status_code == 200
    assert typed_in(page)["head_name"] == "Trần Văn Bình"
    assert "79 - Thành phố Hồ Chí Minh" in text_of(page)


# --- the picture, and the code in its place -------------------------------------------------------


def test_wrong_picture_code_looks_nobody_up_and_keeps_what_was_typed() -> None:
    write(an())
    page = _send(Client(), PERSON, ma_kiem_tra="sai")
    assert page.status_code == 422
    assert typed_in(page)["full_name"] == "Nguyễn Thị An"
    assert not Event.objects.filter(act="number.search").exists()


def test_proof_of_work_stands_in_for_the_picture() -> None:
    write(an())
    made = altcha.Challenge.from_dict(checks.new_challenge())
    solution = altcha.solve_challenge(made)
    assert solution is not None
    payload = altcha.Payload(made, solution).to_base64()
    assert "01******89" in text_of(Client().post(SEARCH, {**PERSON, "altcha": payload}))


def _phone_asked(client: Client, **more: str) -> str:
    """The ticket of who skips the picture."""
    page = client.post(SEARCH, {**PERSON, **more, "khong-hinh": "1"})
    assert "Thay cho mã trong hình" in text_of(page)
    return typed_in(page)["ve"]


def test_who_cannot_see_the_picture_proves_a_phone_and_nothing_is_typed_again() -> None:
    write(an())
    client = Client()
    ticket = _phone_asked(client, id_number=PAPER)
    page = client.post(SEARCH, {"ve": ticket, "phone": "0912 000 009"})
    assert "0912***009" in text_of(page)
    ticket = typed_in(page)["ve"]
    wrong = another_code(last_code("+84912000009"))
    page = client.post(SEARCH, {"ve": ticket, "code": wrong})
    assert page.status_code == 422
    page = client.post(SEARCH, {"ve": ticket, "code": last_code("+84912000009")})
    assert AN in text_of(page)
    assert Event.objects.get(act="number.search").details["had_code"] is True


def test_code_serves_once_and_for_one_phone() -> None:
    write(an())
    client = Client()
    page = client.post(SEARCH, {"ve": _phone_asked(client), "phone": "0912000009"})
    sent = {"ve": typed_in(page)["ve"], "code": last_code("+84912000009")}
    assert "01******89" in text_of(client.post(SEARCH, sent))
    again = client.post(SEARCH, sent)
    assert "01******89" not in text_of(again)


@pytest.mark.parametrize("phone", ["", "123", "02438612458"])
def test_what_is_no_mobile_is_explained_and_sends_nothing(phone: str) -> None:
    client = Client()
    page = client.post(SEARCH, {"ve": _phone_asked(client), "phone": phone})
    assert page.status_code == 422
    assert not Message.objects.exists()


def test_past_the_brake_a_code_comes_first_whether_there_is_somebody_or_not() -> None:
    write(an())
    client = Client()
    for _ in range(settings.VSSID_NUMBERS_FOUND_A_DAY):
        assert "01******89" in text_of(_send(client, PERSON))
    found, missed = _send(client, PERSON), _send(client, {**PERSON, "full_name": "Lê Không Ai"})
    assert text_of(found) == text_of(missed)
    assert "Còn một bước: mã OTP" in text_of(found)


def test_phone_that_has_found_enough_is_told_before_a_code_is_sent() -> None:
    write(an())
    for turn in range(settings.VSSID_NUMBERS_FOUND_A_DAY):
        client = Client(REMOTE_ADDR=f"198.51.{turn}.1")
        Bucket.objects.filter(name__startswith="code.").delete()
        page = client.post(SEARCH, {"ve": _phone_asked(client), "phone": "0912000009"})
        code = last_code("+84912000009")
        assert "01******89" in text_of(
            client.post(SEARCH, {"ve": typed_in(page)["ve"], "code": code})
        )
    sent = Message.objects.count()
    client = Client()
    page = client.post(SEARCH, {"ve": _phone_asked(client), "phone": "0912000009"})
    assert page.status_code == 429
    assert int(page["Retry-After"]) > 3600
    assert Message.objects.count() == sent


# --- from there to registration -------------------------------------------------------------------


def test_r16_registration_begins_with_what_was_found() -> None:
    write(an())
    client = Client()
    held = typed_in(_send(client, PERSON, id_number=PAPER))["tim-duoc"]
    page = client.post(f"{SEARCH}dang-ky/", {"tim-duoc": held}, follow=True)
    kept = typed_in(page)
    assert (kept["number"], kept["full_name"], kept["id_number"]) == (AN, "Nguyễn Thị An", PAPER)


def test_number_that_was_told_in_part_begins_no_registration() -> None:
    write(an())
    page = _send(Client(), PERSON)
    assert "tim-duoc" not in typed_in(page)
    answer = Client().post(f"{SEARCH}dang-ky/", {"tim-duoc": "x"})
    assert answer["Location"] == SEARCH
    assert not Draft.objects.exists()


def test_declaration_that_was_begun_is_not_overwritten() -> None:
    write(an())
    client = Client()
    held = typed_in(_send(client, PERSON, id_number=PAPER))["tim-duoc"]
    client.post(f"{SEARCH}dang-ky/", {"tim-duoc": held})
    answer = client.post(f"{SEARCH}dang-ky/", {"tim-duoc": held})
    assert answer["Location"] == "/dang-ky/"
    assert Draft.objects.count() == 1


# --- around it ------------------------------------------------------------------------------------


def test_subject_reads_that_somebody_looked_and_not_who() -> None:
    owner = at_home()
    typed = {**PERSON, "full_name": HONG.full_name, "id_number": HONG.id_number}
    assert HONG.number in text_of(_send(Client(), typed))
    text = text_of(owner.get("/tai-khoan/ai-da-xem/"))
    assert "Tìm ra mã số BHXH của bạn trên trang tra cứu công khai" in text
    assert "Một người không đăng nhập; trang không hỏi họ là ai" in text


def test_lookup_page_leads_there() -> None:
    assert SEARCH in Client().get("/tra-cuu/").content.decode()


@pytest.mark.parametrize("typed", [PERSON, HOUSEHOLD, HEAD])
def test_page_is_whole_in_english(typed: dict[str, str]) -> None:
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    text = text_of(_send(client, typed))
    assert "Find your social insurance number" in text
    for word in ("Tìm", "mã số", "Chưa", "Xin", "Không", "của"):
        assert word not in text
