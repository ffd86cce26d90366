"""The declaration for a child, as a guardian signs it: one page for each child (guides C02, C03).

The layout and the sentences are ours, as those of Mẫu số 01 are.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from vssid.documents.lettering import printable
from vssid.documents.qr import qr_svg
from vssid.documents.typesetting import Output, typeset
from vssid.files.pictures import shrink
from vssid.kernel.clock import VIETNAM, format_date

_SOURCE = Path(__file__).with_suffix(".typ")
# As for Mẫu số 01: 6 cm at 300 dots per inch.
_PORTRAIT_LONGEST_SIDE = 709
_TEXTS = (
    "declaration_code",
    "agency_name",
    "full_name",
    "number",
    "relation",
    "guardian_name",
    "guardian_number",
    "guardian_paper",
    "address",
    "phone",
    "email",
    "place",
    "paper_to_bring",
)


@dataclass(frozen=True, kw_only=True)
class ChildForm:
    """What the form of one child shows, as a person should read it.

    `filed_at` is aware and shown in Vietnam's time, `hand_in_by` the last day for the paper.
    `full_name`, `number` and `portrait` (JPEG, may be missing) are the child's; `relation` is what
    the guardian is: «Mẹ». `paper_to_bring` proves that: «giấy khai sinh của con». The QR holds
    `follow_address`, which ends in the code, or the code alone when it is empty.
    """

    declaration_code: str
    filed_at: datetime.datetime
    hand_in_by: datetime.date
    agency_name: str
    full_name: str
    number: str
    relation: str
    guardian_name: str
    guardian_number: str
    guardian_paper: str
    address: str
    phone: str
    place: str
    paper_to_bring: str
    email: str = ""
    portrait: bytes | None = None
    follow_address: str = ""


def as_pdf(forms: Sequence[ChildForm]) -> bytes:
    """The forms as one PDF/A-2a and PDF/UA-1, an A4 page for each child: one print job.

    Letters that cannot be printed stand as `?`. Raises `TypesettingError`, also for no form at all
    or one that does not fit its page, and `PhotoDamagedError`.
    """
    return _set(forms, output="pdf")


def as_png(form: ChildForm, *, ppi: int = 144) -> bytes:
    """The page of one child as a picture for screens, `ppi` pixels to the inch."""
    return _set([form], output="png", ppi=ppi)


def _set(forms: Sequence[ChildForm], *, output: Output, ppi: int = 144) -> bytes:
    pictures: dict[str, bytes] = {}
    for place, form in enumerate(forms):
        scanned = form.follow_address or form.declaration_code
        pictures[f"qr-{place}"] = qr_svg(scanned, quiet_zone=0).encode()
        if form.portrait is not None:
            shrunk = shrink(form.portrait, longest_side=_PORTRAIT_LONGEST_SIDE)
            pictures[f"portrait-{place}"] = shrunk
    data = {"forms": [_data(form) for form in forms]}
    return typeset(source=_SOURCE, data=data, pictures=pictures, output=output, ppi=ppi)


def _data(form: ChildForm) -> dict[str, object]:
    filed = form.filed_at.astimezone(VIETNAM)
    return {
        **{name: printable(getattr(form, name)) or None for name in _TEXTS},
        "filed_on": [filed.year, filed.month, filed.day],
        "filed_text": f"{filed:%H:%M} ngày {format_date(filed)}",
        "hand_in_by": format_date(form.hand_in_by),
    }
