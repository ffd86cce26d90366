"""A plan of a reorganisation: offices that end, and who takes what over, as a small CSV.

Comment lines begin with `#`. The columns, in this order, are those of COLUMNS; the rows:

    row      office     what          successor           effective_on, decision
    office   that ends  –             takes what is left  first day without it; what it rests on
    commune  that ends  commune code  serves it then      –
    officer  that ends  user name     where they work     –

Every commune that an ending office serves has its row. Of a provincial agency only those have one
that do not go to its successor (`provinces`). Officers without one, cases of people who live
elsewhere and the like go to the successor of the office row.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from vssid.reference.rows import ERA_TODAY

COLUMNS: Final = ("row", "office", "what", "successor", "effective_on", "decision")
_KINDS: Final = ("office", "commune", "officer")
_LONGEST_DECISION: Final = 200


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What is wrong with a line of a plan; line 0 is the plan as a whole."""

    line: int
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    """One line; `day` and `decision` are those of an office row, else None and empty."""

    line: int
    kind: str
    office: str
    what: str
    successor: str
    day: date | None
    decision: str


@dataclass(frozen=True, slots=True)
class Ending:
    """An office that ends. `communes` and `officers` name their rows by code and user name."""

    row: Row
    communes: dict[str, Row] = field(default_factory=dict)
    officers: dict[str, Row] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The code of the office that ends."""
        return self.row.office

    @property
    def default(self) -> str:
        """Who takes over what no other row gives away."""
        return self.row.successor

    @property
    def heirs(self) -> tuple[str, ...]:
        """Everybody who takes work over, the default first."""
        others = sorted({row.successor for row in self.communes.values()} - {self.default})
        return (self.default, *others)

    def heir_of_communes(self, communes: Iterable[str]) -> str:
        """Who serves the first of these communes of today that is one of this office's."""
        given = (self.communes[code].successor for code in communes if code in self.communes)
        return next(given, self.default)

    def heir_of_officer(self, user_name: str) -> str:
        """Where an officer of this office works from then on."""
        row = self.officers.get(user_name)
        return row.successor if row else self.default


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file asks for. `converted` leads from a legacy area to the communes of today."""

    endings: Mapping[str, Ending]
    converted: Mapping[str, tuple[str, ...]]

    @property
    def day(self) -> date:
        """The first day without the offices that end: the same for all."""
        days = [one.row.day for one in self.endings.values() if one.row.day]
        return days[0]

    @property
    def decision(self) -> str:
        """The law or decision that the plan rests on."""
        return next(iter(self.endings.values())).row.decision

    @property
    def id(self) -> str:
        """The hash of what the plan says, whatever the order of its rows and its comments."""
        return hashlib.sha256(json.dumps(self.as_json()).encode()).hexdigest()

    def as_json(self) -> list[list[str]]:
        """The rows in a fixed order."""
        return sorted(
            [
                row.kind,
                row.office,
                row.what,
                row.successor,
                row.day.isoformat() if row.day else "",
                row.decision,
            ]
            for row in self.rows()
        )

    def rows(self) -> Iterator[Row]:
        """Every row of the plan."""
        for ending in self.endings.values():
            yield ending.row
            yield from ending.communes.values()
            yield from ending.officers.values()

    def heir(self, office: str, era: str, area: str) -> str:
        """Who takes the work of an ending office over that is about an area (commune, district)."""
        communes = (area,) if era == ERA_TODAY else self.converted.get(area, ())
        return self.endings[office].heir_of_communes(communes)


def parse(text: str, converted: Mapping[str, tuple[str, ...]]) -> tuple[Plan, list[Fault]]:
    """The plan that a file holds, and what is wrong with its form; with faults it is no plan."""
    rows, faults = _rows(text)
    endings: dict[str, Ending] = {}
    for row in rows:
        if row.kind == "office":
            faults += _end(endings, row)
    for row in rows:
        if row.kind != "office":
            faults += _give(endings, row)
    faults += _same_day(endings)
    if not endings and not faults:
        faults.append(Fault(0, "The plan ends no office: it needs a row «office»."))
    return Plan(endings, converted), sorted(faults)


def _rows(text: str) -> tuple[list[Row], list[Fault]]:
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    rows: list[Row] = []
    faults: list[Fault] = []
    has_header = False
    try:
        for raw in reader:
            cells = [" ".join(cell.split()) for cell in raw]
            if not any(cells) or cells[0].startswith("#"):
                continue
            if not has_header:
                has_header = True
                faults += _header(reader.line_num, cells)
                continue
            read = _row(reader.line_num, cells)
            if isinstance(read, Fault):
                faults.append(read)
            else:
                rows.append(read)
    except csv.Error as error:
        faults.append(Fault(reader.line_num, f"This is no CSV: {error}."))
    return rows, faults


def _header(line: int, cells: list[str]) -> list[Fault]:
    if tuple(cells) == COLUMNS:
        return []
    return [Fault(line, f"The first line must name the columns: {','.join(COLUMNS)}.")]


def _row(line: int, cells: list[str]) -> Row | Fault:
    if len(cells) != len(COLUMNS):
        wrong = f"This line has {len(cells)} fields; there must be {len(COLUMNS)}."
        return Fault(line, f"{wrong} Put a decision with commas into double quotes.")
    kind, office, what, successor, day, decision = cells
    if kind not in _KINDS:
        return Fault(line, f"«{kind}» is no row: it is one of {', '.join(_KINDS)}.")
    if not office or not successor:
        return Fault(line, "Name the office that ends and its successor, both by their codes.")
    if kind != "office":
        if not what or day or decision:
            return Fault(line, f"A row «{kind}» fills in office, what and successor, no more.")
        return Row(line, kind, office, what, successor, None, "")
    if what:
        return Fault(line, "A row «office» leaves the column «what» empty.")
    if not decision or len(decision) > _LONGEST_DECISION:
        wrong = f"Name the law or decision, in at most {_LONGEST_DECISION} letters."
        return Fault(line, wrong)
    try:
        return Row(line, kind, office, "", successor, date.fromisoformat(day), decision)
    except ValueError:
        return Fault(line, f"«{day}» is no day: write it as 2026-07-01.")


def _end(endings: dict[str, Ending], row: Row) -> list[Fault]:
    earlier = endings.setdefault(row.office, Ending(row))
    if earlier.row is row:
        return []
    return [Fault(row.line, f"[{row.office}] ends in line {earlier.row.line} already.")]


def _give(endings: dict[str, Ending], row: Row) -> list[Fault]:
    ending = endings.get(row.office)
    if ending is None:
        return [Fault(row.line, f"[{row.office}] does not end: it has no row «office».")]
    # Of a province, a commune may be named beside the office that serves it.
    for other in (one for one in endings.values() if len(one.code) == len(row.office)):
        given = other.communes if row.kind == "commune" else other.officers
        if row.what in given:
            line = given[row.what].line
            return [Fault(row.line, f"The {row.kind} {row.what} is given in line {line} already.")]
    given = ending.communes if row.kind == "commune" else ending.officers
    given[row.what] = row
    return []


def _same_day(endings: Mapping[str, Ending]) -> list[Fault]:
    rows = [ending.row for ending in endings.values()]
    return [
        Fault(row.line, "All offices of a plan end on one day by one decision: make two plans.")
        for row in rows
        if (row.day, row.decision) != (rows[0].day, rows[0].decision)
    ]
