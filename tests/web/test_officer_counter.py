"""«Đăng ký tại quầy»: an officer fills the form in for who has nothing but an ID (guides R18)."""

from typing import Any

import pytest
from django.test import Client

from tests.factories import HONG, THANH_TRI, a_person, an_account, another_code, drawn, last_code
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
START, FORM, CODE, FILE = (
    "/can-bo/dang-ky/", "/can-bo/dang-ky/to-khai/", "/can-bo/dang-ky/ma/",
    "/can-bo/dang-ky/ghi-nhan/",
)  # fmt: skip
TYPED = {
    "full_name": HONG.full_name, "number": HONG.number, "id_number": HONG.id_number,
    "phone": display_phone(HONG.phone), "email": "", "era": "2025",
    "province": "01", "commune": "00004", "street": "Số 5, ngõ 12",
}  # fmt: skip
BLURRED_CARD = shots.taken(shots.card, shots.defocused, 4)
SCANNED = f"{HONG.id_number}||Nguyễn Thị Hồng Ánh|12051990|Nữ|Hà Nội|01012022"


def _photos() -> dict[str, Any]:
    return {kind: upload(drawn(kind)) for kind in ("portrait", "front", "back")}


def _begun(client: Client, paper: str = "") -> Client:
    assert client.post(START, {"paper": paper})["Location"] == FORM
    return client


def _to_the_last_look(client: Client) -> Draft:
    _begun(client)
    assert client.post(FORM, {**TYPED, **_photos()})["Location"] == CODE
    assert client.post(CODE, {"code": last_code()})["Location"] == FILE
    return Draft.objects.get(confirmed_at__isnull=False)


def _read(draft: Draft, qr: str = "") -> None:
    for photo, said in ((draft.front, qr), (draft.back, "")):
        assert photo
        files.write_note(file_id=photo, note=note_of(Texts(qr=said)))


def _filed(client: Client) -> Declaration:
    _read(_to_the_last_look(client))
    client.post(FILE)
    return Declaration.objects.get()


def test_r18_officer_files_for_somebody_and_another_officer_approves() -> None:
    a_person()
    client = at_desk(duyen())
    declaration = _filed(client)
    assert (declaration.filed_by, declaration.office) == ("duyen", THANH_TRI)
    assert declaration.claimed_by == "duyen"
    event = Event.objects.get(act="declaration.file-at-desk")
    assert (event.actor, event.subject) == ("duyen", HONG.number)
    address = f"/can-bo/ho-so/{display_code(declaration.code)}/"
    page = text_of(client.get(address))
    assert "Cán bộ khai thay tại quầy: Mai Thị Duyên" in page
    assert client.get(f"{address}to-khai.pdf").content.startswith(b"%PDF")
    client.post(f"{address}nhan-ban-ky/")
    at_desk(minh()).post(f"{address}duyet/", {"compared": "1"})
    declaration.refresh_from_db()
    assert (declaration.state, declaration.decided_by) == (State.APPROVED, "minh")
    assert declaration.proposed_by == "duyen"


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
    client = at_desk(lan())
    draft = _to_the_last_look(client)
    page = text_of(client.get(FILE))
    assert "Đang đọc Máy đang đọc ảnh giấy tờ" in page
    assert "Khác" not in page
    _read(draft, SCANNED.replace("12051990", "13051990").replace("Hồng Ánh", "Hường"))
    page = text_of(client.get(FILE))
    assert "Họ tên Nguyễn Thị Hồng Ánh (Tờ khai) Nguyễn Thị Hường Khác" in page
    assert "Ngày sinh 12/05/1990 (Cơ sở dữ liệu) 13/05/1990 Khác" in page
    assert not Declaration.objects.exists()
    assert Event.objects.filter(act="record.look", subject=HONG.number, reason="counter").exists()


def test_registry_is_laid_beside_the_form_before_it_is_filed() -> None:
    a_person()
    client = at_desk(lan())
    _begun(client)
    client.post(FORM, {**TYPED, **_photos(), "phone": "0912 000 066"})
    client.post(CODE, {"code": last_code("+84912000066")})
    page = text_of(client.get(FILE))
    assert "Có chỗ khác nhau giữa tờ khai và cơ sở dữ liệu" in page
    assert f"Điện thoại 0912 000 066 {display_phone(HONG.phone)} Khác" in page


def test_registry_is_not_shown_before_the_phone_is_proven() -> None:
    a_person()
    client = at_desk(lan())
    _begun(client)
    client.post(FORM, {**TYPED, **_photos()})
    assert client.get(FILE)["Location"] == CODE


def test_scanned_id_card_fills_in_what_it_says_and_the_registry_knows() -> None:
    a_person()
    client = _begun(at_desk(lan()), SCANNED)
    shown = typed_in(client.get(FORM))
    assert (shown["full_name"], shown["number"]) == (HONG.full_name, HONG.number)
    assert shown["id_number"] == HONG.id_number
    assert shown["phone"] == ""
    event = Event.objects.get(act="record.look")
    assert (event.subject, event.reason) == (HONG.number, "counter")


@pytest.mark.parametrize("paper", [HONG.id_number, "123456789", "B1234567", "AB12345678"])
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
    client = _begun(at_desk(lan()))
    first = typed_in(client.get(FORM))["khai"]
    second = typed_in(_begun(client).get(FORM))["khai"]
    sent = {**TYPED, **_photos(), "khai": first}
    assert client.post(FORM, sent)["Location"] == CODE
    drafts = {one.id.hex: one for one in Draft.objects.all()}
    assert drafts[first].answers["full_name"] == HONG.full_name
    assert drafts[first].portrait
    assert not drafts[second].answers.get("full_name")
    assert drafts[second].portrait is None
    client.post(FORM, {**TYPED, "khai": second, "street": "Số 9"})
    said = {"code": last_code(), "khai": first}
    assert client.post(CODE, said)["Location"] == FILE
    client.post(FILE, {"khai": first})
    assert Declaration.objects.get().address_street == "Số 5, ngõ 12"


def test_form_of_nobody_in_this_session_is_kept_nowhere() -> None:
    client = _begun(at_desk(lan()))
    other = typed_in(_begun(at_desk(duyen())).get(FORM))["khai"]
    for posted in (other, "x"):
        assert client.post(FORM, {**TYPED, "khai": posted})["Location"] == START
    assert not any(one.answers.get("full_name") for one in Draft.objects.all())


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
    assert 'src="/can-bo/dang-ky/anh/portrait/"' in page
    assert page.count("Xin chụp hoặc chọn ảnh này.") >= 2
    assert client.get("/can-bo/dang-ky/anh/portrait/").content.startswith(b"\xff\xd8")
    assert client.get("/can-bo/dang-ky/anh/back/").status_code == 404
    assert not Message.objects.exists()


def test_photo_that_is_hard_to_read_is_asked_about_once_and_marked() -> None:
    client = _begun(at_desk(lan()))
    answer = client.post(FORM, {**TYPED, **_photos(), "front": upload(BLURRED_CARD)})
    assert "Ảnh mờ, khó đọc. Chụp lại?" in text_of(answer)
    assert not Message.objects.exists()
    assert client.post(FORM, TYPED)["Location"] == CODE
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
    assert client.post(f"{CODE}gui-lai/").status_code == 429
    assert client.post(CODE, {"code": ""}).status_code == 422
    assert client.post(FILE)["Location"] == CODE
    assert not Declaration.objects.exists()


def test_half_filled_form_is_offered_again_and_a_filed_one_is_not() -> None:
    client = _begun(at_desk(lan()))
    assert "đang khai dở" in text_of(client.get(START))
    other = at_desk(minh())
    for address in (CODE, FILE, FORM):
        assert other.get(address)["Location"] == START
    _filed(client)
    assert "đang khai dở" not in text_of(client.get(START))
    assert client.get(FORM)["Location"] == START
    assert Draft.objects.count() == 2, "the filed one is kept beside the half filled one"


def test_address_from_before_july_2025_is_taken_as_the_paper_has_it() -> None:
    a_person()
    client = _begun(at_desk(duyen()))
    lists = client.post(FORM, {**TYPED, "cap-nhat": "legacy", "province": "", "commune": ""})
    assert "trước ngày 1/7/2025" in text_of(lists)
    assert typed_in(lists)["full_name"] == HONG.full_name
    chosen = {**TYPED, "era": "legacy", "province": "01", "district": "020", "commune": "00640"}
    again = client.post(FORM, {**chosen, "cap-nhat": "1"})
    assert "Nay thuộc" in text_of(again)
    assert client.post(FORM, {**chosen, **_photos()})["Location"] == CODE
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
