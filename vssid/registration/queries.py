"""Reads of drafts and declarations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Subquery

from vssid.audit.access import Access
from vssid.audit.commands import with_look
from vssid.files.errors import FileErasedError, FileMissingError
from vssid.files.queries import living, read_file
from vssid.kernel.clock import vietnam_today
from vssid.kernel.phones import display_phone
from vssid.people.models import Person
from vssid.people.reading import read_rows
from vssid.reference import queries as reference
from vssid.registration import errors, reasons, rules
from vssid.registration.answers import Answers
from vssid.registration.forms.mau_so_01 import DeclarationForm
from vssid.registration.links import follow_address
from vssid.registration.models import Declaration, DeclarationCode, Draft

_PERSON: Final = [field.attname for field in Person._meta.concrete_fields]
PERSON_COLUMNS: Final = ", ".join(f"p.{name}" for name in _PERSON)
_ENTRY: Final = f"""
SELECT {PERSON_COLUMNS},
  ARRAY(SELECT k.id_number FROM people_idnumber k WHERE k.number = %(number)s ORDER BY k.id_number)
FROM people_person p WHERE p.number = %(number)s
"""  # noqa: S608 - the columns of our own model
ID_LABELS = {"cccd": "CCCD", "cmnd": "CMND", "passport": "Hộ chiếu"}


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as its steps show it."""

    id: UUID
    answers: Answers
    portrait: UUID | None
    front: UUID | None
    back: UUID | None
    is_confirmed: bool
    has_passed_picture: bool
    is_filed: bool
    corrects: str
    refusal: str

    @property
    def faults(self) -> tuple[reasons.Reason, ...]:
        """What has to be mended, when this corrects a refused declaration (guides R15)."""
        return reasons.of_text(self.refusal)

    @property
    def own_words(self) -> str:
        """What the officer wrote besides."""
        return reasons.own_words(self.refusal)

    @property
    def first_fault(self) -> rules.Step | None:
        """Where mending begins; None when nothing was refused."""
        return reasons.first_step(self.faults) if self.refusal else None

    @property
    def papers(self) -> list[UUID | None]:
        """The photos of the one ID, front first; a passport has one page."""
        return rules.photos_of_paper(self.answers.id_kind, self.front, self.back)

    @property
    def missing_step(self) -> rules.Step | None:
        """The first step that still lacks something."""
        return rules.missing_step(
            self.answers,
            has_portrait=self.portrait is not None,
            has_front=self.front is not None,
            has_back=self.back is not None,
        )


def draft(draft_id: UUID) -> DraftView | None:
    """A visitor's draft; None when it is gone."""
    row = Draft.objects.filter(id=draft_id).first()
    if row is None:
        return None
    answers = Answers.read(row.answers)
    photos = living(photo for photo in (row.portrait, row.front, row.back) if photo)
    return DraftView(
        id=row.id,
        answers=answers,
        portrait=row.portrait if row.portrait in photos else None,
        front=row.front if row.front in photos else None,
        back=row.back if row.back in photos else None,
        is_confirmed=rules.is_confirmed(
            answers,
            confirmed_number=row.confirmed_number,
            confirmed_phone=row.confirmed_phone,
        ),
        has_passed_picture=row.picture_passed_at is not None,
        is_filed=row.declaration is not None,
        corrects=row.corrects,
        refusal=declaration_by_code(row.corrects).refusal_reason if row.corrects else "",
    )


def declaration_of_draft(draft_id: UUID) -> Declaration | None:
    """What was filed from a draft."""
    row = Draft.objects.filter(id=draft_id).first()
    if row is None or row.declaration is None:
        return None
    return Declaration.objects.get(number=row.declaration_number, id=row.declaration)


def declaration_by_code(code: str) -> Declaration:
    """By the code on paper, however it was typed: two steps over the key table.

    Raises DeclarationUnknownError.
    """
    found = with_code(code).first()
    if found is None:
        raise errors.DeclarationUnknownError
    return found


def with_code(code: str) -> QuerySet[Declaration]:
    """The one declaration of a code, or none."""
    key = DeclarationCode.objects.filter(code=rules.parse_code(code))
    return Declaration.objects.filter(
        number=Subquery(key.values("number")), id=Subquery(key.values("declaration"))
    )


def registry_entry(access: Access) -> Person | None:
    """What the registry knows of the person an officer compares with; None for nobody's number.

    With the papers that lead to them. A look that is not written down yet is, in the same
    statement.
    """
    statement, look = with_look(access=access, statement=_ENTRY)
    rows = read_rows(statement, {"number": access.subject, **look})
    return person_of_row(rows[0]) if rows else None


def person_of_row(row: Sequence[Any]) -> Person:
    """The person of a row that a statement read by `PERSON_COLUMNS`, then their papers."""
    *columns, papers = row
    person = Person(**dict(zip(_PERSON, columns, strict=True)))
    person.papers = tuple(papers)
    return person


def photo(declaration: Declaration, kind: str) -> bytes | None:
    """One photo of a declaration as JPEG; None when it has none. Raises the errors of files."""
    file_id: UUID | None = {
        "portrait": declaration.portrait,
        "front": declaration.front,
        "back": declaration.back,
    }.get(kind)
    return read_file(file_id) if file_id else None


def answer_due(declaration: Declaration) -> datetime | None:
    """When the answer is due: one deadline for applicant and officer (guides R13)."""
    return answer_due_of(declaration.received_at)


def answer_due_of(received_at: datetime | None) -> datetime | None:
    """The same, from when the dossier was complete."""
    return rules.answer_due(received_at, settings.VSSID_DECISION_DUE)


def paper_due(declaration: Declaration) -> datetime:
    """Until when the signed paper is handed in (guides R11)."""
    return rules.paper_due(declaration.filed_at, settings.VSSID_PAPER_DUE)


def form_of(declaration: Declaration) -> DeclarationForm:
    """The declaration as Mẫu số 01 prints it."""
    era = declaration.address_era
    province = _area_label(era, declaration.address_province)
    office = reference.known_office(declaration.office)
    return DeclarationForm(
        declaration_code=rules.display_code(declaration.code),
        filed_at=declaration.filed_at,
        hand_in_by=vietnam_today(paper_due(declaration)),
        agency_name=office.name,
        full_name=declaration.full_name,
        number=declaration.number,
        id_number=declaration.id_number,
        id_kind=ID_LABELS[declaration.id_kind],
        street=declaration.address_street,
        commune=_area_label(era, declaration.address_commune),
        district=_area_label(era, declaration.address_district) or None,
        province=province,
        phone=display_phone(declaration.phone),
        email=declaration.email or None,
        place=_place(province),
        portrait=portrait_of(declaration),
        follow_address=follow_address(declaration.code) if settings.VSSID_PUBLIC_URL else "",
    )


def portrait_of(declaration: Declaration) -> bytes | None:
    """The portrait for the paper; None once it was erased."""
    # Photos go some time after the decision; the form is printed without them then.
    try:
        return photo(declaration, "portrait")
    except (FileErasedError, FileMissingError):
        return None


def _area_label(era: str, code: str) -> str:
    found = reference.area(era, code) if code else None
    return found.label if found else ""


def place_of(declaration: Declaration) -> str:
    """The province as it opens the line of the date above the signature."""
    return _place(_area_label(declaration.address_era, declaration.address_province))


def _place(province_label: str) -> str:
    name = province_label.partition(" - ")[2]
    return name.removeprefix("Thành phố ").removeprefix("Tỉnh ")
