"""Petitions at the desk: parts, colleagues, texts, notes, doubles, figures (U05, O05)."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.factories import HA_NOI, THANH_TRI, an_officer
from tests.support.guests import PHONE, a_guest_petition
from tests.web.visiting import at_desk, text_of
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.staff.models import Role
from vssid.support.commands import moving
from vssid.support.models import Petition, PetitionStep, State
from vssid.support.rules import display_code

pytestmark = pytest.mark.django_db
QUEUE, FIGURES = "/can-bo/phan-anh/", "/can-bo/phan-anh/so-lieu/"


def _desk(role: Role = Role.SUPPORT, office: str = HA_NOI) -> Client:
    return at_desk(an_officer(role, office))


def _address(petition: Petition, rest: str = "") -> str:
    return f"{QUEUE}{display_code(petition.code)}/{rest}"


def test_petition_of_who_has_no_account_shows_the_proven_phone_and_the_look_is_written() -> None:
    petition, client = a_guest_petition(), _desk()
    for _ in range(2):
        said = text_of(client.get(_address(petition)))
    for text in ("Lê Văn Khách", "0912 000 077", "Gửi không cần tài khoản", petition.words):
        assert text in said
    event = Event.objects.get(act="petition.look")
    assert event.details == {"petition": petition.code}
    assert PHONE not in str(event.details)


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ("", True),
        ("?loc=chua-nhan", True),
        ("?loc=qua-han", False),
        ("?loc=cua-toi", False),
        ("?loc=da-tra-loi", False),
        ("?loc=da-dong", False),
        ("?linh-vuc=phuc-vu", True),
        ("?linh-vuc=gop-y", False),
        ("?loc=x&linh-vuc=y&trang=z&co-quan=w", True),
        ("?co-quan=tat-ca", True),
        (f"?co-quan={THANH_TRI}", False),
    ],
)
def test_queue_is_filtered_by_part_category_and_office(query: str, is_shown: bool) -> None:  # noqa: FBT001 - a column of the table
    petition = a_guest_petition()
    assert (display_code(petition.code) in text_of(_desk().get(QUEUE + query))) is is_shown


def test_mine_are_those_i_took() -> None:
    petition, client = a_guest_petition(), _desk()
    client.post(_address(petition, "nhan/"))
    said = text_of(client.get(f"{QUEUE}?loc=cua-toi"))
    assert display_code(petition.code) in said
    assert "Bạn đang xử lý" in text_of(client.get(_address(petition)))


def test_colleague_is_named_and_taken_over_from() -> None:
    petition, first = a_guest_petition(), an_officer(Role.SUPPORT, HA_NOI)
    moving.take_petition(petition=petition, by=first, now=utc_now())
    client = _desk(Role.HEAD)
    assert f"{first.full_name} đang xử lý" in text_of(client.get(_address(petition)))
    sent = {"answer": "Đã nhắc quầy."}
    refused = client.post(_address(petition, "tra-loi/"), sent)
    assert refused.status_code == 422
    assert "Đã nhắc quầy." in refused.content.decode()
    client.post(_address(petition, "nhan-thay/"))
    assert client.post(_address(petition, "tra-loi/"), sent).status_code == 302


def test_text_is_put_after_what_stands_there_and_its_gaps_are_not_sent() -> None:
    petition, client = a_guest_petition(), _desk()
    sent = {"answer": "Chào bác.", "mau": "chao", "viec": "chen"}
    page = client.post(_address(petition, "tra-loi/"), sent)
    assert page.status_code == 200
    said = text_of(page)
    assert "Chào bác. Kính gửi ông/bà Lê Văn Khách" in said
    refused = client.post(_address(petition, "tra-loi/"), {"answer": "Kính gửi, …"})
    assert refused.status_code == 422
    assert "còn chỗ «…»" in text_of(refused)
    assert Petition.objects.get().state == State.RECEIVED


def test_note_is_marked_as_read_by_officers_only() -> None:
    petition, client = a_guest_petition(), _desk()
    client.post(_address(petition, "ghi-chu/"), {"note": "Đã gọi lại cho bác."})
    said = text_of(client.get(_address(petition)))
    assert "Ghi chú nội bộ Chỉ cán bộ thấy" in said
    empty = client.post(_address(petition, "ghi-chu/"), {"note": ""})
    assert empty.status_code == 422


def test_double_is_offered_and_merged() -> None:
    first, second, client = a_guest_petition(), a_guest_petition(), _desk()
    assert "Trùng việc: gộp vào" in text_of(client.get(_address(second)))
    answer = client.post(_address(second, "gop/"), {"vao": display_code(first.code)})
    assert "Đã gộp phản ánh" in text_of(client.get(answer["Location"]))
    second.refresh_from_db()
    assert second.double_of == first.code
    stranger = a_guest_petition(phone="+84912000078")
    for into in (display_code(stranger.code), "PA-0000-0000", ""):
        refused = client.post(_address(first, "gop/"), {"vao": into})
        assert refused.status_code == 409
    assert PetitionStep.objects.filter(act="merge").count() == 1


def test_overdue_petitions_stand_before_the_head() -> None:
    a_guest_petition()
    Petition.objects.update(due_on=vietnam_today(utc_now()) - timedelta(days=1))
    head = _desk(Role.HEAD)
    assert "1 phản ánh quá hạn trả lời" in text_of(head.get(QUEUE))
    assert "1 phản ánh quá hạn trả lời" in text_of(head.get("/can-bo/"))
    assert "phản ánh quá hạn trả lời" not in text_of(_desk().get(QUEUE))


@pytest.mark.parametrize(
    ("role", "office", "is_counted"),
    [
        (Role.OPERATOR, THANH_TRI, True),
        (Role.HEAD, HA_NOI, True),
        (Role.HEAD, THANH_TRI, False),
    ],
)
def test_figures_are_of_the_own_offices_or_of_all(
    role: Role,
    office: str,
    is_counted: bool,  # noqa: FBT001 - a column of the table
) -> None:
    petition = a_guest_petition()
    said = text_of(_desk(role, office).get(FIGURES))
    assert ("Thái độ, giờ giấc" in said) is is_counted
    assert petition.full_name not in said
    assert ("Chưa có phản ánh nào" in said) is not is_counted


def test_operator_finds_the_figures_on_the_first_page_and_no_petition() -> None:
    petition, client = a_guest_petition(), _desk(Role.OPERATOR)
    assert FIGURES in client.get("/can-bo/").content.decode()
    assert client.get(_address(petition)).status_code == 403


def test_answer_is_stored_without_signs_that_nobody_sees() -> None:
    petition, client = a_guest_petition(), _desk()
    client.post(_address(petition, "nhan/"))
    client.post(
        _address(petition, "tra-loi/"), {"answer": "Đã\u202e nhắc  quầy.\r\n\r\nCảm ơn.\x07"}
    )
    step = PetitionStep.objects.filter(petition=petition.id).latest("at")
    assert step.words == "Đã nhắc quầy.\n\nCảm ơn."
