"""The desk: queue, case, decision, and who may see what (guides O01–O03, R14, R15, R18)."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from tests.factories import (
    CLERK,
    HA_NOI,
    HAI_BA_TRUNG,
    HONG,
    KHOA,
    PASSWORD,
    RIVAL,
    a_declaration,
    a_person,
    an_officer,
    received,
)
from tests.staff.keys import give_smart_otp
from tests.web.visiting import at_desk, text_of
from vssid.audit.models import Event
from vssid.files import commands as files
from vssid.files.models import StoredFile
from vssid.kernel.clock import utc_now
from vssid.kernel.phones import display_phone
from vssid.messaging.models import Message
from vssid.registration.models import Declaration, State
from vssid.registration.rules import display_code
from vssid.staff.models import Role

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _address(declaration: Declaration, rest: str = "") -> str:
    return f"/can-bo/ho-so/{display_code(declaration.code)}/{rest}"


def _decide(client: Client, declaration: Declaration, what: str, **sent: Any) -> Any:
    return client.post(_address(declaration, what), sent)


def _state(declaration: Declaration) -> str:
    return Declaration.objects.get(id=declaration.id).state


def _events(act: str) -> int:
    return Event.objects.filter(act=act).count()


# --- the queue ------------------------------------------------------------------------------------


def test_o01_queue_shows_complete_dossiers_first_and_then_the_oldest() -> None:
    officer, now = an_officer(), utc_now()
    young = a_declaration(now=now - timedelta(hours=5))
    old = a_declaration(KHOA, now=now - 3 * DAY)
    complete = received(a_declaration(RIVAL, number="0198000033", now=now), officer)
    page = at_desk(officer).get("/can-bo/").content.decode()
    places = [page.index(display_code(one.code)) for one in (complete, old, young)]
    assert places == sorted(places)
    assert "5 giờ" in page
    assert "3 ngày" in page


def test_r13_late_answer_is_marked() -> None:
    officer = an_officer()
    declaration = received(a_declaration(), officer)
    client = at_desk(officer)
    assert text_of(client.get("/can-bo/")).count("Quá hạn") == 1, "the name of a part only"
    Declaration.objects.filter(id=declaration.id).update(received_at=utc_now() - 2 * DAY)
    assert text_of(client.get("/can-bo/")).count("Quá hạn") == 2
    assert "Quá hạn" in text_of(client.get("/can-bo/?loc=qua-han"))


def test_queue_of_another_office_stays_there() -> None:
    a_declaration()
    page = at_desk(an_officer(office=HAI_BA_TRUNG)).get("/can-bo/")
    assert HONG.full_name not in page.content.decode()
    assert "Không còn tờ khai nào chờ" in text_of(page)


@pytest.mark.parametrize("typed", ["{}", " {} "])
def test_case_is_opened_by_the_code_on_paper(typed: str) -> None:
    declaration = a_declaration()
    shown = typed.format(display_code(declaration.code).lower())
    answer = at_desk(an_officer()).post("/can-bo/tim/", {"ma": shown})
    assert answer["Location"] == _address(declaration)


@pytest.mark.parametrize("typed", ["", "TK-0000-0000", "\0", "x" * 900])
def test_unknown_code_is_explained(typed: str) -> None:
    client = at_desk(an_officer())
    answer = client.post("/can-bo/tim/", {"ma": typed}, follow=True)
    assert "Không tìm thấy tờ khai" in text_of(answer)


@pytest.mark.parametrize("rest", ["", "nhan-ve/", "duyet/", "tu-choi/", "to-khai.pdf"])
def test_address_of_an_unknown_case_leads_to_the_queue(rest: str) -> None:
    answer = at_desk(an_officer()).get(f"/can-bo/ho-so/TK-0000-0000/{rest}")
    assert answer["Location"] == "/can-bo/?khong-thay=1"


# --- the case -------------------------------------------------------------------------------------


def test_o02_case_that_agrees_with_the_registry_says_so() -> None:
    a_person()
    said = text_of(at_desk(an_officer()).get(_address(a_declaration())))
    assert said.count("Khớp") >= 3
    assert "Khác" not in said
    assert "Có chỗ khác nhau" not in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"full_name": "Lê Văn Tám"}, "Khác"),
        ({"id_number": "001190000099"}, "Khác"),
        ({"full_name": "Nguyen Thi Hong Anh"}, "Khác dấu"),
    ],
)
def test_o02_difference_from_the_registry_is_marked(changes: Any, said: str) -> None:
    a_person()
    page = at_desk(an_officer()).get(_address(a_declaration(**changes)))
    assert f" {said} " in text_of(page)
    assert ("Có chỗ khác nhau" in text_of(page)) is (said == "Khác")


def test_number_that_is_nobodys_is_said_before_it_is_approved() -> None:
    declaration = a_declaration()
    client = at_desk(an_officer())
    page = client.get(_address(declaration))
    assert page.status_code == 200
    assert "không có trong cơ sở dữ liệu" in text_of(page)
    answer = _decide(client, declaration, "duyet/", compared="1")
    assert answer.status_code == 409
    assert "từ chối với lý do" in text_of(answer)


def test_contested_case_warns() -> None:
    declaration = a_declaration()
    a_declaration(RIVAL)
    assert "từ số điện thoại khác" in text_of(at_desk(an_officer()).get(_address(declaration)))


def test_look_at_a_case_is_written_down() -> None:
    declaration, officer = a_declaration(), an_officer()
    at_desk(officer).get(_address(declaration))
    event = Event.objects.get(act="record.look")
    assert (event.actor, event.subject) == (officer.user_name, HONG.number)
    assert declaration.code in event.reason


@pytest.mark.parametrize("kind", ["portrait", "front", "back"])
def test_look_at_a_photo_is_written_down_and_the_photo_is_kept_nowhere(kind: str) -> None:
    declaration, officer = a_declaration(), an_officer()
    answer = at_desk(officer).get(_address(declaration, f"anh/{kind}/"))
    assert answer.content.startswith(b"\xff\xd8")
    assert answer["Cache-Control"] == "private, no-store"
    event = Event.objects.get(act="declaration.photo")
    assert event.details == {"code": declaration.code, "kind": kind}


def test_photo_that_is_hard_to_read_is_marked_beside_it() -> None:
    declaration, client = a_declaration(), at_desk(an_officer())
    assert "Ảnh mờ" not in text_of(client.get(_address(declaration)))
    StoredFile.objects.filter(pk=declaration.front).update(findings=["blurry", "glare"])
    text = text_of(client.get(_address(declaration)))
    assert "Mặt trước Ảnh mờ Ảnh bị lóa" in text
    assert text.count("Ảnh mờ") == 1


def test_photo_that_is_erased_or_unknown_is_not_found_and_no_look() -> None:
    declaration = a_declaration()
    files.erase_file(file_id=declaration.front, by=CLERK)
    client = at_desk(an_officer())
    for kind in ("front", "office"):
        assert client.get(_address(declaration, f"anh/{kind}/")).status_code == 404
    assert _events("declaration.photo") == 0


def test_r18_desk_prints_the_form_and_it_is_written_down() -> None:
    declaration = a_declaration()
    answer = at_desk(an_officer(Role.INTAKE)).get(_address(declaration, "to-khai.pdf"))
    assert answer.content.startswith(b"%PDF")
    assert _events("declaration.print") == 1


# --- another office -------------------------------------------------------------------------------


def test_case_of_another_office_shows_nothing_of_the_person() -> None:
    a_person()
    declaration = a_declaration()
    page = at_desk(an_officer(office=HAI_BA_TRUNG)).get(_address(declaration))
    phone = HONG.phone.removeprefix("+84")
    for hidden in (HONG.full_name, HONG.number, HONG.id_number, phone, display_phone(HONG.phone)):
        assert hidden not in page.content.decode().partition("<main")[2]
    assert "Nhận về xử lý" in text_of(page)
    assert _events("record.look") == 0


@pytest.mark.parametrize("rest", ["anh/portrait/", "anh/front/", "to-khai.pdf"])
def test_photos_and_form_of_another_office_are_not_shown(rest: str) -> None:
    declaration = a_declaration()
    answer = at_desk(an_officer(office=HAI_BA_TRUNG)).get(_address(declaration, rest))
    assert answer.status_code in {302, 404}
    assert _events("declaration.photo") + _events("declaration.print") == 0


def test_o01_case_is_taken_over_and_then_shown() -> None:
    declaration = a_declaration()
    client = at_desk(an_officer(office=HAI_BA_TRUNG))
    assert client.get(_address(declaration, "nhan-ve/")).status_code == 302
    assert Declaration.objects.get().office == "00114", "a link alone takes nothing over"
    client.post(_address(declaration, "nhan-ve/"))
    assert Declaration.objects.get().office == HAI_BA_TRUNG
    assert _events("declaration.take-over") == 1
    assert HONG.full_name in text_of(client.get(_address(declaration)))


def test_closed_case_is_not_taken_over() -> None:
    declaration, officer = a_declaration(), an_officer()
    a_declaration()
    answer = at_desk(officer).post(_address(declaration, "nhan-ve/"))
    assert answer.status_code == 409
    assert "không còn chờ xử lý" in text_of(answer)


@pytest.mark.parametrize("what", ["duyet/", "tu-choi/"])
def test_case_of_another_office_is_not_decided(what: str) -> None:
    a_person()
    declaration = a_declaration()
    client = at_desk(an_officer(office=HAI_BA_TRUNG))
    answer = _decide(client, declaration, what, compared="1", words="Ảnh mờ, không rõ.")
    assert answer.status_code == 409
    assert "gửi đến cơ quan khác" in text_of(answer)
    assert _state(declaration) == State.FILED


def test_province_sees_and_decides_for_the_offices_below() -> None:
    a_person()
    declaration = a_declaration()
    client = at_desk(an_officer(office=HA_NOI))
    assert HONG.full_name in text_of(client.get(_address(declaration)))
    assert _decide(client, declaration, "duyet/", compared="1").status_code == 302


# --- the decision ---------------------------------------------------------------------------------


def test_o03_approval_leads_back_to_the_queue_and_says_so() -> None:
    a_person()
    declaration, client = a_declaration(), at_desk(an_officer())
    answer = _decide(client, declaration, "duyet/", compared="1")
    assert _state(declaration) == State.APPROVED
    said = text_of(client.get(answer["Location"]))
    assert f"Đã duyệt tờ khai {display_code(declaration.code)}" in said
    assert Message.objects.filter(template="declaration.approved").exists()


def test_o02_approval_without_the_comparison_is_refused() -> None:
    a_person()
    declaration = a_declaration()
    answer = _decide(at_desk(an_officer()), declaration, "duyet/")
    assert answer.status_code == 422
    assert "đối chiếu giấy tờ gốc" in text_of(answer)
    assert _state(declaration) == State.FILED


def test_failed_approval_leaves_nothing_behind() -> None:
    declaration = a_declaration()
    _decide(at_desk(an_officer()), declaration, "duyet/", compared="1")
    assert not Message.objects.filter(template="declaration.approved").exists()
    assert _events("account.open") == 0


def test_r15_refusal_joins_reasons_and_words() -> None:
    declaration, client = a_declaration(), at_desk(an_officer())
    answer = _decide(
        client,
        declaration,
        "tu-choi/",
        reasons=["name-differs", "paper-unreadable"],
        words=" Xin chụp lại. ",
    )
    assert "Đã từ chối tờ khai" in text_of(client.get(answer["Location"]))
    reason = Declaration.objects.get().refusal_reason
    assert reason.startswith("Họ tên không khớp với giấy tờ.")
    assert "Ảnh giấy tờ mờ, không đọc được." in reason
    assert reason.endswith("Xin chụp lại.")


@pytest.mark.parametrize("sent", [{}, {"words": "   "}, {"reasons": ["99"]}])
def test_refusal_without_a_reason_is_asked_for(sent: Any) -> None:
    declaration = a_declaration()
    answer = _decide(at_desk(an_officer()), declaration, "tu-choi/", **sent)
    assert answer.status_code == 422
    assert _state(declaration) == State.FILED


def test_reason_that_is_too_short_stays_on_the_screen() -> None:
    answer = _decide(at_desk(an_officer()), a_declaration(), "tu-choi/", words="mờ")
    assert answer.status_code == 409
    assert 'value="mờ"' in answer.content.decode()


def test_second_decision_is_refused_with_the_state() -> None:
    declaration, client = a_declaration(), at_desk(an_officer())
    _decide(client, declaration, "tu-choi/", words="Ảnh mờ, không rõ.")
    another = at_desk(an_officer())
    for who, what in ((client, "duyet/"), (another, "duyet/"), (another, "tu-choi/")):
        answer = _decide(who, declaration, what, compared="1", words="Ảnh mờ, không rõ.")
        assert answer.status_code == 409
        assert "Chưa được duyệt" in text_of(answer)
    assert Message.objects.filter(template="declaration.refused").count() == 1


def test_link_alone_decides_nothing() -> None:
    declaration, client = a_declaration(), at_desk(an_officer())
    for what in ("duyet/", "tu-choi/"):
        assert client.get(_address(declaration, what))["Location"] == _address(declaration)
    assert _state(declaration) == State.FILED


def test_intake_sees_the_case_and_no_decision() -> None:
    a_person()
    declaration, client = a_declaration(), at_desk(an_officer(Role.INTAKE))
    assert "Việc duyệt do cán bộ xét duyệt làm" in text_of(client.get(_address(declaration)))
    assert _decide(client, declaration, "duyet/", compared="1").status_code == 403
    assert _state(declaration) == State.FILED


def test_decided_case_shows_its_reason_and_no_buttons() -> None:
    declaration, client = a_declaration(), at_desk(an_officer())
    _decide(client, declaration, "tu-choi/", words="Ảnh mờ, không rõ.")
    page = client.get(_address(declaration))
    assert "Ảnh mờ, không rõ." in text_of(page)
    assert "tu-choi/" not in page.content.decode()


# --- the way around -------------------------------------------------------------------------------


def _marked(answer: Any) -> list[tuple[str, str]]:
    """The addresses in the menu that are marked as current, and how."""
    menu = answer.content.decode().partition('<nav class="deskmenu"')[2].partition("</nav>")[0]
    return re.findall(r'<a href="([^"]+)" aria-current="(\w+)"', menu)


@pytest.mark.parametrize(
    ("address", "marked"),
    [
        ("/can-bo/", [("/can-bo/", "page")]),
        ("/can-bo/?trang=2", [("/can-bo/", "page")]),
        ("/can-bo/tai-khoan/", [("/can-bo/tai-khoan/", "page")]),
        ("/can-bo/nhan-su/", [("/can-bo/nhan-su/", "page")]),
        ("/can-bo/nhan-su/moi/", [("/can-bo/nhan-su/", "true")]),
        ("/can-bo/bao-mat/", [("/can-bo/bao-mat/", "page")]),
    ],
)
def test_menu_marks_where_one_is(address: str, marked: list[tuple[str, str]]) -> None:
    assert _marked(at_desk(an_officer(Role.HEAD)).get(address)) == marked


def test_case_belongs_to_the_declarations_of_the_menu() -> None:
    declaration = a_declaration()
    page = at_desk(an_officer()).get(_address(declaration))
    assert _marked(page) == [("/can-bo/", "true")]
    assert "Tờ khai" in text_of(page)


def test_menu_offers_no_declarations_to_who_works_with_none() -> None:
    page = at_desk(an_officer(Role.OPERATOR)).get("/can-bo/bao-mat/").content.decode()
    assert _marked(at_desk(an_officer(Role.OPERATOR)).get("/can-bo/")) == []
    assert "<span>Tờ khai</span>" not in page


def test_every_page_of_the_desk_says_whom_to_call() -> None:
    desk = at_desk(an_officer(Role.HEAD))
    door, half = Client(), give_smart_otp(an_officer())
    door.post("/can-bo/dang-nhap/", {"user_name": half.user_name, "password": PASSWORD})
    pages = [
        *(desk.get(f"/can-bo/{rest}") for rest in ("", "tai-khoan/", "nhan-su/", "bao-mat/")),
        Client().get("/can-bo/dang-nhap/"),
        door.get("/can-bo/dang-nhap/buoc-hai/"),
    ]
    desk.post("/can-bo/khoa/")
    pages.append(desk.get("/can-bo/khoa/"))
    assert [page.status_code for page in pages] == [200] * 7
    assert all("Cần giúp? Gọi 1900 9068" in text_of(page) for page in pages)


def test_setting_smart_otp_up_can_be_left() -> None:
    client, who = Client(), an_officer()
    client.post("/can-bo/dang-nhap/", {"user_name": who.user_name, "password": PASSWORD})
    set_up = "/can-bo/dang-nhap/smart-otp/"
    assert 'action="/can-bo/thoat/"' in client.get(set_up).content.decode()
    assert client.post("/can-bo/thoat/")["Location"].startswith("/can-bo/dang-nhap/")
    assert client.get(set_up)["Location"].startswith("/can-bo/dang-nhap/")
