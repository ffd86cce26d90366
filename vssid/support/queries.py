"""Reads of petitions: a person's, an office's, one with its history."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Case, IntegerField, QuerySet, Value, When

from vssid.audit.access import Access
from vssid.audit.actors import ActorKind
from vssid.files.queries import read_file
from vssid.insurance import lines
from vssid.reference import queries as reference
from vssid.reference.choices import OfficeView
from vssid.staff import queries as staff
from vssid.support import errors, quoting, rules
from vssid.support.models import (
    OPEN,
    WAITING,
    Act,
    Kind,
    Petition,
    PetitionCode,
    PetitionFile,
    PetitionStep,
    State,
)
from vssid.support.papers import JPEG


@dataclass(frozen=True, slots=True)
class PaperView:
    """A paper of a step, by the id under which it is opened."""

    id: UUID
    is_photo: bool


@dataclass(frozen=True, slots=True)
class StepView:
    """One step of the history. `by_person`: of whom it is about, or who wrote; else the office."""

    at: datetime
    act: Act
    state: State
    by_person: bool
    by: str
    office: str
    words: str
    papers: Sequence[PaperView]


@dataclass(frozen=True, slots=True)
class PetitionView:
    """A petition as its screens show it; `line` is its title, `pairs` the quoted line in words."""

    number: str
    id: UUID
    code: str
    kind: str
    title: str
    state: State
    office: OfficeView
    full_name: str
    sender: str
    words: str
    wished: str
    pairs: Sequence[tuple[str, str]]
    opened_at: datetime
    due_on: date
    is_late: bool
    steps: Sequence[StepView]


def by_code(code: str) -> Petition:
    """By its code, however it was typed: two steps over the key table.

    Raises PetitionUnknownError.
    """
    key = PetitionCode.objects.filter(code=rules.parse_code(code)).first()
    if key is None:
        raise errors.PetitionUnknownError
    return Petition.objects.get(number=key.number, id=key.petition)


def of_person(access: Access) -> QuerySet[Petition]:
    """The petitions about the person whose key this is, the newest first."""
    return Petition.objects.filter(number=access.subject).order_by("-opened_at", "-id")


def open_about(access: Access, line: lines.Line) -> Petition | None:
    """The open petition about this very line; at most one is."""
    key = quoting.key_of(line)
    return Petition.objects.filter(number=access.subject, line=key, state__in=OPEN).first()


def queue(office: str) -> QuerySet[Petition]:
    """What lies at an office: what waits for it first, by the day it is due, then the answered."""
    waits = When(state__in=WAITING, then=Value(0))
    order = Case(waits, default=Value(1), output_field=IntegerField())
    found = Petition.objects.filter(office=office, state__in=OPEN)
    return found.order_by(order, "due_on", "opened_at", "id")


def is_late(petition: Petition, today: date) -> bool:
    """Whether the answer is overdue."""
    return petition.state in WAITING and petition.due_on < today


def whole(petition: Petition, *, today: date) -> PetitionView:
    """One petition with its quoted line and its history."""
    quoted = quoting.from_json(petition.quote)
    return PetitionView(
        number=petition.number,
        id=petition.id,
        code=rules.display_code(petition.code),
        kind=str(Kind(petition.kind).label),
        title=title_of(petition),
        state=State(petition.state),
        office=reference.known_office(petition.office),
        full_name=petition.full_name,
        sender=petition.sender,
        words=petition.words,
        wished=petition.wished,
        pairs=quoting.pairs(quoted) if quoted else (),
        opened_at=petition.opened_at,
        due_on=petition.due_on,
        is_late=is_late(petition, today),
        steps=_steps(petition),
    )


def title_of(petition: Petition) -> str:
    """What a petition is called in lists: the line it is about, else its kind."""
    quoted = quoting.from_json(petition.quote)
    return quoting.title(quoted) if quoted else str(Kind(petition.kind).label)


def line_kind(petition: Petition) -> lines.LineKind | None:
    """What kind of line a petition quotes; None when it quotes none."""
    quoted = quoting.from_json(petition.quote)
    return quoted.kind if quoted else None


def comparison(petition: Petition, access: Access) -> tuple[bool, Sequence[quoting.Compared]]:
    """Whether the quoted line is still there, and its values beside those of today."""
    quoted = quoting.from_json(petition.quote)
    if quoted is None:
        return True, ()
    today = lines.line_today(access, quoted)
    return today is not None, quoting.compare(quoted, today)


def paper(petition: Petition, paper_id: UUID) -> tuple[bytes, str]:
    """The content and media type of a paper of this petition.

    Raises PetitionFile.DoesNotExist and the errors of files.
    """
    found = PetitionFile.objects.get(number=petition.number, id=paper_id, petition=petition.id)
    return read_file(found.file), found.media_type


def _steps(petition: Petition) -> Sequence[StepView]:
    rows = list(
        PetitionStep.objects.filter(number=petition.number, petition=petition.id).order_by("id")
    )
    officers = {row.by_name for row in rows if row.by_kind == ActorKind.OFFICER}
    names, papers = staff.names_of(officers), _papers(petition)
    return [_step(row, names, papers.get(row.id, ())) for row in rows]


def _step(row: PetitionStep, names: dict[str, str], papers: Iterable[PaperView]) -> StepView:
    return StepView(
        at=row.at,
        act=Act(row.act),
        state=State(row.state),
        by_person=row.by_kind == ActorKind.CITIZEN,
        by=names.get(row.by_name, row.by_name) if row.by_kind == ActorKind.OFFICER else "",
        office=reference.office_name(row.office),
        words=row.words,
        papers=tuple(papers),
    )


def _papers(petition: Petition) -> dict[UUID, list[PaperView]]:
    found: dict[UUID, list[PaperView]] = {}
    rows = PetitionFile.objects.filter(number=petition.number, petition=petition.id)
    for row in rows.order_by("id"):
        view = PaperView(row.id, is_photo=row.media_type == JPEG)
        found.setdefault(row.step, []).append(view)
    return found
