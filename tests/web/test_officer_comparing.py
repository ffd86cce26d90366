"""What the desk says of a case beside the registry: deaths, households, guardians, old papers."""

from datetime import date, timedelta

import pytest

from tests.factories import CLERK, HONG, KHOA, a_declaration, a_person, not_read_yet
from tests.registration.children import NGOC, TODAY, a_child, a_child_declaration, parents
from tests.registration.desk_people import lan
from tests.web.visiting import at_desk, text_of
from vssid.people.commands import open_guardianship, remember_paper
from vssid.people.models import Person
from vssid.registration import readings
from vssid.registration.models import Declaration
from vssid.registration.rules import display_code

pytestmark = pytest.mark.django_db


def _address(declaration: Declaration, rest: str = "") -> str:
    return f"/can-bo/ho-so/{display_code(declaration.code)}/{rest}"


# --- who has died ---------------------------------------------------------------------------------


def test_death_is_said_beside_the_registry_and_no_approval_is_offered() -> None:
    a_person()
    Person.objects.update(died_on=date(2026, 2, 1))
    declaration, client = a_declaration(), at_desk(lan())
    client.post(_address(declaration, "nhan-xu-ly/"))
    page = text_of(client.get(_address(declaration)))
    assert f"{HONG.full_name} đã mất ngày 01/02/2026" in page
    assert "Chưa duyệt được vì theo cơ sở dữ liệu người này đã mất" in page
    assert 'id="duyet"' not in client.get(_address(declaration)).content.decode()


def test_death_of_a_guardian_is_said_on_the_childs_case() -> None:
    parents()
    a_child()
    declaration = a_child_declaration()
    Person.objects.filter(number=HONG.number).update(died_on=date(2026, 2, 1))
    page = text_of(at_desk(lan()).get(_address(declaration)))
    assert f"{HONG.full_name} đã mất ngày 01/02/2026" in page


# --- another parent, another household ------------------------------------------------------------


def test_what_two_officers_look_at_in_a_childs_case_is_marked_and_said() -> None:
    parents()
    a_child(household_code="HN-2")
    open_guardianship(
        guardian=KHOA.number, child=NGOC.number, relation="mother", on=TODAY, by=CLERK
    )
    declaration, client = a_child_declaration(), at_desk(lan())
    client.post(_address(declaration, "nhan-xu-ly/"))
    answer = client.get(_address(declaration))
    assert "Hộ gia đình HN-1 HN-2 Khác" in text_of(answer)
    assert "Con và người khai không cùng hộ gia đình" in text_of(answer)
    assert "Con đã có người giám hộ cùng quan hệ với người khai" in text_of(answer)
    assert "Trình người thứ hai" in text_of(answer)


# --- photos that nothing has read -----------------------------------------------------------------


def test_photos_that_nothing_has_read_are_a_reason_for_two_that_is_said() -> None:
    a_person()
    declaration, client = a_declaration(), at_desk(lan())
    client.post(_address(declaration, "nhan-xu-ly/"))
    assert "chưa được máy đọc" not in text_of(client.get(_address(declaration)))
    not_read_yet(declaration.front)
    assert "chưa được máy đọc" not in text_of(client.get(_address(declaration)))
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(readings, "PATIENCE", timedelta(0))
        page = text_of(client.get(_address(declaration)))
    assert "Ảnh giấy tờ chưa được máy đọc" in page
    assert "Trình người thứ hai" in page


# --- papers of before -----------------------------------------------------------------------------

OLD = "012345678"


def test_former_card_is_called_one_beside_what_the_registry_names_today() -> None:
    a_person()
    remember_paper(number=HONG.number, id_number=OLD, by=CLERK)
    declaration, client = a_declaration(id_kind="cmnd", id_number=OLD), at_desk(lan())
    client.post(_address(declaration, "nhan-xu-ly/"))
    page = text_of(client.get(_address(declaration)))
    assert f"giấy tờ cũ; hiện nay CCCD {HONG.id_number} Giấy tờ cũ" in page
    assert "Số giấy tờ khác với cơ sở dữ liệu" in page


def test_guardian_is_known_by_a_second_paper_on_the_childs_case() -> None:
    parents()
    a_child()
    remember_paper(number=HONG.number, id_number="B1234567", by=CLERK)
    declaration = a_child_declaration()
    papers = {"id_kind": "passport", "id_number": "B1234567"}
    Declaration.objects.update(**papers)
    page = text_of(at_desk(lan()).get(_address(declaration)))
    assert "Hộ chiếu người khai B1234567 B1234567 Khớp" in page
