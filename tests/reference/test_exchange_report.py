"""What a file changes: entry by entry, with warnings, and what stays as it is."""

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from vssid.audit.actors import Actor
from vssid.reference.exchange import commands
from vssid.reference.exchange.cells import guarded, unguarded
from vssid.reference.exchange.errors import DirectoryChangedError
from vssid.reference.exchange.queries import report_on
from vssid.reference.exchange.reading import MOST_FAULTS, MOST_ROWS
from vssid.reference.exchange.sheets import EMPLOYERS, FACILITIES, SHEETS
from vssid.reference.exchange.writing import write
from vssid.reference.models import Employer, Facility
from vssid.reference.searching import memory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_directory")]

BY = Actor.system("tests")
NEW = "01999,Bệnh viện Mới,hospital,basic,Số 1,00004,21.03,105.84,,yes,,,no,,,,"


def exported(name: str = "facilities") -> str:
    """A directory as it is downloaded."""
    out = io.StringIO()
    write(SHEETS[name], out)
    return out.getvalue()


def run(tmp_path: Path, text: str, *options: str) -> tuple[str, str]:
    """What the command says, and what it says is wrong or to be looked at."""
    path, out, err = tmp_path / "list.csv", io.StringIO(), io.StringIO()
    path.write_text(text, encoding="utf-8")
    try:
        call_command("import_directory", "facilities", str(path), *options, stdout=out, stderr=err)
    except CommandError as error:
        err.write(str(error))
    memory.forget()
    return out.getvalue(), err.getvalue()


def test_an_exported_file_changes_nothing_and_keeps_the_mark_of_the_demo(tmp_path: Path) -> None:
    demo = Facility.objects.filter(is_derived=True).count()

    said, wrong = run(tmp_path, exported(), "--apply")

    assert (said.splitlines(), wrong) == (["new: 0", "changed: 0", "unchanged: 4080"], "")
    assert Facility.objects.filter(is_derived=True).count() == demo == 4080


@pytest.mark.parametrize("name", sorted(SHEETS))
def test_no_exported_directory_differs_from_itself_or_warns(name: str) -> None:
    text = exported(name)
    if text.count("\n") > 1:
        report, _ = report_on(text, SHEETS[name], without_demo=False)
        assert (list(report.faults), report.warnings, report.compared.changes) == ([], [], ())


def test_only_the_row_with_another_value_becomes_the_operators_own(tmp_path: Path) -> None:
    lines = exported().splitlines()
    mine = lines[-1].split(",")[0]
    text = "\n".join([*lines[:-1], lines[-1].replace("Trạm Y tế", "Trạm y tế")])
    assert text != "\n".join(lines)

    said, _ = run(tmp_path, text, "--apply")

    assert f"changed: 1 {mine}" in said
    assert list(Facility.objects.filter(is_derived=False).values_list("code", flat=True)) == [mine]


def test_the_report_names_each_entry_and_field_with_both_values(tmp_path: Path) -> None:
    run(tmp_path, f"{','.join(FACILITIES.header)}\n{NEW}\n", "--apply")
    other = NEW.replace("Bệnh viện Mới", "Bệnh viện Khác").replace("yes", "no", 1)
    text = f"{','.join(FACILITIES.header)}\n{other}\n{NEW.replace('01999', '01998')}\n"
    path = tmp_path / "report.csv"

    run(tmp_path, text, "--without-demo", "--report", str(path))

    header, *rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    assert header == ["kind", "line", "code", "column", "before", "after", "text"]
    assert rows[:3] == [
        ["changed", "2", "01999", "name", "Bệnh viện Mới", "Bệnh viện Khác", "Bệnh viện Khác"],
        ["changed", "2", "01999", "has_contract", "yes", "no", "Bệnh viện Khác"],
        ["new", "3", "01998", "", "", "", "Bệnh viện Mới"],
    ]
    assert {row[0] for row in rows[3:]} == {"demo-removed"}
    assert len(rows[3:]) == 4080


def test_the_report_names_line_column_and_sentence_of_faults(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    run(
        tmp_path,
        f"{','.join(FACILITIES.header)}\n{NEW.replace('yes', 'x')}\n",
        "--report",
        str(path),
    )
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    sentence = "has_contract «x» is neither yes nor no."
    assert rows[1:] == [["fault", "2", "", "has_contract", "", "", sentence]]
    wrong = run(tmp_path, exported(), "--report", str(tmp_path / "none" / "report.csv"))[1]
    assert "cannot be written: No such file or directory." in wrong


def test_a_place_far_from_its_commune_is_warned_of_and_taken(tmp_path: Path) -> None:
    far = NEW.replace("21.03,105.84", "10.77,106.69")
    said, warned = run(tmp_path, f"{','.join(FACILITIES.header)}\n{far}\n", "--apply")
    assert "list.csv:2: the coordinates are 1.1" in warned
    assert "km away from" in warned
    assert "new: 1 01999" in said
    _, silent = run(tmp_path, f"{','.join(FACILITIES.header)}\n{far}\n")
    assert silent == "", "what is there already and stays is not told again"


def test_faults_and_warnings_are_vietnamese_sentences_on_a_screen() -> None:
    far = NEW.replace("21.03,105.84", "10.77,106.69")
    text = f"{','.join(FACILITIES.header)}\n{far}\n"
    with translation.override("vi"):
        warned, _ = report_on(text, FACILITIES, without_demo=False)
        faulty, _ = report_on(text.replace("hospital", "spital"), FACILITIES, without_demo=False)
    assert warned.warnings[0].sentence.startswith("toạ độ cách Phường Ba Đình 1.1")
    assert faulty.faults[0].sentence.startswith("kind «spital» không dùng được, xin chọn: station")
    assert faulty.faults[0].column == "kind"


@pytest.mark.parametrize("name", ["=1+1", "+84 Co", "-x", "@cmd", "'=1", "''@x", "'quote", "plain"])
def test_what_a_spreadsheet_would_run_comes_back_as_it_was(name: str) -> None:
    assert unguarded(guarded(name)) == name
    assert guarded(name)[0] not in "=+-@"
    Employer.objects.create(code="TZ0001Z", name=name, address=name, wage_region=2, phone="+84 24")

    text = exported("employers")
    report, rows = report_on(text, EMPLOYERS, without_demo=False)

    assert "'+84 24" in text
    assert (list(report.faults), report.compared.changes) == ([], ())
    assert rows[-1].values["name"] == name


def test_a_name_that_a_spreadsheet_would_run_is_warned_of(tmp_path: Path) -> None:
    text = f"{','.join(FACILITIES.header)}\n{NEW.replace('Bệnh viện Mới', '=HYPERLINK(1)')}\n"
    assert "name begins with «=»" in run(tmp_path, text)[1]


def test_files_of_vietnamese_spreadsheets_with_semicolons_are_read() -> None:
    text = f"\ufeff{';'.join(FACILITIES.header)}\r\n{NEW.replace(',', ';')}\r\n"
    report, rows = report_on(text, FACILITIES, without_demo=False)
    assert (list(report.faults), [row.code for row in rows]) == ([], ["01999"])


def test_of_a_file_full_of_faults_or_rows_reading_ends() -> None:
    header = ",".join(FACILITIES.header)
    report, _ = report_on(
        header + "\n" + "x\n" * (MOST_FAULTS + 50), FACILITIES, without_demo=False
    )
    assert len(report.faults) == MOST_FAULTS
    text = header + "\n" + f"{NEW}\n" * (MOST_ROWS + 1)
    report, rows = report_on(text, FACILITIES, without_demo=False)
    assert "100000" in report.faults[0].sentence
    assert rows == []


def test_what_was_agreed_to_is_not_applied_to_another_directory(tmp_path: Path) -> None:
    text = f"{','.join(FACILITIES.header)}\n{NEW}\n"
    report, rows = report_on(text, FACILITIES, without_demo=False)
    run(tmp_path, text.replace("Số 1", "Số 2"), "--apply")
    agreed = {"sheet": FACILITIES, "rows": rows, "by": BY, "without_demo": False, "keep": True}

    with pytest.raises(DirectoryChangedError):
        commands.apply_rows(**agreed, seen=report.compared.digest)

    assert Facility.objects.get(code="01999").address == "Số 2"
    again, rows = report_on(text, FACILITIES, without_demo=False)
    commands.apply_rows(**{**agreed, "rows": rows}, seen=again.compared.digest)
    assert Facility.objects.get(code="01999").address == "Số 1"


def test_days_and_empty_cells_are_compared_as_they_are_written() -> None:
    Employer.objects.create(code="TZ1", name="A", wage_region=2, founded_on=date(2001, 2, 3))
    Employer.objects.create(code="TZ2X", name="B  C", wage_region=2)
    text = "\n".join(line for line in exported("employers").splitlines() if "TZ1" not in line)
    report, _ = report_on(text, EMPLOYERS, without_demo=False)
    assert (list(report.faults), report.compared.changes) == ([], ())
