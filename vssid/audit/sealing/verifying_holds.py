"""Compares every hold with the event that tells of it: holds themselves are in no chain."""

from collections.abc import Iterator

from vssid.audit.holds import WITHHOLD, has_term_of, is_told_by
from vssid.audit.models import Event, Hold
from vssid.audit.sealing.findings import Finding, Kind


def check_holds() -> Iterator[Finding]:
    """Every hold against its event, and every such event against its hold.

    Decisions are few: all of their events are in memory at once.
    """
    events = {event.id: event for event in Event.objects.filter(act=WITHHOLD)}
    held = set()
    for hold in Hold.objects.order_by("id").iterator():
        event = events.get(hold.event)
        if event is None or not is_told_by(hold, event):
            yield Finding(Kind.HOLD_UNTOLD, f"hold {hold.id}, event {hold.event}")
            continue
        held.add(event.id)
        if not has_term_of(hold, event):
            yield Finding(Kind.HOLD_TERM, f"hold {hold.id}, event {hold.event}")
    for event_id in sorted(events.keys() - held):
        yield Finding(Kind.HOLD_REMOVED, f"event {event_id}")
