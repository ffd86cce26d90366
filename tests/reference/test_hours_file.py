"""The file of opening hours: checked as a whole, tried first, put in place of what there was."""

import io
from datetime import UTC, date, datetime, time
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from vssid.audit.models import Event
from vssid.reference import directory
from vssid.reference.hours import commands, files
from vssid.reference.hours.queries import SpecialRun, WeekRun, hours_of
from vssid.reference.hours.rules import USUAL, Span
from vssid.reference.models import SpecialDay, WeeklyHours

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fresh_directory")]

HEADER = "row,agency,day,opens,closes,from,to,reason"
GOOD = (
    "weekly,*,T2-T6,08:00,12:00,2025-07-01,,",
    "weekly,*,T2-T6,13:00,17:00,2025-07-01,,",
    "weekly,00114,T2,07:00,11:00,2025-07-01,2026-12-31,",
    "closed,*,,,,2027-02-05,2027-02-11,Tết Nguyên đán",
    "open,001,,07:30,11:30,2026-12-05,,Làm bù",
)
FRIDAY = datetime(2026, 11, 27, 2, 0, tzinfo=UTC)


def written(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "hours.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def run(*given: str) -> str:
    out = io.StringIO()
    call_command("opening_hours", *given, stdout=out, stderr=out)
    return out.getvalue()


def take(folder: Path, *rows: str) -> str:
    return run("import", str(written(folder, *rows)), "--apply")


def test_a_trial_says_what_would_change_and_changes_nothing(tmp_path: Path) -> None:
    said = run("import", str(written(tmp_path, *GOOD)))
    assert "+ closed,*,,,,2027-02-05,2027-02-11,Tết Nguyên đán" in said
    assert "0 rows go, 13 come." in said
    assert "Nothing was changed." in said
    assert not WeeklyHours.objects.exists()
    assert not SpecialDay.objects.exists()


def test_applied_it_counts_at_once_and_leaves_one_event(tmp_path: Path) -> None:
    assert hours_of("00114", FRIDAY).week[0].spans == USUAL
    take(tmp_path, *GOOD)
    directory.forget()
    other = hours_of("00103", FRIDAY)
    both = (Span(time(8), time(12)), Span(time(13), time(17)))
    assert other.week == (WeekRun(1, 5, both), WeekRun(6, 7, ()))
    swap = SpecialRun(
        date(2026, 12, 5), date(2026, 12, 5), (Span(time(7, 30), time(11, 30)),), "Làm bù"
    )
    assert other.special == (swap,)
    assert hours_of("00114", FRIDAY).week[0] == WeekRun(1, 1, (Span(time(7), time(11)),))
    event = Event.objects.get(act="reference.hours")
    assert event.details == {"removed": 0, "added": 13}


def test_what_was_exported_and_taken_back_changes_nothing(tmp_path: Path) -> None:
    take(tmp_path, *GOOD)
    path = tmp_path / "again.csv"
    path.write_text(run("export"), encoding="utf-8")
    assert "The file says what counts already." in run("import", str(path), "--apply")
    assert Event.objects.filter(act="reference.hours").count() == 1


def test_rows_that_the_file_leaves_out_go(tmp_path: Path) -> None:
    take(tmp_path, *GOOD)
    said = take(tmp_path, *GOOD[:2])
    assert "- open,001,,07:30,11:30,2026-12-05,2026-12-05,Làm bù" in said
    assert "3 rows go, 0 come." in said
    assert not SpecialDay.objects.exists()


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("weekly,*,T8,08:00,12:00,2025-07-01,,", "«T8» is no weekday: write T2, T3"),
        ("weekly,*,T6-T2,08:00,12:00,2025-07-01,,", "«T6-T2» goes backwards."),
        ("weekly,*,T2,8:00,12:00,2025-07-01,,", "«8:00» is no time of the day"),
        ("weekly,*,T2,08:00,24:00,2025-07-01,,", "«24:00» is no time of the day"),
        ("weekly,*,T2,,12:00,2025-07-01,,", "«» is no time of the day"),
        ("weekly,*,T2,12:00,08:00,2025-07-01,,", "closes at 08:00, not after it opens at 12:00"),
        ("weekly,*,T2,08:00,12:00,01/07/2025,,", "«01/07/2025» is no date: write it as 2026-12"),
        ("weekly,*,T2,08:00,12:00,,,", "«» is no date"),
        ("weekly,*,T2,08:00,12:00,2025-07-01,2025-06-30,", "ends on 2025-06-30, before it begins"),
        ("weekly,*,T2,08:00,12:00,2025-07-01,,Vì sao", "leaves the column «reason» empty"),
        ("weekly,*,T2,11:00,13:00,2026-01-01,,", "Overlaps line 2."),
        ("weekly,,T2,08:00,12:00,2025-07-01,,", "Name the agency by its code, or * for all."),
        ("weekly,99999,T2,08:00,12:00,2025-07-01,,", "No agency has the code 99999."),
        ("closed,*,T2,,,2027-01-04,,Nghỉ", "leaves the column «day» empty"),
        ("closed,*,,08:00,,2027-01-04,,Nghỉ", "A row «closed» has no times"),
        ("closed,*,,,,2027-01-04,,", "Say the reason in at most 100 letters"),
        ("closed,*,,,,2027-02-08,,Tết", "Says other of days that line 5 names already."),
        ("open,001,,08:00,09:00,2026-12-05,,Làm bù", "Says other of days that line 6 names"),
        ("gio,*,T2,08:00,12:00,2025-07-01,,", "«gio» is no row: it is one of weekly"),
        ("weekly,*,T2,08:00,12:00", "This line has 5 fields; there must be 8."),
        ('closed,*,,,,2027-01-04,,"Nghỉ', "This is no CSV"),
    ],
)
def test_a_faulty_row_is_named_by_its_line(tmp_path: Path, row: str, words: str) -> None:
    path = written(tmp_path, *GOOD, row)
    out = io.StringIO()
    with pytest.raises(CommandError, match="Nothing was changed"):
        call_command("opening_hours", "import", str(path), "--apply", stdout=out, stderr=out)
    assert f"hours.csv:{len(GOOD) + 2}: " in out.getvalue()
    assert words in out.getvalue()
    assert not WeeklyHours.objects.exists()


def test_files_that_are_none_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "hours.csv"
    path.write_bytes(b"\xff\xfe\x00row")
    for one in (path, tmp_path / "khong-co.csv"):
        with pytest.raises(CommandError, match="cannot be read"):
            run("import", str(one))
    _, faults = files.parse("# chưa có gì")
    assert [fault.line for fault in faults] == [0]
    _, faults = files.parse("agency,day")
    assert "must name the columns" in faults[0].sentence


def test_nothing_is_changed_when_the_event_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "record_event", Mock(side_effect=RuntimeError("power")))
    with pytest.raises(RuntimeError, match="power"), transaction.atomic():
        take(tmp_path, *GOOD)
    assert not WeeklyHours.objects.exists()


@pytest.mark.parametrize(
    ("weekday", "opens", "closes"), [(0, 8, 12), (8, 8, 12), (1, 12, 8), (1, 8, 8)]
)
def test_the_database_refuses_impossible_hours(weekday: int, opens: int, closes: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        WeeklyHours.objects.create(
            weekday=weekday, opens=time(opens), closes=time(closes), valid_from=date(2026, 1, 1)
        )


def test_special_days_are_closed_or_open_not_half() -> None:
    days = {"first_day": date(2026, 1, 2), "last_day": date(2026, 1, 2), "reason": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        SpecialDay.objects.create(**days, opens=time(8))
