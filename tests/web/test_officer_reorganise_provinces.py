"""Provincial agencies that end by a plan: merged whole, or split by communes."""

import re
from collections.abc import Iterator
from pathlib import Path
from unittest.mock import Mock

import pytest

from tests.factories import HA_NOI, THANH_TRI, a_declaration, an_officer
from tests.web.reorganising import HEADER, communes, complaints, dump, run, today, written
from vssid.audit.actors import Actor
from vssid.audit.models import Event
from vssid.reference import commands as loading
from vssid.reference import directory
from vssid.reference import queries as reference
from vssid.reference.models import Agency, DataSet
from vssid.registration.models import Declaration
from vssid.web.officer.management.commands import reorganise

pytestmark = pytest.mark.django_db
HUNG_YEN, BAC_NINH = "033", "024"


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody waits, and nothing of it stays in the memory of the process."""
    monkeypatch.setattr(reorganise.time, "sleep", Mock())
    directory.forget()
    yield
    directory.forget()


def _whole(to: str = HUNG_YEN) -> list[str]:
    return [HEADER, f"office,{HA_NOI},,{to},{today()},Nghị quyết 1"]


def _split(*offices: str) -> list[str]:
    """The communes of these offices go to Bắc Ninh, the rest to Hưng Yên."""
    rows = [f"commune,{HA_NOI},{code},{BAC_NINH},," for one in offices for code in communes(one)]
    return [*_whole(), *rows]


def _refused(folder: Path, rows: list[str], line: int, words: str) -> None:
    before = dump()
    said = complaints(written(folder, rows), apply=True)
    assert re.search(rf"plan\.csv:{line}: [^\n]*{re.escape(words)}", said), said
    assert dump() == before


def _below(code: str) -> set[str]:
    return {one.code for one in reference.offices_below(code)}


def test_trial_names_the_offices_below_and_changes_nothing(tmp_path: Path) -> None:
    before = dump()
    said = run(written(tmp_path, _whole()))
    assert f"[{HA_NOI}] " in said
    assert re.search(r"offices below: \d+ 00101 00102", said)
    assert dump() == before


def test_merged_province_goes_whole_to_its_successor(tmp_path: Path) -> None:
    offices = _below(HA_NOI)
    officer = an_officer(office=HA_NOI)
    own, below = a_declaration(office=HA_NOI, provincial_agency=HA_NOI), THANH_TRI
    run(written(tmp_path, _whole()), apply=True)
    assert offices <= _below(HUNG_YEN)
    assert HA_NOI not in {one.code for one in reference.provincial_agencies()}
    assert reference.known_office(HA_NOI).code == HUNG_YEN
    own.refresh_from_db()
    officer.refresh_from_db()
    assert (own.office, officer.office) == (HUNG_YEN, HUNG_YEN)
    assert reference.is_below(below, HUNG_YEN)
    # The communes keep the office that serves them.
    serving = reference.serving_office("2025", communes()[0])
    assert serving
    assert serving.code == THANH_TRI
    event = Event.objects.get(act="reference.reorganise")
    assert event.details["parents"][THANH_TRI] == HUNG_YEN


def test_split_province_goes_by_communes(tmp_path: Path) -> None:
    there = a_declaration(office=HA_NOI, provincial_agency=HA_NOI, address_commune=communes()[0])
    run(written(tmp_path, _split(THANH_TRI)), apply=True)
    assert THANH_TRI in _below(BAC_NINH)
    assert "00101" in _below(HUNG_YEN)
    assert Declaration.objects.get(id=there.id).office == BAC_NINH
    kept = reference.receiving_office(HA_NOI, "2025", communes()[0])
    assert kept
    assert kept.code == BAC_NINH
    elsewhere = reference.receiving_office(HA_NOI, "2025", communes("00101")[0])
    assert elsewhere
    assert elsewhere.code == HUNG_YEN


def test_office_that_would_stand_under_two_is_a_fault(tmp_path: Path) -> None:
    rows = [*_whole(), f"commune,{HA_NOI},{communes()[0]},{BAC_NINH},,"]
    _refused(tmp_path, rows, 2, f"[{THANH_TRI}] serves communes that go to {BAC_NINH}, {HUNG_YEN}")


def test_office_that_ends_by_the_same_plan_may_be_divided(tmp_path: Path) -> None:
    first, *others = communes()
    rows = [
        *_whole(),
        f"commune,{HA_NOI},{first},{BAC_NINH},,",
        f"office,{THANH_TRI},,00101,{today()},Nghị quyết 1",
        *(f"commune,{THANH_TRI},{code},00101,," for code in (first, *others)),
    ]
    run(written(tmp_path, rows), apply=True)
    assert reference.known_office(THANH_TRI).code == "00101"
    assert reference.is_below("00101", HUNG_YEN)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("commune,001,99999,024,,", "No commune of today has the code 99999."),
        ("commune,001,00004,00101,,", "[00101] is no provincial agency"),
        ("commune,001,00004,099,,", "No agency has the code 099."),
    ],
)
def test_faulty_commune_of_a_province_is_named_by_its_line(
    tmp_path: Path, row: str, words: str
) -> None:
    _refused(tmp_path, [*_whole(), row], 3, words)


def test_commune_of_another_province_is_refused(tmp_path: Path) -> None:
    far = reference.communes("2025", "79")[0].code
    row = f"commune,{HA_NOI},{far},{BAC_NINH},,"
    _refused(tmp_path, [*_whole(), row], 3, "does not lie in the province of [001].")


def test_an_office_does_not_follow_a_province(tmp_path: Path) -> None:
    _refused(tmp_path, _whole("00101"), 2, "[00101] is no provincial agency: only another one")


def test_a_reload_of_the_directory_undoes_nothing(tmp_path: Path) -> None:
    run(written(tmp_path, _split(THANH_TRI)), apply=True)
    before = dict(Agency.objects.values_list("code", "parent_id"))
    DataSet.objects.filter(name="agencies").update(fingerprint="another")
    assert loading.load_agencies(by=Actor.system("tests")).is_changed
    assert dict(Agency.objects.values_list("code", "parent_id")) == before


def test_second_run_changes_nothing(tmp_path: Path) -> None:
    path = written(tmp_path, _split(THANH_TRI))
    run(path, apply=True)
    before = dump()
    assert "Applied already" in run(path, apply=True)
    assert dump() == before
