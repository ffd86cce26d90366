"""Opening hours in words, on the pages that name an office."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import translation

from tests.factories import THANH_TRI, a_draft
from tests.web.visiting import text_of, with_draft
from vssid.audit.actors import Actor
from vssid.kernel.clock import utc_now
from vssid.reference import directory
from vssid.reference.hours import commands, files
from vssid.registration.commands import filing
from vssid.web.citizen.office_hours import HoursShown, hours_shown

pytestmark = pytest.mark.django_db
HEADER = ",".join(files.COLUMNS)
WEEK = "Thứ Hai – thứ Sáu: 07:30–11:30, 13:30–17:00"


def shown(*moment: int) -> HoursShown:
    return hours_shown(THANH_TRI, datetime(*moment, tzinfo=UTC))  # type: ignore[misc] # year first


def _said(answer: object) -> str:
    """What a page says, whatever keeps its lines together."""
    return text_of(answer).replace("\u2060", "")


def put(*rows: str) -> None:
    found, faults = files.parse("\n".join((HEADER, *rows)))
    assert not faults
    commands.replace_hours(rows=found, by=Actor.system("tests"), now=utc_now())
    directory.forget()


@pytest.fixture
def _clean_memory() -> Iterator[None]:
    yield
    directory.forget()


@pytest.mark.parametrize(
    ("moment", "state", "again"),
    [
        ((2026, 11, 30, 1, 0), "Đang mở cửa đến 11:30", ""),
        ((2026, 11, 30, 5, 0), "Ngoài giờ làm việc", "Mở lại lúc 13:30 hôm nay."),
        ((2026, 11, 28, 5, 0), "Ngoài giờ làm việc", "Mở lại lúc 07:30 thứ Hai 30/11/2026."),
        (
            (2026, 9, 2, 3, 0),
            "Nghỉ: Quốc khánh",
            "Mở lại lúc 07:30 thứ Năm 03/09/2026.",
        ),
    ],
)
def test_open_and_closed_in_words(moment: tuple[int, ...], state: str, again: str) -> None:
    found = shown(*moment)
    assert (found.state, found.again, found.week) == (state, again, (WEEK,))


def test_days_unlike_the_week_are_told_a_month_ahead() -> None:
    assert shown(2026, 8, 20, 3).special == ("02/09/2026: nghỉ (Quốc khánh)",)
    assert shown(2026, 7, 1, 3).special == ()


def test_english_says_the_same() -> None:
    with translation.override("en"):
        found = shown(2026, 11, 28, 5)
        holiday = shown(2026, 9, 2, 3)
    assert found.state == "Outside office hours"
    assert found.again == "Opens again at 07:30 on Monday 30/11/2026."
    assert found.week == ("Monday – Friday: 07:30–11:30, 13:30–17:00",)
    assert holiday.state == "Closed today: National Day"


@pytest.mark.usefixtures("_clean_memory")
def test_what_an_operator_brings_in_stands_on_every_page(client: Client) -> None:
    put(
        "weekly,00114,T2-CN,00:00,23:59,2025-07-01,,",
        f"closed,00114,,,,{utc_now().year + 1}-01-01,,Sửa trụ sở",
    )
    found = _said(client.get(f"/tra-cuu/co-quan-bhxh/{THANH_TRI}/"))
    assert "Thứ Hai – Chủ nhật: 00:00–23:59" in found
    draft = a_draft()
    filing.file_declaration(draft_id=draft, now=utc_now())
    done = _said(with_draft(draft).get("/dang-ky/da-ghi-nhan/"))
    assert "Thứ Hai – Chủ nhật: 00:00–23:59" in done
