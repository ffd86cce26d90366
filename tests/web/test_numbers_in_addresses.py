"""Another person's number in an address: refused, written down, told to whose it is."""

import pytest
from django.test import Client

from tests.insurance.building import AN, BINH, CHI, a_life, a_person, stored
from tests.web.others import acting_for, born_years_ago
from tests.web.signing_in import signed_in
from tests.web.visiting import text_of
from vssid.audit.models import Event
from vssid.people.models import Guardianship, IdNumber

pytestmark = pytest.mark.django_db

HOME = "quan-ly-ca-nhan/"
TOLD = "Gõ mã số của bạn vào địa chỉ trang"


@pytest.fixture
def child() -> Guardianship:
    """An's guardianship for Bình, five years old; Chi is a stranger."""
    stored(
        a_life(),
        a_life(a_person(BINH, full_name="Trần Bình", birth_date=born_years_ago(5))),
        a_life(a_person(CHI, full_name="Lê Chi")),
    )
    return acting_for()


def _refused(client: Client, address: str) -> str:
    answer = client.get(address)
    said = text_of(answer)
    assert answer.status_code == 404, address
    assert "Hồ sơ này không mở cho bạn" in said
    assert "Trần Bình" not in said
    return said


def _refusals(subject: str) -> list[tuple[str, str]]:
    found = Event.objects.filter(act="record.refused", subject=subject)
    return [(one.actor, one.reason) for one in found]


def _is_told() -> bool:
    return TOLD in text_of(signed_in(BINH).get("/tai-khoan/ai-da-xem/"))


@pytest.mark.parametrize("below", ["con", "xem-ho"])
def test_number_in_the_address_is_refused_logged_and_shown(child: Guardianship, below: str) -> None:
    client = signed_in(CHI)
    theirs = _refused(client, f"/{below}/{BINH}/the-bhyt/")
    assert _refusals(BINH) == [(CHI, "number")]
    assert _refused(client, f"/{below}/9999999999/the-bhyt/") == theirs
    assert _is_told()


def test_number_of_ones_own_child_leads_to_the_child(child: Guardianship) -> None:
    answer = signed_in(AN).get(f"/con/{BINH}/the-bhyt/")
    assert answer["Location"] == f"/con/{child.id}/{HOME}"


@pytest.mark.parametrize(
    "address",
    [
        "/quan-ly-ca-nhan/{}/",
        "/the-bhyt/{}/xem/",
        "/qua-trinh-tham-gia/{}/bhxh/",
        "/qua-trinh-tham-gia/{}/",
        "/thong-tin-huong/{}/",
        "/so-kham-chua-benh/{}/",
        "/giay-xac-nhan/{}/",
        "/the-bhyt/?number={}",
        "/quan-ly-ca-nhan/?so={}",
        "/qua-trinh-tham-gia/bhxh/?a=1&ma-so-bhxh={}",
        "/giay-xac-nhan/?so={}",
    ],
)
def test_number_behind_ones_own_page_is_refused_logged_and_shown(
    child: Guardianship, address: str
) -> None:
    client = signed_in(CHI)
    theirs = _refused(client, address.format(BINH))
    assert _refusals(BINH) == [(CHI, "number")]
    assert _refused(client, address.format("9999999999")) == theirs
    assert _is_told()


def test_personal_number_in_the_address_is_its_owners(child: Guardianship) -> None:
    IdNumber.objects.update_or_create(id_number="001090000123", defaults={"number": BINH})
    _refused(signed_in(CHI), "/the-bhyt/?so=001090000123")
    assert _refusals(BINH) == [(CHI, "number")]


def test_own_number_in_the_address_opens_ones_own_record(child: Guardianship) -> None:
    client = signed_in(CHI)
    assert client.get(f"/the-bhyt/{CHI}/")["Location"] == f"/{HOME}"
    assert client.get(f"/the-bhyt/?number={CHI}").status_code == 200
    assert not Event.objects.filter(act="record.refused").exists()


def test_what_one_looks_for_in_ones_own_record_is_no_number(child: Guardianship) -> None:
    assert signed_in(CHI).get(f"/so-kham-chua-benh/2026/?tim={BINH}").status_code == 200
