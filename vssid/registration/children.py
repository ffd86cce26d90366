"""Reads of what guardians declare for children, and of what is disputed."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import QuerySet

from vssid.audit.access import Access
from vssid.audit.commands import with_looks
from vssid.people.models import Person
from vssid.people.reading import read_rows
from vssid.reference import queries as reference
from vssid.registration import queries, rules
from vssid.registration.errors import DeclarationUnknownError
from vssid.registration.models import Declaration, Draft, GuardianshipDispute, State
from vssid.registration.queries import DraftView

_SHOWN = 30


@dataclass(frozen=True, slots=True)
class Family:
    """A child and who declares it, None for whom the registry does not know.

    `others`: name and relation of who acts for the child besides the one who declares.
    """

    child: Person | None
    guardian: Person | None
    others: tuple[tuple[str, str], ...]


_FAMILY: Final = f"""
SELECT {queries.PERSON_COLUMNS},
  ARRAY(SELECT k.id_number FROM people_idnumber k WHERE k.number = p.number ORDER BY k.id_number),
  CASE WHEN p.number = %(child)s THEN (
    SELECT json_agg(json_build_array(other.full_name, held.relation) ORDER BY held.id)
    FROM people_guardianship held
    JOIN people_person other ON other.number = held.number
    WHERE held.child_number = %(child)s AND held.number <> %(guardian)s
      AND held.from_date <= %(on)s AND (held.to_date IS NULL OR held.to_date >= %(on)s)
) END
FROM people_person p
WHERE p.number IN (%(child)s, %(guardian)s)
"""  # noqa: S608 - the columns of our own model


def unfinished(guardian: str) -> Draft | None:
    """What a guardian began and did not file."""
    begun = Draft.objects.filter(guardian_number=guardian, declaration__isnull=True)
    return begun.order_by("-id").first()


def child_draft(guardian: str) -> DraftView | None:
    """What a guardian has begun for a child and not filed."""
    begun = unfinished(guardian)
    return queries.draft(begun.id) if begun else None


def missing_child_step(draft: DraftView) -> rules.ChildStep | None:
    """The first step of a child's draft that still lacks something."""
    return rules.missing_child_step(
        draft.answers,
        has_portrait=draft.portrait is not None,
        has_certificate=draft.front is not None,
    )


def declarations_of(guardian: str) -> list[Declaration]:
    """What a guardian filed for children and was not replaced, the newest first."""
    found = Declaration.objects.filter(guardian_number=guardian).exclude(state=State.REPLACED)
    return list(found.order_by("-filed_at")[:_SHOWN])


def waiting_for_paper(guardian: str) -> list[Declaration]:
    """Whose papers are still to be handed in: one print job, the oldest first (guides C03)."""
    found = Declaration.objects.filter(guardian_number=guardian, state=State.FILED)
    return list(found.order_by("filed_at")[:_SHOWN])


def declaration_of(code: str, guardian: str) -> Declaration | None:
    """A guardian's declaration for a child by its code; None for another's."""
    try:
        found = queries.declaration_by_code(code)
    except DeclarationUnknownError:
        return None
    return found if guardian and found.guardian_number == guardian else None


def family(*, child: Access, guardian: Access, on: date) -> Family:
    """Child and guardian as the registry knows them, in the statement that writes both looks."""
    statement, looks = with_looks(accesses=(child, guardian), statement=_FAMILY)
    names = {"child": child.subject, "guardian": guardian.subject, "on": on}
    rows = read_rows(statement, {**names, **looks})
    known = {row[0]: queries.person_of_row(row[:-1]) for row in rows}
    others = next((row[-1] for row in rows if row[0] == child.subject), None)
    return Family(
        child=known.get(child.subject),
        guardian=known.get(guardian.subject),
        others=tuple((name, relation) for name, relation in others or ()),
    )


def open_disputes(office: str) -> QuerySet[GuardianshipDispute]:
    """Disputes that an office decides, with those of the offices below it, the oldest first."""
    below = [one.code for one in reference.offices_below(office)]
    found = GuardianshipDispute.objects.filter(decided_at__isnull=True)
    return found.filter(office__in=[office, *below]).order_by("opened_at")


def dispute(dispute_id: UUID) -> GuardianshipDispute | None:
    """A dispute by the id in its address."""
    return GuardianshipDispute.objects.filter(id=dispute_id).first()


def papers_about(child: str) -> list[Declaration]:
    """What guardians declared for a child: the papers an officer decides by, the newest first."""
    found = Declaration.objects.filter(number=child).exclude(guardian_number="")
    return list(found.exclude(state=State.REPLACED).order_by("-filed_at")[:_SHOWN])
