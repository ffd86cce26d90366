"""«Sửa mã số gõ nhầm» and handing a dispute over, on the desk's screens."""

import pytest
from django.conf import settings
from django.test import Client

from tests.factories import CLERK, HAI_BA_TRUNG, HONG, KHOA, a_declaration, a_person
from tests.registration.children import NGOC, a_child, parents
from tests.registration.desk_people import duyen, lan, minh
from tests.web.visiting import at_desk, text_of, typed_in
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now, vietnam_today
from vssid.people import commands as people
from vssid.registration.commands import disputing
from vssid.registration.models import Declaration, GuardianshipDispute
from vssid.registration.rules import display_code
from vssid.staff.models import Officer

pytestmark = pytest.mark.django_db
TYPO = "0198000009"


@pytest.fixture
def case() -> str:
    """The address of a case with a mistyped number."""
    a_person()
    return f"/can-bo/ho-so/{display_code(a_declaration(number=TYPO).code)}/"


def _client(who: object) -> Client:
    return at_desk(who)  # type: ignore[arg-type] # an officer


def test_two_officers_correct_a_number_on_the_screen(case: str) -> None:
    first, second = _client(lan()), _client(minh())
    assert "Sửa mã số gõ nhầm" in text_of(first.get(case))
    sent = {"number": HONG.number, "seen": HONG.number, "compared": "1"}
    assert "xong=trinh-so" in first.post(f"{case}ma-so/", sent)["Location"]
    assert f"Đề nghị sửa mã số thành {HONG.number}" in text_of(second.get(case))
    assert "Chờ một cán bộ khác xác nhận" in text_of(first.get(f"{case}ma-so/"))
    page = text_of(second.get(f"{case}ma-so/"))
    assert "Đỗ Thị Lan" in page
    assert "Nguyễn Thị Hồng Ánh" in page
    assert "xong=sua-so" in second.post(f"{case}ma-so/", sent)["Location"]
    assert Declaration.objects.get().number == HONG.number
    assert "Xin in lại để người khai ký." in text_of(
        second.get(f"{case}?xong=sua-so&ma={case.split('/')[-2]}")
    )


def test_owner_of_the_number_is_seen_before_it_is_proposed_and_the_look_is_written_down(
    case: str,
) -> None:
    client = _client(lan())
    first = text_of(client.get(f"{case}ma-so/"))
    assert "Trình người thứ hai" not in first
    page = client.post(f"{case}ma-so/", {"number": HONG.number, "compared": "1"})
    assert Declaration.objects.get().right_number == ""
    assert page.status_code == 200
    assert "Trình người thứ hai" in text_of(page)
    assert "Tờ khai và cơ sở dữ liệu của mã số đúng" in text_of(page)
    assert typed_in(page)["seen"] == HONG.number
    assert Event.objects.filter(act="record.look", subject=HONG.number).exists()
    another = {"number": KHOA.number, "seen": HONG.number, "compared": "1"}
    assert client.post(f"{case}ma-so/", another).status_code == 200
    assert Declaration.objects.get().right_number == ""


def test_number_of_somebody_else_is_refused_beside_the_comparison(case: str) -> None:
    a_person(KHOA)
    sent = {"number": KHOA.number, "seen": KHOA.number, "compared": "1"}
    answer = _client(lan()).post(f"{case}ma-so/", sent)
    assert answer.status_code == 422
    assert "đều không khớp với người mang mã số" in text_of(answer)
    assert KHOA.full_name in text_of(answer)


def test_number_is_not_sent_without_the_paper_compared(case: str) -> None:
    answer = _client(lan()).post(f"{case}ma-so/", {"number": HONG.number, "seen": HONG.number})
    assert answer.status_code == 422
    assert "Xin đối chiếu giấy tờ gốc" in text_of(answer)
    assert typed_in(answer)["number"] == HONG.number


def test_approval_is_not_offered_while_a_number_waits_or_is_nobodys(case: str) -> None:
    first, second = _client(lan()), _client(minh())
    first.post(f"{case}nhan-xu-ly/")
    page = text_of(first.get(case))
    assert "Chưa duyệt được vì mã số này không có trong cơ sở dữ liệu." in page
    assert "Đã nhận bản ký và đối chiếu" not in page
    first.post(f"{case}ma-so/", {"number": HONG.number, "seen": HONG.number, "compared": "1"})
    second.post(f"{case}nhan-xu-ly/")
    page = text_of(second.get(case))
    assert "Duyệt được sau khi mã số đề nghị được xác nhận hoặc trả lại." in page
    assert "Đã nhận bản ký và đối chiếu" not in page
    assert "Từ chối với lý do này" in page


@pytest.mark.parametrize("number", ["", "123", "chữ"])
def test_what_is_no_number_is_explained(case: str, number: str) -> None:
    answer = _client(lan()).post(
        f"{case}ma-so/", {"number": number, "seen": number, "compared": "1"}
    )
    assert answer.status_code == 422
    assert Declaration.objects.get().right_number == ""


def test_number_is_given_back_with_a_word(case: str) -> None:
    _client(lan()).post(
        f"{case}ma-so/", {"number": HONG.number, "seen": HONG.number, "compared": "1"}
    )
    second = _client(minh())
    empty = second.post(f"{case}ma-so/", {"viec": "tra-lai", "note": ""})
    assert empty.status_code == 422
    assert "Xin ghi vì sao trả lại" in text_of(empty)
    said = second.post(f"{case}ma-so/", {"viec": "tra-lai", "note": "Thẻ ghi số khác."})
    assert "xong=tra-so" in said["Location"]
    assert Declaration.objects.get().right_number == ""


def test_intake_sees_the_proposal_but_no_way_to_decide(case: str) -> None:
    intake = _client(duyen())
    assert "Sửa mã số gõ nhầm" not in text_of(intake.get(case))
    _client(lan()).post(
        f"{case}ma-so/", {"number": HONG.number, "seen": HONG.number, "compared": "1"}
    )
    page = text_of(intake.get(case))
    assert f"Đề nghị sửa mã số thành {HONG.number}" in page
    assert "Xem và xác nhận" not in page


# --- a dispute goes to another office -------------------------------------------------------------


@pytest.fixture
def dispute() -> GuardianshipDispute:
    """Hồng acts for Ngọc, and somebody said she should not."""
    parents()
    a_child()
    people.open_guardianship(
        guardian=HONG.number,
        child=NGOC.number,
        relation="mother",
        on=vietnam_today(utc_now()),
        by=CLERK,
    )
    return disputing.mark_dispute(
        child=NGOC.number, words="Tòa án giao con cho cha.", by=lan(), now=utc_now()
    )


def test_dispute_is_handed_over_on_its_page(dispute: GuardianshipDispute) -> None:
    address = f"/can-bo/giam-ho/{dispute.id}/"
    assert "Chuyển đến cơ quan khác" not in text_of(_client(duyen()).get(address))
    client = _client(Officer.objects.get(user_name="lan"))
    assert "Chuyển đến cơ quan khác" in text_of(client.get(address))
    wrong = client.post(f"{address}chuyen/", {"office": "khong co", "note": "Gia đình ở đó."})
    assert wrong.status_code == 422
    assert typed_in(wrong)["note"] == "Gia đình ở đó."
    sent = client.post(f"{address}chuyen/", {"office": HAI_BA_TRUNG, "note": "Gia đình ở đó."})
    assert sent["Location"].endswith("?xong=chuyen")
    dispute.refresh_from_db()
    assert dispute.office == HAI_BA_TRUNG
    assert "Đã chuyển." in text_of(client.get(sent["Location"]))


@pytest.mark.parametrize("seen", ["", KHOA.number])
def test_officer_looks_up_so_many_numbers_in_an_hour(
    case: str, seen: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "VSSID_DESK_LOOK_UPS_PER_HOUR", 1)
    a_person(KHOA)
    officer = lan()
    _client(officer).post(f"{case}ma-so/", {"number": HONG.number})
    answer = _client(officer).post(f"{case}ma-so/", {"number": KHOA.number, "seen": seen})
    assert answer.status_code == 429
    assert "Bạn đã tra nhiều mã số trong giờ qua" in text_of(answer)
    assert KHOA.full_name not in text_of(answer)
    assert not Event.objects.filter(act="record.look", subject=KHOA.number).exists()
    # A colleague is not held up by it.
    colleague = _client(minh()).post(f"{case}ma-so/", {"number": KHOA.number})
    assert KHOA.full_name in text_of(colleague)


def test_officer_looks_up_so_many_children_in_an_hour(
    dispute: GuardianshipDispute, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "VSSID_DESK_LOOK_UPS_PER_HOUR", 1)
    officer = minh()
    asked = {"number": NGOC.number, "words": "Cha xuất trình bản án."}
    assert NGOC.full_name in text_of(_client(officer).post("/can-bo/giam-ho/", asked))
    answer = _client(officer).post("/can-bo/giam-ho/", asked)
    assert answer.status_code == 429
    assert "Bạn đã tra nhiều mã số trong giờ qua" in text_of(answer)
    assert NGOC.full_name not in text_of(answer)
