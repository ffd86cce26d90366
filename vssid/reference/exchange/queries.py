"""What a directory holds and what a file says of it, without changing anything."""

import json
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from vssid.audit.actors import Actor
from vssid.files import queries as files
from vssid.files.errors import FileErasedError, FileMissingError
from vssid.reference.exchange.comparing import Kind, compare
from vssid.reference.exchange.decoding import decode
from vssid.reference.exchange.errors import FileGoneError
from vssid.reference.exchange.reading import Fault, Row, read
from vssid.reference.exchange.reporting import Report
from vssid.reference.exchange.sheets import Sheet
from vssid.reference.exchange.warning import warnings_of

KEPT_FILE: Final = "directory-file"


@dataclass(frozen=True, slots=True)
class State:
    """How many entries a directory has, the ended ones too, and how many are the demo's."""

    entries: int
    demo: int


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file that was checked: its name, its text, and whether the demo's entries are to go."""

    name: str
    text: str
    without_demo: bool


def state_of(sheet: Sheet) -> State:
    """What a directory holds now."""
    rows = sheet.model._default_manager.all()
    return State(rows.count(), rows.filter(**{sheet.mark: True}).count())


def report_on(text: str, sheet: Sheet, *, without_demo: bool) -> tuple[Report, list[Row]]:
    """The report on the text of a file in the reader's language, and its rows."""
    rows, faults = rows_of(text, sheet)
    if faults:
        return Report(faults), rows
    compared = compare(sheet, rows, without_demo=without_demo)
    written = (*compared.codes(Kind.NEW), *compared.codes(Kind.CHANGED))
    return Report((), warnings_of(sheet, rows, written), compared), rows


def rows_of(text: str, sheet: Sheet) -> tuple[list[Row], list[Fault]]:
    """The rows of a file and every fault in it, held against the directory as it is now."""
    return read(text, sheet, sheet.model._default_manager.values_list("pk", flat=True))


def kept_file(file_id: UUID, *, sheet: Sheet, by: Actor) -> KeptFile:
    """A file of this directory that `by` had checked.

    Raises FileGoneError for one of somebody else, of another directory, applied or too old;
    FileDamagedError when the store is damaged.
    """
    if not files.is_kept(file_id, purpose=KEPT_FILE, by=f"{by.kind}:{by.name}"):
        raise FileGoneError
    try:
        first, _, content = files.read_file(file_id).partition(b"\n")
    except (FileMissingError, FileErasedError) as error:
        raise FileGoneError from error
    about = json.loads(first)
    if about["directory"] != sheet.name:
        raise FileGoneError
    return KeptFile(about["name"], decode(content), about["demo"])
