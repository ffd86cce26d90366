"""Categories, answer texts and the hotline's hours: data that an agency may replace."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from vssid.kernel.clock import VIETNAM
from vssid.support import catalogue
from vssid.support.hours import Row, hours
from vssid.support.models import Petition

DATA = dict.fromkeys(catalogue.FIELDS, "x")


def test_every_category_has_both_languages_and_a_day() -> None:
    longest = Petition._meta.get_field("category").max_length or 0
    for code, one in catalogue.categories().items():
        assert len(code) <= longest
        assert one.vietnamese
        assert one.english
        assert 1 <= one.days <= 30


def test_errors_in_the_record_are_not_on_the_form() -> None:
    assert catalogue.REPORTED in catalogue.categories()
    assert catalogue.REPORTED not in {one.code for one in catalogue.on_form()}


def test_label_follows_the_language_and_the_kind_stands_in() -> None:
    assert catalogue.label_of("gop-y", "question") == "Góp ý cho VssID"
    with translation.override("en"):
        assert catalogue.label_of("gop-y", "question") == "Suggestions for VssID"
    assert catalogue.label_of("da-bo", "complaint") == "Khiếu nại, kiến nghị"


def test_every_answer_text_is_filled_in_and_names_known_categories() -> None:
    for one in catalogue.answer_texts(""):
        assert set(one.categories) <= set(catalogue.categories())
        assert "{" not in catalogue.filled_in(one.code, DATA)
    assert catalogue.filled_in("khong-co", DATA) == ""


def test_texts_of_the_category_come_first() -> None:
    assert catalogue.answer_texts("don-vi")[0].code == "don-vi-cham-dong"


def test_agency_puts_its_own_categories_in_place(tmp_path: Path, settings: Any) -> None:
    own = tmp_path / "viec.toml"
    own.write_text('[dat-dai]\nvi = "Đất"\nen = "Land"\nkind = "question"\n', encoding="utf-8")
    settings.VSSID_PETITION_CATEGORIES = own
    settings.VSSID_PETITION_DUE_DAYS = 7
    (only,) = catalogue.on_form()
    assert (only.code, only.days) == ("dat-dai", 7)


ALWAYS: Row = (1, 7, "00:00", "24:00")
OFFICE: list[Row] = [(1, 5, "07:30", "17:30"), (6, 6, "07:30", "11:30")]


@pytest.mark.parametrize(
    ("rows", "when", "is_open"),
    [
        ([ALWAYS], datetime(2026, 11, 29, 23, 59, tzinfo=VIETNAM), True),
        (OFFICE, datetime(2026, 11, 27, 7, 30, tzinfo=VIETNAM), True),
        (OFFICE, datetime(2026, 11, 27, 17, 30, tzinfo=VIETNAM), False),
        (OFFICE, datetime(2026, 11, 28, 12, 0, tzinfo=VIETNAM), False),
        (OFFICE, datetime(2026, 11, 29, 9, 0, tzinfo=VIETNAM), False),
    ],
)
def test_hotline_is_open_in_its_hours(rows: list[Row], when: datetime, is_open: bool) -> None:  # noqa: FBT001 - a column of the table
    assert hours(rows, when).is_open is is_open
