"""When a hold counts: it withholds nothing without the event that tells of it, nor for longer.

The application's role may add rows to both tables, but events are chained, and shown in the end.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from vssid.audit.models import Event, Hold

LOOKS: Final = (
    "account.not-found",
    "account.photo",
    "card.check",
    "declaration.photo",
    "declaration.print",
    "petition.look",
    "number.search",
    "petition.paper",
    "petition.turned-away",
    "record.look",
    "record.refused",
)
"""The acts that only look. A hold withholds these; what was done to somebody is never withheld."""

WITHHOLD: Final = "looks.withhold"
"""The act of the events that tell of holds."""


def is_told_by(hold: Hold, event: Event) -> bool:
    """Whether `event` tells of this very hold: whose, by which decision, recorded by whom."""
    return (
        event.id == hold.event
        and event.act == WITHHOLD
        and event.subject == hold.subject
        and event.reason == hold.decision
        and event.actor == hold.recorded_by
        and event.details.get("office") == hold.office
        and event.details.get("actor") == hold.actor
    )


def has_term_of(hold: Hold, event: Event) -> bool:
    """Whether the hold has the term that `event` tells, and no longer one than is allowed."""
    return (
        _moment(event.details, "from") == hold.from_at
        and _moment(event.details, "until") == hold.until
        and hold.until <= event.at + longest()
    )


def longest() -> timedelta:
    """For how long one decision may withhold looks."""
    term: timedelta = settings.VSSID_LOOKS_WITHHELD_AT_MOST
    return term


def _moment(details: Mapping[str, object], name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(str(details.get(name)))
    except ValueError:
        return None
