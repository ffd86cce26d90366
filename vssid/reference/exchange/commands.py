"""Puts a file of a directory into its table, all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import models, transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.reference import directory
from vssid.reference.commands import mark_changed
from vssid.reference.exchange.reading import Row
from vssid.reference.exchange.sheets import Sheet
from vssid.reference.keys import sort_key_of
from vssid.reference.rows import ERA_TODAY

_BATCH: Final = 2000


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file changes: codes that are new, those with another value, those that stay."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: int
    demo_removed: int


def apply_rows(
    *, sheet: Sheet, rows: Sequence[Row], by: Actor, without_demo: bool, keep: bool
) -> Outcome:
    """Write the rows of a file that has no faults; entries that it does not name stay.

    `without_demo` removes the demo's rows that the file does not name and keeps later loads from
    bringing them back. Without `keep` all is taken back: a dry run that has seen every constraint.
    One transaction, one audit event.
    """
    with transaction.atomic():
        known = _known(sheet)
        made = {row.code: _values(sheet, row) for row in rows}
        added = tuple(code for code in made if code not in known)
        changed = tuple(
            code for code, values in made.items() if code in known and values != known[code]
        )
        _write(sheet, {code: made[code] for code in (*added, *changed)})
        removed = _remove_demo(sheet, made) if without_demo else 0
        outcome = Outcome(added, changed, len(made) - len(added) - len(changed), removed)
        details = {"directory": sheet.name, "added": len(added), "changed": len(changed)}
        record_event(
            by=by, act="directory.import", subject=sheet.name, details={**details, "demo": removed}
        )
        mark_changed(name=f"csv-{sheet.name}", rows=len(made))
        if not keep:
            transaction.set_rollback(True)
    return outcome


def _known(sheet: Sheet) -> dict[str, dict[str, Any]]:
    names = [*sheet.header, sheet.mark]
    rows = sheet.model._default_manager.values(*names)
    return {row["code"]: row for row in rows}


def _values(sheet: Sheet, row: Row) -> dict[str, Any]:
    """What a file says, and that it is no demo row any more."""
    return {**row.values, sheet.mark: False}


def _write(sheet: Sheet, made: dict[str, dict[str, Any]]) -> None:
    rows = [sheet.model(**values, **_derived(sheet, values)) for values in made.values()]
    if not rows:
        return
    fields = [name for name in sheet.header if name != "code"]
    fields += [sheet.mark, *_derived(sheet, next(iter(made.values())))]
    if sheet.name == "agencies":
        sheet.model._default_manager.bulk_update(rows, fields, batch_size=_BATCH)
        return
    sheet.model._default_manager.bulk_create(
        rows, batch_size=_BATCH, update_conflicts=True, unique_fields=["code"], update_fields=fields
    )


def _derived(sheet: Sheet, values: dict[str, Any]) -> dict[str, Any]:
    """The fields that follow from what a file says."""
    if sheet.name == "employers":
        return {}
    if sheet.name == "agencies":
        return {"sort_key": sort_key_of(values["name"]), "contact_is_public": True}
    commune = directory.current().areas[ERA_TODAY, values["commune_code"]]
    derived: dict[str, Any] = {"province_code": commune.province_code}
    if sheet.name == "facilities":
        derived["sort_key"] = sort_key_of(values["name"])
    return derived


def _remove_demo(sheet: Sheet, made: dict[str, dict[str, Any]]) -> int:
    rows: models.QuerySet[models.Model] = sheet.model._default_manager.filter(**{sheet.mark: True})
    removed, _ = rows.exclude(pk__in=list(made)).delete()
    mark_changed(name=f"own-{sheet.name}", rows=0)
    return removed
