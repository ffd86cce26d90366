"""Puts a file of a directory into its table, all of it or nothing."""

from collections.abc import Sequence
from typing import Any, Final

from django.db import transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.kernel.clock import utc_now
from vssid.reference import directory
from vssid.reference.commands import mark_changed
from vssid.reference.exchange.comparing import Comparison, Kind, compare
from vssid.reference.exchange.errors import DirectoryChangedError
from vssid.reference.exchange.reading import Row
from vssid.reference.exchange.sheets import Sheet
from vssid.reference.keys import sort_key_of
from vssid.reference.models import DataSet
from vssid.reference.rows import ERA_TODAY

_BATCH: Final = 2000


def apply_rows(
    *,
    sheet: Sheet,
    rows: Sequence[Row],
    by: Actor,
    without_demo: bool,
    keep: bool,
    seen: str = "",
) -> Comparison:
    """Write what is new or differs in a file that has no faults; entries it does not name stay.

    What is written is no demo entry any more. `without_demo` removes the demo's rows that the file
    does not name and keeps later loads from bringing them back. Without `keep` all is taken back:
    a dry run that has seen every constraint. `seen`: the digest of the comparison that somebody
    agreed to. One transaction, which waits for other imports and loads of this directory; one
    audit event. Raises DirectoryChangedError when another comparison has become true.
    """
    with transaction.atomic():
        _wait_for_others(sheet)
        compared = compare(sheet, rows, without_demo=without_demo)
        if seen and compared.digest != seen:
            raise DirectoryChangedError
        written = {*compared.codes(Kind.NEW), *compared.codes(Kind.CHANGED)}
        _write(sheet, [_values(sheet, row) for row in rows if row.code in written])
        if without_demo:
            _remove(sheet, compared.codes(Kind.DEMO_REMOVED))
        record_event(
            by=by, act="directory.import", subject=sheet.name, details=_details(sheet, compared)
        )
        mark_changed(name=f"csv-{sheet.name}", rows=len(rows))
        if not keep:
            transaction.set_rollback(True)
    return compared


def _wait_for_others(sheet: Sheet) -> None:
    """Lock what a load of this directory locks first."""
    DataSet.objects.get_or_create(
        name=sheet.name, defaults={"fingerprint": "", "row_count": 0, "loaded_at": utc_now()}
    )
    DataSet.objects.select_for_update().get(name=sheet.name)


def _details(sheet: Sheet, compared: Comparison) -> dict[str, object]:
    counts = compared.counts
    return {
        "directory": sheet.name,
        "added": counts[Kind.NEW],
        "changed": counts[Kind.CHANGED],
        "demo": counts[Kind.DEMO_REMOVED],
        "unchanged": compared.unchanged,
    }


def _values(sheet: Sheet, row: Row) -> dict[str, Any]:
    """What a file says, and that it is no demo row any more."""
    return {**row.values, sheet.mark: False}


def _write(sheet: Sheet, made: Sequence[dict[str, Any]]) -> None:
    rows = [sheet.model(**values, **_derived(sheet, values)) for values in made]
    if not rows:
        return
    fields = [name for name in sheet.header if name != "code"]
    fields += [sheet.mark, *_derived(sheet, made[0])]
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


def _remove(sheet: Sheet, codes: Sequence[str]) -> None:
    sheet.model._default_manager.filter(pk__in=codes).delete()
    mark_changed(name=f"own-{sheet.name}", rows=0)
