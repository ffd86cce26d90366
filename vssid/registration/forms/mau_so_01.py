"""Mẫu số 01, the declaration to register for electronic transactions, as one page to sign.

What the form says follows guides R03 and domain «Mẫu 01 content»; the layout and the sentences are
ours, because the official wording could not be had.
"""

import datetime
from dataclasses import dataclass
from pathlib import Path

from vssid.documents.lettering import printable
from vssid.documents.qr import qr_svg
from vssid.documents.typesetting import Output, typeset
from vssid.files.pictures import shrink
from vssid.kernel.clock import VIETNAM, format_date

LEGAL_BASIS = "5236/VBHN-BLĐTBXH"

_SOURCE = Path(__file__).with_suffix(".typ")
# 6 cm at 300 dots per inch: more would only make the file heavier.
_PORTRAIT_LONGEST_SIDE = 709
_TEXTS = (
    "declaration_code",
    "agency_name",
    "full_name",
    "number",
    "id_number",
    "id_kind",
    "street",
    "commune",
    "district",
    "province",
    "phone",
    "email",
    "place",
    "follow_at",
)


@dataclass(frozen=True, kw_only=True)
class DeclarationForm:
    """What the form shows, as a person should read it (guides R03, R08).

    `filed_at` is aware; the page shows it in Vietnam's time. `hand_in_by` is the last day for the
    paper (R11). Areas stand with their codes: «01 - Thành phố Hà Nội»; `district` is None in
    today's addresses and then has no row. `email` and `portrait` (JPEG) may be missing: a dotted
    line and an empty frame stand there. `place` opens the date line above the signature.
    `follow_address` is where the applicant follows the case; it ends in the code, so that the desk
    reads the code from the same QR. Empty: the QR holds the code alone.
    """

    declaration_code: str
    filed_at: datetime.datetime
    hand_in_by: datetime.date
    agency_name: str
    full_name: str
    number: str
    id_number: str
    id_kind: str
    street: str
    commune: str
    province: str
    phone: str
    place: str
    district: str | None = None
    email: str | None = None
    portrait: bytes | None = None
    follow_address: str = ""

    @property
    def follow_at(self) -> str:
        """The address as one types it: without the code, which stands beside it."""
        return self.follow_address.rstrip("/").rpartition("/")[0].partition("://")[2]


def as_pdf(form: DeclarationForm) -> bytes:
    """The form as PDF/A-2a and PDF/UA-1: one A4 page, however long the fields (guides R09).

    Letters that cannot be printed stand as `?`. Raises `TypesettingError`, and `PhotoDamagedError`
    when the portrait cannot be read.
    """
    return _set(form, output="pdf")


def as_png(form: DeclarationForm, *, ppi: int = 144) -> bytes:
    """The same page as a picture for screens, `ppi` pixels to the inch (144: 1191 × 1684)."""
    return _set(form, output="png", ppi=ppi)


def _set(form: DeclarationForm, *, output: Output, ppi: int = 144) -> bytes:
    # The page's own white stands around the code.
    pictures = {"qr": qr_svg(_code_to_scan(form), quiet_zone=0).encode()}
    if form.portrait is not None:
        pictures["portrait"] = shrink(form.portrait, longest_side=_PORTRAIT_LONGEST_SIDE)
    return typeset(source=_SOURCE, data=_data(form), pictures=pictures, output=output, ppi=ppi)


def _code_to_scan(form: DeclarationForm) -> str:
    return (form.declaration_code and form.follow_address) or form.declaration_code


def _data(form: DeclarationForm) -> dict[str, object]:
    filed = form.filed_at.astimezone(VIETNAM)
    texts = {name: printable(getattr(form, name) or "") or None for name in _TEXTS}
    return {
        **texts,
        "legal_basis": LEGAL_BASIS,
        "filed_on": [filed.year, filed.month, filed.day],
        "filed_text": f"{filed:%H:%M} ngày {format_date(filed)}",
        "hand_in_by": format_date(form.hand_in_by),
        "days_to_hand_in": (form.hand_in_by - filed.date()).days,
    }
