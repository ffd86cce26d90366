"""Every table says how personal it is, and a person's rows stay with the person."""

from collections.abc import Iterator, Sequence
from typing import Any

import pytest
from django.apps import apps
from django.db import models

from vssid.kernel.privacy import Privacy
from vssid.people.fields import NumberField

KEY_TABLES = {
    "people.IdNumber",
    "people.Household",
    "people.SearchKey",
    "registration.DeclarationCode",
    "insurance.StatementCode",
    "accounts.DisownLink",
    "accounts.PasskeyOwner",
    "support.PetitionCode",
}
"""Small tables that lead from something else to a person's number; looked up in two steps."""

OURS = tuple(model for model in apps.get_models() if model.__module__.startswith("vssid."))


def _key(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of the primary key, in their order."""
    key = model._meta.pk
    fields = getattr(key, "fields", (key,))
    return tuple(str(field.column) for field in fields)


def _fields(model: type[models.Model]) -> list[Any]:
    """The columns of a table; their own types would not tell more."""
    return list(model._meta.concrete_fields)


def _is_number(field: Any) -> bool:
    """Whether a column holds a person's number, by itself or by pointing at one that does."""
    if isinstance(field, models.ForeignKey):
        return field.column == "number" and _is_number(field.target_field)
    return isinstance(field, NumberField)


def _numbers(model: type[models.Model]) -> list[str]:
    return [str(field.column) for field in _fields(model) if _is_number(field)]


def _person_tables() -> Iterator[type[models.Model]]:
    for model in OURS:
        if _numbers(model) and model._meta.label not in KEY_TABLES:
            yield model


PERSON_TABLES = tuple(_person_tables())


SPREAD = tuple(
    model
    for model in OURS
    if model in PERSON_TABLES or (len(_key(model)) > 1 and model._meta.app_label != "reference")
)
"""Tables that may be spread over machines by the first column of their key."""


def _columns(model: type[models.Model], names: Sequence[str]) -> set[str]:
    return {str(field.column) for field in _fields(model) if field.name in names}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_model_states_how_personal_each_field_is(model: type[models.Model]) -> None:
    stated = model.privacy  # type: ignore[attr-defined] # the convention under test
    assert set(stated) == {field.name for field in _fields(model)}
    assert {type(value) for value in stated.values()} == {Privacy}


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_secret_fields_are_never_called_public(model: type[models.Model]) -> None:
    stated = model.privacy  # type: ignore[attr-defined] # the convention under test
    for field in _fields(model):
        if {"password", "secret", "digest"} & set(field.name.split("_")) and not isinstance(
            field, models.DateTimeField | models.BooleanField
        ):
            assert stated[field.name] is Privacy.SECRET, field.name


def test_there_are_person_tables() -> None:
    labels = {model._meta.label for model in PERSON_TABLES}
    assert {"people.Person", "accounts.Account", "registration.Declaration"} <= labels


@pytest.mark.parametrize("model", PERSON_TABLES, ids=lambda model: model._meta.label)
def test_person_tables_are_led_by_the_number(model: type[models.Model]) -> None:
    assert _key(model)[0] in _numbers(model)


@pytest.mark.parametrize("model", SPREAD, ids=lambda model: model._meta.label)
def test_unique_constraints_carry_the_leading_column(model: type[models.Model]) -> None:
    leading = _key(model)[0]
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            assert leading in _columns(model, constraint.fields), constraint.name
    loose = [field.name for field in _fields(model) if field.unique and not field.primary_key]
    assert loose == []


@pytest.mark.parametrize("model", PERSON_TABLES, ids=lambda model: model._meta.label)
def test_number_has_no_index_beside_the_key(model: type[models.Model]) -> None:
    leading = _key(model)[0]
    for field in _fields(model):
        if field.column == leading and not field.primary_key:
            assert not field.db_index, field.name


def test_every_number_has_the_one_type() -> None:
    odd = [
        f"{model._meta.label}.{field.name}"
        for model in PERSON_TABLES
        for field in _fields(model)
        if field.column == "number" and not _is_number(field)
    ]
    assert odd == []


@pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)
def test_ids_of_rows_are_made_by_us(model: type[models.Model]) -> None:
    """Nobody may count people or declarations by reading ids."""
    counted = [
        field.name
        for field in _fields(model)
        if isinstance(field, models.AutoField) and model._meta.label not in {"staff.Officer"}
    ]
    assert counted == []
