"""«Đăng ký tại quầy»: an officer fills the form in for who has nothing but an ID (guides R18)."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import (
    HONG,
    KHOA,
    THANH_TRI,
    a_declaration,
    a_person,
    an_account,
    another_code,
    drawn,
    last_code,
)
from tests.files import shots
from tests.registration.desk_people import duyen, lan, minh
from tests.web.visiting import at_desk, text_of, typed_in, upload
from vssid.audit.models import Event
from vssid.files import commands as files
from vssid.files.models import StoredFile
from vssid.kernel.phones import display_phone
from vssid.messaging.models import Message
from vssid.registration.identity.reading import Texts
from vssid.registration.models import Declaration, Draft, State
from vssid.registration.readings import note_of
from vssid.registration.rules import display_code

pytestmark = pytest.mark.django_db
START, FORM, CODE, FILE = "/can-bo/dang-ky/", "to-khai/", "ma/", "ghi-nhan/"
GONE = f"{START}?khong-con=1"
TYPED = {
    "full_name": HONG.full_name, "number": HONG.number, "id_number": HONG.id_number,
    "phone": display_phone(HONG.phone), "email": "", "era": "2025",
    "province": "01", "commune": "00004", "street": "Số 5, ngõ 12",
}  # fmt: skip
BLURRED_CARD = shots.taken(shots.card, shots.defocused, 4)
SCANNED = f"{HONG.id_number}||Nguyễn Thị Hồng Ánh|12051990|Nữ|Hà Nội|01012022"


def _photos() -> dict[str, Any]:
    return {kind: upload(drawn(kind)) for kind in ("portrait", "front", "back")}


@dataclass(frozen=True, slots=True)
class Tab:
    """One declaration that is filled in, in the browser of an officer; steps by their last part."""

    browser: Client
    draft: Draft

    def at(self, step: str) -> str:
        """The address of a step."""
        return f"{START}{self.draft.id}/{step}"

    def get(self, step: str) -> Any:
        """Looks at a step."""
        return self.browser.get(self.at(step))

    def post(self, step: str, sent: dict[str, Any] | None = None) -> Any:
        """Sends a step."""
        return self.browser.post(self.at(step), sent)


def _begun(browser: Client, paper: str = "") -> Tab:
    answer = browser.post(START, {"paper": paper})
    tab = Tab(browser, Draft.objects.latest("id"))
    assert answer["Location"] == tab.at(FORM)
    return tab


def _to_the_last_look(browser: Client) -> Tab:
    tab = _begun(browser)
    assert tab.post(FORM, {**TYPED, **_photos()})["Location"] == tab.at(CODE)
    assert tab.post(CODE, {"code": last_code()})["Location"] == tab.at(FILE)
    tab.draft.refresh_from_db()
    return tab


def _read(draft: Draft, qr: str = "") -> None:
    for photo, said in ((draft.front, qr), (draft.back, "")):
        assert photo
        files.write_note(file_id=photo, note=note_of(Texts(qr=said)))


def _filed(browser: Client) -> Declaration:
    tab = _to_the_last_look(browser)
    _read(tab.draft)
    tab.post(FILE)
    return Declaration.objects.get()


def test_r18_officer_files_for_somebody_and_another_officer_approves() -> None:
    a_person()
    client = at_desk(duyen())
    declaration = _filed(client)
    assert (declaration.filed_by, declaration.office) == ("duyen", THANH_TRI)
    assert declaration.claimed_by == "duyen"
    event = Event.objects.get(act="declaration.file-at-desk")
    assert (event.actor, event.subject) == ("duyen", HONG.number)
    assert not Event.objects.filter(act="declaration.file").exists(), "it is written down once"
    (sms,) = Message.objects.filter(template="declaration.received-at-desk")
    assert sms.data["declaration"] == display_code(declaration.code)
    assert not Message.objects.filter(template="declaration.received").exists()
    address = f"/can-bo/ho-so/{display_code(declaration.code)}/"
    page = text_of(client.get(address))
    assert "Cán bộ khai thay tại quầy: Mai Thị Duyên" in page
    assert client.get(f"{address}to-khai.pdf").content.startswith(b"%PDF")
    client.post(f"{address}nhan-ban-ky/")
    at_desk(minh()).post(f"{address}duyet/", {"compared": "1"})
    declaration.refresh_from_db()
    assert (declaration.state, declaration.decided_by) == (State.APPROVED, "minh")
    assert declaration.proposed_by == "duyen"


@pytest.mark.parametrize("act", ["declaration.replace", "declaration.contest"])
def test_officer_is_named_by_whom_an_earlier_declaration_was_replaced(act: str) -> None:
    earlier = a_declaration(phone=HONG.phone if act == "declaration.replace" else "+84912000066")
    _read(_to_the_last_look(browser := at_desk(duyen())).draft)
    (draft,) = Draft.objects.filter(confirmed_at__isnull=False, declaration=None)
    Tab(browser, draft).post(FILE)
    event = Event.objects.get(act=act)
    assert (event.actor, event.details["code"]) == ("duyen", earlier.code)


def test_r18_who_filled_it_in_does_not_approve_it() -> None:
    a_person()
    client = at_desk(lan())
    declaration = _filed(client)
    address = f"/can-bo/ho-so/{display_code(declaration.code)}/"
    assert "Trình người thứ hai" in text_of(client.get(address))
    answer = client.post(f"{address}duyet/", {"compared": "1"})
    assert answer.status_code == 409
    assert Declaration.objects.get().state == State.RECEIVED, "its paper is here all the same"


def test_what_differs_is_seen_with_the_person_before_it_is_filed() -> None:
    a_person()
    client = _to_the_last_look(at_desk(lan()))
    page = text_of(client.get(FILE))
    assert "Đang đọc Máy đang đọc ảnh giấy tờ" in page
    assert "Khác" not in page
    _read(client.draft, SCANNED.replace("12051990", "13051990").replace("Hồng Ánh", "Hường"))
    page = text_of(client.get(FILE))
    assert "Họ tên Nguyễn Thị Hồng Ánh (Tờ khai) Nguyễn Thị Hường Khác" in page
    assert "Ngày sinh 12/05/1990 (Cơ sở dữ liệu) 13/05/1990 Khác" in page
    assert not Declaration.objects.exists()
    assert Event.objects.filter(act="record.look", subject=HONG.number, reason="counter").exists()


def test_photos_are_seen_large_and_keep_their_place_while_they_load() -> None:
    a_person()
    tab = _to_the_last_look(at_desk(lan()))
    _read(tab.draft)
    looked = tab.get(FILE).content.decode()
    tab.post(FILE)
    code = display_code(Declaration.objects.get().code)
    for page in (looked, tab.browser.get(f"/can-bo/ho-so/{code}/").content.decode()):
        assert len(re.findall(r'data-large><img [^>]*width="\d+" height="\d+"', page)) == 3
        assert "data-large-view" in page
        assert "officer/large" in page


def test_birth_and_address_of_the_scanned_card_are_not_lost() -> None:
    a_person()
    scanned = SCANNED.replace("12051990", "13051990").replace("Hà Nội", "Thôn Đông, Thanh Trì")
    tab = _begun(at_desk(lan()), scanned)
    assert "Địa chỉ trên thẻ vừa quét: Thôn Đông, Thanh Trì" in text_of(tab.get(FORM))
    tab.post(FORM, {**TYPED, **_photos()})
    tab.post(CODE, {"code": last_code()})
    page = text_of(tab.get(FILE))
    assert "Ngày sinh trên thẻ vừa quét 13/05/1990" in page
    assert "Ngày sinh 12/05/1990 (Cơ sở dữ liệu) 13/05/1990 Khác" in page


def test_scan_that_agrees_says_nothing_of_the_photos() -> None:
    a_person()
    tab = _begun(at_desk(lan()), SCANNED)
    tab.post(FORM, {**TYPED, **_photos()})
    tab.post(CODE, {"code": last_code()})
    tab.draft.refresh_from_db()
    _read(tab.draft)
    page = text_of(tab.get(FILE))
    assert "Máy không đọc được mã QR" in page
    assert "Tờ khai và ảnh giấy tờ Khớp" not in page


def test_registry_is_laid_beside_the_form_before_it_is_filed() -> None:
    a_person()
    client = _begun(at_desk(lan()))
    client.post(FORM, {**TYPED, **_photos(), "phone": "0912 000 066"})
    client.post(CODE, {"code": last_code("+84912000066")})
    page = text_of(client.get(FILE))
    assert "Có chỗ khác nhau giữa tờ khai và cơ sở dữ liệu" in page
    assert f"Điện thoại 0912 000 066 {display_phone(HONG.phone)} Khác" in page


def test_registry_is_not_shown_before_the_phone_is_proven() -> None:
    a_person()
    client = _begun(at_desk(lan()))
    client.post(FORM, {**TYPED, **_photos()})
    assert client.get(FILE)["Location"] == client.at(CODE)


def test_scanned_id_card_fills_in_what_it_says_and_the_registry_knows() -> None:
    a_person()
    client = _begun(at_desk(lan()), SCANNED)
    shown = typed_in(client.get(FORM))
    assert (shown["full_name"], shown["number"]) == (HONG.full_name, HONG.number)
    assert shown["id_number"] == HONG.id_number
    assert shown["phone"] == ""
    event = Event.objects.get(act="record.look")
    assert (event.subject, event.reason) == (HONG.number, "counter")


@pytest.mark.parametrize("paper", [HONG.id_number, "123456789", "B1234567", "AB12CD345"])
def test_paper_that_leads_to_nobody_is_written_down_as_a_search(paper: str) -> None:
    shown = typed_in(_begun(at_desk(lan()), paper).get(FORM))
    assert (shown["id_number"], shown["number"]) == (paper, "")
    event = Event.objects.get(act="desk.search")
    assert event.details == {"kind": "identity", "found": 0, "counter": True}
    assert (event.actor, event.subject) == ("lan", "")


def test_number_of_nobody_is_written_down_as_a_look() -> None:
    _begun(at_desk(lan()), HONG.number)
    assert Event.objects.get(act="record.look").subject == HONG.number


def test_beginning_with_nothing_looks_for_nobody() -> None:
    _begun(at_desk(lan()))
    assert not Event.objects.filter(act__in=["desk.search", "record.look"]).exists()


@pytest.mark.parametrize("paper", ["Nguyễn Thị Hồng Ánh", "12345", "TK-7F3K-92QD", "!"])
def test_text_that_leads_to_nobody_is_not_passed_over(paper: str) -> None:
    answer = at_desk(lan()).post(START, {"paper": paper})
    assert answer.status_code == 422
    assert "Chưa đọc được số này" in text_of(answer)
    assert typed_in(answer)["paper"] == paper
    assert not Draft.objects.exists()


def test_two_tabs_fill_in_two_peoples_declarations() -> None:
    browser = at_desk(lan())
    one, other = _begun(browser), _begun(browser)
    assert one.post(FORM, {**TYPED, **_photos()})["Location"] == one.at(CODE)
    one.draft.refresh_from_db()
    other.draft.refresh_from_db()
    assert one.draft.answers["full_name"] == HONG.full_name
    assert one.draft.portrait
    assert not other.draft.answers.get("full_name")
    assert other.draft.portrait is None
    other.post(FORM, {**TYPED, "street": "Số 9"})
    assert one.post(CODE, {"code": last_code()})["Location"] == one.at(FILE)
    one.post(FILE)
    assert Declaration.objects.get().address_street == "Số 5, ngõ 12"


def test_tab_asks_for_its_own_person_whatever_another_tab_did_last() -> None:
    a_person()
    a_person(KHOA)
    browser = at_desk(lan())
    one = _to_the_last_look(browser)
    _read(one.draft, SCANNED.replace("Hồng Ánh", "Hường"))
    other = _begun(browser)
    answers = {**TYPED, "number": KHOA.number, "id_number": KHOA.id_number}
    answers |= {"full_name": KHOA.full_name, "phone": display_phone(KHOA.phone)}
    other.post(FORM, {**answers, **_photos()})
    other.post(CODE, {"code": last_code(KHOA.phone)})
    assert KHOA.full_name in text_of(other.get(FILE))
    page = one.get(FILE)
    assert "Nguyễn Thị Hường Khác" in text_of(page)
    assert KHOA.full_name not in text_of(page)
    asked = re.findall(rf'(?:href|src|action|hx-get)="({START}[^"]+)"', page.content.decode())
    assert asked
    assert all(address.startswith(one.at("")) for address in asked)
    assert typed_in(one.get(FORM))["full_name"] == HONG.full_name
    assert display_phone(KHOA.phone) not in text_of(one.get(CODE))


def test_paper_that_is_still_read_is_asked_for_at_its_own_address() -> None:
    a_person()
    tab = _to_the_last_look(at_desk(lan()))
    assert f'hx-get="{tab.at(FILE)}"' in tab.get(FILE).content.decode()


def test_form_of_nobody_in_this_session_is_kept_nowhere() -> None:
    client = _begun(at_desk(lan()))
    other = Tab(client.browser, _begun(at_desk(duyen())).draft)
    for step in (FORM, CODE, FILE):
        assert other.get(step)["Location"] == GONE
        assert other.post(step, TYPED)["Location"] == GONE
    assert other.get("anh/portrait/").status_code == 404
    assert "Tờ khai này không còn ở đây" in text_of(client.browser.get(GONE))
    assert not any(one.answers.get("full_name") for one in Draft.objects.all())


def test_declaration_that_was_filed_leads_to_its_case_and_is_filed_once() -> None:
    a_person()
    tab = _to_the_last_look(at_desk(duyen()))
    first = tab.post(FILE)["Location"]
    code = display_code(Declaration.objects.get().code)
    assert first == f"/can-bo/ho-so/{code}/?xong=khai&ma={code}"
    for step in (FILE, CODE, FORM):
        assert tab.get(step)["Location"] == first
        assert tab.post(step, TYPED)["Location"] == first
    assert Event.objects.filter(act="declaration.file-at-desk").count() == 1


def test_code_is_not_asked_for_before_one_was_sent() -> None:
    tab = _begun(at_desk(lan()))
    assert tab.get(FILE)["Location"] == tab.at(CODE)
    assert tab.get(CODE)["Location"] == tab.at(FORM)
    assert tab.post("ma/gui-lai/")["Location"] == tab.at(CODE)
    assert not Message.objects.exists()


def test_number_alone_does_not_bring_the_id_number_along() -> None:
    a_person()
    shown = typed_in(_begun(at_desk(lan()), HONG.number).get(FORM))
    assert (shown["number"], shown["id_number"]) == (HONG.number, "")


def test_what_is_missing_is_said_and_nothing_typed_or_photographed_is_lost() -> None:
    client = _begun(at_desk(lan()))
    sent = {**TYPED, "phone": "123", "portrait": upload(drawn("portrait"))}
    answer = client.post(FORM, sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert typed_in(answer)["street"] == "Số 5, ngõ 12"
    assert f'src="{client.at("anh/portrait/")}"' in page
    assert page.count("Xin chụp hoặc chọn ảnh này.") >= 2
    assert client.get("anh/portrait/").content.startswith(b"\xff\xd8")
    assert client.get("anh/back/").status_code == 404
    assert not Message.objects.exists()


def test_photo_that_is_hard_to_read_is_asked_about_once_and_marked() -> None:
    client = _begun(at_desk(lan()))
    answer = client.post(FORM, {**TYPED, **_photos(), "front": upload(BLURRED_CARD)})
    assert "Ảnh mờ, khó đọc. Chụp lại?" in text_of(answer)
    assert not Message.objects.exists()
    assert client.post(FORM, TYPED)["Location"] == client.at(CODE)
    assert StoredFile.objects.get(pk=Draft.objects.get().front).findings == ["blurry"]


def test_communes_follow_from_the_province_and_what_was_typed_stays() -> None:
    client = _begun(at_desk(lan()))
    answer = client.post(FORM, {"full_name": "Nguyễn", "province": "79", "cap-nhat": "1"})
    assert answer.status_code == 200
    assert typed_in(answer)["full_name"] == "Nguyễn"
    assert answer.content.decode().count("<option") > 100


def test_commune_of_another_province_is_refused() -> None:
    client = _begun(at_desk(lan()))
    answer = client.post(FORM, {**TYPED, **_photos(), "province": "79"})
    assert answer.status_code == 422
    assert "không thuộc Thành phố Hồ Chí Minh" in text_of(answer)


def test_number_that_has_an_account_is_explained() -> None:
    an_account()
    client = _begun(at_desk(lan()))
    answer = client.post(FORM, {**TYPED, **_photos()})
    assert answer.status_code == 422
    assert "đã có tài khoản" in text_of(answer)


def test_wrong_code_files_nothing_and_the_code_comes_again_later() -> None:
    client = _begun(at_desk(lan()))
    client.post(FORM, {**TYPED, **_photos()})
    wrong = client.post(CODE, {"code": another_code(last_code())})
    assert wrong.status_code == 422
    assert client.post("ma/gui-lai/").status_code == 429
    assert client.post(CODE, {"code": ""}).status_code == 422
    assert client.post(FILE)["Location"] == client.at(CODE)
    assert not Declaration.objects.exists()


def test_half_filled_form_is_offered_again_and_a_filed_one_is_not() -> None:
    browser = at_desk(lan())
    half = _begun(browser)
    assert "đang khai dở" in text_of(browser.get(START))
    assert f'href="{half.at(FORM)}"' in browser.get(START).content.decode()
    half.draft.delete()
    _filed(browser)
    assert "đang khai dở" not in text_of(browser.get(START))


def test_address_from_before_july_2025_is_taken_as_the_paper_has_it() -> None:
    a_person()
    client = _begun(at_desk(duyen()))
    lists = client.post(FORM, {**TYPED, "cap-nhat": "legacy", "province": "", "commune": ""})
    assert "trước ngày 1/7/2025" in text_of(lists)
    assert typed_in(lists)["full_name"] == HONG.full_name
    chosen = {**TYPED, "era": "legacy", "province": "01", "district": "020", "commune": "00640"}
    again = client.post(FORM, {**chosen, "cap-nhat": "1"})
    assert "Nay thuộc" in text_of(again)
    assert client.post(FORM, {**chosen, **_photos()})["Location"] == client.at(CODE)
    client.post(CODE, {"code": last_code()})
    client.post(FILE)
    declaration = Declaration.objects.get()
    assert (declaration.address_era, declaration.address_district) == ("legacy", "020")
    assert declaration.address_commune == "00640"


def test_former_address_without_a_district_says_so_and_keeps_the_rest() -> None:
    client = _begun(at_desk(duyen()))
    sent = {**TYPED, "era": "legacy", "province": "01", "district": "", "commune": ""}
    answer = client.post(FORM, sent)
    assert answer.status_code == 422
    assert "Xin chọn quận, huyện." in text_of(answer)
    assert typed_in(answer)["street"] == "Số 5, ngõ 12"


def test_officer_begins_so_many_declarations_by_a_number_in_an_hour(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(settings, "VSSID_DESK_LOOK_UPS_PER_HOUR", 1)
    a_person(KHOA)
    browser = at_desk(lan())
    _begun(browser, HONG.number)
    answer = browser.post(START, {"paper": KHOA.number})
    assert answer.status_code == 429
    assert "Bạn đã tra nhiều mã số trong giờ qua" in text_of(answer)
    assert typed_in(answer)["paper"] == KHOA.number
    assert not Event.objects.filter(act="record.look", subject=KHOA.number).exists()
    # Who brings nothing to look up is served all the same.
    _begun(browser)
