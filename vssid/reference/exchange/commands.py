"""Puts a file of a directory into its table, all of it or nothing.

At a screen it is checked first and kept for a day, sealed like every file, so that the very file
that was checked is the one that is applied.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import DatabaseError, transaction

from vssid.audit.actors import Actor
from vssid.audit.commands import record_event
from vssid.files import commands as files
from vssid.kernel.clock import utc_now
from vssid.kernel.text import clean
from vssid.reference import directory
from vssid.reference.commands import mark_changed
from vssid.reference.exchange.comparing import Comparison, Kind, compare
from vssid.reference.exchange.decoding import decode
from vssid.reference.exchange.errors import (
    DirectoryChangedError,
    FileHasFaultsError,
    RowsRefusedError,
)
from vssid.reference.exchange.queries import KEPT_FILE, kept_file, rows_of
from vssid.reference.exchange.reading import Row
from vssid.reference.exchange.sheets import Sheet
from vssid.reference.keys import sort_key_of
from vssid.reference.models import DataSet
from vssid.reference.rows import ERA_TODAY

_BATCH: Final = 2000
_KEPT_FOR: Final = timedelta(days=1)
_LONGEST_NAME: Final = 80


def check_file(
    *, sheet: Sheet, content: bytes, name: str, without_demo: bool, by: Actor, now: datetime
) -> UUID:
    """Keep a file for its report, after a dry run where it has no faults; returns its id.

    `content`: the file as it came, `name`: as it is called. Raises what `decode` raises, and
    RowsRefusedError.
    """
    rows, faults = rows_of(decode(content), sheet)
    if not faults:
        _apply(sheet=sheet, rows=rows, by=by, without_demo=without_demo, keep=False)
    about = {"directory": sheet.name, "name": clean(name)[-_LONGEST_NAME:], "demo": without_demo}
    kept = files.store_file(
        content=json.dumps(about).encode() + b"\n" + content,
        media_type="text/csv",
        purpose=KEPT_FILE,
        by=by,
        delete_after=now + _KEPT_FOR,
    )
    return kept.pk


def apply_file(*, sheet: Sheet, file_id: UUID, seen: str, by: Actor) -> Comparison:
    """Apply a file that `by` had checked, and erase it.

    `seen`: the digest of the comparison that was shown. All or nothing; locks as `apply_rows`.
    Raises FileGoneError, FileHasFaultsError, DirectoryChangedError, RowsRefusedError.
    """
    kept = kept_file(file_id, sheet=sheet, by=by)
    rows, faults = rows_of(kept.text, sheet)
    if faults:
        raise FileHasFaultsError
    with transaction.atomic():
        compared = _apply(
            sheet=sheet, rows=rows, by=by, without_demo=kept.without_demo, keep=True, seen=seen
        )
        files.erase_file(file_id=file_id, by=by)
    return compared


def _apply(**options: Any) -> Comparison:
    try:
        return apply_rows(**options)
    except DatabaseError as error:
        raise RowsRefusedError from error


def apply_rows(
    *,
    sheet: Sheet,
    rows: Sequence[Row],
    by: Actor,
    without_demo: bool,
    keep: bool,
    seen: str | None = None,
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
        if seen is not None and compared.digest != seen:
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
    for start in range(0, len(codes), _BATCH):
        sheet.model._default_manager.filter(pk__in=codes[start : start + _BATCH]).delete()
    mark_changed(name=f"own-{sheet.name}", rows=0)
