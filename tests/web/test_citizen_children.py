"""«Đăng ký cho con» on the screens: three steps, one print job, what is another's (C01–C06)."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

from tests.factories import (
    CLERK,
    HAI_BA_TRUNG,
    HONG,
    KHOA,
    THANH_TRI,
    a_session,
    an_officer,
    drawn,
    received,
)
from tests.files import shots
from tests.registration.children import (
    MINH,
    NGOC,
    TODAY,
    a_child,
    a_child_declaration,
    a_child_draft,
    parents,
)
from tests.web.visiting import at_desk, text_of, with_session
from vssid.accounts.models import Account
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now
from vssid.people.commands import open_guardianship
from vssid.people.models import Guardianship
from vssid.reference import queries as reference
from vssid.registration.commands import deciding, following
from vssid.registration.models import Declaration, Draft, GuardianshipDispute, State
from vssid.registration.reasons import CHILD_REASONS
from vssid.registration.rules import display_code
from vssid.staff.models import Role
from vssid.web.citizen.registration.following import COOKIE

pytestmark = pytest.mark.django_db
START = "/dang-ky-cho-con/"


@pytest.fixture
def guardian() -> Client:
    """Hồng, signed in; her child and Khoa are known."""
    parents()
    a_child()
    return with_session(a_session(Account.objects.get(pk=HONG.number)))


def _photo(kind: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{kind}.jpg", drawn("portrait"), "image/jpeg")


def _fields(**changes: Any) -> dict[str, Any]:
    return {
        "relation": "mother",
        "full_name": NGOC.full_name,
        "number": NGOC.number,
        "portrait": _photo("portrait"),
        "front": _photo("front"),
        **changes,
    }


def _held(guardian: str = HONG.number, relation: str = "mother") -> Guardianship:
    return open_guardianship(
        guardian=guardian, child=NGOC.number, relation=relation, on=TODAY, by=CLERK
    )


def _address(declaration: Declaration, rest: str = "") -> str:
    return f"{START}to-khai/{display_code(declaration.code)}/{rest}"


def test_c01_menu_leads_there_and_says_who_registers_alone(guardian: Client) -> None:
    assert START in guardian.get("/quan-ly-ca-nhan/").content.decode()
    page = text_of(guardian.get(START))
    assert "Chưa có con nào trong tài khoản của bạn" in page
    for c04 in ("có số điện thoại riêng thì tự đăng ký như cha mẹ", "chưa có số điện thoại riêng"):
        assert c04 in page


def test_c02_c03_from_the_child_to_the_printed_form(guardian: Client) -> None:
    assert guardian.post(f"{START}bat-dau/")["Location"] == f"{START}con/"
    page = text_of(guardian.get(f"{START}con/"))
    for own in (HONG.number, HONG.full_name, HONG.id_number, "không sửa ở đây"):
        assert own in page
    assert guardian.post(f"{START}con/", _fields())["Location"] == f"{START}co-quan/"
    assert guardian.get(f"{START}anh/front/")["Content-Type"] == "image/jpeg"
    chosen = {"provincial_agency": "001", "office": THANH_TRI}
    assert guardian.post(f"{START}co-quan/", chosen)["Location"] == f"{START}xem-lai/"
    page = text_of(guardian.get(f"{START}xem-lai/"))
    assert NGOC.full_name in page
    assert "chưa khớp" not in page
    filed_at = guardian.post(f"{START}xem-lai/")["Location"]
    filed = Declaration.objects.get()
    assert filed_at == _address(filed)
    assert "giấy khai sinh" in text_of(guardian.get(filed_at))
    assert guardian.get(_address(filed, "to-khai.png"))["Content-Type"] == "image/png"
    (sheet,) = PdfReader(io.BytesIO(guardian.get(_address(filed, "to-khai.pdf")).content)).pages
    text = " ".join(sheet.extract_text().split())
    for said in (NGOC.number, HONG.number, "Mẹ", display_code(filed.code)):
        assert said in text


def test_next_child_is_filed_in_one_step_and_printed_in_one_job(guardian: Client) -> None:
    a_child(MINH)
    a_child_declaration()
    guardian.post(f"{START}bat-dau/")
    fields = _fields(full_name=MINH.full_name, number=MINH.number)
    assert guardian.post(f"{START}con/", fields)["Location"] == f"{START}xem-lai/"
    guardian.post(f"{START}xem-lai/")
    assert "In cả 2 tờ khai" in text_of(guardian.get(START))
    pages = PdfReader(io.BytesIO(guardian.get(f"{START}to-khai.pdf").content)).pages
    assert [NGOC.number in pages[0].extract_text(), MINH.number in pages[1].extract_text()] == [
        True,
        True,
    ]


def test_print_job_of_nothing_leads_back(guardian: Client) -> None:
    assert guardian.get(f"{START}to-khai.pdf")["Location"] == START


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"relation": ""}, "Xin chọn bạn là cha, mẹ hay người giám hộ."),
        ({"relation": "uncle"}, "uncle"),
        ({"full_name": "Nguyen Bao Ngoc"}, "Tên chưa có dấu"),
        ({"full_name": ""}, "họ và tên"),
        ({"number": "123"}, "10"),
        ({"portrait": ""}, "Xin chụp hoặc chọn ảnh chân dung 4x6 của con."),
        ({"front": ""}, "Xin chụp hoặc chọn ảnh giấy khai sinh"),
    ],
)
def test_bad_field_is_named_and_good_photos_are_kept(
    guardian: Client, changes: dict[str, str], said: str
) -> None:
    guardian.post(f"{START}bat-dau/")
    answer = guardian.post(f"{START}con/", _fields(**changes))
    assert answer.status_code == 422
    assert said.casefold() in text_of(answer).casefold()
    draft = Draft.objects.get()
    assert [draft.portrait is None, draft.front is None] == [
        "portrait" in changes,
        "front" in changes,
    ]


def test_what_does_not_fit_is_told_in_the_same_words_and_may_be_filed(guardian: Client) -> None:
    pages = []
    for number, name in (("0199999999", NGOC.full_name), (KHOA.number, KHOA.full_name)):
        a_child_draft(number=number, full_name=name)
        page = text_of(guardian.get(f"{START}xem-lai/"))
        pages.append(page.replace(number, "").replace(name, ""))
    assert "chưa khớp với dữ liệu BHXH" in pages[0]
    assert pages[0] == pages[1]
    assert guardian.post(f"{START}xem-lai/").status_code == 302


def test_oneself_is_refused_in_these_words_and_nothing_is_lost(guardian: Client) -> None:
    a_child_draft(number=HONG.number, full_name=HONG.full_name)
    answer = guardian.post(f"{START}xem-lai/")
    assert answer.status_code == 409
    assert "chưa khớp với dữ liệu BHXH" in text_of(answer)
    assert not Declaration.objects.exists()
    assert Draft.objects.get().answers["number"] == HONG.number


def test_another_guardians_declaration_and_draft_are_nobodys(guardian: Client) -> None:
    theirs = a_child_declaration(guardian=KHOA, relation="father")
    a_child_draft(MINH, KHOA)
    for rest in ("", "to-khai.pdf", "to-khai.png"):
        assert guardian.get(_address(theirs, rest)).status_code == 404
    assert guardian.post(_address(theirs, "sua/")).status_code == 404
    for step in ("con/", "co-quan/", "xem-lai/", "anh/front/"):
        assert guardian.get(START + step)["Location"] == START
    assert guardian.get(f"{START}to-khai/TK-0000-0000/").status_code == 404


def test_steps_without_a_draft_lead_to_the_beginning(guardian: Client) -> None:
    for step in ("bat-dau/", "bo/"):
        assert guardian.get(START + step)["Location"] == START
    a_child_draft(full_name="")
    assert guardian.get(f"{START}xem-lai/")["Location"] == f"{START}con/"
    assert guardian.get(f"{START}anh/back/").status_code == 404
    assert "Khai tiếp" in text_of(guardian.get(START))
    guardian.post(f"{START}bo/")
    assert not Draft.objects.exists()


def test_refused_one_says_why_and_is_declared_again(guardian: Client) -> None:
    filed, officer = a_child_declaration(), an_officer()
    deciding.refuse_declaration(
        declaration=filed, reason="Giấy khai sinh mờ.", by=officer, now=utc_now()
    )
    page = text_of(guardian.get(START))
    assert "Giấy khai sinh mờ." in page
    assert "Khai lại cho" in page
    assert guardian.post(_address(filed, "sua/"))["Location"] == f"{START}con/"
    page = guardian.get(f"{START}con/")
    assert "Giấy khai sinh mờ." in text_of(page)
    assert NGOC.number in page.content.decode()


@pytest.mark.parametrize(
    ("code", "field", "retaken"),
    [
        ("child-name", "full_name", []),
        ("child-number", "number", []),
        ("child-paper", "front-box", ["front"]),
        ("child-relation", "front-box", ["front"]),
        ("child-portrait", "portrait-box", ["portrait"]),
    ],
)
def test_r15_refusal_leads_to_the_field_that_mends_it_and_keeps_the_rest(
    guardian: Client, code: str, field: str, retaken: list[str]
) -> None:
    filed, (reason,) = a_child_declaration(), [one for one in CHILD_REASONS if one.code == code]
    desk, case = at_desk(an_officer()), f"/can-bo/ho-so/{display_code(filed.code)}/"
    assert reason.sentence in text_of(desk.post(f"{case}nhan-xu-ly/", follow=True))
    desk.post(f"{case}tu-choi/", {"reasons": [code], "words": "Gọi tôi nếu cần."})
    overview = text_of(guardian.get(START))
    for said in (reason.sentence, reason.advice, "Cán bộ ghi thêm: Gọi tôi nếu cần."):
        assert said in overview
    assert guardian.post(_address(filed, "sua/"))["Location"] == f"{START}con/#{field}"
    page = guardian.get(f"{START}con/")
    assert f'id="{field}"' in page.content.decode()
    assert f'href="#{field}"' in page.content.decode()
    assert reason.advice in text_of(page)
    draft = Draft.objects.get(declaration__isnull=True)
    assert [kind for kind in ("portrait", "front") if getattr(draft, kind) is None] == retaken
    assert draft.answers["number"] == NGOC.number
    assert draft.answers["relation"] == "mother"
    assert draft.answers["office"] == THANH_TRI


def test_r15_missing_signature_and_a_lapse_lead_to_the_last_look(guardian: Client) -> None:
    filed, sentence = a_child_declaration(), CHILD_REASONS[-1].sentence
    deciding.refuse_declaration(declaration=filed, reason=sentence, by=an_officer(), now=utc_now())
    assert guardian.post(_address(filed, "sua/"))["Location"] == f"{START}xem-lai/"
    assert sentence in text_of(guardian.get(f"{START}xem-lai/"))
    again = Declaration.objects.get(
        code=guardian.post(f"{START}xem-lai/")["Location"][-13:-1].replace("-", "")
    )
    deciding.lapse_overdue(now=utc_now() + timedelta(days=11))
    assert guardian.post(_address(again, "sua/"))["Location"] == f"{START}xem-lai/"


def test_open_one_is_not_declared_again(guardian: Client) -> None:
    assert guardian.post(_address(a_child_declaration(), "sua/"))["Location"] == START
    assert not Draft.objects.filter(declaration__isnull=True).exists()


def test_c05_approved_child_stands_in_the_family_switch(guardian: Client) -> None:
    filed, officer = a_child_declaration(), an_officer()
    desk = at_desk(officer)
    case = f"/can-bo/ho-so/{display_code(filed.code)}/"
    page = text_of(desk.get(case))
    for said in ("Tờ khai cho con", HONG.full_name, NGOC.number, "Giấy khai sinh", "6 tuổi"):
        assert said in page
    assert "Con" in text_of(desk.get("/can-bo/"))
    looks = Event.objects.filter(act="record.look", actor=officer.user_name)
    assert {one.subject for one in looks} == {NGOC.number, HONG.number}
    answer = desk.post(f"{case}duyet/", {"compared": "1"}, follow=True)
    assert "Người giám hộ đã được báo" in text_of(answer)
    assert NGOC.full_name in text_of(guardian.get("/quan-ly-ca-nhan/"))
    home = guardian.get(f"/con/{Guardianship.objects.get().id}/quan-ly-ca-nhan/")
    assert home.status_code == 200


def test_desk_refuses_with_what_can_be_wrong_about_a_child(guardian: Client) -> None:
    filed = a_child_declaration()
    desk = at_desk(an_officer())
    case = f"/can-bo/ho-so/{display_code(filed.code)}/"
    desk.post(f"{case}nhan-xu-ly/")
    assert "không khớp với giấy khai sinh" in text_of(desk.get(case))
    desk.post(f"{case}tu-choi/", {"reasons": ["child-paper"]})
    filed.refresh_from_db()
    assert (filed.state, filed.refusal_reason) == (
        State.REFUSED,
        "Giấy khai sinh mờ hoặc không đúng của con.",
    )
    assert desk.get(f"{case}to-khai.pdf")["Content-Type"] == "application/pdf"
    assert guardian.get(START).status_code == 200


def test_desk_sees_that_the_child_has_a_guardian_already(guardian: Client) -> None:
    _held(KHOA.number, "father")
    filed = a_child_declaration()
    page = text_of(at_desk(an_officer()).get(f"/can-bo/ho-so/{display_code(filed.code)}/"))
    assert f"Con đã có người giám hộ: {KHOA.full_name}, Cha" in page
    assert guardian.get(START).status_code == 200


# --- photos in parts ------------------------------------------------------------------------------


def _begin(client: Client, content: bytes, kind: str = "front") -> Any:
    return client.post(f"{START}anh/{kind}/gui/", {"size": len(content)})


def _send(client: Client, address: str, content: bytes, offset: int = 0) -> Any:
    return client.post(
        address,
        content,
        content_type="application/octet-stream",
        headers={"Upload-Offset": str(offset)},
    )


def test_r04_photo_of_a_child_comes_in_parts_and_is_kept(guardian: Client) -> None:
    guardian.post(f"{START}bat-dau/")
    assert f'data-send="{START}anh/front/gui/"' in guardian.get(f"{START}con/").content.decode()
    content = drawn("portrait")
    begun = _begin(guardian, content)
    assert begun.status_code == 201
    address, half = begun.json()["address"], len(content) // 2
    assert _send(guardian, address, content[:half]).json()["received"] == half
    assert guardian.get(address).json()["received"] == half
    assert _send(guardian, address, content[half:], half).json()["is_stored"]
    assert Draft.objects.get().front is not None
    assert guardian.get(f"{START}anh/front/")["Content-Type"] == "image/jpeg"


def test_photo_that_is_none_is_refused_and_loses_nothing(guardian: Client) -> None:
    guardian.post(f"{START}bat-dau/")
    begun = _begin(guardian, b"%PDF-1.7").json()
    answer = _send(guardian, begun["address"], b"%PDF-1.7")
    assert answer.status_code == 422
    assert answer.json()["problem"].endswith(".")
    assert Draft.objects.get().front is None
    assert _begin(guardian, b"x", "back").status_code == 404


def test_parts_of_another_guardian_are_nobodys(guardian: Client) -> None:
    guardian.post(f"{START}bat-dau/")
    address = _begin(guardian, b"abc").json()["address"]
    father = with_session(a_session(Account.objects.get(pk=KHOA.number)))
    assert _send(father, address, b"abc")["Location"] == START
    father.post(f"{START}bat-dau/")
    assert _send(father, address, b"abc").status_code == 404
    assert father.get(address).status_code == 404


def test_marks_of_a_childs_bad_photo_stand_at_the_desk(guardian: Client) -> None:
    guardian.post(f"{START}bat-dau/")
    blurred = shots.taken(shots.card, shots.defocused, 2000)
    front = SimpleUploadedFile("front.jpg", blurred, "image/jpeg")
    assert guardian.post(f"{START}con/", _fields(front=front))["Location"] == f"{START}con/"
    assert "Ảnh mờ, khó đọc. Chụp lại?" in text_of(guardian.get(f"{START}con/"))
    guardian.post(f"{START}co-quan/", {"provincial_agency": "001", "office": THANH_TRI})
    guardian.post(f"{START}xem-lai/")
    case = f"/can-bo/ho-so/{display_code(Declaration.objects.get().code)}/"
    assert "Giấy khai sinh hoặc giấy tờ giám hộ Ảnh mờ" in text_of(at_desk(an_officer()).get(case))


# --- disputes -------------------------------------------------------------------------------------


def test_dispute_from_the_report_to_the_decision(guardian: Client) -> None:
    mine, theirs = _held(), _held(KHOA.number, "father")
    father = with_session(a_session(Account.objects.get(pk=KHOA.number)))
    report = f"{START}bao-khong-dung/{mine.id}/"
    assert report in guardian.get(START).content.decode()
    assert "không ai xem được" in text_of(guardian.get(report))
    assert guardian.post(report, {"words": "ngắn"}).status_code == 422
    assert guardian.post(report, {"words": "Tòa án giao con cho tôi."})["Location"] == START
    for browser, held in ((guardian, mine), (father, theirs)):
        for page in ("quan-ly-ca-nhan/", "the-bhyt/", "so-kham-chua-benh/"):
            answer = browser.get(f"/con/{held.id}/{page}")
            assert answer.status_code == 403
            assert "đang tạm dừng xem" in text_of(answer)
        assert "Đang tạm dừng" in text_of(browser.get(START))
        assert NGOC.full_name not in text_of(browser.get("/quan-ly-ca-nhan/"))
    dispute = GuardianshipDispute.objects.get()
    desk = at_desk(an_officer(office=dispute.office))
    assert NGOC.number in text_of(desk.get("/can-bo/giam-ho/"))
    case = f"/can-bo/giam-ho/{dispute.id}/"
    assert "Tòa án giao con cho tôi." in text_of(desk.get(case))
    assert desk.post(case, {"kept": [str(mine.id)], "reason": ""}).status_code == 422
    decided = {"kept": [str(mine.id)], "reason": "Bản án giao con cho mẹ nuôi."}
    assert "Đã quyết định" in text_of(desk.post(case, decided, follow=True))
    assert guardian.get(f"/con/{mine.id}/quan-ly-ca-nhan/").status_code == 200
    assert father.get(f"/con/{theirs.id}/quan-ly-ca-nhan/").status_code == 404
    assert "Bản án giao con" in text_of(desk.get(case))


def test_only_guardian_has_nothing_to_report(guardian: Client) -> None:
    held = _held()
    assert "bao-khong-dung" not in guardian.get(START).content.decode()
    answer = guardian.post(f"{START}bao-khong-dung/{held.id}/", {"words": "Không có ai khác cả."})
    assert answer.status_code == 422


def test_anothers_guardianship_is_not_reported(guardian: Client) -> None:
    held = _held(KHOA.number, "father")
    assert guardian.get(f"{START}bao-khong-dung/{held.id}/").status_code == 404


def test_officer_marks_a_dispute_and_intake_does_not_decide_it(guardian: Client) -> None:
    _held()
    officer = an_officer()
    desk = at_desk(officer)
    page = desk.post("/can-bo/giam-ho/", {"number": "0199999999", "words": "Cha đem bản án đến."})
    assert page.status_code == 422
    sent = {"number": NGOC.number, "words": "Cha đem bản án đến."}
    page = text_of(desk.post("/can-bo/giam-ho/", sent))
    assert f"Con {NGOC.full_name}" in page
    assert f"{HONG.full_name}, Mẹ" in page
    assert not GuardianshipDispute.objects.exists()
    assert "Đã tạm dừng" not in text_of(desk.post("/can-bo/giam-ho/", {**sent, "seen": "1"}))
    sent["seen"] = NGOC.number
    assert "Đã tạm dừng" in text_of(desk.post("/can-bo/giam-ho/", sent, follow=True))
    dispute = GuardianshipDispute.objects.get()
    page = text_of(desk.get(f"/can-bo/giam-ho/{dispute.id}/"))
    assert f"Cán bộ {officer.full_name}" in page
    assert officer.user_name not in page
    intake = at_desk(an_officer(Role.INTAKE, THANH_TRI))
    unseen = intake.post("/can-bo/giam-ho/", {**sent, "seen": ""})
    assert NGOC.full_name not in text_of(unseen)
    page = intake.post(f"/can-bo/giam-ho/{dispute.id}/", {"reason": "Bản án giao con cho mẹ."})
    assert "Việc quyết định do cán bộ xét duyệt làm" in text_of(page)
    other = at_desk(an_officer(office="00103"))
    assert other.get(f"/can-bo/giam-ho/{dispute.id}/")["Location"] == "/can-bo/giam-ho/"
    dispute.refresh_from_db()
    assert dispute.decided_at is None
    assert guardian.get(START).status_code == 200


def test_followed_case_speaks_of_the_child(guardian: Client) -> None:
    filed = a_child_declaration()
    officer = an_officer()
    opened = following.pass_for(declaration=filed, now=utc_now())
    browser = Client()
    browser.cookies[COOKIE] = opened
    page = text_of(browser.get("/dang-ky/theo-doi/ho-so/"))
    assert "Bản chính giấy khai sinh của con" in page
    deciding.approve_declaration(declaration=received(filed, officer), by=officer, now=utc_now())
    page = text_of(browser.get("/dang-ky/theo-doi/ho-so/"))
    assert "chọn tên con ở đầu trang" in page
    assert "mật khẩu đã gửi" not in page


def test_r19_chosen_offices_phone_is_at_hand_in_the_later_steps(guardian: Client) -> None:
    a_child_draft(office=HAI_BA_TRUNG)
    office = reference.known_office(HAI_BA_TRUNG)
    for step in ("co-quan/", "xem-lai/"):
        foot = guardian.get(f"{START}{step}").content.decode().partition("<footer")[2]
        assert office.phone in foot
        assert office.name in foot
