"""Loading: once, again without effect, and around what operators entered."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from tests.reference.conftest import LOADER
from vssid.audit.models import Event
from vssid.reference import commands
from vssid.reference.models import (
    Agency,
    AgencyArea,
    Area,
    AreaSuccession,
    CollectionPoint,
    DataSet,
    Facility,
)
from vssid.reference.source import fingerprint
from vssid.reference.territory import Territory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_directory")]


def outdate(name: str) -> None:
    DataSet.objects.filter(name=name).update(fingerprint="another")


def test_everything_is_stored() -> None:
    assert Area.objects.filter(era="2025", level="province").count() == 34
    assert Area.objects.filter(era="2025", level="commune").count() == 3321
    assert Area.objects.filter(era="legacy").count() == 63 + 696 + 10035
    assert Agency.objects.count() == 34 + 696
    assert Facility.objects.count() == 3321 + 696 + 63
    assert CollectionPoint.objects.count() == 2 * 696 + 831
    assert AgencyArea.objects.count() == 34 + 696 + 3321


def test_eras_meet_on_one_night() -> None:
    assert not Area.objects.filter(era="legacy").exclude(valid_to="2025-06-30").exists()
    assert not Area.objects.filter(era="2025").exclude(valid_from="2025-07-01").exists()
    assert not AreaSuccession.objects.exclude(on_date="2025-07-01").exists()


def test_a_second_load_does_nothing_and_leaves_no_event() -> None:
    events = Event.objects.count()

    results = commands.load_reference(by=LOADER)

    assert [result.is_changed for result in results] == [False] * 4
    assert Event.objects.count() == events


def test_a_load_writes_who_loaded_what(territory: Territory) -> None:
    outdate("facilities")

    result = commands.load_facilities(by=LOADER, territory=territory)

    event = Event.objects.filter(act="reference.load").latest("at")
    assert (event.actor, event.subject) == (LOADER.name, "facilities")
    assert event.details["rows"] == result.rows == 4080
    assert event.details["fingerprint"] == fingerprint()


def test_a_new_data_set_corrects_rows_and_keeps_those_it_lost(territory: Territory) -> None:
    Area.objects.filter(era="2025", code="00004").update(name="Phường Sai Tên")
    Area.objects.create(
        era="2025", code="99999", level="commune", name="Xã Cũ", short_name="Cũ", parent_code="01",
        province_code="01", sort_key="x",
    )  # fmt: skip
    outdate("areas")

    assert commands.load_areas(by=LOADER, territory=territory).is_changed

    assert Area.objects.get(era="2025", code="00004").name == "Phường Ba Đình"
    assert Area.objects.filter(era="2025", code="99999").exists()


def test_an_agency_entered_by_an_operator_stays(territory: Territory) -> None:
    Agency.objects.filter(code="00101").update(
        name="BHXH cơ sở Ba Đình (thật)", phone="024 0000 0000", is_derived=False
    )
    outdate("agencies")

    commands.load_agencies(by=LOADER, territory=territory)

    kept = Agency.objects.get(code="00101")
    assert (kept.name, kept.phone) == ("BHXH cơ sở Ba Đình (thật)", "024 0000 0000")
    assert AgencyArea.objects.count() == 34 + 696 + 3321


def test_an_area_that_an_operator_gave_to_another_office_stays_there(territory: Territory) -> None:
    Agency.objects.filter(code="00102").update(is_derived=False)
    AgencyArea.objects.filter(era="2025", area_code="00004").update(agency="00102")
    outdate("agencies")

    commands.load_agencies(by=LOADER, territory=territory)

    serving = AgencyArea.objects.filter(era="2025", area_code="00004")
    assert [area.agency_id for area in serving] == ["00102"]


def test_a_facility_entered_by_an_operator_stays(territory: Territory) -> None:
    Facility.objects.filter(code="01001").update(name="Bệnh viện thật", is_derived=False)
    outdate("facilities")

    commands.load_facilities(by=LOADER, territory=territory)

    assert Facility.objects.get(code="01001").name == "Bệnh viện thật"


def test_a_load_that_cannot_be_audited_is_undone(
    territory: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: object) -> None:
        raise RuntimeError("no audit")

    Facility.objects.filter(code="01001").update(name="Tên cũ")
    outdate("facilities")
    monkeypatch.setattr(commands, "record_event", fail)

    with pytest.raises(RuntimeError, match="no audit"):
        commands.load_facilities(by=LOADER, territory=territory)

    assert Facility.objects.get(code="01001").name == "Tên cũ"
    assert DataSet.objects.get(name="facilities").fingerprint == "another"


def test_the_management_command_says_what_it_did() -> None:
    out = StringIO()

    call_command("load_reference", stdout=out)

    assert "agencies: 4781 rows, unchanged" in out.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        {"era": "2024"},
        {"code": "4"},
        {"latitude": None},
        {"longitude": 2.3},
        {"parent_code": ""},
        {"valid_to": "2025-06-30"},
    ],
)
def test_the_database_refuses_an_impossible_area(change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.filter(era="2025", code="00004").update(**change)


@pytest.mark.parametrize(
    "change",
    [{"phone": "024 1234 5678"}, {"parent": None}, {"level": "province"}, {"code": "0011"}],
)
def test_the_database_refuses_an_impossible_agency(change: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Agency.objects.filter(code="00101").update(**change)


def test_an_area_has_one_agency_at_a_time() -> None:
    served = AgencyArea.objects.get(era="2025", area_code="00004")
    other = Agency.objects.exclude(code=served.agency_id).filter(level="office")[0]

    with pytest.raises(IntegrityError), transaction.atomic():
        AgencyArea.objects.create(
            agency=other, era="2025", area_code="00004", valid_from=served.valid_from
        )


def test_a_split_ward_has_one_default() -> None:
    split = AreaSuccession.objects.filter(kind="split", is_default=False)

    with pytest.raises(IntegrityError), transaction.atomic():
        split.update(is_default=True)
