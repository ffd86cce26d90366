"""What a file of a directory says, without changing anything."""

from vssid.reference.exchange.comparing import Kind, compare
from vssid.reference.exchange.reading import Row, read
from vssid.reference.exchange.reporting import Report
from vssid.reference.exchange.sheets import Sheet
from vssid.reference.exchange.warning import warnings_of


def report_on(text: str, sheet: Sheet, *, without_demo: bool) -> tuple[Report, list[Row]]:
    """The report on the text of a file in the reader's language, and its rows."""
    known = sheet.model._default_manager.values_list("pk", flat=True)
    rows, faults = read(text, sheet, known)
    if faults:
        return Report(faults), rows
    compared = compare(sheet, rows, without_demo=without_demo)
    written = (*compared.codes(Kind.NEW), *compared.codes(Kind.CHANGED))
    return Report((), warnings_of(sheet, rows, written), compared), rows
