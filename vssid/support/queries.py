"""Reads of petitions: a person's, an office's, one with its history."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Min, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from vssid.audit.access import Access
from vssid.audit.actors import ActorKind
from vssid.files.queries import read_file
from vssid.insurance import lines
from vssid.reference import queries as reference
from vssid.reference.choices import OfficeView
from vssid.staff import queries as staff
from vssid.support import catalogue, errors, quoting, rules
from vssid.support.models import (
    INSIDE,
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
    """One step of the history. `by_person`: of whom it is about, or who wrote; else the office.

    `is_inside`: only the desk reads it.
    """

    at: datetime
    act: Act
    state: State
    by_person: bool
    by: str
    office: str
    words: str
    papers: Sequence[PaperView]
    is_inside: bool


@dataclass(frozen=True, slots=True)
class PetitionView:
    """A petition as its screens show it; `line` is its title, `pairs` the quoted line in words.

    `phone` is what somebody without an account gave and proved; `claimed_by` and `claimed_name` are
    the officer who works on it. `is_rateable`: there is an answer to judge.
    """

    number: str
    id: UUID
    code: str
    kind: str
    category: str
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
    phone: str
    claimed_by: str
    claimed_name: str
    is_rateable: bool
    is_helpful: bool | None
    double_of: str


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


class Part(StrEnum):
    """The parts of a queue, as its address names them."""

    OPEN = "tat-ca"
    WAITING = "cho"
    LATE = "qua-han"
    MINE = "cua-toi"
    FREE = "chua-nhan"
    ANSWERED = "da-tra-loi"
    NOT_HELPED = "chua-huu-ich"
    CLOSED = "da-dong"


_PARTS: Final[Mapping[Part, Q]] = {
    Part.OPEN: Q(state__in=OPEN),
    Part.WAITING: Q(state__in=WAITING),
    Part.LATE: Q(state__in=WAITING),
    Part.MINE: Q(state__in=OPEN),
    Part.FREE: Q(state__in=WAITING, claimed_by=""),
    Part.ANSWERED: Q(state=State.ANSWERED),
    Part.NOT_HELPED: Q(state__in=[State.ANSWERED, State.CLOSED], is_helpful=False),
    Part.CLOSED: Q(state=State.CLOSED),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which petitions a queue shows: of these offices, this part; `category` empty for all."""

    offices: Collection[str]
    officer: str
    part: Part = Part.OPEN
    category: str = ""


def queue(wanted: Wanted, *, today: date) -> QuerySet[Petition]:
    """What lies at the offices: what waits for them first, by its day, then the answered."""
    found = Petition.objects.filter(_PARTS[wanted.part], office__in=list(wanted.offices))
    if wanted.part is Part.LATE:
        found = found.filter(due_on__lt=today)
    if wanted.part is Part.MINE:
        found = found.filter(claimed_by=wanted.officer)
    if wanted.category:
        found = found.filter(category=wanted.category)
    if wanted.part in {Part.CLOSED, Part.NOT_HELPED}:
        return found.order_by("-changed_at", "id")
    waits = When(state__in=WAITING, then=Value(0))
    order = Case(waits, default=Value(1), output_field=IntegerField())
    return found.order_by(order, "due_on", "opened_at", "id")


def overdue(offices: Collection[str], today: date) -> tuple[int, date | None]:
    """How many petitions of these offices are past their day, and the earliest of those days."""
    late = Petition.objects.filter(office__in=list(offices), state__in=WAITING, due_on__lt=today)
    found = late.aggregate(count=Count("id"), first=Min("due_on"))
    return found["count"], found["first"]


def others_of(petition: Petition, offices: Collection[str]) -> Sequence[Petition]:
    """What else the sender wrote to these offices, the newest first; ten at most."""
    same = Petition.objects.filter(number=petition.number, sender=petition.sender)
    if not petition.sender:
        if not petition.phone:
            return ()
        same = same.filter(phone=petition.phone)
    found = same.filter(office__in=list(offices)).exclude(id=petition.id)
    return list(found.order_by("-opened_at", "-id")[:10])


def is_late(petition: Petition, today: date) -> bool:
    """Whether the answer is overdue."""
    return petition.state in WAITING and petition.due_on < today


def whole(petition: Petition, *, today: date, inside: bool = False) -> PetitionView:
    """One petition with its quoted line and its history; `inside`: as the desk reads it."""
    quoted = quoting.from_json(petition.quote)
    steps = [one for one in _steps(petition) if inside or not one.is_inside]
    is_rateable = rules.next_state(petition.state, Act.RATE, rules.Side.PERSON) is not None
    return PetitionView(
        number=petition.number,
        id=petition.id,
        code=rules.display_code(petition.code),
        kind=str(Kind(petition.kind).label),
        category=catalogue.label_of(petition.category, petition.kind),
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
        steps=steps,
        phone=petition.phone,
        claimed_by=petition.claimed_by,
        claimed_name=_name_of(petition.claimed_by) if inside else "",
        is_rateable=is_rateable and petition.answered_at is not None,
        is_helpful=petition.is_helpful,
        double_of=rules.display_code(petition.double_of) if petition.double_of else "",
    )


def office_of(petition: Petition) -> OfficeView:
    """Where it lies."""
    return reference.known_office(petition.office)


def title_of(petition: Petition) -> str:
    """What a petition is called in lists: the line it is about, else its category."""
    quoted = quoting.from_json(petition.quote)
    if quoted:
        return quoting.title(quoted)
    return catalogue.label_of(petition.category, petition.kind)


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
        by_person=row.by_kind in {ActorKind.CITIZEN, ActorKind.VISITOR},
        by=names.get(row.by_name, row.by_name) if row.by_kind == ActorKind.OFFICER else "",
        office=reference.office_name(row.office),
        words=_said(row),
        papers=tuple(papers),
        is_inside=row.act in INSIDE,
    )


def _said(row: PetitionStep) -> str:
    if row.act != Act.RATE:
        return row.words
    return _("Câu trả lời có ích.") if row.words == "yes" else _("Câu trả lời chưa có ích.")


def _name_of(user_name: str) -> str:
    return staff.names_of([user_name]).get(user_name, user_name) if user_name else ""


def _papers(petition: Petition) -> dict[UUID, list[PaperView]]:
    found: dict[UUID, list[PaperView]] = {}
    rows = PetitionFile.objects.filter(number=petition.number, petition=petition.id)
    for row in rows.order_by("id"):
        view = PaperView(row.id, is_photo=row.media_type == JPEG)
        found.setdefault(row.step, []).append(view)
    return found
