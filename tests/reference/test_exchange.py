"""Directories in and out as CSV: everything or nothing, and every fault by its line."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from vssid.audit.models import Event
from vssid.reference import commands, lookups
from vssid.reference.exchange.reading import read
from vssid.reference.exchange.sheets import AGENCIES, EMPLOYERS, FACILITIES, POINTS, SHEETS
from vssid.reference.lookups import Wanted
from vssid.reference.models import Agency, CollectionPoint, DataSet, Employer, Facility
from vssid.reference.searching import memory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_directory")]

GOOD = {
    "code": "01999",
    "name": "Bệnh viện Thử Nghiệm",
    "kind": "hospital",
    "level": "basic",
    "address": "Số 1, phố Huế",
    "commune_code": "00004",
    "latitude": "21.03",
    "longitude": "105.84",
    "phone": "024 1234 5678",
    "has_contract": "yes",
    "contract_from": "2026-01-01",
    "contract_to": "",
    "may_issue_leave": "no",
    "valid_from": "2020-05-01",
    "valid_to": "",
    "former_names": "Nhà thương Thử",
    "successors": "",
}
Written = Callable[..., Path]


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """A file of facilities: the good line with something else in it, once for each argument."""

    def write(*others: dict[str, str]) -> Path:
        lines = [",".join(FACILITIES.header)]
        for other in others or ({},):
            values = {**GOOD, **other}
            lines.append(",".join(f'"{values[name]}"' for name in FACILITIES.header))
        path = tmp_path / "list.csv"
        path.write_text("\n".join(lines), encoding="utf-8")
        return path

    return write


def run(path: Path, *options: str, name: str = "facilities") -> tuple[str, str]:
    """What the import says, and what it says is wrong."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_directory", name, str(path), *options, stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    memory.forget()
    return out.getvalue(), err.getvalue()


def test_a_dry_run_says_what_would_change_and_changes_nothing(written: Written) -> None:
    events = Event.objects.count()

    said, wrong = run(written())

    assert (said.splitlines()[:3], wrong) == (["new: 1 01999", "changed: 0", "unchanged: 0"], "")
    assert "Nothing was changed" in said
    assert not Facility.objects.filter(code="01999").exists()
    assert Event.objects.count() == events


def test_an_applied_file_is_in_the_directory_and_found(written: Written) -> None:
    run(written(), "--apply")

    row = Facility.objects.get(code="01999")
    assert (row.province_code, row.contract_from, row.is_derived) == ("01", date(2026, 1, 1), False)
    assert lookups.find_facilities(Wanted("bv thử nghiêm")).views[0].code == "01999"
    assert lookups.find_facilities(Wanted("nha thuong thu")).views[0].code == "01999"
    event = Event.objects.filter(act="directory.import").latest("at")
    assert (event.subject, event.details["added"]) == ("facilities", 1)


def test_a_second_run_of_the_same_file_changes_nothing(written: Written) -> None:
    run(written(), "--apply")
    said, _ = run(written(), "--apply")
    assert "unchanged: 1" in said


def test_a_corrected_line_changes_its_entry(written: Written) -> None:
    run(written(), "--apply")
    said, _ = run(written({"name": "Bệnh viện Mới", "may_issue_leave": "yes"}), "--apply")

    assert "changed: 1 01999" in said
    row = Facility.objects.get(code="01999")
    assert (row.name, row.may_issue_leave) == ("Bệnh viện Mới", True)


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        ({"code": "1999"}, "code «1999» is no such code: write it like 01001."),
        ({"code": ""}, "code must not be empty"),
        ({"name": " \u200b "}, "name must not be empty."),
        ({"name": "x" * 151}, "name has 151 characters; at most 150"),
        ({"kind": "spital"}, "kind «spital» is not one of station, health-centre"),
        ({"level": ""}, "level «» is not one of initial"),
        ({"commune_code": "99999"}, "commune_code «99999» is no commune of today"),
        ({"commune_code": ""}, "commune_code must not be empty"),
        ({"latitude": "2.1"}, "latitude «2.1» is not in Vietnam"),
        ({"latitude": "nan"}, "latitude «nan» is not in Vietnam"),
        ({"latitude": ""}, "latitude and longitude belong together"),
        ({"has_contract": "x"}, "has_contract «x» is neither yes nor no."),
        ({"contract_from": "01/01/2026"}, "contract_from «01/01/2026» is no day"),
        ({"contract_to": "2025-01-01"}, "contract_to is before contract_from."),
        ({"valid_to": "2019-01-01"}, "valid_to is before valid_from."),
        ({"phone": "gọi chị Lan"}, "phone «GỌI CHỊ LAN» is no such code"),
        ({"successors": "01998"}, "successors: «01998» is no other entry"),
        ({"successors": "01999"}, "successors: «01999» is no other entry"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_applied(
    written: Written, other: dict[str, str], sentence: str
) -> None:
    path = written({"code": "01998"} if "successors" not in other else {"code": "01997"}, other)

    _, wrong = run(path, "--apply")

    assert f"{path}:3: {sentence}" in wrong
    assert "Nothing was changed: the file has 1 fault(s)." in wrong
    assert not Facility.objects.filter(code__in=["01997", "01998", "01999"]).exists()


def test_every_fault_of_a_file_is_told_at_once(written: Written) -> None:
    _, wrong = run(written({"code": "x", "kind": "y"}, {"level": "z"}, {}, {}))
    assert [line.split(":")[1] for line in wrong.splitlines()[:4]] == ["2", "2", "3", "5"]
    assert "code «01999» stands in line 4 already." in wrong


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (",".join(FACILITIES.header) + "\n", "0: The file has no rows"),
        ("code,kind,tên\n", "1: The first line must be: code,name,kind"),
        (",".join(["x"] * 1_000_000), "1: The first line must be: code,name,kind"),
        (
            ",".join(FACILITIES.header) + '\n01999,"a"b\n01998,x\n',
            "2: This is no CSV: after a closing double quote",
        ),
        (
            ",".join(FACILITIES.header) + '\n\n01999,"' + "x\n" * 99_999,
            "3: This is no CSV: a double quote that opens in this line",
        ),
        ("code;name\n", "1: The first line must be: code,name,kind"),
        (",".join(FACILITIES.header) + "\n01999,Bệnh viện\n", "2: This line has 2 fields"),
        (",".join(FACILITIES.header) + '\n"01999,x\n', "2: This is no CSV"),
    ],
)
def test_a_file_of_another_shape_is_refused(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    assert f"{path}:{sentence}" in run(path, "--apply")[1]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"\xef\xbb\xbf \r\n", "The file is empty"),
        ("code,name".encode("utf-16"), "saved as UTF-16"),
        ("code,name".encode("utf-16-le"), "saved as UTF-16"),
        (b"code\nB\xea\xf2nh vi\xea\xf2n", "not in UTF-8: line 2"),
        (b"PK\x03\x04rest", "a workbook or an archive"),
    ],
)
def test_a_file_that_is_no_text_of_ours_is_refused_with_what_to_do(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(content)
    assert sentence in run(path)[1]


def test_a_file_that_is_missing_or_a_folder_is_told_plainly(tmp_path: Path) -> None:
    none = tmp_path / "none.csv"
    assert run(none)[1] == f"{none} cannot be opened: No such file or directory."
    assert run(tmp_path)[1] == f"{tmp_path} cannot be opened: Is a directory."


def test_a_line_is_named_after_a_line_break_inside_of_quotes(written: Written) -> None:
    path = written({"address": "Số 1\nphố Huế"}, {"code": "x"})
    assert f"{path}:4: code «X»" in run(path)[1]


def test_the_demo_goes_when_the_real_list_comes_and_stays_away(written: Written) -> None:
    said, _ = run(written(), "--apply", "--without-demo")

    assert "demo entries removed: 4080" in said
    assert list(Facility.objects.values_list("code", flat=True)) == ["01999"]
    DataSet.objects.filter(name="facilities").update(fingerprint="another")
    commands.load_facilities(by=commands.Actor.system("tests"))
    assert Facility.objects.count() == 1


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_what_is_exported_can_be_imported_again(tmp_path: Path, name: str) -> None:
    Employer.objects.create(
        code="TZ0001Z", name='Công ty "A, B"', wage_region=2, founded_on=date(2001, 2, 3)
    )
    path = tmp_path / f"{name}.csv"
    call_command("export_directory", name, str(path), stdout=io.StringIO())
    sheet = SHEETS[name]

    known = list(sheet.model._default_manager.values_list("pk", flat=True))
    rows, faults = read(path.read_text(encoding="utf-8"), sheet, known)

    assert faults == []
    assert len(rows) == len(known) > 0


def test_agencies_are_changed_by_a_file_but_neither_made_nor_ended(tmp_path: Path) -> None:
    path = tmp_path / "agencies.csv"
    header = ",".join(AGENCIES.header)
    line = "00114,BHXH cơ sở Thanh Trì,BHXH huyện Thanh Trì,Số 9 đường Mới,20.94,105.85,024 1"
    path.write_text(f"{header}\n{line}23 4567\n09999,Lạ,,,,,\n", encoding="utf-8")
    assert ":3: code «09999» is no agency" in run(path, "--apply", name="agencies")[1]

    path.write_text(f"{header}\n{line}23 4567\n", encoding="utf-8")
    assert "changed: 1 00114" in run(path, "--apply", name="agencies")[0]
    row = Agency.objects.get(code="00114")
    assert (row.address, row.level, row.parent_id) == ("Số 9 đường Mới", "office", "001")


def test_points_and_employers_have_faults_of_their_own() -> None:
    point = "00114-X,Điểm,post,99999,Số 1,00004,,,,,no,no,,,,"
    employer = "TA1,Cty,123,Số 1,00004,,,,5,,,,"

    _, of_point = read(",".join(POINTS.header) + "\n" + point, POINTS, [])
    _, of_employer = read(",".join(EMPLOYERS.header) + "\n" + employer, EMPLOYERS, [])

    assert [fault.sentence.split(" ")[0] for fault in of_point] == [
        "agency_code", "collects_voluntary",
    ]  # fmt: skip
    assert [fault.sentence.split(" ")[0] for fault in of_employer] == [
        "code", "tax_code", "wage_region",
    ]  # fmt: skip
    assert CollectionPoint.objects.filter(code="00114-X").count() == 0


def test_entries_that_would_follow_themselves_are_refused_by_line(written: Written) -> None:
    Facility.objects.filter(code="01001").update(successors="01998")
    over = {"valid_to": "2026-01-01"}
    path = written(
        {"code": "01997"},
        {"code": "01998", "successors": "01999", **over},
        {"successors": "01001", **over},
    )

    _, wrong = run(path, "--apply")

    assert "successors: they lead back to «01998»." in wrong
    assert "successors: they lead back to «01999»." in wrong
    assert "01997" not in wrong
    assert not Facility.objects.filter(code="01998").exists()
