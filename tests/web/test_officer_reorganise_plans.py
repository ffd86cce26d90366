"""Plans of a reorganisation that are refused: the whole plan, each fault by its line."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from unittest.mock import Mock

import pytest
from django.core.management import CommandError
from django.db import connection

from tests.factories import HAI_BA_TRUNG, THANH_TRI, an_officer
from tests.web.reorganising import (
    BA_DINH,
    DECISION,
    HEADER,
    communes,
    complaints,
    dump,
    lines,
    run,
    today,
    written,
)
from vssid.reference import directory
from vssid.reference.models import Reorganisation
from vssid.reference.reorganising import commands
from vssid.web.officer.management.commands import reorganise

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pauses(monkeypatch: pytest.MonkeyPatch) -> Iterator[Mock]:
    """Nobody waits, and nothing of it stays in the memory of the process."""
    slept = Mock()
    monkeypatch.setattr(reorganise.time, "sleep", slept)
    directory.forget()
    yield slept
    directory.forget()


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    return written(tmp_path, lines())


def _line_with(rows: list[str], text: str) -> int:
    return next(number for number, row in enumerate(rows, 1) if text in row)


def _refused(folder: Path, rows: list[str], line: int, words: str) -> None:
    before = dump()
    said = complaints(written(folder, rows), apply=True)
    assert re.search(rf"plan\.csv:{line}: [^\n]*{re.escape(words)}", said), said
    assert "CommandError: Nothing was changed" in said
    assert dump() == before


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("commune,00114,99999,00103,,", "No commune of today has the code 99999."),
        ("commune,00114,00004,00103,,", "[00114] does not serve 00004 Phường Ba Đình: [00101]"),
        ("officer,00114,khong.co,00103,,", "No officer has the user name khong.co."),
        ("officer,00114,noi.khac,00103,,", "works at [00101], not at [00114]"),
        ("officer,00114,o.day,99999,,", "No agency has the code 99999."),
        ("officer,00114,o.day,00114,,", "[00114] cannot be its own successor."),
        ("officer,00102,o.day,00103,,", "[00102] does not end: it has no row «office»."),
        ("office,00114,,00101,2030-01-01,QĐ", "[00114] ends in line 2 already."),
        ("office,00102,,00101,2030-01-01,QĐ", "end on one day by one decision"),
        ("office,00102,,00101,01/08/2026,QĐ", "«01/08/2026» is no day: write it as 2026-07-01."),
        ("office,00102,,00101,2030-01-01,", "Name the law or decision"),
        ("office,00102,,,2030-01-01,QĐ", "Name the office that ends and its successor"),
        ("office,00102,x,00101,2030-01-01,QĐ", "leaves the column «what» empty"),
        ("commune,00114,,00103,,", "fills in office, what and successor, no more"),
        ("xa,00114,00004,00103,,", "«xa» is no row"),
        ("office,00102,,00101,2030-01-01,QĐ 1, ngày 2", "This line has 7 fields"),
        ('office,00102,,00101,2030-01-01,"QĐ', "This is no CSV"),
    ],
)
def test_a_faulty_row_is_named_by_its_line(tmp_path: Path, row: str, words: str) -> None:
    an_officer(user_name="noi.khac", office=BA_DINH)
    an_officer(user_name="o.day")
    rows = lines(row)
    _refused(tmp_path, rows, len(rows), words)


def test_an_unknown_office_is_refused(tmp_path: Path) -> None:
    rows = lines(f"office,99998,,{BA_DINH},{today()},QĐ", decision="QĐ")
    _refused(tmp_path, rows, len(rows), "No agency has the code 99998.")


def test_a_commune_twice_is_refused(tmp_path: Path) -> None:
    rows = lines(f"commune,{THANH_TRI},{communes()[1]},{BA_DINH},,")
    _refused(tmp_path, rows, len(rows), "is given in line 4 already.")


def test_a_commune_left_without_an_office_is_refused(tmp_path: Path) -> None:
    left = communes()[-1]
    _refused(tmp_path, lines()[:-1], 2, f"would have no office: {left} ")


def test_an_unknown_successor_is_refused(tmp_path: Path) -> None:
    rows = [row.replace(BA_DINH, "99997") for row in lines()]
    _refused(tmp_path, rows, 3, "No agency has the code 99997.")


def test_a_day_in_the_past_is_refused(tmp_path: Path) -> None:
    rows = lines(day=today() - timedelta(days=1))
    _refused(tmp_path, rows, 2, "is past: a plan takes effect today or later.")


@pytest.mark.parametrize(
    ("successor", "words"),
    [(THANH_TRI, "this is a circle"), (BA_DINH, "name the office that stays")],
)
def test_a_successor_that_ends_itself_is_refused(
    tmp_path: Path, successor: str, words: str
) -> None:
    rows = [
        *lines(decision="QĐ"),
        f"office,{HAI_BA_TRUNG},,{successor},{today()},QĐ",
        *(f"commune,{HAI_BA_TRUNG},{code},{successor},," for code in communes(HAI_BA_TRUNG)),
    ]
    line = _line_with(rows, f"office,{HAI_BA_TRUNG}")
    _refused(tmp_path, rows, 2, f"[{HAI_BA_TRUNG}] ends by this plan itself (line {line}): {words}")


def test_an_office_that_ended_cannot_end_or_take_over(tmp_path: Path) -> None:
    run(written(tmp_path, lines()), apply=True)
    rows = [
        HEADER,
        f"office,{THANH_TRI},,{BA_DINH},{today()},QĐ",
    ]
    _refused(tmp_path, rows, 2, "[00114] has ended already; its work is done by 00103, 00101.")
    rows[1] = f"office,00102,,{THANH_TRI},{today()},QĐ"
    _refused(tmp_path, rows, 2, "[00114] has ended already")


def test_another_plan_waits_for_the_unfinished_one(tmp_path: Path) -> None:
    run(written(tmp_path, lines()), apply=True)
    Reorganisation.objects.update(finished_at=None)
    rows = [
        HEADER,
        f"office,00102,,{BA_DINH},{today()},QĐ",
        *(f"commune,00102,{code},{BA_DINH},," for code in communes("00102")),
    ]
    _refused(tmp_path, rows, 0, f"The plan by «{DECISION}» was begun and is not finished.")


def test_a_wrong_first_line_and_an_empty_plan_are_refused(tmp_path: Path) -> None:
    _refused(tmp_path, lines()[1:], 1, "The first line must name the columns: row,office,what")
    _refused(tmp_path, ["# chưa có gì"], 0, "The plan ends no office")


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "plan.csv"
    path.write_bytes(b"\xff\xfe\x00row")
    with pytest.raises(CommandError, match="cannot be read"):
        run(path)
    with pytest.raises(CommandError, match="cannot be read"):
        run(tmp_path / "khong-co.csv")


def test_a_plan_is_applied_on_its_day_and_tried_before(tmp_path: Path) -> None:
    path = written(tmp_path, lines(day=today() + timedelta(days=1)))
    before = dump()
    assert "Nothing was changed." in run(path)
    with pytest.raises(CommandError, match="apply the plan on its day"):
        run(path, apply=True)
    assert dump() == before


def test_only_one_reorganises_at_a_time(plan: Path) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [commands.LOCK])
        with pytest.raises(CommandError, match="Another reorganisation is running"):
            run(plan, apply=True)
        # A closed connection lets go some time after it was closed.
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [commands.LOCK])
    finally:
        other.close()
    run(plan, apply=True)
