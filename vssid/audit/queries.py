"""What people may read of the events about them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from vssid.audit.actors import ActorKind
from vssid.audit.holds import LOOKS, WITHHOLD, has_term_of, is_told_by, longest
from vssid.audit.models import Event, Hold


@dataclass(frozen=True, slots=True)
class Look:
    """One act on somebody's data or account, as its subject may read it.

    `actor_name` is a BHXH number, an officer's user name, a draft's id or a task's name, as
    `Actor.name`; `office` an agency code or empty; `act` the stable name of the act.
    """

    id: UUID
    at: datetime
    actor_kind: ActorKind
    actor_name: str
    office: str
    act: str
    reason: str
    details: Mapping[str, object]


def looks_at(
    *,
    subject: str,
    now: datetime,
    before: UUID | None = None,
    limit: int = 30,
    others_only: bool = False,
) -> list[Look]:
    """Who did what with the data of `subject` (a BHXH number), newest first, at most `limit`.

    `before` is the id of the last look already shown; one that is not about `subject` counts as
    none. `others_only` leaves only looks of others, and what tells of holds on them. Looks
    (`holds.LOOKS`, no other acts) that a hold in force at `now` withholds are left out, and so is
    the event that tells of the hold; both appear when its term is over. A hold that no event
    tells of withholds nothing.
    """
    events = Event.objects.filter(subject=subject)
    if others_only:
        events = events.filter(act__in=(*LOOKS, WITHHOLD))
        events = events.exclude(actor_kind=ActorKind.CITIZEN, actor=subject)
    if before is not None:
        events = _older(events, before)
    events = _without_withheld(events, subject, now).order_by("-at", "-id")
    return [_look(event) for event in events[:limit]]


def acts_on(*, subject: str, code: str, limit: int, only: Collection[str] = ()) -> list[Look]:
    """What was done to one declaration of `subject`, without who looked, the newest first.

    By its stored code, which acts carry in their details; `only` these acts, if any are named. For
    an office's own history of a case: nothing is withheld.
    """
    events = Event.objects.filter(details__code=code, subject=subject)
    events = events.filter(act__in=only) if only else events.exclude(act__in=LOOKS)
    return [_look(event) for event in events.order_by("-at", "-id")[:limit]]


def last_act(*, subject: str, act: str) -> Look | None:
    """The newest act of that name on a subject that is nobody, such as a directory."""
    events = Event.objects.filter(subject=subject, act=act).order_by("-at", "-id")
    return next((_look(event) for event in events[:1]), None)


def looks_on(*, subject: str, code: str, limit: int) -> list[Look]:
    """Who looked at one declaration of `subject` and at the records beside it, the newest first.

    Looks at records carry its stored code in their reason.
    """
    about = Q(details__code=code) | Q(reason=f"declaration {code}")
    events = Event.objects.filter(about, subject=subject, act__in=LOOKS)
    return [_look(event) for event in events.order_by("-at", "-id")[:limit]]


def _look(event: Event) -> Look:
    return Look(
        id=event.id,
        at=event.at,
        actor_kind=ActorKind(event.actor_kind),
        actor_name=event.actor,
        office=event.office,
        act=event.act,
        reason=event.reason,
        details=event.details,
    )


def _older(events: QuerySet[Event], before: UUID) -> QuerySet[Event]:
    last = events.filter(id=before).values_list("at", flat=True).first()
    if last is None:
        return events
    return events.filter(at__lte=last).exclude(at=last, id__gte=before)


def _without_withheld(events: QuerySet[Event], subject: str, now: datetime) -> QuerySet[Event]:
    """Hides whose looks are withheld, and the decisions while one like them is in force."""
    holds = _holds_on(subject)
    in_force = [hold for hold in holds if now < hold.until <= now + longest()]
    told = [hold.event for hold in holds if any(_goes_on(hold, one) for one in in_force)]
    for hold in in_force:
        whose = {"office": hold.office, "actor": hold.actor}
        own = Q(actor_kind=ActorKind.CITIZEN, actor=subject)
        withheld = Q(act__in=LOOKS, at__gte=hold.from_at)
        withheld &= Q(**{name: value for name, value in whose.items() if value})
        events = events.exclude(withheld & ~own)
    return events.exclude(id__in=told) if told else events


def _holds_on(subject: str) -> list[Hold]:
    """Every hold on the looks at `subject` that its event tells of, over or not."""
    holds = list(Hold.objects.filter(subject=subject))
    events = Event.objects.in_bulk([hold.event for hold in holds])
    pairs = [(hold, events[hold.event]) for hold in holds if hold.event in events]
    return [hold for hold, event in pairs if is_told_by(hold, event) and has_term_of(hold, event)]


def _goes_on(hold: Hold, later: Hold) -> bool:
    """Whether `later` is the hold itself or a renewal of it, on the looks of the same people."""
    same = (hold.office, hold.actor) == (later.office, later.actor)
    return same and (hold.event == later.event or later.from_at <= hold.recorded_at)
