"""Nothing about a person is forgotten when they take their record with them."""

import re
from functools import cache
from pathlib import Path

import pytest
from django.db import models

from tests.architecture.source import read
from tests.architecture.test_models import OURS, PERSON_TABLES
from vssid.insurance.exporting import BENEFIT, VISIT
from vssid.kernel.privacy import Privacy
from vssid.kernel.tables import Kind
from vssid.people.exporting import ADDRESS, Source
from vssid.web.citizen.export.contents import LOOKS, NOT_HANDED_OUT, SOURCES

DOCUMENT = Path("docs/export.md")
HARMLESS = {Privacy.INTERNAL, Privacy.PUBLIC}
TABLE = re.compile(r"^### `(\w+)`: «(.+)»$")
FIELD = re.compile(r"^\| `(\w+)` \| (.+) \| (\w+) \|$")
LED = {
    "benefits": BENEFIT,
    "benefit_entries": BENEFIT,
    "visits": VISIT,
    "visit_costs": VISIT,
    "issued_papers": VISIT,
}
ADDRESSED = {"person", "account"}


def _privacy(model: type[models.Model]) -> dict[str, Privacy]:
    stated: dict[str, Privacy] = model.privacy  # type: ignore[attr-defined] # the convention
    return stated


def _is_personal(model: type[models.Model]) -> bool:
    return model in PERSON_TABLES or bool(set(_privacy(model).values()) - HARMLESS)


PERSONAL = [model for model in OURS if _is_personal(model) and model._meta.app_label != "reference"]


def test_every_model_about_people_is_handed_out_or_kept_back_with_a_reason() -> None:
    handed_out = {source.model._meta.label for source in SOURCES}
    assert {"people.Person", "insurance.Visit", "accounts.Session"} <= handed_out
    assert handed_out | set(NOT_HANDED_OUT) == {model._meta.label for model in PERSONAL}
    assert handed_out & set(NOT_HANDED_OUT) == set()
    assert all(NOT_HANDED_OUT.values())


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_every_field_is_a_column_or_left_out_with_a_reason(source: Source) -> None:
    columns = {column.name for column in source.columns}
    assert columns | set(source.left_out) == set(_privacy(source.model))
    assert columns & set(source.left_out) == set()
    assert all(source.left_out.values())


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_no_secret_is_handed_out(source: Source) -> None:
    stated = _privacy(source.model)
    assert [one.name for one in source.columns if stated[one.name] is Privacy.SECRET] == []


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_every_list_has_columns_for_paper(source: Source) -> None:
    main = [column for column in source.columns if column.is_main]
    assert bool(main) is not source.is_single
    assert len(main) <= 6
    # Details below a row span the other columns, of which one must be flexible.
    if main and len(main) < len(source.columns):
        assert {one.kind for one in main[1:]} & {Kind.TEXT, Kind.CODE}


@cache
def _documented() -> dict[tuple[str, str], list[tuple[str, str, str]]]:
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = {}
    fields: list[tuple[str, str, str]] = []
    for line in read(DOCUMENT).splitlines():
        if heading := TABLE.match(line):
            fields = found.setdefault((heading[1], heading[2]), [])
        elif field := FIELD.match(line):
            fields.append((field[1], field[2], field[3]))
    return found


def test_every_field_is_documented_with_its_title_and_unit() -> None:
    wanted = {}
    for source in SOURCES:
        led = (LED[source.name],) if source.name in LED else ()
        after = (ADDRESS,) if source.name in ADDRESSED else ()
        columns = (*led, *source.columns, *after)
        wanted[source.name, source.title] = columns
    wanted["looks", "Ai đã xem dữ liệu của bạn"] = LOOKS
    assert _documented() == {
        key: [(one.name, one.title, one.kind.value) for one in columns]
        for key, columns in wanted.items()
    }
