"""«Lịch sử xử lý»: who did what with a case, when and why."""

import pytest

from tests.factories import HAI_BA_TRUNG, HONG, KHOA, a_declaration, a_person, received
from tests.registration.desk_people import duyen, far, lan, minh
from tests.web.visiting import at_desk, text_of
from vssid.audit.commands import record_event
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.registration.commands import (
    claiming,
    deciding,
    handing_over,
    renumbering,
    second_officer,
)
from vssid.registration.commands.cases import actor_of
from vssid.registration.models import Declaration
from vssid.registration.rules import display_code
from vssid.web.citizen.account import look_words
from vssid.web.officer import history
from vssid.web.officer.history import ACTS

pytestmark = pytest.mark.django_db
TYPO = "0198000009"
NOTE = "Gia đình ở gần cơ quan kia hơn."


def _address(declaration: Declaration) -> str:
    return f"/can-bo/ho-so/{display_code(declaration.code)}/lich-su/"


def test_o03_history_tells_who_did_what_where_and_why_the_newest_first() -> None:
    a_person()
    first, second = lan(), minh()
    declaration = received(a_declaration(phone="+84912000066"), first)
    second_officer.propose_approval(declaration=declaration, by=first, now=utc_now())
    deciding.approve_declaration(declaration=declaration, by=second, now=utc_now())
    said = text_of(at_desk(first).get(_address(declaration)))
    assert "Duyệt Bùi Văn Minh BHXH cơ sở Thanh Trì Đỗ Thị Lan đã trình" in said
    assert said.index("Duyệt Bùi Văn Minh") < said.index("Trình người thứ hai")
    assert said.index("Trình người thứ hai") < said.index("Nhận bản ký, đủ hồ sơ")
    assert said.index("Nhận bản ký") < said.index("Ghi nhận tờ khai Người khai")


def test_handing_over_names_offices_colleague_and_reason() -> None:
    officer, _colleague = lan(), duyen()
    declaration, now = a_declaration(), utc_now()
    handing_over.hand_to_colleague(
        declaration=declaration, colleague="duyen", note="Xin xem giúp.", by=officer, now=now
    )
    Declaration.objects.update(claimed_by="", claimed_until=None)
    handing_over.hand_to_office(
        declaration=declaration, office=HAI_BA_TRUNG, note=NOTE, by=officer, now=now
    )
    said = text_of(at_desk(far()).get(_address(declaration)))
    assert "Cho Mai Thị Duyên" in said
    assert "đến BHXH" in said
    assert NOTE in said


def test_history_goes_on_over_a_mended_number() -> None:
    a_person()
    first, second = lan(), minh()
    declaration = received(a_declaration(number=TYPO), first)
    for by, act in ((first, renumbering.propose_number), (second, renumbering.confirm_number)):
        Declaration.objects.update(claimed_by="", claimed_until=None)
        act(declaration=declaration, right=HONG.number, by=by, now=utc_now())
    said = text_of(at_desk(first).get(_address(declaration)))
    assert "Sửa mã số Bùi Văn Minh BHXH cơ sở Thanh Trì Đỗ Thị Lan đã trình" in said
    assert "Nhận bản ký, đủ hồ sơ Đỗ Thị Lan" in said
    assert TYPO not in said


def test_other_cases_of_the_person_stay_out() -> None:
    officer = lan()
    old = deciding.refuse_declaration(
        declaration=a_declaration(), reason="Ảnh chân dung mờ.", by=officer, now=utc_now()
    )
    said = text_of(at_desk(officer).get(_address(a_declaration())))
    assert "Từ chối" not in said
    assert "Ảnh chân dung mờ." in text_of(at_desk(officer).get(_address(old)))


def test_who_looked_stands_below_and_reading_the_history_is_a_look() -> None:
    a_person()
    declaration, client = a_declaration(), at_desk(lan())
    said = text_of(client.get(_address(declaration)))
    assert "Ai đã xem" in said
    assert "Xem hồ sơ Đỗ Thị Lan" in said
    look = Event.objects.get(act="record.look")
    assert (look.subject, look.reason) == (HONG.number, f"declaration {declaration.code}")


def test_another_office_and_an_unknown_code_see_nothing() -> None:
    declaration = a_declaration(KHOA)
    client = at_desk(far())
    case = f"/can-bo/ho-so/{display_code(declaration.code)}/"
    assert client.get(_address(declaration))["Location"] == case
    assert client.get("/can-bo/ho-so/TK-0000-0000/lich-su/")["Location"].startswith("/can-bo/?")
    assert not Event.objects.filter(act="record.look").exists()


def test_case_leads_to_its_history() -> None:
    declaration, client = a_declaration(), at_desk(lan())
    case = client.get(f"/can-bo/ho-so/{display_code(declaration.code)}/").content.decode()
    assert _address(declaration) in case


def test_every_act_on_a_declaration_has_words() -> None:
    on_cases = {act for act in look_words.ACTS if act.startswith("declaration.")}
    assert on_cases <= set(ACTS)


def test_going_back_to_the_queue_is_told() -> None:
    officer = lan()
    declaration = claiming.claim_case(declaration=a_declaration(), by=officer, now=utc_now())
    claiming.release_case(declaration=declaration, by=officer)
    said = text_of(at_desk(officer).get(_address(declaration)))
    assert "Trả về hàng đợi Đỗ Thị Lan" in said


def test_many_looks_push_no_act_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_SHOWN", 3)
    officer, declaration = lan(), a_declaration()
    for _time in range(4):
        record_event(
            by=actor_of(officer),
            act="declaration.photo",
            subject=declaration.number,
            details={"code": declaration.code, "kind": "front"},
        )
    said = text_of(at_desk(officer).get(_address(declaration)))
    assert "Ghi nhận tờ khai Người khai" in said
    assert said.count("Xem ảnh") == 3 - said.count("Xem hồ sơ")
