"""Ways into somebody else's record that an address names: a guardianship, or a share.

What is needed to judge one comes with the session check, in the same statement: the reader's own
rows, and of the other person only whether the way is open (docs/adr/0017).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from vssid.people import rules
from vssid.people.visibility import OF_AGE, Part, Sight


class PassageKind(StrEnum):
    """What leads to the record; also the name of its id in addresses."""

    CHILD = "child"
    SHARE = "share"


@dataclass(frozen=True, slots=True)
class Passage:
    """What an address names; whose it is and whether it is open, the session check finds out."""

    kind: PassageKind
    id: UUID


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody whose record the reader may open by a passage."""

    passage: Passage
    full_name: str


@dataclass(frozen=True, slots=True)
class Reached:
    """The person whose record a passage opens, and how much of it.

    `relation` is the guardianship's, empty for a share; `until` when a share ends. `is_grown`: of
    age, `is_frozen`: disputed, so that the guardianship shows nothing. `family` are all whom the
    reader reads.
    """

    passage: Passage
    number: str
    full_name: str
    family: tuple[Member, ...]
    relation: str = ""
    until: datetime | None = None
    is_grown: bool = False
    is_frozen: bool = False
    sights: Mapping[Part, Sight] = field(default_factory=dict)


_MEMBERS: Final = """
  (SELECT json_agg(json_build_array(m.kind, m.id, m.name) ORDER BY m.kind, m.id) FROM (
     SELECT 'child' AS kind, g.id, g.child_name AS name FROM people_guardianship g
     WHERE g.number = %(number)s
       AND %(today)s BETWEEN g.from_date AND coalesce(g.to_date, 'infinity')
       AND g.frozen_at IS NULL
     UNION ALL
     SELECT 'share', h.id, h.owner_name FROM people_share h
     WHERE h.number = %(number)s AND h.ended_at IS NULL AND h.accepted_at IS NOT NULL
       AND h.ends_at > %(now)s
   ) m) AS family"""

# Columns of what is found, then the reader's whole family; no row of it opens nothing.
_FOUND: Final = {
    PassageKind.CHILD: """
  SELECT g.child_number AS subject, g.child_name AS name, g.relation,
         g.to_date IS NULL AS is_open, g.frozen_at IS NOT NULL AS is_frozen,
         c.birth_date, c.birth_date_precision
  FROM people_guardianship g JOIN people_person c ON c.number = g.child_number
  WHERE g.number = %(number)s AND g.id = %(passage)s
    AND %(today)s BETWEEN g.from_date AND coalesce(g.to_date, 'infinity')""",
    # Closed, locked or dead: nobody reads on, also before the share itself is ended.
    PassageKind.SHARE: """
  SELECT h.owner_number AS subject, h.owner_name AS name, h.ends_at, h.shows_card,
         h.shows_contributions, h.shows_benefits, h.shows_medical_book
  FROM people_share h
  JOIN people_person o ON o.number = h.owner_number
  JOIN accounts_account a ON a.number = h.owner_number
  WHERE h.number = %(number)s AND h.id = %(passage)s AND h.ended_at IS NULL
    AND h.accepted_at IS NOT NULL AND h.ends_at > %(now)s
    AND o.died_on IS NULL AND a.locked_at IS NULL""",
}


def along(session: str, kind: PassageKind) -> str:
    """The statement of the session check with what it finds of a passage; `live` is its row."""
    return f"""{session.removesuffix("SELECT * FROM live" + chr(10))}
SELECT live.*, {_MEMBERS}, found.*
FROM live LEFT JOIN LATERAL ({_FOUND[kind]}
) found ON true
"""  # noqa: S608 - put together from constants


def reached(passage: Passage, row: tuple[Any, ...], today: date) -> Reached | None:
    """What the columns after those of the session say; None when the passage opens nothing."""
    family, number, name, *rest = row
    if number is None:
        return None
    one = Reached(passage, number, name, _members(family))
    return _by_share(one, rest) if passage.kind is PassageKind.SHARE else _by_age(one, rest, today)


def _by_age(one: Reached, found: list[Any], today: date) -> Reached:
    relation, is_open, is_frozen, born, precision = found
    if is_frozen:
        return replace(
            one, relation=relation, is_frozen=True, sights=dict.fromkeys(Part, Sight.NOTHING)
        )
    age = rules.age_on(born, precision, today)
    is_ward = rules.is_ward(relation=relation, is_open=is_open)
    sights = rules.guardian_sight(age=age, is_ward=is_ward, on=today)
    is_grown = age >= OF_AGE and not is_ward
    return replace(one, relation=relation, is_grown=is_grown, sights=sights)


def _by_share(one: Reached, found: list[Any]) -> Reached:
    until, *shown = found
    chosen = zip(rules.SHARED_PARTS, shown, strict=True)
    parts = frozenset(part for part, is_shown in chosen if is_shown)
    return replace(one, until=until, sights=rules.shared_sight(parts))


def _members(found: list[list[str]] | None) -> tuple[Member, ...]:
    return tuple(
        Member(Passage(PassageKind(kind), UUID(id_)), name) for kind, id_, name in found or ()
    )
