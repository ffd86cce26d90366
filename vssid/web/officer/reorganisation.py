"""A reorganisation from its plan to its end, over all apps that keep work of an office."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction

from vssid.audit.actors import Actor
from vssid.reference import directory
from vssid.reference.reorganising import checking, commands, plans
from vssid.reference.reorganising.plans import Fault, Plan
from vssid.registration import leaving as declarations
from vssid.registration.commands.reorganising import move_declarations
from vssid.staff import leaving as officers
from vssid.staff.commands.reorganising import move_officers
from vssid.staff.models import Officer
from vssid.support import leaving as petitions
from vssid.support.commands.reorganising import move_petitions

REORGANISER: Final = Actor.system("reorganise")


@dataclass(frozen=True, slots=True)
class Survey:
    """What a plan moves: officers with their new office; by (from, to, state), how many."""

    officers: Sequence[tuple[Officer, str]]
    declarations: Counter[tuple[str, str, str]]
    petitions: Counter[tuple[str, str, str]]


@dataclass(frozen=True, slots=True)
class Moved:
    """How many of each a run moved."""

    officers: int = 0
    declarations: int = 0
    petitions: int = 0

    def __add__(self, other: "Moved") -> "Moved":
        return Moved(
            self.officers + other.officers,
            self.declarations + other.declarations,
            self.petitions + other.petitions,
        )

    def __bool__(self) -> bool:
        return bool(self.officers or self.declarations or self.petitions)


def read(text: str) -> tuple[Plan, list[Fault]]:
    """The plan of a file and what is wrong with its form."""
    directory.forget()
    return plans.parse(text, directory.current().successors)


def check(plan: Plan, today: date) -> list[Fault]:
    """What is wrong with a plan that was not begun yet, by line."""
    return sorted([*checking.check(plan, today), *officers.check_officers(plan)])


def survey(plan: Plan) -> Survey:
    """What the plan moves, or what is left to move; changes nothing."""
    return Survey(
        officers=officers.officers_of(plan),
        declarations=declarations.declarations_by_heir(plan),
        petitions=petitions.petitions_by_heir(plan),
    )


def begin(*, plan: Plan, now: datetime) -> Moved:
    """End the offices and move their officers, all or nothing; nobody chooses them any more."""
    with transaction.atomic():
        commands.end_offices(plan=plan, by=REORGANISER, now=now)
        moved = move_officers(plan=plan, by=REORGANISER, now=now)
    directory.forget()
    return Moved(officers=len(moved))


def move(*, plan: Plan, now: datetime) -> Moved:
    """Move what lies at the offices that ended; may be broken off and run again at any time."""
    with transaction.atomic():
        moved = move_officers(plan=plan, by=REORGANISER, now=now)
    return Moved(
        officers=len(moved),
        declarations=move_declarations(plan=plan, by=REORGANISER),
        petitions=move_petitions(plan=plan, by=REORGANISER, now=now),
    )
