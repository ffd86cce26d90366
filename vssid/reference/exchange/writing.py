"""Writes a directory as the CSV file that its import reads."""

import csv
from typing import TextIO

from vssid.reference.exchange.cells import guarded
from vssid.reference.exchange.sheets import Sheet


def write(sheet: Sheet, out: TextIO, *, without_demo: bool = False) -> int:
    """Write every entry by code, the ended ones too; returns how many.

    A cell that a spreadsheet would run has an apostrophe before it, which the import takes away.
    """
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(sheet.header)
    rows = sheet.model._default_manager.order_by("code")
    if without_demo:
        rows = rows.exclude(**{sheet.mark: True})
    count = 0
    for row in rows.iterator(chunk_size=2000):
        cells = (column.write(getattr(row, column.name)) for column in sheet.columns)
        writer.writerow(map(guarded, cells))
        count += 1
    return count
