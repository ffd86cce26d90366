"""Petitions at the desk: the queue, one on one screen, every move, and who may see what (O05)."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.factories import HA_NOI, HAI_BA_TRUNG, HONG, PASSWORD, THANH_TRI, a_session, an_officer
from tests.insurance.building import a_life, a_person, a_visit, stored
from tests.support.reporting import NUMBER, WORDS, a_line, a_record, report
from tests.support.test_opening import PDF
from tests.web.visiting import at_desk, at_home, text_of, with_session
from vssid.accounts.models import Account
from vssid.audit.actors import Actor
from vssid.audit.models import Event
from vssid.insurance.lines import LineKind
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.staff.models import Role
from vssid.support.commands import opening
from vssid.support.models import Petition, PetitionCode, PetitionFile, State
from vssid.support.papers import new_parcel
from vssid.support.rules import display_code, new_code

pytestmark = pytest.mark.django_db

QUEUE = "/can-bo/phan-anh/"
REST = ["", "nhan/", "tra-loi/", "chuyen/", "dong/", f"tep/{UUID(int=7)}/"]
ANSWER = "Đã điều chỉnh, bạn xem lại hồ sơ."


def _petition(**changes: Any) -> Petition:
    """About a visit: it lies at the agency of Hà Nội."""
    a_record()
    return report(a_line(LineKind.VISIT), **changes)


def _desk(role: Role = Role.SUPPORT, office: str = HA_NOI) -> Client:
    return at_desk(an_officer(role, office))


def _address(petition: Petition, rest: str = "") -> str:
    return f"{QUEUE}{display_code(petition.code)}/{rest}"


def _state() -> str:
    return Petition.objects.get().state


# --- the queue ------------------------------------------------------------------------------------


def test_o05_queue_shows_kind_age_and_day_and_marks_what_is_late() -> None:
    petition = _petition()
    client = _desk()
    said = text_of(client.get(QUEUE))
    for text in (display_code(petition.code), "Báo sai sót", "Sổ khám chữa bệnh", "0 ngày"):
        assert text in said
    assert said.count("Quá hạn") == 1  # the name of a part
    day = timedelta(days=1)
    Petition.objects.update(due_on=vietnam_today(utc_now()) - day, opened_at=utc_now() - 15 * day)
    said = text_of(client.get(QUEUE))
    assert said.count("Quá hạn") == 2
    assert "15 ngày" in said


def test_queue_of_another_office_stays_there() -> None:
    petition = _petition()
    said = text_of(_desk(office=HAI_BA_TRUNG).get(QUEUE))
    assert display_code(petition.code) not in said
    assert "Không còn phản ánh nào chờ" in said


def test_petition_is_found_by_its_code() -> None:
    petition = _petition()
    answer = _desk().get(f"{QUEUE}tim/", {"ma": display_code(petition.code).lower()})
    assert answer["Location"] == _address(petition)


@pytest.mark.parametrize("typed", ["", "PA-0000-0001", "\0", "x" * 900])
def test_unknown_code_is_explained(typed: str) -> None:
    client = _desk()
    answer = client.get(f"{QUEUE}tim/", {"ma": typed})
    assert "Không có phản ánh này" in text_of(client.get(answer["Location"]))


# --- who may --------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.DECISION, Role.HEAD])
def test_role_that_answers_sees_the_petition(role: Role) -> None:
    petition = _petition()
    client = _desk(role)
    assert WORDS in text_of(client.get(_address(petition)))
    assert f'href="{QUEUE}"' in client.get("/can-bo/").content.decode()


@pytest.mark.parametrize("role", [Role.INTAKE, Role.CONTENT, Role.OPERATOR])
@pytest.mark.parametrize("rest", REST)
def test_other_roles_are_barred(role: Role, rest: str) -> None:
    petition = _petition()
    client = _desk(role)
    for answer in (client.get(_address(petition, rest)), client.post(_address(petition, rest))):
        assert answer.status_code == 403
    assert client.get(QUEUE).status_code == 403
    assert f'href="{QUEUE}"' not in client.get("/can-bo/").content.decode()


@pytest.mark.parametrize("rest", REST[:-1])
def test_petition_of_another_office_is_not_shown_and_not_moved(rest: str) -> None:
    petition = _petition()
    client = _desk(office=HAI_BA_TRUNG)
    sent = {"answer": ANSWER, "office": HA_NOI, "reason": "Chuyển lại."}
    for answer in (
        client.get(_address(petition, rest)),
        client.post(_address(petition, rest), sent),
    ):
        assert answer["Location"] == f"{QUEUE}?khong-thay=1"
    assert _state() == State.RECEIVED
    assert not Event.objects.filter(act="record.look").exists()


def test_everybody_else_is_led_to_the_door() -> None:
    petition = _petition()
    owner = with_session(a_session(Account.objects.get(pk=NUMBER)))
    for client in (Client(), owner):
        answer = client.get(_address(petition))
        assert answer["Location"].startswith("/can-bo/dang-nhap/?tiep=")


# --- one on one screen ----------------------------------------------------------------------------


def test_line_that_did_not_change_carries_no_mark() -> None:
    said = text_of(_desk().get(_address(_petition())))
    assert "Bệnh viện Thử nghiệm (01003)" in said
    assert "Đã thay đổi từ khi báo" not in said


def test_value_changed_since_then_is_marked_beside_the_one_of_today() -> None:
    petition = _petition()
    visit = a_visit(NUMBER, department="Khoa Mắt")
    stored(a_life(a_person(NUMBER, full_name=HONG.full_name), visits=[visit]))
    said = text_of(_desk().get(_address(petition)))
    assert "Hồ sơ đã thay đổi từ khi báo" in said
    assert "Khoa Khám bệnh Khoa Mắt Đã thay đổi từ khi báo" in said
    assert said.count("Đã thay đổi từ khi báo") == 1


def test_line_that_is_gone_is_said() -> None:
    petition = _petition()
    stored(a_life(a_person(NUMBER, full_name=HONG.full_name)))
    assert "Dòng này không còn trong hồ sơ" in text_of(_desk().get(_address(petition)))


def test_each_look_is_written_and_read_by_the_person() -> None:
    petition = _petition()
    client = _desk()
    for _ in range(2):
        client.get(_address(petition))
    event = Event.objects.get(act="record.look", subject=NUMBER)
    assert event.reason == f"petition {petition.code}"
    owner = with_session(a_session(Account.objects.get(pk=NUMBER)))
    looks = text_of(owner.get("/tai-khoan/ai-da-xem/"))
    assert f"Phan Văn Lộc, BHXH TP Hà Nội. Phản ánh {display_code(petition.code)}" in looks


def test_paper_is_opened_at_the_desk_and_the_look_is_written() -> None:
    a_record()
    by = Actor.citizen(NUMBER)
    parcel = opening.keep_paper(parcel=new_parcel(), content=PDF, by=by, now=utc_now())
    petition = report(a_line(LineKind.VISIT), parcel=parcel)
    client, paper = _desk(), PetitionFile.objects.get().id
    answer = client.get(_address(petition, f"tep/{paper}/"))
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"
    assert Event.objects.get(act="petition.paper").subject == NUMBER
    assert client.get(_address(petition, f"tep/{uuid4()}/")).status_code == 404


def test_words_of_people_are_shown_as_text() -> None:
    petition = _petition(words="<script>alert(1)</script> & «sai»")
    html = _desk().get(_address(petition)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_petition_of_somebody_without_a_number_is_read_like_any_other() -> None:
    a_record()
    Petition.objects.create(
        code=(code := new_code()),
        kind="complaint",
        office=HA_NOI,
        full_name="Lê Văn Khách",
        phone="+84912000077",
        words="Quầy đóng cửa sớm.",
        opened_at=utc_now(),
        due_on=vietnam_today(utc_now()),
        changed_at=utc_now(),
    )
    PetitionCode.objects.create(code=code, petition=Petition.objects.get().id)
    said = text_of(_desk().get(f"{QUEUE}{display_code(code)}/"))
    assert "Quầy đóng cửa sớm." in said
    assert not Event.objects.filter(act="record.look").exists()


# --- moves ----------------------------------------------------------------------------------------


def test_o05_officer_takes_answers_and_closes() -> None:
    petition = _petition()
    client = _desk()
    assert client.post(_address(petition, "nhan/"))["Location"] == _address(petition)
    assert _state() == State.IN_WORK
    answer = client.post(_address(petition, "tra-loi/"), {"answer": ANSWER})
    assert "Đã trả lời phản ánh" in text_of(client.get(answer["Location"]))
    owner = with_session(a_session(Account.objects.get(pk=NUMBER)))
    assert ANSWER in text_of(owner.get(f"/ho-tro/phan-anh/{display_code(petition.code)}/"))
    answer = client.post(_address(petition, "dong/"), {"closing": "Đã xong."})
    assert "Đã đóng phản ánh" in text_of(client.get(answer["Location"]))
    assert _state() == State.CLOSED


def test_answer_that_stood_there_when_the_screen_locked_stands_there_again() -> None:
    petition = _petition()
    client, page = _desk(), _address(petition)
    client.post("/can-bo/khoa/", {"tiep": page, "giu_answer": ANSWER})
    assert client.get(page)["Location"].startswith("/can-bo/khoa/")
    client.post("/can-bo/khoa/mo/", {"password": PASSWORD, "tiep": page})
    assert f">\n{ANSWER}</textarea>" in client.get(page).content.decode()
    assert ANSWER not in client.get(page).content.decode()


def test_petition_is_forwarded_to_the_office_found_by_name() -> None:
    petition = _petition()
    client = _desk()
    sent = {"office": "Thanh Trì", "reason": "Nơi bạn đang sống."}
    answer = client.post(_address(petition, "chuyen/"), sent)
    assert "Đã chuyển phản ánh" in text_of(client.get(answer["Location"]))
    assert display_code(petition.code) in text_of(_desk(office=THANH_TRI).get(QUEUE))


@pytest.mark.parametrize(
    ("rest", "sent", "said"),
    [
        ("tra-loi/", {"answer": " "}, "Xin viết câu trả lời"),
        ("tra-loi/", {"answer": "ok"}, "ít nhất 5 ký tự"),
        ("chuyen/", {"office": "", "reason": "Đúng nơi."}, "Xin nhập mã hoặc tên cơ quan nhận"),
        ("chuyen/", {"office": "99999", "reason": "Đúng nơi."}, "Không có cơ quan này"),
        ("chuyen/", {"office": "thanh tri", "reason": "Đúng nơi."}, "09409 BHXH cơ sở Thạnh Trị"),
        ("chuyen/", {"office": HA_NOI, "reason": "Đúng nơi."}, "chính cơ quan này"),
        ("chuyen/", {"office": HAI_BA_TRUNG, "reason": ""}, "Xin ghi lý do chuyển"),
    ],
)
def test_move_without_what_it_needs_is_refused_in_words(
    rest: str, sent: dict[str, str], said: str
) -> None:
    petition = _petition()
    answer = _desk().post(_address(petition, rest), sent)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert _state() == State.RECEIVED


def test_move_that_comes_too_late_says_where_the_petition_stands() -> None:
    petition = _petition()
    client = _desk()
    Petition.objects.update(state=State.CLOSED, closed_at=utc_now())
    for rest, status in (("nhan/", 409), ("dong/", 422)):
        answer = client.post(_address(petition, rest))
        assert answer.status_code == status
        assert "đang ở trạng thái «Đã đóng»" in text_of(answer)
    answer = client.post(_address(petition, "tra-loi/"), {"answer": ANSWER})
    assert "«Đã đóng»" in text_of(answer)


@pytest.mark.parametrize("rest", REST[1:-1])
def test_address_of_a_move_leads_back_when_only_opened(rest: str) -> None:
    petition = _petition()
    assert _desk().get(_address(petition, rest))["Location"] == _address(petition)


def test_role_without_cases_is_led_to_the_petitions() -> None:
    page = _desk().get("/can-bo/")
    assert "Mở phản ánh" in text_of(page)


def test_citizen_has_no_desk() -> None:
    assert at_home().get(QUEUE).status_code == 302
