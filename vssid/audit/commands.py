"""The only writers of audit events."""

from collections.abc import Mapping

from vssid.audit.access import Access, make_access
from vssid.audit.actors import Actor
from vssid.audit.models import Event
from vssid.kernel.clock import utc_now


def record_event(
    *,
    by: Actor,
    act: str,
    subject: str = "",
    reason: str = "",
    details: Mapping[str, object] | None = None,
) -> Event:
    """Write one event in the caller's transaction; a failure undoes the act it tells of.

    `act` is a stable dotted name («declaration.approve»); `subject` a BHXH number or an id;
    `details` holds codes and ids, never names, phones or secrets.
    """
    return Event.objects.create(
        at=utc_now(),
        actor_kind=by.kind,
        actor=by.name,
        office=by.office,
        act=act,
        subject=subject,
        reason=reason[:500],
        details=dict(details or {}),
    )


def open_record(*, by: Actor, subject: str, purpose: str) -> Access:
    """The key to the record of `subject`, with the look written down.

    An owner's own looks are covered by the event of their sign-in (docs/adr/0004); everybody
    else's are written one by one.
    """
    if by != Actor.citizen(subject):
        record_event(by=by, act="record.look", subject=subject, reason=purpose)
    return make_access(subject=subject, actor=by, purpose=purpose)
