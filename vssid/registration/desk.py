"""Reads of the desk: a queue by age and state, page by page, a search, and one case.

A page is found by its place in the index of the queue, not by its number: the last page of a
hundred thousand cases takes as long as the first one of a hundred.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat

from vssid.files import quality
from vssid.files import queries as files
from vssid.kernel.clock import utc_now
from vssid.people.reading import read_rows
from vssid.registration import errors, readings
from vssid.registration.models import NOT_RECEIVED, OPEN, AccountHelp, Declaration, HelpState
from vssid.registration.queries import with_code
from vssid.registration.seeking import Kind, Sought
from vssid.staff.models import Officer

PER_PAGE: Final = 25
MOST_COUNTED: Final = 200
_FOUND_AT_MOST: Final = 25


class Part(StrEnum):
    """Parts of a queue, as their addresses name them."""

    ALL = "tat-ca"
    READY = "du-ho-so"
    LATE = "qua-han"
    PAPER = "cho-ban-ky"
    SECOND = "nguoi-thu-hai"
    CONTESTED = "tranh-chap"
    MINE = "cua-toi"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the queue ended: the last row's keys in the queue's order."""

    received: datetime
    filed: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class Waiting:
    """One open case in a queue; of a child, `guardian_number` is set.

    `holder` is the name of who works on it at this moment.
    """

    number: str
    id: UUID
    code: str
    state: str
    is_contested: bool
    full_name: str
    office: str
    filed_at: datetime
    received_at: datetime | None
    claimed_by: str
    claimed_until: datetime | None
    proposed_by: str
    right_number: str
    guardian_number: str
    holder: str | None

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.received_at or NOT_RECEIVED, self.filed_at, self.id)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases: of these offices, of this part; `by` is the user name of who asks."""

    offices: tuple[str, ...]
    part: Part
    by: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many open cases wait, and how much help with accounts, at the offices asked for."""

    cases: int
    helps: int


@dataclass(frozen=True, slots=True)
class Case:
    """One declaration with the names of the officers who have to do with it; empty for nobody.

    `photo_findings`: what makes a photo hard to read, by portrait, front and back. `paper`: what
    the photos of the paper say by themselves. `rivals`: code and office of the other open
    declarations of a contested number.
    """

    declaration: Declaration
    holder: str
    proposer: str
    filer: str
    noter: str
    photo_findings: Mapping[str, tuple[quality.Finding, ...]]
    paper: readings.PaperRead
    rivals: tuple[tuple[str, str], ...] = ()


_PHOTOS: Final = ("portrait", "front", "back")
_PAPERS: Final = ("front", "back")
_RIVALS: Final = ArraySubquery(
    Declaration.objects.filter(
        number=OuterRef("number"), guardian_number="", is_contested=True, state__in=OPEN
    )
    .exclude(id=OuterRef("id"))
    .order_by("filed_at")
    .values(place=Concat("code", Value(" "), "office"))
)
_FAR = "'9999-01-01 00:00:00+00'::timestamptz"
_RECEIVED = f"COALESCE(d.received_at, {_FAR})"
_PARTS: Final = {
    Part.ALL: "",
    Part.READY: f"AND {_RECEIVED} < {_FAR}",
    Part.LATE: f"AND {_RECEIVED} < %(late)s",
    Part.PAPER: f"AND {_RECEIVED} = {_FAR}",
    Part.SECOND: "AND (d.proposed_by <> '' OR d.right_number <> '')",
    Part.CONTESTED: "AND d.is_contested",
    Part.MINE: "AND d.claimed_by = %(by)s AND d.claimed_by <> ''",
}
_ORDER = f"{_RECEIVED}, d.filed_at, d.id"
_COLUMNS = """d.number, d.id, d.code, d.state, d.is_contested, d.full_name, d.office, d.filed_at,
    d.received_at, d.claimed_by, d.claimed_until, d.proposed_by, d.right_number,
    d.guardian_number"""
# Each office is read in its own order and only as far as the page reaches.
_PAGE = """
SELECT {columns}, s.full_name
FROM (
    SELECT d.*
    FROM unnest(%(offices)s::text[]) AS o (code)
    CROSS JOIN LATERAL (
        SELECT {columns}
        FROM registration_declaration d
        WHERE d.office = o.code AND d.state IN ('filed', 'received') {part}
        AND ({order}) > (%(received)s, %(filed)s, %(id)s)
        ORDER BY {order}
        LIMIT %(limit)s
    ) d
    ORDER BY {order}
    LIMIT %(limit)s
) d
LEFT JOIN staff_officer s ON s.user_name = d.claimed_by AND d.claimed_until > %(now)s
ORDER BY {order}
"""
_COUNT = """
SELECT count(*), (
    SELECT count(*)
    FROM registration_accounthelp help
    WHERE help.office = ANY(%(offices)s::text[]) AND help.state = 'waiting'
)
FROM unnest(%(offices)s::text[]) AS o (code)
CROSS JOIN LATERAL (
    SELECT 1
    FROM registration_declaration d
    WHERE d.office = o.code AND d.state IN ('filed', 'received') {part}
    LIMIT %(limit)s
) d
"""
PAGES: Final = {
    part: _PAGE.format(columns=_COLUMNS, part=words, order=_ORDER) for part, words in _PARTS.items()
}
COUNTS: Final = {part: _COUNT.format(part=words) for part, words in _PARTS.items()}
_START: Final = Place(datetime(1, 1, 1, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC), UUID(int=0))


def page(
    wanted: Wanted, *, now: datetime, after: Place | None = None, size: int = PER_PAGE
) -> tuple[list[Waiting], Place | None]:
    """One page of a queue, complete dossiers first, then the oldest; and where the next begins."""
    place = after or _START
    params = {
        **_params(wanted, now),
        "received": place.received,
        "filed": place.filed,
        "id": place.id,
        "limit": size + 1,
        "now": now,
    }
    rows = [Waiting(*row) for row in read_rows(PAGES[wanted.part], params)]
    return rows[:size], rows[size - 1].place if len(rows) > size else None


def count(wanted: Wanted, *, now: datetime) -> Counted:
    """How many wait, counted no further than MOST_COUNTED + 1 of each office."""
    params = {**_params(wanted, now), "limit": MOST_COUNTED + 1}
    return Counted(*read_rows(COUNTS[wanted.part], params)[0])


def case(code: str) -> Case:
    """One case by the code on paper, in one statement. Raises DeclarationUnknownError."""
    found = with_code(code).annotate(
        holder=_name("claimed_by"),
        proposer=_name("proposed_by"),
        filer=_name("filed_by"),
        noter=_name("note_by"),
        rivals=_RIVALS,
        **{f"{kind}_findings": files.findings_subquery(kind) for kind in _PHOTOS},
        **{f"{kind}_note": files.note_subquery(kind) for kind in _PAPERS},
    )
    row: Any = found.first()
    if row is None:
        raise errors.DeclarationUnknownError
    found_in = {
        kind: tuple(map(quality.Finding, getattr(row, f"{kind}_findings") or ()))
        for kind in _PHOTOS
    }
    return Case(
        declaration=row,
        holder=row.holder or "",
        proposer=row.proposer or "",
        filer=row.filer or "",
        noter=row.noter or "",
        photo_findings=found_in,
        rivals=tuple((code, office) for code, office in map(str.split, row.rivals)),
        paper=_paper(row),
    )


def _paper(row: Any) -> readings.PaperRead:
    photos = [getattr(row, kind) for kind in _PAPERS if getattr(row, kind)]
    opened = {
        getattr(row, kind): files.open_note(getattr(row, kind), getattr(row, f"{kind}_note"))
        for kind in _PAPERS
        if getattr(row, kind)
    }
    notes = {photo: note for photo, note in opened.items() if note is not None}
    return readings.from_notes(photos, notes, now=utc_now())


def search(sought: Sought, offices: Collection[str]) -> list[Declaration]:
    """What was filed at these offices by number, ID number or name: open ones first, the newest."""
    by_kind = {
        Kind.NUMBER: Q(number=sought.text),
        Kind.IDENTITY: Q(id_number=sought.text),
        Kind.NAME: Q(name_key__contains=sought.text),
    }
    if sought.kind not in by_kind:
        return []
    found = Declaration.objects.filter(by_kind[sought.kind], office__in=offices)
    return list(found.order_by(F("ended_at").desc(nulls_first=True), "-filed_at")[:_FOUND_AT_MOST])


def waiting_help(offices: Collection[str]) -> QuerySet[AccountHelp]:
    """Help with accounts that waits for a second officer at these offices, the oldest first."""
    found = AccountHelp.objects.filter(office__in=offices, state=HelpState.WAITING)
    return found.order_by("proposed_at", "id")


def help_of(number: str) -> QuerySet[AccountHelp]:
    """What waits for one person."""
    return AccountHelp.objects.filter(number=number, state=HelpState.WAITING)


def help_by_id(help_id: UUID, offices: Collection[str]) -> AccountHelp | None:
    """One help that waits at these offices."""
    return waiting_help(offices).filter(id=help_id).first()


def is_late(received_at: datetime | None, now: datetime) -> bool:
    """Whether the answer is overdue (guides R13)."""
    due: timedelta = settings.VSSID_DECISION_DUE
    return received_at is not None and received_at + due < now


def write_place(place: Place) -> str:
    """A place as it stands in an address."""
    parts = [f"{moment.timestamp():.6f}" for moment in (place.received, place.filed)]
    return "_".join([*parts, place.id.hex])


def read_place(text: str) -> Place | None:
    """A place from an address; None for the beginning and for what is none."""
    try:
        received, filed, found = text[:100].split("_")
        moments = [datetime.fromtimestamp(float(one), UTC) for one in (received, filed)]
        return Place(moments[0], moments[1], UUID(found))
    except (ValueError, OverflowError, OSError):
        return None


def _params(wanted: Wanted, now: datetime) -> dict[str, Any]:
    late = now - settings.VSSID_DECISION_DUE
    known: dict[str, Any] = {"offices": list(wanted.offices)}
    if wanted.part is Part.LATE:
        known["late"] = late
    if wanted.part is Part.MINE:
        known["by"] = wanted.by
    return known


def _name(column: str) -> Coalesce:
    found = Officer.objects.filter(user_name=OuterRef(column)).values("full_name")
    return Coalesce(Subquery(found), F(column), Value(""))
