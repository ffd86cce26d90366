"""«Kiểm tra thẻ»: what a facility reads, for each way of asking."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import HONG, PASSWORD, a_person, a_session, an_account, an_officer
from tests.staff.keys import give_smart_otp
from tests.staff.test_card_checks import a_pass, give_card, make_near_poor
from tests.web.visiting import at_desk, text_of, typed_in, with_session
from vssid.audit.models import Event
from vssid.insurance import card_qr
from vssid.insurance.card_qr import CardQr
from vssid.insurance.models import Card
from vssid.kernel.clock import format_date, utc_now, vietnam_today
from vssid.people.models import Person
from vssid.reference.models import Facility
from vssid.staff.models import Role

pytestmark = pytest.mark.django_db
PAGE = "/kiem-tra-the/"
HOSPITAL = "01001"


@pytest.fixture
def counter() -> Client:
    """The browser of a hospital's counter; Hồng has a card."""
    a_person()
    give_card()
    return _counter()


def _counter() -> Client:
    client = at_desk(an_officer(Role.FACILITY, HOSPITAL, user_name="quay1"))
    client.cookies["can_bo_the"] = client.cookies["can_bo"].value
    return client


def _scan(client: Client, code: str, admitted_on: str = "") -> Any:
    sent = {"cach": "quet", "quet-code": code, "quet-admitted_on": admitted_on}
    return client.post(PAGE, sent)


def _type(client: Client, **changes: str) -> Any:
    typed = {"number": HONG.number, "full_name": HONG.full_name, "born": "1990", **changes}
    return client.post(
        PAGE, {"cach": "nhap", **{f"nhap-{key}": text for key, text in typed.items()}}
    )


def _card_text() -> str:
    card = Card.objects.get()
    return card_qr.encode(
        CardQr(
            number=card.card_number,
            full_name=HONG.full_name,
            born=date(1990, 5, 12),
            sex="F",
            address="",
            facility_code=HOSPITAL,
            valid_from=card.valid_from,
            valid_to=card.valid_to,
            issued_on=card.issued_on,
            managed_by=f"0100{HONG.number}",
            guardian_name="",
            living_area="",
            five_year_date=None,
        )
    )


def _verdict(answer: Any) -> str:
    found = re.search(r'<section class="verdict.*?</section>', answer.content.decode(), re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])) if found else ""


# --- what is read ---------------------------------------------------------------------------------


def test_scanned_pass_is_answered_at_a_glance(counter: Client) -> None:
    answer = _scan(counter, a_pass(utc_now()))
    said = _verdict(answer)
    assert answer.status_code == 200
    assert "verdict-good" in answer.content.decode()
    last = format_date(Card.objects.get().valid_to or date.max)
    for words in ("Mã kết quả 00", "ĐÚNG", f"Còn giá trị đến {last}", HONG.full_name):
        assert words in said
    for words in ("4 – BHYT trả 80 %", "Bệnh viện Đa khoa (01001)", f"DN401{HONG.number}"):
        assert words in text_of(answer)
    assert Event.objects.get(act="card.check").details["way"] == "pass"


def test_level_is_the_one_that_counts_today_as_the_patient_reads_it(counter: Client) -> None:
    make_near_poor()
    assert "2 – BHYT trả 100 % (thẻ in mức 3)" in text_of(_type(counter))


def test_card_of_who_died_is_refused_in_words_that_tell_no_more(counter: Client) -> None:
    yesterday = vietnam_today(utc_now()) - timedelta(days=1)
    Person.objects.filter(number=HONG.number).update(died_on=yesterday)
    for answer in (_type(counter), _scan(counter, _card_text()), _scan(counter, a_pass(utc_now()))):
        said = _verdict(answer)
        assert "Mã kết quả 01" in said
        assert "THẺ KHÔNG CÒN DÙNG" in said
        assert "gọi cơ quan BHXH" in said
        page = text_of(answer)
        for kept_back in ("mất", format_date(yesterday), "Còn giá trị", "Thông tin thẻ"):
            assert kept_back not in page


def test_public_code_of_the_card_is_answered_too(counter: Client) -> None:
    assert "ĐÚNG" in _verdict(_scan(counter, _card_text()))
    assert Event.objects.get(act="card.check").details == {"way": "card-qr"}


def _identity(**changes: str) -> str:
    said = {"number": HONG.id_number, "name": HONG.full_name, "born": "12051990", "sex": "Nữ"}
    said |= changes
    return f"{said['number']}||{said['name']}|{said['born']}|{said['sex']}|Hà Nội|01012022"


def test_identity_card_is_answered_at_once(counter: Client) -> None:
    assert "ĐÚNG" in _verdict(_scan(counter, _identity()))
    assert Event.objects.get(act="card.check").details == {"way": "id-qr"}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"number": "001199999999"}, "05"),
        ({"name": "Lê Văn Tám"}, "06"),
        ({"born": "13051990"}, "07"),
        ({"sex": "Nam"}, "08"),
    ],
)
def test_identity_card_that_does_not_match_leaves_what_it_says_to_be_corrected(
    counter: Client, changes: dict[str, str], code: str
) -> None:
    day = format_date(vietnam_today(utc_now()))
    answer = _scan(counter, _identity(**changes), day)
    assert f"Mã kết quả {code}" in _verdict(answer)
    typed = typed_in(answer)
    assert typed["nhap-number"] == changes.get("number", HONG.id_number)
    assert typed["nhap-full_name"] == changes.get("name", HONG.full_name)
    assert typed["nhap-born"] == "1990"
    assert typed["nhap-admitted_on"] == day


@pytest.mark.parametrize("number", [HONG.id_number, HONG.number])
def test_number_alone_in_the_scanners_field_goes_on_below(counter: Client, number: str) -> None:
    answer = _scan(counter, number)
    assert answer.status_code == 422
    assert "Xin nhập thêm phần còn thiếu bên dưới" in text_of(answer)
    assert "Bộ gõ" not in text_of(answer)
    assert typed_in(answer)["nhap-number"] == number
    assert not Event.objects.filter(act="card.check").exists()


def test_typed_number_name_and_year_are_answered(counter: Client) -> None:
    answer = _type(counter, full_name="nguyen thi hong  anh")
    assert "ĐÚNG" in _verdict(answer)
    assert typed_in(answer)["nhap-number"] == ""


def test_next_patient_is_scanned_without_a_mouse(counter: Client) -> None:
    html = _scan(counter, a_pass(utc_now())).content.decode()
    field = re.search(r'<input[^>]+id="quet-code"[^>]*>', html)
    assert field
    assert "autofocus" in field[0]
    assert 'value=""' in field[0]
    assert html.count("autofocus") == 1


@pytest.mark.parametrize(
    ("changes", "code", "words"),
    [
        ({"full_name": "Lê Văn Tám"}, "06", "SAI HỌ TÊN"),
        ({"born": "1991"}, "07", "SAI NGÀY SINH"),
        ({"number": f"HN201{HONG.number}"}, "09", "THẺ KHÔNG CHÍNH XÁC"),
        ({"number": "0198000009"}, "05", "KHÔNG CÓ TRONG CSDL"),
        ({"admitted_on": "31/12/2999"}, "10", "LỖI DỮ LIỆU"),
    ],
)
def test_what_does_not_match_reveals_nothing_of_the_person(
    counter: Client, changes: dict[str, str], code: str, words: str
) -> None:
    answer = _type(counter, **changes)
    assert f"Mã kết quả {code}" in _verdict(answer)
    assert words in _verdict(answer)
    assert changes.get("full_name", HONG.full_name) not in _verdict(answer)
    html = answer.content.decode()
    typed = " ".join(typed_in(answer).values())
    known = {one for one in (HONG.full_name, "1990", HONG.number) if one not in typed}
    assert not any(one in html for one in known)
    assert "Bệnh viện Đa khoa (01001)" not in html
    assert typed_in(answer)["nhap-born"] == changes.get("born", "1990"), "nothing typed is lost"


def test_days_decide(counter: Client) -> None:
    today = vietnam_today(utc_now())
    Card.objects.update(valid_to=today - timedelta(days=2))
    assert "HẾT HẠN" in _verdict(_type(counter))
    stay = _type(counter, admitted_on=format_date(today - timedelta(days=5)))
    until = format_date(today + timedelta(days=13))
    assert f"Được hưởng đến hết ngày {until}" in _verdict(stay)
    Card.objects.update(valid_from=today + timedelta(days=1), valid_to=None)
    assert "CHƯA ĐẾN HẠN" in _verdict(_type(counter))
    Card.objects.update(valid_from=today)
    assert "chưa ghi ngày hết hạn" in _verdict(_type(counter))
    assert "CÓ GIÁ TRỊ KHI ĐANG NẰM VIỆN" in _verdict(
        _type(counter, admitted_on=format_date(today - timedelta(days=1)))
    )


@pytest.mark.parametrize(
    ("spoil", "code", "words"),
    [
        (lambda text: text[:-4], "10", "chưa đủ hoặc có chỗ sai"),
        (lambda text: text[:40] + text[:1] + text[41:], "10", "chưa đủ hoặc có chỗ sai"),
    ],
)
def test_damaged_scan_says_scan_again(counter: Client, spoil: Any, code: str, words: str) -> None:
    text = a_pass(utc_now())
    spoiled = spoil(text)
    if spoiled == text:
        spoiled = text[:40] + str((int(text[40]) + 1) % 10) + text[41:]
    said = _verdict(_scan(counter, spoiled))
    assert f"Mã kết quả {code}" in said
    assert words in said


def test_late_pass_and_pass_of_another_key_are_told_apart(
    counter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = a_pass(utc_now() - timedelta(minutes=11))
    assert "đã hết hạn lúc" in _verdict(_scan(counter, late))
    text = a_pass(utc_now())
    monkeypatch.setattr(settings, "VSSID_CARD_KEYS", {"tests": bytes(range(32))})
    assert "không do cơ quan BHXH ký" in _verdict(_scan(counter, text))
    assert not Event.objects.filter(act="card.check").exists()


# --- what cannot be read --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("", "Chưa nhận được mã"),
        ("xin chào", "không phải của thẻ BHYT"),
        ("0198", "không phải của thẻ BHYT"),
        ("x" * 4001, "Mã dài quá"),
        ("\0|\0|\0", "không phải của thẻ BHYT"),
        (f"{'²' * 10}|4e67|1990|1", "không phải của thẻ BHYT"),
    ],
)
def test_unreadable_scan_gets_its_sentence(counter: Client, code: str, words: str) -> None:
    answer = _scan(counter, code)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert _verdict(answer) == ""


@pytest.mark.parametrize("born", ["0000", "-999", "1_91", "+199", "9999"])
def test_card_with_a_birth_that_cannot_be_asks_for_the_name(counter: Client, born: str) -> None:
    answer = _scan(counter, _card_text().replace("12/05/1990", born))
    assert answer.status_code == 422
    assert typed_in(answer)["nhap-number"] == HONG.number
    assert not Event.objects.filter(act="card.check").exists()


def test_scan_that_an_input_method_spoilt_asks_for_the_name_alone(counter: Client) -> None:
    answer = _scan(counter, _card_text().replace("4e6775", "ơ"))
    assert "Bộ gõ tiếng Việt đã làm hỏng mã" in text_of(answer)
    assert typed_in(answer)["nhap-number"] == HONG.number
    assert typed_in(answer)["nhap-born"] == "1990"
    assert not Event.objects.filter(act="card.check").exists()


def test_restored_name_that_is_wrong_is_not_called_wrong(counter: Client) -> None:
    """What was turned back may be off by a letter: the patient must not hear «sai họ tên»."""
    a = "Trần Đăng Ê".encode().hex()
    text = _card_text().replace(HONG.full_name.encode().hex(), a).replace("e1", "é")
    answer = _scan(counter, text)
    assert "Bộ gõ tiếng Việt đã làm hỏng mã" in text_of(answer)
    assert _verdict(answer) == ""


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"number": ""}, "Xin nhập mã số BHXH"),
        ({"number": "12345"}, "vừa nhập 5"),
        ({"number": "01980000O1"}, "chỉ gồm chữ số"),
        ({"full_name": ""}, "Xin nhập họ và tên của người bệnh"),
        ({"full_name": "Hồng 4"}, "Họ"),
        ({"born": "90"}, "4 chữ số"),
        ({"born": "1800"}, "từ 1900"),
        ({"born": "²⁰²⁰"}, "4 chữ số"),
        ({"admitted_on": "hôm qua"}, "theo mẫu 05/11/2026"),
    ],
)
def test_typed_mistake_gets_its_sentence(
    counter: Client, changes: dict[str, str], words: str
) -> None:
    answer = _type(counter, **changes)
    assert answer.status_code == 422
    assert words in text_of(answer)
    assert not Event.objects.filter(act="card.check").exists()


def test_too_many_checks_are_told_how_long_to_wait(
    counter: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "VSSID_CARD_CHECKS_A_MINUTE", 1)
    _type(counter)
    for answer in (_type(counter), _scan(counter, a_pass(utc_now()))):
        assert answer.status_code == 429
        assert int(answer["Retry-After"]) <= 60
        assert "Xin chờ" in text_of(answer)


def test_facility_that_lost_its_contract_is_told_so(counter: Client) -> None:
    Facility.objects.filter(code=HOSPITAL).update(has_contract=False)
    assert "không có hợp đồng KCB BHYT" in text_of(_type(counter))


# --- the door -------------------------------------------------------------------------------------


def test_facility_signs_in_and_comes_straight_to_its_screen() -> None:
    one = give_smart_otp(an_officer(Role.FACILITY, HOSPITAL, user_name="quay1"))
    client = Client()
    assert client.get(PAGE)["Location"] == "/can-bo/dang-nhap/?tiep=%2Fkiem-tra-the%2F"
    client.post("/can-bo/dang-nhap/", {"user_name": one.user_name, "password": PASSWORD})
    counter = _counter_of(one)
    assert counter.get("/can-bo/")["Location"] == PAGE
    page = counter.get(PAGE)
    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-store"
    menu = page.content.decode().partition('<nav class="deskmenu"')[2].partition("</nav>")[0]
    assert re.findall(r"<span>([^<]+)</span>", menu) == ["Kiểm tra thẻ", "Bảo mật"]
    assert "Bệnh viện" in text_of(page)


def _counter_of(officer: Any) -> Client:
    client = at_desk(officer)
    client.cookies["can_bo_the"] = client.cookies["can_bo"].value
    return client


def test_session_goes_to_the_desk_and_to_the_card_check_and_nowhere_else() -> None:
    client = at_desk(an_officer(Role.FACILITY, HOSPITAL))
    session = client.session
    session["desk"] = {**session["desk"], "seen": session["desk"]["seen"] - 60}
    session.save()
    answer = client.get("/can-bo/bao-mat/")
    paths = {name: answer.cookies[name]["path"] for name in ("can_bo", "can_bo_the")}
    assert paths == {"can_bo": "/can-bo/", "can_bo_the": "/kiem-tra-the/"}
    for name in paths:
        assert answer.cookies[name]["httponly"]
        assert answer.cookies[name]["samesite"] == "Strict"
    out = client.post("/can-bo/thoat/")
    assert out.cookies["can_bo_the"].value == ""
    assert out.cookies["can_bo_the"]["max-age"] == 0


def test_desk_cookie_alone_does_not_open_the_card_check() -> None:
    client = at_desk(an_officer(Role.FACILITY, HOSPITAL))
    assert client.get(PAGE).status_code == 302


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.FACILITY])
def test_officers_do_not_check_cards(role: Role) -> None:
    assert _counter_of(an_officer(role)).get(PAGE).status_code == 403


@pytest.mark.parametrize("address", ["tim/", "tai-khoan/", "nhan-su/", "ho-so/TK-0000-0000/"])
def test_facility_sees_nothing_else_of_the_desk(address: str) -> None:
    client = at_desk(an_officer(Role.FACILITY, HOSPITAL))
    assert client.get(f"/can-bo/{address}").status_code == 403


def test_patient_finds_the_check_at_once(counter: Client) -> None:
    _type(counter)
    account = an_account()
    page = text_of(with_session(a_session(account)).get("/tai-khoan/ai-da-xem/"))
    assert "Kiểm tra thẻ BHYT của bạn" in page
    assert "Bạn đến khám, chữa bệnh tại cơ sở này" in page
    assert "(01001)" in page
